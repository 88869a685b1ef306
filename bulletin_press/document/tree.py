"""The document in the middle: what sections become and writers set.

A tree of frozen blocks that knows nothing of TOML keys, HTML or themes. Every block that came
from an author's text carries its ``Origin``, so that a fault seen on a page can be shown in the
file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bulletin_press.toml.positions import KeyPath

if TYPE_CHECKING:
    from bulletin_press.document.exhibits import Exhibits
    from bulletin_press.document.plots import Plot, Timeline


@dataclass(frozen=True)
class Origin:
    """Where a text came from: the string value at ``path``, from character ``start`` on."""

    path: KeyPath
    start: int = 0

    def __str__(self) -> str:
        return "/".join(map(str, self.path)) + f":{self.start}"

    @classmethod
    def parse(cls, text: str) -> Origin:
        """Read what ``str`` made of an origin.

        Raises:
            ValueError: the text is no origin.
        """
        path, _, start = text.rpartition(":")
        return cls(tuple(int(part) if part.isdecimal() else part for part in path.split("/")), int(start))


@dataclass(frozen=True)
class Text:
    """Characters as they are to be read; ``start`` is their place in the author's string."""

    text: str
    start: int = 0


class Remark(Text):
    """The press's own words amid an author's; ``start`` is the place of the character before them."""


@dataclass(frozen=True)
class Strong:
    """Emphasis."""

    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Dotted(Strong):
    """Emphasis by a dot under each hanzi (着重号); what knows no dots sets it as other emphasis."""


@dataclass(frozen=True)
class Ruby:
    """汉字 with how they are read (注音): a syllable to each. ``children`` is their text."""

    children: tuple[Inline, ...]
    syllables: tuple[str, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each character with its syllable."""
        return tuple(zip(plain_text(self.children), self.syllables, strict=True))

    @property
    def reading(self) -> str:
        """（yī）, as it stands behind the characters where nothing can stand above them."""
        return f"（{' '.join(self.syllables)}）"


@dataclass(frozen=True)
class Link:
    """A link to http, https or mailto, or beside the page; an author's own may be to an issue (``references``)."""

    href: str
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Call:
    """The number of a note, from 1 in its body: where it is called, and before what it says.

    ``says`` is what it says, where that is to be set at the foot of the call's page; with its ``origin``.
    """

    number: int
    says: tuple[Inline, ...] = ()
    origin: Origin | None = None

    @property
    def text(self) -> str:
        """〔1〕."""
        return f"〔{self.number}〕"


Inline = Text | Strong | Ruby | Link | Call


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """The characters of inlines without their marks, and without the numbers of notes."""
    return "".join(node.text for node in text_nodes(inlines))


def text_nodes(inlines: tuple[Inline, ...]) -> Iterator[Text]:
    """The text nodes of inlines, in reading order."""
    for inline in inlines:
        if isinstance(inline, Text):
            yield inline
        elif not isinstance(inline, Call):
            yield from text_nodes(inline.children)


@dataclass(frozen=True)
class Paragraph:
    """A body paragraph."""

    inlines: tuple[Inline, ...]
    origin: Origin | None = None


@dataclass(frozen=True)
class Footnote(Paragraph):
    """What a note says, its number before it; behind the last block of its body."""


@dataclass(frozen=True)
class Subheading:
    """A heading inside an item (小标题)."""

    inlines: tuple[Inline, ...]
    origin: Origin | None = None


@dataclass(frozen=True)
class BulletList:
    """A list without numbers; one tuple of inlines an entry."""

    entries: tuple[tuple[Inline, ...], ...]
    origin: Origin | None = None


Alignment = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Grid:
    """A simple table: a head row and body rows, all as long as ``alignments``."""

    head: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    alignments: tuple[Alignment, ...]
    origin: Origin | None = None


@dataclass(frozen=True)
class Picture:
    """One picture file with its caption; ``alt`` says what it shows.

    ``width`` is what its author asked for, None where that was nothing. ``described`` tells whether
    somebody wrote what it shows, in a caption or for those who do not see it.
    """

    file: Path = field(repr=False)
    typed: str
    alt: str
    caption: str | None
    width: Literal["full", "half"] | None
    origin: Origin
    described: bool = True


@dataclass(frozen=True)
class Pictures:
    """The pictures of an item, in order."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Entry:
    """A labelled line of a profile (类型, 网址, 简介)."""

    label: str
    blocks: tuple[Paragraph | Subheading | BulletList | Grid, ...]


@dataclass(frozen=True)
class Drawn:
    """An author's table as a chart."""

    chart: Plot | Timeline
    origin: Origin


@dataclass(frozen=True)
class PullQuote:
    """Words of an item that are set large amid its text, and whose they are."""

    text: str
    by: str | None
    origin: Origin


@dataclass(frozen=True)
class KeyDate:
    """A date as it is printed, and what happened then or will."""

    when: str
    what: str


@dataclass(frozen=True)
class KeyDates:
    """The dates of an item, in the order typed."""

    dates: tuple[KeyDate, ...]
    origin: Origin


Block = Paragraph | Subheading | BulletList | Grid | Pictures | Entry | Drawn | PullQuote | KeyDates


@dataclass(frozen=True)
class Attribution:
    """Where an item was taken from; ``coded``: whether its author wants a QR code of the address, None is no word.

    ``told`` is the end of ``source`` that the press wrote: in which issue of the publication's own it was.
    """

    source: str | None = None
    author: str | None = None
    url: str | None = None
    date: date | None = None
    coded: bool | None = None
    told: str = ""

    def __bool__(self) -> bool:
        return any((self.source, self.author, self.url, self.date))


@dataclass(frozen=True)
class Item:
    """One piece of a section: a news item, a member, an event, the tip."""

    anchor: str
    title: str | None
    blocks: tuple[Block, ...]
    number: int | None = None
    attribution: Attribution = Attribution()
    more: str | None = None
    logo: Picture | None = None
    date: date | None = None
    origin: Origin | None = None
    exhibits: Exhibits | None = None

    def pictures(self) -> Iterator[Picture]:
        """Every picture of the item, its logo first."""
        if self.logo:
            yield self.logo
        for block in self.blocks:
            if isinstance(block, Pictures):
                yield from block.pictures


@dataclass(frozen=True)
class Section:
    """A section: ``kind`` is what themes set it as, ``numeral`` 一, 二 … or empty (boxed).

    ``name`` is its key in issue.toml: another than ``kind`` in a section of the publication's own.
    """

    kind: str
    title: str
    numeral: str
    anchor: str
    items: tuple[Item, ...]
    name: str = ""


@dataclass(frozen=True)
class ContentsEntry:
    """A line of 本期导读."""

    text: str
    anchor: str


@dataclass(frozen=True)
class ContentsGroup:
    """The lines of one section in 本期导读."""

    title: str
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True)
class Front:
    """The masthead: every field as it is printed.

    ``serial`` is the issue's bare number; ``labelled`` tells that ``number`` is the label of a
    combined or special issue, which a large numeral would belie. ``signatory`` is who signed it off (签发人); ``cover``
    a picture of the first page.
    """

    name: str
    subtitle: str | None
    organiser: str
    editor: str | None
    number: str
    total_number: str | None
    year: str
    date: str
    permit: str | None
    internal: bool
    serial: int = 1
    labelled: bool = False
    signatory: str | None = None
    cover: Picture | None = None


@dataclass(frozen=True)
class Document:
    """A whole issue, ready to be set.

    ``attachments`` names what is sent with it; the colophon tells of them, too.
    """

    title: str
    lang: str
    front: Front
    contents: tuple[ContentsGroup, ...]
    sections: tuple[Section, ...]
    colophon: tuple[tuple[str, str], ...]
    attachments: tuple[str, ...] = ()

    @property
    def exhibits(self) -> Exhibits | None:
        """What the data report shows beside its text; None where there is nothing to show."""
        return next((item.exhibits for section in self.sections for item in section.items if item.exhibits), None)

    def pictures(self) -> Iterator[Picture]:
        """Every picture of the issue, in order."""
        if self.front.cover:
            yield self.front.cover
        for section in self.sections:
            for item in section.items:
                yield from item.pictures()
