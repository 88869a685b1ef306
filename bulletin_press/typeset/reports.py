"""What laid-out pages say of themselves, whatever engine laid them out: the rules read this and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LineKind = Literal["overfull", "loose", "native"]


@dataclass(frozen=True, slots=True)
class LineReport:
    """A line worth a look.

    Attributes:
        kind: ``overfull`` sticks out of its measure, ``loose`` is stretched beyond the bound, ``native``
            was left to the engine.
        text: what it says.
        amount: em: how far it sticks out, what each even gap grew, or what is missing at its end.
        page: number of its page in the document, from 1.
        origin: attribute of the nearest ancestor that carries it; "" where none does.
        reason: why it was left to the engine; "" for a composed line.
    """

    kind: LineKind
    text: str
    amount: float
    page: int
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture on a page: its address and its box, inches; pages count from 1.

    ``contained`` says that it is drawn as large as the box allows without being distorted.
    """

    page: int
    address: str
    width: float
    height: float
    contained: bool

    def printed_width(self, ratio: float) -> float:
        """How wide it prints, inches, where it is ``ratio`` times as wide as high."""
        return min(self.width, self.height * ratio) if self.contained else self.width


@dataclass(frozen=True, slots=True)
class PlacedHeading:
    """A heading on a page, from 1, as it is broken into lines.

    ``anchor`` is the id of the element that it heads, or is; ``origin`` where it was typed, "" where
    the page does not say. ``alone`` says that what it heads begins on the next page or column.
    """

    page: int
    tag: str
    lines: tuple[str, ...]
    anchor: str
    origin: str
    alone: bool

    @property
    def text(self) -> str:
        """The heading in one line."""
        return "".join(self.lines)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two pieces of text that stand on each other: their page, from 1, their words, where one was typed (or "")."""

    page: int
    text: str
    other: str
    origin: str


@dataclass(frozen=True, slots=True)
class Stray:
    """Text that leaves its page, from 1, or a picture (``text`` is empty); where it was typed (or "")."""

    page: int
    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class TightTable:
    """A table that a theme marked as too wide for its measure: its page, from 1, and where it was typed."""

    page: int
    columns: int
    origin: str


@dataclass(frozen=True, slots=True)
class PlacedPiece:
    """A piece that the HTML marks by ``data-piece``: its name and its page, from 1.

    ``top`` and ``bottom`` are pt below the top of the type area.
    """

    name: str
    page: int
    top: float
    bottom: float


PieceKind = Literal["text", "picture", "table", "chart", "foot"]


@dataclass(frozen=True, slots=True)
class FlowPiece:
    """What stands on a page and is never parted, pt: a line, or several side by side, a picture, a box.

    Attributes:
        section: the class of its section, or of the list of contents, the first word; "" where it stands in none.
        kind: ``chart`` is a drawing, with its title; ``foot`` what ends the issue.
        space: the white above it, which a page that begins with it drops.
        height: how high it is.
        follows: whether no page may begin with it.
        forced: whether a page begins with it wherever the one before it ends.
        items: how many articles begin in it.
        beside: how high each of the cards is that stand side by side in it, without what they are stretched by.
    """

    section: str
    kind: PieceKind
    space: float
    height: float
    follows: bool = False
    forced: bool = False
    items: int = 0
    beside: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class PageFill:
    """How full a page is, pt; what hangs in its margins does not count, what is pinned to its foot does.

    Attributes:
        page: from 1.
        height: of its type area.
        used: from the top of it to the foot of the last text, picture or tinted box that flows.
        gap: the highest stretch of it that holds nothing.
        line: the line height of its text.
        sections: the classes of the sections that it shows, the first word of each.
        opens_with: the origin of the picture or table that it begins with, "" where it begins with text.
        texts: the paragraphs behind that, each with its origin and its height on the page.
        heights: how high each of ``sections`` is on the page, in their order.
        pieces: what stands on it, from its top to its foot.
    """

    page: int
    height: float
    used: float
    gap: float
    line: float
    sections: tuple[str, ...] = ()
    opens_with: str = ""
    texts: tuple[tuple[str, float], ...] = ()
    heights: tuple[float, ...] = ()
    pieces: tuple[FlowPiece, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemLines:
    """How many lines of the page's height the text of an item takes: half a line for one of two columns.

    ``origin`` is where the item was typed, ``news/0``.
    """

    origin: str
    lines: float


@dataclass(frozen=True)
class TypedPlace:
    """Where what was typed stands on a page, in parts of its width and height, from the top left.

    ``origin`` is a ``document.tree.Origin``, as it is written.
    """

    origin: str
    x: float
    y: float
    width: float
    height: float
