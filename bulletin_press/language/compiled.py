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
from re import _parser  # type: ignore[attr-defined]  # what re.compile itself is made of

from bulletin_press.ground.beside_bytecode import place_beside, read_beside, write_beside
from bulletin_press.language.first_characters import code_of
from bulletin_press.language.required import Need, needed
from bulletin_press.language.ways import ways_of

# What is written stands for one release of Python and one layout of this file.
STAMP = ("BPRE6", sys.version, int(_sre.MAGIC), sys.byteorder)
# A pattern's code as bytes, its flags, the number of its groups, their names, what a text needs to match, its ways.
_Entry = tuple[bytes, int, int, dict[str, int], Need, tuple[str, ...]]


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
        if entry := self._entry(pattern, flags):
            with suppress(ValueError, TypeError, RuntimeError, OverflowError):
                return _built(pattern, entry)
        return _built(pattern, self._made(pattern, flags))

    def needs(self, pattern: str, flags: int = 0) -> Need:
        """What a text must hold for a pattern to match in it (see ``required``)."""
        if self._path is None:
            parsed = _parser.parse(pattern, flags)
            return needed(parsed, flags | parsed.state.flags)
        return (self._entry(pattern, flags) or self._made(pattern, flags))[4]

    def ways(self, pattern: str, flags: int = 0) -> tuple[str, ...]:
        """The ways of a pattern (see ``ways``)."""
        if self._path is None:
            parsed = _parser.parse(pattern, flags)
            return () if flags else ways_of(pattern, parsed.state.groups - 1, list(parsed.state.groupdict))
        return (self._entry(pattern, flags) or self._made(pattern, flags))[5]

    def _entry(self, pattern: str, flags: int) -> _Entry | None:
        if self._known is None:
            self._known = read_beside(self._path, STAMP) if self._path else {}
        return self._known.get((pattern, int(flags))) or self._new.get((pattern, int(flags)))

    def _made(self, pattern: str, flags: int) -> _Entry:
        parsed = _parser.parse(pattern, flags)
        every = int(flags | parsed.state.flags)
        code = array("I", code_of(parsed, every))
        groups, names = parsed.state.groups - 1, dict(parsed.state.groupdict)
        ways = () if flags else ways_of(pattern, groups, list(names))
        entry = (code.tobytes(), every, groups, names, needed(parsed, every), ways)
        if self._grows and not self._new:
            atexit.register(self.write)
        self._new[pattern, int(flags)] = entry
        return entry

    def write(self) -> None:
        """Add what was compiled to what others have kept; nothing is told where that cannot be."""
        if self._path is None or not self._new:
            return
        new, self._new = self._new, {}
        write_beside(self._path, STAMP, new)


def _built(pattern: str, entry: _Entry) -> re.Pattern[str]:
    data, flags, groups, names, _, _ = entry
    code = array("I")
    code.frombytes(data)
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    compiled: re.Pattern[str] = _sre.compile(pattern, flags, code.tolist(), groups, names, tuple(by_number))
    return compiled


COMPILED = CompiledPatterns(place_beside(__file__, ".patterns"), grows=not sys.dont_write_bytecode)
