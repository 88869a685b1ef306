"""知识小贴士: one term explained, in a box."""

from __future__ import annotations

from pathlib import Path

from bulletin_press.document.tree import Attribution, Item, Origin
from bulletin_press.issue.sections.base import IllustratedFields, body_blocks
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Line, Text


class TipFields(IllustratedFields):
    """A term and what it means."""

    term: Line
    source: Line | None = None
    body: Text


def tip_item(fields: TipFields, folder: Path, path: KeyPath, anchor: str) -> Item:
    """The tip as an item.

    Args:
        fields: the author's fields.
        folder: the issue's folder.
        path: where the fields stand.
        anchor: the item's anchor.
    """
    return Item(anchor=anchor, title=fields.term, attribution=Attribution(source=fields.source),
                blocks=body_blocks(fields, fields.body, folder, path, fields.term),
                origin=Origin((*path, "term")))
