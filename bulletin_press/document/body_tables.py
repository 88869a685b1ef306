"""Tables in a body: of bars, of tabs, and what looks like one and is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bulletin_press.document.inline import ALL, Marks, inlines_of
from bulletin_press.document.line_groups import LineGroup, groups_of
from bulletin_press.document.placed_text import PlacedText
from bulletin_press.document.tree import Alignment, Grid, Origin
from bulletin_press.document.wrapped_lines import Line
from bulletin_press.language.script import lazy

_RULE_CELL = lazy(r":?-{2,}:?|:-:?|-:")
_FIGURE = lazy(r"[▲▼+\-−]?[\d,]+(?:\.\d+)?\s*[%％‰]?\Z|[—–-]\Z|\Z")
_YEAR = lazy(r"(?:19|20)\d\d年?\Z")


def _cells(line: PlacedText) -> list[PlacedText]:
    cells, start = [], 0
    text = line.text
    for i, char in enumerate(text):
        if char == "|" and (i == 0 or text[i - 1] != "\\"):
            cells.append(line[start:i].stripped())
            start = i + 1
    cells.append(line[start:].stripped())
    if text.startswith("|"):
        cells = cells[1:]
    return cells if cells and cells[-1].text else cells[:-1]


def _is_rule(row: str) -> bool:
    return all(_RULE_CELL.fullmatch(cell.strip()) for cell in row.removeprefix("|").removesuffix("|").split("|"))


@dataclass(frozen=True)
class RaggedRow:
    """A row of a table from ``start`` to ``end`` in the body; its cells, and those of the table's head.

    ``tabbed`` tells that tabs keep its cells apart, not bars.
    """

    start: int
    end: int
    cells: int
    head: int
    tabbed: bool = False


def ragged_rows(text: str) -> Iterator[RaggedRow]:
    """Each row of a table with another number of cells than the head has."""
    for group in groups_of(text) if any(cue in text for cue in ("|", "\t", "<")) else ():
        if group.kind not in ("table", "columns"):
            continue
        rows, rule = _rows(group)
        lines = [*group.lines[:1], *group.lines[2:]] if rule else group.lines
        for row, line in zip(rows, lines, strict=True):
            if len(row) != len(rows[0]):
                yield RaggedRow(line.text.at[0], line.text.end, len(row), len(rows[0]), group.kind == "columns")


@dataclass(frozen=True)
class LooseColumns:
    """Lines of a body, from ``start`` to ``end``, that look like a table and are read as none or in doubt.

    ``fault`` is ``lone`` for one line with tabs, ``spaced`` for columns kept apart by spaces, ``headless``
    for a table whose first row has figures as all others have.
    """

    start: int
    end: int
    fault: Literal["lone", "spaced", "headless"]


def loose_columns(text: str) -> Iterator[LooseColumns]:
    """What looks like a table, and is read as none or in doubt."""
    for group in groups_of(text) if any(cue in text for cue in ("\t", "  ", "\u3000", "<")) else ():
        if group.kind == "columns":
            rows = _columns(group.lines)
            if _headless(rows):
                first = group.lines[0].text
                yield LooseColumns(first.at[0], first.end, "headless")
        elif group.kind in ("text", "bullet"):
            yield from _loose(group.lines)


def _loose(lines: Sequence[Line]) -> Iterator[LooseColumns]:
    for line in lines:
        if line.cells:
            yield LooseColumns(line.text.at[0], line.text.end, "lone")
    for run in _aligned(lines):
        yield LooseColumns(run[0].text.at[0], run[0].text.end, "spaced")


def _aligned(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Runs of two lines and more with columns kept apart by spaces."""
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and lines[at].aligned and not lines[at].cells:
            continue
        if at - start > 1:
            yield lines[start:at]
        start = at + 1


def aligned_lines(text: str) -> frozenset[int]:
    """The places of all characters in those lines of a body that were aligned with spaces as a table's."""
    if "  " not in text and "\u3000" not in text:
        return frozenset()
    return frozenset(place for group in groups_of(text) if group.kind in ("text", "bullet")
                     for run in _aligned(group.lines) for line in run for place in line.text.at)


def _headless(rows: Sequence[Sequence[PlacedText]]) -> bool:
    """Whether a table's first row has figures below no words: a head has none but years."""
    figures = [bool(cell.text and _FIGURE.match(cell.text) and not _YEAR.match(cell.text)) for cell in rows[0]]
    return any(figures)


def _rows(group: LineGroup) -> tuple[list[list[PlacedText]], str]:
    """A table's rows in cells, and the line of dashes that was below its head."""
    if group.kind == "columns":
        return _columns(group.lines), ""
    lines = [line.text for line in group.lines]
    # Below the head only: elsewhere a row of dashes is a row without figures.
    ruled = len(lines) > 1 and _is_rule(lines[1].text)
    return [_cells(line) for line in ([*lines[:1], *lines[2:]] if ruled else lines)], lines[1].text if ruled else ""


def _columns(lines: Sequence[Line]) -> list[list[PlacedText]]:
    """Lines in cells at their tabs; a tab at the head of every line is an indent."""
    indented = all(line.raw.text.startswith("\t") for line in lines)
    rows = []
    for line in lines:
        row, start, cells = line.raw[1:] if indented else line.raw, 0, []
        for match in re.finditer("\t", row.text):
            cells.append(row[start : match.start()].stripped())
            start = match.end()
        rows.append([*cells, row[start:].stripped()])
    # Columns in which nothing stands at all: Excel's, beyond the table.
    while len({len(row) for row in rows}) == 1 and len(rows[0]) > 1 and not any(row[-1].text for row in rows):
        rows = [row[:-1] for row in rows]
    return rows


def grid_of(group: LineGroup, origin: Origin, marks: Marks = ALL) -> Grid:
    """A table's lines as a grid; short rows are filled up, figures stand right where nothing else is typed."""
    rows, rule = _rows(group)
    columns = max((len(row) for row in rows), default=0)
    empty = PlacedText("", [])
    rows = [row + [empty] * (columns - len(row)) for row in rows]
    ruled = [cell.strip() for cell in rule.strip("| ").split("|")] if rule else []
    alignments: list[Alignment] = []
    for column in range(columns):
        mark = ruled[column] if column < len(ruled) else ""
        figures = all(_FIGURE.match(row[column].text) for row in rows[1:]) and len(rows) > 1
        if mark.startswith(":") and mark.endswith(":"):
            alignments.append("center")
        else:
            alignments.append("right" if mark.endswith(":") or (figures and not mark.startswith(":")) else "left")
    cooked = [tuple(tuple(inlines_of(cell, marks)) for cell in row) for row in rows]
    return Grid(cooked[0] if cooked else (), tuple(cooked[1:]), tuple(alignments), origin)
