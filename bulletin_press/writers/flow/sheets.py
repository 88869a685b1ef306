"""Pages as high as what stands on them: laid out on endless paper first, measured, and cut to that height.

A template marks its pieces, each with the sheet that it is to stand on. A sheet that would be longer than people
scroll is divided before an item, or where a single item is so long before a piece of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil
from typing import Literal

from markupsafe import Markup

from bulletin_press.typeset.reports import PlacedPiece
from bulletin_press.typeset.setter import Pages

# A page of a PDF is no higher than 14400 pt (ISO 32000-1, annex C).
ENDLESS = 14_000.0

Role = Literal["opening", "title", "text"]


@dataclass(frozen=True)
class Piece:
    """What is not broken: the sheet that it belongs to, and whether it opens a section, titles an item or goes on."""

    sheet: str
    role: Role


@dataclass
class Pieces:
    """The pieces of a page, numbered from 0 as a template comes to them; ``sheets`` names those that were moved."""

    sheets: Mapping[int, str] = field(default_factory=dict)
    made: list[Piece] = field(default_factory=list)

    def mark(self, sheet: str, role: Role = "text") -> Markup:
        """The attributes of the next piece's element."""
        number = len(self.made)
        self.made.append(Piece(sheet, role))
        return Markup(f' data-piece="{number}" style="page: {self.sheet_of(number)}"')

    def sheet_of(self, number: int) -> str:
        """The sheet that a piece stands on."""
        return self.sheets.get(number, self.made[number].sheet)

    def heights(self, pages: Pages) -> Mapping[str, float]:
        """How far down each sheet is filled, pt, by its name, in their order."""
        found: dict[str, float] = {}
        for one in pages.pieces():
            name = self.sheet_of(int(one.name))
            found[name] = max(found.get(name, 0.0), one.bottom)
        return found


Filled = Callable[[Pieces, Mapping[str, float]], str]
"""The HTML of pages: their pieces, which it marks, and the heights of sheets so far as they are known, pt."""


def flowing(fill: Filled, lay_out: Callable[[str], Pages], most: float) -> tuple[Pages, Mapping[str, float]]:
    """Lay pages out, each as high as what stands on it.

    Args:
        fill: makes the HTML.
        lay_out: lays it out.
        most: pt, from which a sheet is divided.

    Returns:
        The pages, and how far down each sheet is filled, pt.
    """
    pieces = Pieces()
    pages = lay_out(fill(pieces, {}))
    if moved := divided(pieces.made, list(pages.pieces()), most):
        pieces = Pieces(moved)
        pages = lay_out(fill(pieces, {}))
    heights = pieces.heights(pages)
    return lay_out(fill(Pieces(pieces.sheets), heights)), heights


def divided(pieces: Sequence[Piece], placed: Sequence[PlacedPiece], most: float) -> Mapping[int, str]:
    """New sheets for the pieces of those that are higher than ``most``, by the pieces' numbers."""
    heights = dict(_heights(placed))
    moved: dict[int, str] = {}
    for sheet, numbers in groupby(range(len(pieces)), lambda at: pieces[at].sheet):
        items = list(_items(pieces, list(numbers)))
        if sum(heights.get(one, 0.0) for item in items for one in item) <= most:
            continue
        for at, group in enumerate(_packed(pieces, items, heights, most)):
            moved |= dict.fromkeys(group, f"{sheet}-{at + 1}")
    return moved


def _heights(placed: Sequence[PlacedPiece]) -> Iterator[tuple[int, float]]:
    """The height of each piece with the white above it, by number; one broken over pages has all its parts."""
    page, end, found = 0, 0.0, dict[int, float]()
    for one in placed:
        above = end if one.page == page else 0.0
        found[int(one.name)] = found.get(int(one.name), 0.0) + one.bottom - above
        page, end = one.page, one.bottom
    yield from found.items()


def _items(pieces: Sequence[Piece], numbers: Sequence[int]) -> Iterator[list[int]]:
    """The pieces of a sheet by items: each begins with a title, the first with what opens the section."""
    item: list[int] = []
    for number in numbers:
        if pieces[number].role == "title" and any(pieces[one].role != "opening" for one in item):
            yield item
            item = []
        item.append(number)
    if item:
        yield item


def _packed(pieces: Sequence[Piece], items: Sequence[list[int]], heights: Mapping[int, float],
            most: float) -> Iterator[list[int]]:
    """Items in groups no higher than ``most``; an item that is higher in parts of about one height."""
    group, high = list[int](), 0.0
    for item in items:
        tall = sum(heights.get(one, 0.0) for one in item)
        if group and high + tall > most:
            yield group
            group, high = [], 0.0
        if tall <= most:
            group, high = group + item, high + tall
            continue
        share = tall / ceil(tall / most)
        for one in item:
            after_head = bool(group) and pieces[group[-1]].role != "text"
            if group and not after_head and high + heights.get(one, 0.0) / 2 > share:
                yield group
                group, high = [], 0.0
            group, high = [*group, one], high + heights.get(one, 0.0)
    if group:
        yield group
