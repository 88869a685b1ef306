"""The methods that ``dataclasses`` writes for a class, compiled once and kept on disk beside this module's bytecode.

It writes them as text, and each process compiles the text of every class anew: a fifth of all that a command took.
Nothing else changes: the text is the key, and what is not kept is compiled.
"""

from __future__ import annotations

import atexit
import builtins
import dataclasses
import marshal
import sys
from collections.abc import Mapping
from pathlib import Path
from types import CodeType
from typing import Any

from bulletin_press.ground.beside_bytecode import place_beside, read_beside, write_beside

# What is written stands for one release of Python.
STAMP = ("BPDC1", sys.version)
# Whose classes are kept: ours and those that every command loads.
_ROOTS = frozenset(("annotated_types", "bulletin_press", "pydantic", "pydantic_core", "typer", "typing_inspection"))


class WrittenMethods:
    """Stands for ``exec`` where data classes are made.

    Args:
        path: the file; None keeps nothing.
        grows: whether what was compiled is added to it when the process ends.
    """

    def __init__(self, path: Path | None, *, grows: bool = True) -> None:
        self._path, self._grows = path, grows
        self._known: Mapping[str, bytes] | None = None
        self._new: dict[str, bytes] = {}

    def execute(self, text: str, names: dict[str, Any], local: dict[str, Any] | None = None) -> None:
        """What ``exec`` does with a text, in a module's names."""
        if self._path is None or str(names.get("__name__")).partition(".")[0] not in _ROOTS:
            builtins.exec(text, names, local)  # as dataclasses itself would
            return
        builtins.exec(self._code(text, self._path), names, local)

    def _code(self, text: str, path: Path) -> CodeType:
        if self._known is None:
            self._known = read_beside(path, STAMP)
        if kept := self._known.get(text):
            try:
                code = marshal.loads(kept)
            except (ValueError, EOFError, TypeError):
                code = None
            if isinstance(code, CodeType):
                return code
        code = compile(text, "<string>", "exec", dont_inherit=True)
        if self._grows and not self._new:
            atexit.register(self.write)
        self._new[text] = marshal.dumps(code)
        return code

    def write(self) -> None:
        """Add what was compiled to what others have kept; nothing is told where that cannot be."""
        if self._path is None or not self._new:
            return
        new, self._new = self._new, {}
        write_beside(self._path, STAMP, new)


WRITTEN = WrittenMethods(place_beside(__file__, ".methods"), grows=not sys.dont_write_bytecode)


def keep_written_methods() -> None:
    """From now on data classes are made with what was compiled before."""
    # The builtin is found through the module's own names first, in every release of Python.
    dataclasses.exec = WRITTEN.execute  # type: ignore[attr-defined]
