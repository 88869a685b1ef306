"""Text that runs on: numbered subheadings, a source in the last line, charts and the table among paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from bulletin_press.document.exhibits import Chart, Exhibits, FigureTable, Growth
from bulletin_press.document.tree import (
    Block,
    Document,
    Entry,
    Item,
    Paragraph,
    Section,
    Subheading,
    plain_text,
)
from bulletin_press.language.numerals import chinese_number
from bulletin_press.theme.reckoning.settings import Ems, Guide, GuideSize, Pairs, Placing, Tail
from bulletin_press.theme.reckoning.text import ems

# How an author's own number begins.
# What a choice sets, to have all charts last.
_CHARTS, _LAST = "charts", "after"
_TYPED = frozenset("0123456789一二三四五六七八九十第（(①②③④⑤⑥⑦⑧⑨⑩")
_OPENING = 24
_WIDE = 10


@dataclass(frozen=True)
class NumberedChart:
    """A chart with its number in the report, from 1."""

    number: int
    chart: Chart


@dataclass(frozen=True)
class Passed:
    """A block of running text and what follows it.

    Attributes:
        block: None where charts follow no block.
        number: of a subheading; 0 where it has none.
        more, credit: whether the reference and the source run on behind its last words.
        table: whether the table follows.
        charts: that follow.
    """

    block: Block | None
    number: int = 0
    more: bool = False
    credit: bool = False
    table: bool = False
    charts: tuple[NumberedChart, ...] = ()


@dataclass(frozen=True)
class Running:
    """Running text, ``measure`` pt wide.

    ``more`` and ``credit``: the reference, the source have lines of their own; ``long``: the source takes two.
    """

    blocks: tuple[Passed, ...]
    measure: float
    more: bool
    credit: bool
    long: bool


@dataclass(frozen=True)
class NumberedItem:
    """An item with its number in words, empty where it is the only one; ``wide``: it has two characters or more."""

    item: Item
    number: str
    wide: bool


@dataclass(frozen=True)
class Profile:
    """A member: its short lines, which stand together, and the rest."""

    short: tuple[Block, ...]
    rest: tuple[Block, ...]


@dataclass(frozen=True)
class Aligned:
    """A rate in its column, without its sign: how many decimals fewer than the most, and whether the point too."""

    text: str
    missing: int
    point: bool


@dataclass(frozen=True)
class GuidePlan:
    """The contents: set small; whether the first section begins the next page."""

    tight: bool
    fresh: bool


@dataclass(frozen=True)
class PairedImprint:
    """The imprint in rows, left and right, either may be empty; and how many lines it takes."""

    rows: tuple[tuple[str, str], ...]
    lines: int


def running(blocks: Sequence[Block], before: str, more: str, credit: str, shown: Exhibits | None, *,
            tail: Tail, widths: Ems, properties: Mapping[str, str]) -> Running:
    """Plan running text.

    Args:
        blocks: its blocks.
        before: words that stand before the first.
        more: the reference that follows the last words of a closing paragraph, or nothing.
        credit: the source, or nothing.
        shown: what a report shows beside its text.
        tail: the theme's numbers.
        widths: of characters.
        properties: the theme's.
    """
    columns = float(properties[tail.columns])
    width = columns - tail.inset
    numbered, runs_on, made, charts = _numbered(blocks), False, list[Passed](), 0
    for at, one in enumerate(blocks):
        last = at + 1 == len(blocks) and isinstance(one, Paragraph)
        if last and credit and tail.runs_on and isinstance(one, Paragraph):
            words = ("" if at else before) + plain_text(one.inlines) + more
            runs_on = _has_room(words, credit, tail, width, widths)
        put = _after(at, len(blocks), shown, waits=properties.get(_CHARTS) == _LAST) if shown else ()
        follow = tuple(NumberedChart(charts + number, chart) for number, chart in enumerate(put, 1))
        charts += len(put)
        number = sum(isinstance(other, Subheading) for other in blocks[: at + 1]) if numbered else 0
        made.append(Passed(one, number if isinstance(one, Subheading) else 0, bool(last and more), last and runs_on,
                           bool(shown and shown.table and at == 0), follow))
    closed = bool(made) and isinstance(blocks[-1], Paragraph)
    long = bool(credit) and ems(credit, widths) + tail.long > width
    measure = tail.measure.among(properties) * width / columns
    return Running(tuple(made), measure, bool(more) and not closed, bool(credit) and not runs_on, long)


def _has_room(words: str, credit: str, tail: Tail, width: float, widths: Ems) -> bool:
    total = tail.indent + ems(words, widths)
    doubt, used = tail.doubt + tail.more * (total / width), total % width
    return doubt < used and used + ems(credit, widths) + tail.spare < width - doubt


def _after(at: int, count: int, shown: Exhibits, *, waits: bool) -> tuple[Chart, ...]:
    """The charts after a block. After the first stands the table: its charts wait for the second, if there is one.

    Where they are to wait all stand behind the last block.
    """
    if waits:
        return tuple(shown.charts) if at == count - 1 else ()
    if not shown.table:
        return shown.after(at)
    tabled = at == 0 and count > 1
    return () if tabled else (*shown.after(at), *(shown.after(0) if at == 1 else ()))


def _numbered(blocks: Sequence[Block]) -> bool:
    """Whether subheadings are numbered: there are several, and no author numbered any."""
    heads = [plain_text(one.inlines)[:1] for one in blocks if isinstance(one, Subheading)]
    return len(heads) > 1 and not _TYPED.intersection(heads)


def placed(item: Item, placing: Placing, properties: Mapping[str, str]) -> tuple[Passed, ...]:
    """The blocks of a report, each with the charts that speak of it; those that come last stand after the table.

    Where a choice sets ``charts`` to ``after`` all of them do.
    """
    shown = item.exhibits
    if shown is None:
        return tuple(Passed(one) for one in item.blocks)
    waits = properties.get(_CHARTS) == _LAST
    early = [chart for chart in shown.charts if not waits and chart.kind not in placing.last]
    late = [chart for chart in shown.charts if waits or chart.kind in placing.last]
    made, number = list[Passed](), 0
    # Without a paragraph that speaks of the figures there are charts all the same.
    for at, block in enumerate(item.blocks or (None,)):
        put = early if block is None else [chart for chart in early if chart.after == at]
        made.append(Passed(block, charts=tuple(NumberedChart(number + n, one) for n, one in enumerate(put, 1))))
        number += len(put)
    made.append(Passed(None, table=shown.table is not None,
                       charts=tuple(NumberedChart(number + n, one) for n, one in enumerate(late, 1))))
    return tuple(made)


def numbered_items(section: Section) -> tuple[NumberedItem, ...]:
    """The items of a section, numbered in words where there are several."""
    several = len(section.items) > 1
    return tuple(NumberedItem(item, in_words(at) if several else "", several and at > _WIDE)
                 for at, item in enumerate(section.items, 1))


def in_words(number: int) -> str:
    """A number from 0 to 999 in Chinese: 一百零一, 一百一十."""
    if number < 100:
        return chinese_number(number)
    hundreds, rest = divmod(number, 100)
    words = chinese_number(rest) if rest else ""
    joint = "" if not rest else "零" if rest < 10 else "一" if rest < 20 else ""
    return f"{chinese_number(hundreds)}百{joint}{words}"


def profile(item: Item, long: Sequence[str]) -> Profile:
    """A member's blocks: the labelled ones before the first that is long, and the rest."""
    blocks = item.blocks
    end = next((at for at, one in enumerate(blocks) if not isinstance(one, Entry) or one.label in long), len(blocks))
    return Profile(blocks[:end], blocks[end:])


def opens_with_date(item: Item) -> bool:
    """Whether the first words of an item say its date, so that it need not be printed before them."""
    first = item.blocks[0] if item.blocks else None
    if item.date is None or not isinstance(first, Paragraph):
        return False
    opening = plain_text(first.inlines).replace(" ", "")[:_OPENING]
    return f"{item.date.month}月{item.date.day}日" in opening


def aligned(growth: Growth, table: FigureTable) -> Aligned:
    """A rate as it stands on its point among the others of its table."""
    text = growth.text.replace("%", "")
    rates = [cell.growth for row in table.rows for cell in row.cells if cell and cell.growth and cell.growth.mark]
    most = max((_decimals(one.text.replace("%", "")) for one in rates), default=0)
    missing = most - _decimals(text) if growth.mark else 0
    return Aligned(text, missing, bool(missing) and "." not in text)


def _decimals(text: str) -> int:
    return len(text.rpartition(".")[2]) if "." in text else 0


def guided(document: Document, guide: Guide, widths: Ems, properties: Mapping[str, str]) -> GuidePlan:
    """Whether the contents are set small so that they fit the first page, and what follows them."""
    left = float(properties[guide.lines]) - guide.taken
    texts = [text for group in document.contents for text in (
        [f"{group.title}：{group.entries[0].text}"] if len(group.entries) == 1
        else [group.title, *(entry.text for entry in group.entries)])]

    def lines(size: GuideSize) -> float:
        return sum(1 + ems(text, widths) // size.ems(properties) for text in texts)

    normal, small = lines(guide.normal), lines(guide.tight)
    tight = left / guide.normal.line < normal and small <= left / guide.tight.line
    filled = (small * guide.tight.line if tight else normal * guide.normal.line) / left
    return GuidePlan(tight, guide.fresh < filled <= 1)


def paired_imprint(document: Document, made: str, dated: str, pairs: Pairs, widths: Ems,
                   properties: Mapping[str, str]) -> PairedImprint:
    """The imprint in rows: its first entry, then two short ones a row, last who made it and when."""
    room, fields, rows = pairs.ems(properties), dict(document.colophon), list[tuple[str, str]]()
    if pairs.first in fields:
        rows.append((f"{pairs.heading}：{fields[pairs.first]}", ""))
    waiting: str | None = None
    for label, value in document.colophon:
        if label in (pairs.first, *pairs.omitted):
            continue
        cell = f"{label}：{value}"
        if waiting is not None and ems(waiting, widths) + ems(cell, widths) + pairs.between < room:
            rows.append((waiting, cell))
            waiting = None
            continue
        if waiting is not None:
            rows.append((waiting, ""))
        waiting = cell
    if waiting is not None:
        rows.append((waiting, ""))
    fits = ems(made + dated, widths) + pairs.end < room
    rows += [(made, dated)] if fits else [(made, ""), ("", dated)]
    return PairedImprint(tuple(rows), sum(max(ceil(ems(left + right, widths) / room), 1) for left, right in rows))
