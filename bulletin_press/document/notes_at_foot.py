"""Notes for pages: each goes with the first call of it, so that it is set at the foot of that call's page."""

from __future__ import annotations

from collections.abc import Sequence
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
    Paragraph,
    Strong,
)


def with_notes_at_foot(document: Document) -> Document:
    """A document whose calls hold what their notes say, numbered from its first page to its last.

    Notes of several items share a page, so a number of each body's own would not tell them apart. What no
    paragraph and no list calls stays behind its body, after the rest.
    """
    numbering = _Numbering()
    return replace(document, sections=tuple(
        replace(section, items=tuple(_item(item, numbering) for item in section.items))
        for section in document.sections))


class _Numbering:
    """The number of the last note that was met."""

    def __init__(self) -> None:
        self.last = 0


def _item(item: Item, numbering: _Numbering) -> Item:
    blocks = _body(item.blocks, numbering)
    return item if blocks == item.blocks else replace(item, blocks=blocks)


def _body(blocks: Sequence[Any], numbering: _Numbering) -> tuple[Any, ...]:
    notes = _Notes({one.inlines[0].number: one for one in blocks
                    if isinstance(one, Footnote) and isinstance(one.inlines[0], Call)}, numbering)
    made = tuple(_block(one, notes) for one in blocks if not isinstance(one, Footnote))
    return (*made, *(replace(note, inlines=(Call(notes.number(own)), *note.inlines[1:]))
                     for own, note in notes.said.items() if own not in notes.placed))


class _Notes:
    """The notes of a body by their own numbers, and which of them stand with a call."""

    def __init__(self, said: dict[int, Footnote], numbering: _Numbering) -> None:
        self.said, self.numbering = said, numbering
        self.placed = set[int]()
        self._numbers = dict[int, int]()

    def number(self, own: int) -> int:
        """The number in the document of a note that has a number of its own in its body."""
        if own not in self._numbers:
            self._numbers[own] = self.numbering.last = self.numbering.last + 1
        return self._numbers[own]

    def called(self, inlines: Sequence[Inline]) -> tuple[Inline, ...]:
        """Inlines whose calls have the document's numbers; the first of each note holds it."""
        found = list[Inline]()
        for one in inlines:
            if isinstance(one, Strong):
                found.append(replace(one, children=self.called(one.children)))
            elif isinstance(one, Call) and one.number in self.said:
                number, note = self.number(one.number), self.said[one.number]
                first = one.number not in self.placed
                self.placed.add(one.number)
                found.append(Call(number, note.inlines[1:] if first else (), note.origin if first else None))
            else:
                found.append(one)
        return tuple(found)


def _block(block: Any, notes: _Notes) -> Any:
    if isinstance(block, Entry):
        return replace(block, blocks=_body(block.blocks, notes.numbering))
    if isinstance(block, Paragraph):
        return replace(block, inlines=notes.called(block.inlines))
    if isinstance(block, BulletList):
        return replace(block, entries=tuple(notes.called(entry) for entry in block.entries))
    return block
