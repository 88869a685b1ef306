"""The code of templates that were compiled; of the bundled ones it is kept on disk, as that of modules is.

A publication's own templates are compiled anew by each process: nothing of theirs is written anywhere.
"""

from __future__ import annotations

import atexit
import hashlib
import marshal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from bulletin_press.ground.beside_bytecode import place_beside, read_beside, write_beside
from bulletin_press.ground.kept import Kept
from bulletin_press.ground.resources import templates_folder

if TYPE_CHECKING:
    import jinja2

# What is kept in a process, bytes of code; the bundled templates come to a few hundred thousand.
_MOST = 4_000_000
# What the code is made by, beside Jinja.
_MAKERS = ("sandbox.py", "weighing.py")
_Compilation = tuple[str, str | None, str, bool, frozenset[str], frozenset[str]]


@dataclass
class Bucket:
    """Jinja's word for a template's code, as it is asked for and handed back."""

    key: _Compilation
    code: CodeType | None


class CompiledTemplates:
    """Stands for a ``jinja2.BytecodeCache``.

    It goes by all that the compiler reads: where the template lies, its text, whether values are escaped, and what
    filters and tests there are.

    Args:
        path: the file that keeps the bundled templates' code; None keeps it in the process only.
        grows: whether what was compiled is added to it when the process ends.
    """

    def __init__(self, path: Path | None, *, grows: bool = True) -> None:
        self._kept: Kept[_Compilation, CodeType] = Kept(_MOST, _size)
        self._path, self._grows = path, grows
        self._known: dict[str, bytes] | None = None
        self._new: dict[str, bytes] = {}

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """What is kept of a template."""
        key = (name, filename, source, environment.autoescape is True, frozenset(environment.filters),
               frozenset(environment.tests))
        return Bucket(key, self._kept.known(key) or self._from_disk(key))

    def set_bucket(self, bucket: Bucket) -> None:
        """Keep what a template was compiled to."""
        if bucket.code is None:
            return
        self._kept.keep(bucket.key, bucket.code)
        if self._path is not None and _is_bundled(bucket.key[1]):
            if self._grows and not self._new:
                atexit.register(self.write)
            self._new[_named(bucket.key)] = marshal.dumps(bucket.code)

    def write(self) -> None:
        """Add what was compiled to what others have kept; nothing is told where that cannot be."""
        if self._path is not None and self._new:
            new, self._new = self._new, {}
            write_beside(self._path, _stamp(), new)

    def _from_disk(self, key: _Compilation) -> CodeType | None:
        if self._path is None or not _is_bundled(key[1]):
            return None
        if self._known is None:
            self._known = read_beside(self._path, _stamp())
        with suppress(ValueError, EOFError, TypeError):
            code = marshal.loads(self._known.get(_named(key), b""))
            if isinstance(code, CodeType):
                self._kept.keep(key, code)
                return code
        return None


def _is_bundled(file: str | None) -> bool:
    return file is not None and Path(file).is_relative_to(templates_folder())


def _named(key: _Compilation) -> str:
    """A name for a compilation: sets have no order of their own."""
    *first, filters, tests = key
    return hashlib.sha256(repr((first, sorted(filters), sorted(tests))).encode("utf-8", "surrogatepass")).hexdigest()


def _stamp() -> tuple[str, ...]:
    """What code stands for: Python, Jinja, and our own part of its compiler."""
    import jinja2

    makers = b"".join((Path(__file__).parent / name).read_bytes() for name in _MAKERS)
    return "BPTE1", sys.version, jinja2.__version__, hashlib.sha256(makers).hexdigest()


def _size(code: CodeType) -> int:
    """The bytes of a code object and of those in it, about."""
    return 500 + 4 * len(code.co_code) + sum(
        _size(one) if isinstance(one, CodeType) else len(one) if isinstance(one, str) else 30
        for one in code.co_consts)


COMPILED_TEMPLATES = CompiledTemplates(place_beside(__file__, ".templates"), grows=not sys.dont_write_bytecode)
