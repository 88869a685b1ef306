"""How wide the columns of an author's table are, and in which size it is set, so that it fits its measure.

Widths are reckoned from the number and kind of the characters: a theme hands them on as shares of the
measure, so an error of some hundredths only shifts a column a little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from bulletin_press.document.tree import Grid, Inline, plain_text
from bulletin_press.language.script import lazy

# A figure with its sign and unit, a date, an em rule: never broken.
_FIGURE = lazy(r"[▲▼+\-−]?\d[\d,.:/\-–—]*\s*[%％‰℃]?[\u4e00-\u9fff]{0,2}|[—–-]+")
# What no line is broken in: words, figures, addresses up to their slashes.
_PIECE = lazy(r"[0-9A-Za-z.,%‰+\-−]+")
# A head in two lines breaks best before its bracket: 合同签约额（万美元）.
_BRACKET = lazy(r"(?=[（(])")
# Em, by kind of character; the rest is a full em.
_DIGIT, _CAPITAL, _SMALL, _POINT = 0.556, 0.69, 0.55, 0.28
# Between 汉字 and Latin, em.
_GAP = 0.25
# Words of one line in a column that is comfortable, and the least that is bearable, em.
_COMFORT, _LEAST = 6.5, 3.0
# Columns from which the white between them is narrower.
_MANY = 6
_WIDE_GAP, _NARROW_GAP = 10.0, 6.0
# Rows of a table, and lines of all and of one of them, up to which it is kept on one page.
_FEW, _LONG, _TALL = 12, 24, 12


@dataclass(frozen=True)
class Columns:
    """How a table is set.

    Attributes:
        size: of its type, pt.
        gap: between two columns, pt; half of it belongs to either.
        shares: of each column, with its gaps; their sum is 1.
        parted: the heads that stand in two lines, the second beginning with their bracket.
        easy: short words, figures and heads in two lines stand whole.
        fits: no figure or word sticks out of its column.
        lines: about how many lines each row takes.
        named: the first column names the rows: a text in each, no two the same.
    """

    size: float
    gap: float
    shares: tuple[float, ...]
    parted: tuple[bool, ...]
    easy: bool
    fits: bool
    lines: tuple[int, ...]
    named: bool

    @property
    def long(self) -> bool:
        """Whether the table may be broken over pages: it has many rows or long ones."""
        return len(self.lines) > _FEW or sum(self.lines) > _LONG

    @property
    def tall(self) -> tuple[int, ...]:
        """The rows, from 0, that may be broken themselves."""
        return tuple(row for row, lines in enumerate(self.lines) if lines > _TALL)

    @property
    def percent(self) -> tuple[float, ...]:
        """The shares for a style sheet."""
        return tuple(round(100 * share, 3) for share in self.shares)


def columns_of(grid: Grid, measure: float, sizes: Sequence[float] = (9, 8.5, 8, 7.5)) -> Columns:
    """Choose the largest size in which a table is easily read, and share out the measure.

    Args:
        grid: the table.
        measure: how wide it is, points.
        sizes: those allowed, the largest first, points.
    """
    count = len(grid.alignments)
    columns = [_column(grid, at) for at in range(count)]
    gap = _WIDE_GAP if count < _MANY else _NARROW_GAP
    room = measure - gap * (count - 1)
    if count >= _MANY and sum(one.natural for one in columns) * sizes[0] > room:
        sizes = sizes[min((count - _MANY) // 2 + 1, len(sizes) - 1):]
    easy = next((size for size in sizes if sum(one.easy for one in columns) * size <= room), None)
    size = easy or sizes[-1]
    least = [(one.easy if easy else one.least) * size for one in columns]
    widths = _shared(least, [one.natural * size for one in columns], room)
    parted = tuple(one.natural_head * size > width for one, width in zip(columns, widths, strict=True))
    edges = [(at > 0) + (at < count - 1) for at in range(count)]
    whole = [max(0.0, width) + gap / 2 * beside for width, beside in zip(widths, edges, strict=True)]
    total = sum(whole) or 1.0
    lines = tuple(max(_lines(cell, width / size) for cell, width in zip(row, widths, strict=True)) for row in grid.rows)
    return Columns(size, gap, tuple(one / total for one in whole), parted, easy is not None, sum(least) <= room,
                   lines, _names_rows(grid))


def _names_rows(grid: Grid) -> bool:
    names = [plain_text(row[0]).strip() for row in grid.rows if row]
    # Where heads would outnumber what they head, there is nothing to find one's way in.
    cells = len(names) * (len(grid.alignments) - 1)
    return (len(grid.alignments) + len(names) <= cells and all(names) and len(set(names)) == len(names)
            and not any(_FIGURE.fullmatch(name) for name in names))


def _lines(cell: tuple[Inline, ...], room: float) -> int:
    """About how many lines a cell takes in a column of so many ems."""
    return max(1, ceil(_ems(plain_text(cell).strip()) / max(room, 1.0)))


def is_figure(cell: tuple[Inline, ...]) -> bool:
    """Whether a cell holds nothing but a figure, which must not be broken."""
    return bool(_FIGURE.fullmatch(plain_text(cell).strip()))


@dataclass(frozen=True)
class _Column:
    """What a column asks for, em: to stand in one line, to be easily read, to hold its words; its head in one line."""

    natural: float
    easy: float
    least: float
    natural_head: float


def _column(grid: Grid, at: int) -> _Column:
    head = plain_text(grid.head[at]).strip() if grid.head else ""
    cells = [plain_text(row[at]).strip() for row in grid.rows]
    asked = [*map(_asked, cells), _asked_by_head(head)]
    natural, easy, least = (max(one[part] for one in asked) for part in range(3))
    return _Column(natural, easy, least, _ems(head))


def _asked(text: str) -> tuple[float, float, float]:
    natural = _ems(text)
    if _FIGURE.fullmatch(text):
        return natural, natural, natural
    word = max(map(_ems, _PIECE.findall(text)), default=0.0)
    return natural, max(min(natural, _COMFORT), word), max(min(natural, _LEAST), word)


def _asked_by_head(text: str) -> tuple[float, float, float]:
    natural = _ems(text)
    word = max(map(_ems, _PIECE.findall(text)), default=0.0)
    parts = max(map(_ems, _BRACKET.split(text)))
    halves = natural if natural <= 4.2 else min(natural, max(natural / 2 + 0.6, 4.0), max(parts, natural / 2))
    return natural, max(halves, word), max(min(natural, _LEAST), word)


def _shared(least: Sequence[float], natural: Sequence[float], room: float) -> list[float]:
    """Widths of columns that come to ``room``: between the least and the natural ones, or beyond them."""
    if sum(natural) <= room:
        return _scaled(natural, room)
    if sum(least) > room:
        return _scaled(least, room)
    # What is left goes to those who lack most; the more a column lacks, the less a little helps it.
    lacks = [(full - low) ** 0.75 if full > low else 0.0 for full, low in zip(natural, least, strict=True)]
    left, total = room - sum(least), sum(lacks)
    return [low + left * lack / total for low, lack in zip(least, lacks, strict=True)]


def _scaled(widths: Sequence[float], room: float) -> list[float]:
    total = sum(widths)
    return [width * room / total for width in widths] if total else [room / len(widths)] * len(widths)


def _ems(text: str) -> float:
    width, before = 0.0, None
    for char in text:
        latin = char < "\u0250"
        width += _width(char) + (_GAP if before is not None and latin != before else 0.0)
        before = latin
    return width + (0.1 if text else 0.0)


def _width(char: str) -> float:
    if char in ".,:;'|! ":
        return _POINT
    if char.isdigit():
        return _DIGIT
    if char < "\u0250":
        return _CAPITAL if char.isupper() or char in "%+&@" else _SMALL
    return 0.6 if char == "−" else 1.0
