"""A file as it lies on the disk, and splices into it that leave every other byte as it is."""

from __future__ import annotations

import codecs
import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate

from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.toml.positions import Table, parse_table
from bulletin_press.toml.source import MAX_BYTES, Source, decode

_CRLF = re.compile("\r\n")


@dataclass(frozen=True)
class Splice:
    """New text for ``text[start:end]``; its line ends become the file's, unless it is ``raw``."""

    start: int
    end: int
    new: str
    raw: bool = False


def version_of(data: bytes) -> str:
    """What tells one content of a file from every other."""
    return hashlib.sha256(data).hexdigest()[:32]


def trimmed(start: int, old: str, new: str) -> Splice:
    """The least splice that makes a text, which begins at an offset, another."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    most -= head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    return Splice(start + head, start + len(old) - tail, new[head : len(new) - tail])


@dataclass(frozen=True)
class Laid:
    """The bytes of a file, as text with LF line ends and as a table of TOML.

    Reading ``text`` or ``table`` raises InputFault where the bytes are no UTF-8, or no TOML.
    """

    data: bytes
    name: str

    @cached_property
    def version(self) -> str:
        """What tells these bytes from others."""
        return version_of(self.data)

    @cached_property
    def text(self) -> str:
        """The text with LF line ends, without a byte order mark."""
        if len(self.data) > MAX_BYTES:
            raise InputFault(f"{self.name} 超过 1 MB，没有存")
        return decode(self.data, self.name)

    @cached_property
    def table(self) -> Table:
        """The values and their places."""
        return parse_table(Source(self.name, self.text))

    @cached_property
    def raw(self) -> str:
        """The characters as they lie there, with their line ends; the mark apart."""
        return self.data.removeprefix(codecs.BOM_UTF8).decode("utf-8")

    @cached_property
    def _carriage(self) -> list[int]:
        """The offsets in ``text`` of the line ends that are two characters in ``raw``."""
        return [found.start() - index for index, found in enumerate(_CRLF.finditer(self.raw))]

    @cached_property
    def line_end(self) -> str:
        """The usual line end."""
        return "\r\n" if len(self._carriage) * 2 > self.text.count("\n") else "\n"

    def raw_at(self, offset: int) -> int:
        """The place in ``raw`` of an offset in ``text``."""
        return offset + bisect_left(self._carriage, offset)

    def raw_slice(self, start: int, end: int) -> str:
        """A stretch of ``text`` as it lies there."""
        return self.raw[self.raw_at(start) : self.raw_at(end)]

    def spliced(self, splices: Iterable[Splice]) -> Laid:
        """The file with splices, none over another; of two at one place the first stands first."""
        parts, at = [], 0
        for splice in sorted(splices, key=lambda one: (one.start, one.end)):
            start, end = self.raw_at(splice.start), self.raw_at(splice.end)
            if start < at:
                raise ValueError("splices overlap")
            new = splice.new if splice.raw else splice.new.replace("\n", self.line_end)
            parts += [self.raw[at:start], new]
            at = end
        mark = codecs.BOM_UTF8 if self.data.startswith(codecs.BOM_UTF8) else b""
        return Laid(mark + "".join([*parts, self.raw[at:]]).encode("utf-8"), self.name)

    def retyped(self, text: str) -> Laid:
        """The file with another text in its place, of which all lines that stay keep their line ends."""
        splices = []
        lines, others = _lines(self.text), _lines(text)
        at = [0, *accumulate(map(len, lines))]
        for tag, start, end, first, last in SequenceMatcher(None, lines, others, autojunk=False).get_opcodes():
            if tag != "equal":
                splices.append(trimmed(at[start], "".join(lines[start:end]), "".join(others[first:last])))
        return self.spliced(splices)


def _lines(text: str) -> list[str]:
    return [line for line in re.split("(?<=\n)", text) if line]
