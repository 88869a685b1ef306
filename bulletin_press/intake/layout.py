"""Which words stand at the edge of each number of a sheet: above it, left of it, over its block, over all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bulletin_press.intake.amounts import Content, content_of
from bulletin_press.intake.grid import Amount, Place, RawCell, RawSheet
from bulletin_press.intake.labels import Label, label_of

# A head has no more rows than this; a text of more characters is a note.
MAX_HEADS = 6
MAX_HEAD_LENGTH = 60
_NUMBERED = "序号|编号|排名|位次|名次|行次|代码"


@dataclass(frozen=True)
class Surrounded:
    """A number with the labels about it, nearest first.

    Attributes:
        place: its row and column.
        amount: the number; None where the cell holds none (—, #DIV/0!), and ``content`` says which.
        content: what the cell is.
        heads: above it, down to the line over the numbers.
        rows: left of it.
        section: the last line of words alone above it.
        corner: the heads of the column that ``rows`` stands in.
        titles: what stands over the whole table.
    """

    place: Place
    amount: Amount | None
    content: Content
    heads: tuple[Label, ...]
    rows: tuple[Label, ...]
    section: tuple[Label, ...]
    corner: tuple[Label, ...]
    titles: tuple[Label, ...]


class Layout:
    """A sheet as a person sees it.

    Args:
        sheet: the sheet.
        hidden: rows and columns that are hidden are read too.
        codes: numbers that are names (9610) where they begin a row.
    """

    def __init__(self, sheet: RawSheet, *, hidden: bool = False, codes: Set[str] = frozenset()) -> None:
        self.sheet, self.hidden, self.codes = sheet, hidden, codes

    @cached_property
    def contents(self) -> Mapping[Place, Content]:
        """What each visible cell is; numbers that count years or months are labels."""
        found = {place: content_of(cell) for place, cell in self.sheet.cells.items() if self._visible(place)}
        for axis in (0, 1):
            for line in self._lines(found, axis):
                if _counts(line, self.sheet.cells):
                    dates = axis == 0 or self._dated(line[0])
                    found.update(dict.fromkeys(line, "label" if dates else "blank"))
        begun: set[int] = set()
        for place in sorted(found):
            if place[0] not in begun and self.sheet.cells[place].text.strip().removesuffix(".0") in self.codes:
                found[place] = "label"
            begun.add(place[0])
        return found

    def _dated(self, first: Place) -> bool:
        """Whether a column of whole numbers is of years or months: most are 序号."""
        heads = "".join(cell.text for row in range(max(1, first[0] - MAX_HEADS), first[0])
                        if (cell := self.sheet.cells.get((row, first[1]))))
        years = len(self.sheet.cells[first].text.removesuffix(".0")) == 4
        return not re.search(_NUMBERED, heads) and (years or bool(re.search(r"[年月]|时间|日期|时期", heads)))

    def _visible(self, place: Place) -> bool:
        return self.hidden or (place[0] not in self.sheet.hidden_rows and place[1] not in self.sheet.hidden_columns)

    def _lines(self, found: Mapping[Place, Content], axis: int) -> Iterator[list[Place]]:
        """The numbers of the first rows, or of the first columns, line by line."""
        lines: dict[int, list[Place]] = {}
        for place, content in found.items():
            if isinstance(content, Amount) and place[axis] <= MAX_HEADS:
                lines.setdefault(place[axis], []).append(place)
        yield from (sorted(line) for line in lines.values())

    def words(self, place: Place) -> str | None:
        """The text of a label, that of a merged area anywhere in it; None where there is none."""
        home = self.sheet.spread.get(place, place)
        if not self._visible(place) or self.contents.get(home) not in ("label", "date"):
            return None
        cell = self.sheet.cells[home]
        return cell.text if len(cell.text) <= MAX_HEAD_LENGTH else None

    @cached_property
    def _titles(self) -> Mapping[int, str]:
        """The rows with one text alone, in the first of their columns that hold anything."""
        return {row: self.sheet.cells[places[0]].text for row, places in self._rows.items()
                if len(places) == 1 and self.contents[places[0]] == "label" and row not in self._lower_parts}

    @cached_property
    def _rows(self) -> Mapping[int, Sequence[Place]]:
        """The places that hold anything, by row, from the left."""
        rows: dict[int, list[Place]] = {}
        for place in sorted(self.contents):
            if self.contents[place] != "blank":
                rows.setdefault(place[0], []).append(place)
        return rows

    @cached_property
    def _lower_parts(self) -> frozenset[int]:
        """The rows that a merged area reaches into from above: they are no lines of their own."""
        return frozenset(place[0] for place, home in self.sheet.spread.items()
                         if home[0] < place[0] and self.contents.get(home) == "label")

    @cached_property
    def _numbers(self) -> frozenset[int]:
        """The rows that hold a number."""
        return frozenset(place[0] for place, content in self.contents.items() if isinstance(content, Amount))

    @cached_property
    def _first_number(self) -> int:
        return min(self._numbers, default=0)

    def surrounded(self) -> Iterator[Surrounded]:
        """Every cell that holds a figure, or says that there is none, in rows from the top."""
        found: dict[Place, tuple[list[str], list[int]]] = {}
        for place in sorted(self.contents):
            content = self.contents[place]
            if content in ("label", "date"):
                continue
            above = (place[0] - 1, place[1])
            if isinstance(self.contents.get(above), Amount) and above in found:
                found[place] = found[above]  # what is over one number of a column is over the next
            else:
                found[place] = self._heads(place)
            heads, lines = found[place]
            rows, column = self._row_labels(place)
            if not heads and not rows:
                continue
            yield Surrounded(
                place, content if isinstance(content, Amount) else None, content, tuple(map(label_of, heads)),
                tuple(map(label_of, rows)), tuple(map(label_of, self._section(place[0], min(lines, default=0)))),
                tuple(label_of(words) for line in lines if column and (words := self.words((line, column)))
                      and line not in self._titles),
                tuple(label_of(text) for text in self._above(min(lines, default=place[0]))))

    def _heads(self, place: Place) -> tuple[list[str], list[int]]:
        """The heads above a number, nearest first, and their rows."""
        words: list[str] = []
        lines: list[int] = []
        blanks = 0
        for row in range(place[0] - 1, 0, -1):
            if not self._visible((row, place[1])):
                continue
            text = self.words((row, place[1]))
            if text is None and lines:
                text = self._spread_head(row, place[1])
            if row in self._titles and row not in self._numbers:
                if lines:
                    break  # over the head: a title
                continue  # a section's line among the numbers
            if text is not None:
                lines.append(row)
                if text not in words:
                    words.append(text)
            elif isinstance(self.contents.get((row, place[1])), Amount) or (lines and row in self._numbers):
                if lines:
                    break
            elif lines:
                blanks += 1
                if blanks > 1:
                    break
            if len(lines) >= MAX_HEADS:
                break
        return words, lines

    def _spread_head(self, row: int, column: int) -> str | None:
        """The head that a blank cell of an upper line belongs to: many a sheet is merged for the eye alone."""
        if row in self._numbers or row in self._titles or (row, column) in self.sheet.spread:
            return None
        for left in range(column - 1, max(0, column - 12), -1):
            if (text := self.words((row, left))) is not None:
                # Not the head of the labels' column.
                return text if any(self.words((row, other)) is not None for other in range(max(1, left - 12), left)) \
                    else None
        return None

    def _row_labels(self, place: Place) -> tuple[list[str], int]:
        """The labels left of a number, nearest first, and the column of the farthest."""
        words: list[str] = []
        column = 0
        for left in range(place[1] - 1, 0, -1):
            text = self.words((place[0], left))
            if text is not None:
                column = left
                if text not in words:
                    words.append(text)
            elif words and isinstance(self.contents.get((place[0], left)), Amount):
                break
            if len(words) >= MAX_HEADS:
                break
        return words, column

    def _section(self, row: int, head: int) -> list[str]:
        """The last line of words alone between the heads and a row."""
        before = self._sections[bisect_left(self._sections, row) - 1 :][:1] if self._sections else ()
        return [self._titles[line] for line in before if max(head, self._first_head) < line < row]

    @cached_property
    def _sections(self) -> tuple[int, ...]:
        """The rows of words alone, ascending."""
        return tuple(sorted(self._titles))

    @cached_property
    def _first_head(self) -> int:
        """The last row before the first number: what stands above it is over the whole table."""
        return self._first_number - 1 if self._first_number else 0

    def _above(self, head: int) -> list[str]:
        """The titles over a head, nearest first, as far as the table above."""
        found: list[str] = []
        for row in range(head - 1, 0, -1):
            if row in self._numbers:
                break
            found += [text for text in self._texts_of(row) if text not in found]
        return found[:8]

    def _texts_of(self, row: int) -> list[str]:
        return [self.sheet.cells[place].text for place in self._rows.get(row, ()) if self.contents[place] == "label"]


def _counts(line: list[Place], cells: Mapping[Place, RawCell]) -> bool:
    """Whether numbers in a line are years or months: whole, one after the other."""
    if len(line) < 3:
        return False
    texts = [cells[place].text.removesuffix(".0") for place in line]
    if not all(text.isascii() and text.isdecimal() and len(text) <= 4 for text in texts):
        return False
    values = [int(text) for text in texts]
    steps = {after - before for before, after in pairwise(values)}
    return (steps in ({1}, {-1}) or steps <= {1, -11}) and all(1 <= one <= 12 or 1949 <= one <= 2100 for one in values)
