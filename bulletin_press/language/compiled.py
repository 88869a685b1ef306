"""Compiled regular expressions kept on disk, as Python keeps compiled modules: they take as long to compile as to use.

They lie beside this module's own bytecode. Where Python may write any, each process adds what it had to compile when
it ends; the set-up of a checkout writes them all (tools/setup.sh). Nothing else depends on the file: what it lacks is
compiled.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import atexit
import re
import sys
from array import array
from contextlib import suppress
from pathlib import Path
from re import _compiler, _parser  # type: ignore[attr-defined]  # what re.compile itself is made of

from bulletin_press.ground.beside_bytecode import place_beside, read_beside, write_beside

# What is written stands for one release of Python and one layout of this file.
STAMP = ("BPRE1", sys.version, int(_sre.MAGIC), sys.byteorder)
# A pattern's code as bytes, its flags, the number of its groups, and their names.
_Entry = tuple[bytes, int, int, dict[str, int]]


class CompiledPatterns:
    """Patterns by what was typed and their flags.

    Args:
        path: the file; None keeps nothing.
        grows: whether what was compiled is added to it when the process ends.
    """

    def __init__(self, path: Path | None, *, grows: bool = True) -> None:
        self._path, self._grows = path, grows
        self._known: dict[tuple[str, int], _Entry] | None = None
        self._new: dict[tuple[str, int], _Entry] = {}

    def compile(self, pattern: str, flags: int = 0) -> re.Pattern[str]:
        """What ``re.compile`` returns."""
        if self._path is None:
            return re.compile(pattern, flags)
        if self._known is None:
            self._known = read_beside(self._path, STAMP)
        if entry := self._known.get((pattern, int(flags))):
            with suppress(ValueError, TypeError, RuntimeError, OverflowError):
                return _built(pattern, entry)
        parsed = _parser.parse(pattern, flags)
        code = array("I", _compiler._code(parsed, flags))
        entry = (code.tobytes(), int(flags | parsed.state.flags), parsed.state.groups - 1, dict(parsed.state.groupdict))
        if self._grows and not self._new:
            atexit.register(self.write)
        self._new[pattern, int(flags)] = entry
        return _built(pattern, entry)

    def write(self) -> None:
        """Add what was compiled to what others have kept; nothing is told where that cannot be."""
        if self._path is None or not self._new:
            return
        new, self._new = self._new, {}
        write_beside(self._path, STAMP, new)


def _built(pattern: str, entry: _Entry) -> re.Pattern[str]:
    data, flags, groups, names = entry
    code = array("I")
    code.frombytes(data)
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    compiled: re.Pattern[str] = _sre.compile(pattern, flags, code.tolist(), groups, names, tuple(by_number))
    return compiled


COMPILED = CompiledPatterns(place_beside(__file__, ".patterns"), grows=not sys.dont_write_bytecode)
