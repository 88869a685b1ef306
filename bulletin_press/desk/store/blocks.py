"""Statements with the lines and comments that belong to them: what is moved, deleted and put beside one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin_press.toml.positions import KeyPath, Table
from bulletin_press.toml.scanned import Statement

# A comment that heads a section: a rule of dashes in it.
_BANNER = re.compile(r"[ \t]*#[ \t]*[─━—=_*-]{2,}")
# A key that waits to be filled in.
_WAITING = re.compile(r"[ \t]*#[ \t]*[A-Za-z_][\w.-]*[ \t]*=")


@dataclass(frozen=True)
class Block:
    """A run of statements with the comments that touch it: whole lines, the last one's end apart."""

    start: int
    end: int
    statements: tuple[Statement, ...]


class Blocks:
    """The statements of a text, and the lines that they take.

    Args:
        table: the text; it has no faults.
    """

    def __init__(self, table: Table) -> None:
        self.text, self.statements = table.source.text, table.statements

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, before its end."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    def of(self, path: KeyPath) -> tuple[Block, ...]:
        """The runs of statements that make up what is at a path, in order."""
        runs: list[list[int]] = []
        for index, one in enumerate(self.statements):
            if one.path[: len(path)] == path:
                if runs and runs[-1][-1] == index - 1:
                    runs[-1].append(index)
                else:
                    runs.append([index])
        return tuple(self._block(run[0], run[-1]) for run in runs)

    def _block(self, first: int, last: int) -> Block:
        chosen = tuple(self.statements[first : last + 1])
        start = self.lead(first) if chosen[0].header else self.line_start(chosen[0].start)
        return Block(start, self.tail(last) if chosen[-1].header or chosen[0].header else
                     self.line_end(chosen[-1].end), chosen)

    def lead(self, index: int) -> int:
        """Where the comment lines begin that touch a header from above; a section's heading is none, nor the file's."""
        start = self.line_start(self.statements[index].start)
        floor = self.line_end(self.statements[index - 1].end) + 1 if index else 0
        while start > floor:
            above = self.line_start(start - 1)
            line = self.text[above : start - 1]
            if not line.lstrip().startswith("#") or _BANNER.match(line) or _WAITING.match(line):
                break
            start = above
        # What stands at the very top is said of the file.
        return start or self.line_start(self.statements[index].start)

    def tail(self, index: int) -> int:
        """Where the comment lines end that touch a statement from below, those that are the next header's apart."""
        end = self.line_end(self.statements[index].end)
        after = self.statements[index + 1] if index + 1 < len(self.statements) else None
        limit = len(self.text) if after is None else \
            self.lead(index + 1) if after.header else self.line_start(after.start)
        while end + 1 < limit:
            stop = self.line_end(end + 1)
            line = self.text[end + 1 : stop]
            if not line.lstrip().startswith("#") or _BANNER.match(line):
                break
            end = stop
        return end

    def without(self, block: Block) -> tuple[int, int]:
        """What to cut so that a block is gone, and the blank lines behind it: those before it where none are."""
        start, end = block.start, block.end
        after = self.text[end:]
        blank = len(after) - len(after.lstrip(" \t\n"))
        # Whole blank lines only: what is indented behind them stays as it is.
        cut = end + (after[:blank].rfind("\n") + 1 if blank < len(after) else blank)
        if cut < len(self.text):
            return start, cut
        before = self.text[:start].rstrip(" \t\n")
        return (len(before) + 1, cut) if before else (start, cut)

    def heading(self, title: str) -> int | None:
        """The end of the comment lines that head a section, which name its title between dashes."""
        for found in re.finditer(r"^[ \t]*#[^\n]*$", self.text, re.M):
            if _BANNER.match(found[0]) and title in found[0] and not self._inside(found.start()):
                end = found.end()
                while end + 1 < len(self.text):
                    stop = self.line_end(end + 1)
                    if not self.text[end + 1 : stop].lstrip().startswith("#"):
                        break
                    end = stop
                return end
        return None

    def _inside(self, offset: int) -> bool:
        return any(one.start <= offset < one.end for one in self.statements)

    def pairs_of(self, path: KeyPath) -> Iterator[tuple[Sequence[str | int], Statement]]:
        """The keys typed under the header of a table, each by its name from there on."""
        inside = path == ()
        for one in self.statements:
            if one.header:
                inside = one.path == path
            elif inside:
                yield one.path[len(path):], one

    def header_of(self, path: KeyPath) -> Statement | None:
        """The header of a table, if it has one of its own."""
        return next((one for one in self.statements if one.header and one.path == path), None)
