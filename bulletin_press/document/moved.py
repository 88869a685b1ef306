"""Pictures, tables and charts set behind text that followed them, so that it fills the page before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bulletin_press.document.tree import Block, BulletList, Document, Drawn, Grid, Item, Paragraph, Pictures


def moved(document: Document, places: Mapping[str, int]) -> Document:
    """A document with some of its pictures, tables and charts further down.

    No other order changes: a block never leaves its item, nor passes a subheading or another picture, table or chart.

    Args:
        document: the issue.
        places: origin of a picture, table or chart, as it is written → how many paragraphs and lists it is set behind,
            at most.
    """
    if not places:
        return document
    sections = tuple(replace(section, items=tuple(_item(item, places) for item in section.items))
                     for section in document.sections)
    return replace(document, sections=sections)


def _item(item: Item, places: Mapping[str, int]) -> Item:
    blocks = list(item.blocks)
    for block in item.blocks:
        at, count = blocks.index(block), places.get(_origin(block), 0)
        while count and at + 1 < len(blocks) and isinstance(blocks[at + 1], Paragraph | BulletList):
            blocks[at], blocks[at + 1] = blocks[at + 1], blocks[at]
            at, count = at + 1, count - 1
    return item if blocks == list(item.blocks) else replace(item, blocks=tuple(blocks))


def _origin(block: Block) -> str:
    if isinstance(block, Pictures):
        return str(block.pictures[0].origin) if block.pictures else ""
    return str(block.origin) if isinstance(block, Grid | Drawn) else ""
