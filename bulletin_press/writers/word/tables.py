"""How wide the columns of the Word edition's tables are, and in which size a table is set: no figure is broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin_press.document.exhibits import FigureTable, Growth, KeyFigure
from bulletin_press.document.tree import Grid, Text
from bulletin_press.theme.tabulation import columns_of
from bulletin_press.writers.flow.words import ems
from bulletin_press.writers.word.styles import MEASURE

# The styles' own size, pt, and what is tried where figures would not stand in their columns with it.
USUAL = 10.5
_SIZES = (USUAL, 9.5, 8.5, 7.5, 6.5)
# The large figures' size, pt, and that of the unit behind one.
LARGE_SIZE, _UNIT = 40.0, 10.5
NOTHING = "—"


@dataclass(frozen=True)
class Widths:
    """A table's columns with the gaps between them, points; ``size`` of its type, None where that is the styles'."""

    columns: tuple[float, ...]
    gap: float = 10.0
    size: float | None = None


def columns(grid: Grid) -> Widths:
    """How wide a table's columns are, so that no figure of it is broken."""
    found = columns_of(grid, MEASURE, _SIZES)
    return Widths(tuple(share * MEASURE for share in found.shares), found.gap,
                  None if found.size == USUAL else found.size)


def grid_of(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
    """A table of plain words, the first column named and figures in all others."""
    return Grid(tuple((Text(word),) for word in head), tuple(tuple((Text(word),) for word in row) for row in rows),
                ("left", *["right"] * (len(rows[0]) - 1)))  # type: ignore[arg-type]


def figure_grid(table: FigureTable) -> Grid:
    """The month's figures as the words of a table: each measure, and behind it its growth where it has any."""
    head, rows = ["指标"], [[line.label] for line in table.rows]
    for at, (measure, grows) in enumerate(zip(table.measures, table.growths, strict=True)):
        head += [measure, "同比"] if grows else [measure]
        for line, row in zip(table.rows, rows, strict=True):
            cell = line.cells[at]
            row.append(cell.value if cell else NOTHING)
            if grows:
                row.append(grown(cell.growth if cell else None))
    return grid_of(head, rows)


def key_grid(figures: Sequence[KeyFigure]) -> Grid:
    """Key figures of the second rank: name, value, growth."""
    rows = [(f"{one.label}{one.note}", valued(one), grown(one.growth)) for one in figures]
    return grid_of(("", "", ""), rows)


def valued(figure: KeyFigure) -> str:
    """A key figure with its unit, as it is shown."""
    return f"{figure.large or figure.value} {figure.large_unit or figure.unit}"


def grown(growth: Growth | None) -> str:
    """A growth with its mark."""
    return growth.mark + growth.text if growth else NOTHING


def large_size(figures: Sequence[KeyFigure]) -> float | None:
    """The size of figures that stand side by side, points; None where that is the style's own."""
    room = MEASURE / 2 - 8
    size = min((room - _UNIT * ems(" " + (one.large_unit or one.unit))) / ems(one.large or one.value)
               for one in figures)
    return None if size >= LARGE_SIZE else max(12.0, int(size * 2) / 2)
