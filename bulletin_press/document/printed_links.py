"""Links for paper: where each leads is said in a note of its body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bulletin_press.document.tree import (
    BulletList,
    Call,
    Document,
    Entry,
    Footnote,
    Inline,
    Item,
    Link,
    Paragraph,
    Strong,
    Text,
    plain_text,
)

_WEB = ("http://", "https://")


def with_addresses(document: Document) -> Document:
    """A document whose links in running text call notes with their addresses; those that show theirs do not."""
    return replace(document, sections=tuple(
        replace(section, items=tuple(_item(item) for item in section.items)) for section in document.sections))


def _item(item: Item) -> Item:
    blocks = _body(item.blocks)
    return item if blocks == item.blocks else replace(item, blocks=blocks)


def _body(blocks: Sequence[Any]) -> tuple[Any, ...]:
    """The blocks of a body with their links' notes behind its own."""
    notes = _Notes(max((one.number for block in blocks for one in _calls(block)), default=0))
    made = tuple(_block(block, notes) for block in blocks)
    return (*made, *(Footnote((Call(number), Text(address))) for address, number in notes.numbers.items()))


class _Notes:
    """The notes that are added to a body, numbered from that of its last."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.numbers: dict[str, int] = {}

    def called(self, inlines: Sequence[Inline]) -> tuple[Inline, ...]:
        """Inlines, behind each link the call of its note."""
        found = list[Inline]()
        for one in inlines:
            if isinstance(one, Strong):
                found.append(replace(one, children=self.called(one.children)))
                continue
            found.append(one)
            if isinstance(one, Link) and one.href.startswith(_WEB) and not _shown(one):
                if one.href not in self.numbers:
                    self.numbers[one.href] = self.last = self.last + 1
                found.append(Call(self.numbers[one.href]))
        return tuple(found)


def _block(block: Any, notes: _Notes) -> Any:
    if isinstance(block, Entry):
        return replace(block, blocks=_body(block.blocks))
    if isinstance(block, Footnote):
        return replace(block, inlines=_told(block.inlines))
    if isinstance(block, Paragraph):
        return replace(block, inlines=notes.called(block.inlines))
    if isinstance(block, BulletList):
        return replace(block, entries=tuple(notes.called(entry) for entry in block.entries))
    return block


def _told(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """Inlines of a note, behind each link its address: a note has no notes."""
    found = list[Inline]()
    for one in inlines:
        if isinstance(one, Strong):
            one = replace(one, children=_told(one.children))
        found.append(one)
        if isinstance(one, Link) and one.href.startswith(_WEB) and not _shown(one):
            found.append(Text(f"（{one.href}）"))
    return tuple(found)


def _calls(block: Any) -> Iterator[Call]:
    lines = (block.inlines,) if isinstance(block, Paragraph) else block.entries if isinstance(block, BulletList) else ()
    yield from (one for line in lines for one in line if isinstance(one, Call))


def _shown(link: Link) -> bool:
    """Whether a link's words are its address."""
    words = plain_text(link.children).strip().rstrip("/")
    return words in (link.href.rstrip("/"), link.href.partition("://")[2].rstrip("/"))
