"""About how many lines the blocks of an item take; which tables are broad; members as cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bulletin_press.document.tree import (
    Block,
    BulletList,
    Drawn,
    Entry,
    Grid,
    Item,
    KeyDates,
    Paragraph,
    Picture,
    Pictures,
    PullQuote,
    Section,
    Subheading,
    Text,
    plain_text,
)
from bulletin_press.theme.arrangement import UPRIGHT
from bulletin_press.theme.reckoning.settings import Cards, Ems, Extent, Plates, SideLines, Tables, points
from bulletin_press.theme.reckoning.text import line_count
from bulletin_press.theme.set_picture import SetPicture
from bulletin_press.theme.tabulation import columns_of

# Sections whose items stand in boxes, which no page can part.
_BOXED = frozenset({"tip", "member"})
# Characters that a line of text beside a margin holds at most.
_LONGEST_LINE = 45
Broad = Callable[[Grid, float], bool]


@dataclass(frozen=True)
class Beside:
    """What stands beside an item: its lines, and how high the item is at least, pt; 0 where that needs no saying."""

    lines: int
    height: float


@dataclass(frozen=True)
class TurnedTable:
    """A table with a landscape page of its own: what it is called there, and the anchor that leads to it."""

    table: Grid
    title: str
    anchor: str


@dataclass(frozen=True)
class Card:
    """An item as a card: half a page wide, a whole one, or open: too long for a card.

    ``half`` and ``whole`` are how wide a column and the card are inside, pt.
    """

    kind: Literal["half", "whole", "open"]
    item: Item
    half: float
    whole: float


def lines_of(blocks: Sequence[Block], extent: Extent, room: float, widths: Ems) -> int:
    """About how many lines of so many ems blocks take; the head of the extent is not among them."""
    count = 0
    for one in blocks:
        if isinstance(one, Pictures):
            count += extent.picture * len(one.pictures)
        elif isinstance(one, Drawn):
            count += extent.picture
        elif isinstance(one, PullQuote):
            count += 2 * line_count(one.text, room, widths) + 2
        elif isinstance(one, KeyDates):
            count += 2 + dated_lines(one, room, widths)
        elif isinstance(one, Entry):
            count += lines_of(one.blocks, extent, room, widths) if one.label in extent.entries else 0
        elif isinstance(one, Grid):
            count += extent.row * len(one.rows) + extent.table
        else:
            count += sum(line_count(text, room, widths) for text in _texts(one))
    return count


def dated_lines(dates: KeyDates, room: float, widths: Ems) -> int:
    """About how many lines of so many ems dates take: each stands over what happened then."""
    return sum(line_count(one.when, room, widths) + line_count(one.what, room, widths) for one in dates.dates)


def _texts(block: Paragraph | Subheading | BulletList) -> Iterator[str]:
    for inlines in block.entries if isinstance(block, BulletList) else (block.inlines,):
        yield " ".join(plain_text(inlines).split())


def side_dates(item: Item, side: SideLines, widths: Ems, properties: Mapping[str, str]) -> KeyDates | None:
    """The dates of an item that stand in the margin beside it: no more than there is room for."""
    found = next((one for one in item.blocks if isinstance(one, KeyDates)), None)
    if found is None or not side.dates:
        return None
    room = side.room.among(properties) / side.credit - side.spare
    return found if dated_lines(found, room, widths) <= side.dates else None


def beside(item: Item, side: SideLines, widths: Ems, properties: Mapping[str, str], coded: bool = False) -> Beside:
    """What stands in the margin beside an item: its number, title, source, the code of its address, its dates."""
    origin, room = item.attribution, side.room.among(properties)
    count = side.number if item.number else 0
    if item.title and side.title:
        count += line_count(item.title, room / side.title - side.spare, widths)
    for text in filter(None, (origin.source, origin.author)):
        count += side.label + line_count(text, room / side.credit - side.spare, widths)
    count += bool(origin.url and not origin.source) + bool(origin.date or item.date)
    count += side.code if coded else 0
    if dates := side_dates(item, side, widths, properties):
        count += 2 + dated_lines(dates, room / side.credit - side.spare, widths)
    high = side.base + side.line * count if side.line and count > side.most else 0
    if high and _text_lines(item) * side.line > high:
        high = 0
    return Beside(max(count, side.at_least), high)


def member_facts(item: Item, organiser: str) -> tuple[Entry, ...]:
    """The labelled lines of one paragraph, the publisher's own name taken from their beginning.

    On a bulletin of 某协会's a member is 副会长单位, not 某协会副会长单位.
    """
    return tuple(Entry(one.label, (_unnamed(first, organiser),)) for one in item.blocks if isinstance(one, Entry)
                 and one.label != "简介" and len(one.blocks) == 1 and isinstance(first := one.blocks[0], Paragraph))


def _unnamed(line: Paragraph, name: str) -> Paragraph:
    first = line.inlines[0] if line.inlines else None
    if not isinstance(first, Text) or not first.text.startswith(name):
        return line
    if not (rest := first.text[len(name) :].lstrip("的 ")):
        return line
    return replace(line, inlines=(Text(rest, first.start + len(first.text) - len(rest)), *line.inlines[1:]))


def are_wide(many: Pictures, pictures: Mapping[Picture, SetPicture], leading: bool, plates: Plates) -> bool:
    """Whether pictures stand across all columns: several, or the leading item's where it is wider than high."""
    if len(many.pictures) >= plates.count:
        return True
    asked = any(one.width == "half" for one in many.pictures)
    return leading and plates.leading and not asked and all(pictures[one].ratio > 1 for one in many.pictures)


def text_beside(many: Sequence[Block], pictures: Mapping[Picture, SetPicture]) -> tuple[Block, ...]:
    """Blocks in their order, but a lone portrait that no text follows before the paragraph that it followed."""
    before, last = many[-2:] if len(many) > 1 else (None, None)
    if isinstance(before, Paragraph) and isinstance(last, Pictures) and len(last.pictures) == 1 \
            and last.pictures[0].width is None and pictures[last.pictures[0]].ratio < UPRIGHT:
        return (*many[:-2], last, before)
    return tuple(many)
def _text_lines(item: Item) -> int:
    """No more lines than the text of an item surely takes."""
    return sum(len(text) // _LONGEST_LINE + 1 for one in item.blocks
               if isinstance(one, Paragraph | Subheading | BulletList) for text in _texts(one))


def is_broad(table: Grid, measure: float, tables: Tables) -> bool:
    """Whether a table wants more than a column of so many pt."""
    columns = columns_of(table, measure, tables.narrow)
    return len(table.alignments) > tables.columns or columns.long or not columns.easy


def turned_tables(section: Section, tables: Tables, properties: Mapping[str, str]) -> Iterator[TurnedTable]:
    """The tables among a section's text with columns that do not fit its measure in the smallest type."""
    aside = tables.beside and section.kind in properties.get(tables.kinds, "").split(", ")
    measure = tables.beside.among(properties) if tables.beside and aside else points(properties["measure"])
    for item in section.items if section.kind not in _BOXED else ():
        wide = [one for one in item.blocks
                if isinstance(one, Grid) and not columns_of(one, measure, tables.sizes).fits]
        for number, table in enumerate(wide, 1):
            several = f"（{number}）" if len(wide) > 1 else ""
            yield TurnedTable(table, f"{item.title or section.title}{several}", f"{item.anchor}-table-{number}")


def cards_of(items: Sequence[Item], cards: Cards, extent: Extent, widths: Ems, properties: Mapping[str, str],
             broad: Broad) -> tuple[tuple[Card, ...], ...]:
    """Rows of cards: two short items side by side, a short one that is left over and each long one alone."""
    rows: list[tuple[Card, ...]] = []
    waiting: Item | None = None
    half, whole = cards.half.among(properties), cards.whole.among(properties)
    room = extent.ems(properties)

    def card(kind: Literal["half", "whole", "open"], item: Item) -> Card:
        edges = {"half": 2 * cards.edges, "whole": cards.edges, "open": 0}[kind]
        return Card(kind, item, half - edges, whole - (2 * cards.edges if kind == "whole" else 0))

    for at, item in enumerate(items):
        lines = lines_of(item.blocks, extent, room, widths)
        inner = [one for block in item.blocks for one in (block.blocks if isinstance(block, Entry) else (block,))]
        short = lines <= extent.short and not any(
            isinstance(one, Grid) and broad(one, half - 2 * cards.edges) for one in inner)
        if waiting and short:
            rows.append((card("half", waiting), card("half", item)))
            waiting = None
            continue
        if waiting:
            rows.append((card("whole", waiting),))
            waiting = None
        if short and at + 1 < len(items):
            waiting = item
        else:
            rows.append((card("whole" if lines <= extent.middling else "open", item),))
    return tuple(rows)
