"""五、协会动态: numbered notices of the association's own doings."""

from __future__ import annotations

from pathlib import Path

from bulletin_press.document.tree import Item, Origin
from bulletin_press.issue.sections.base import IllustratedFields, body_blocks
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Day, Line, Text


class EventFields(IllustratedFields):
    """An event; the press numbers it."""

    title: Line | None = None
    date: Day | None = None
    body: Text


def event_item(fields: EventFields, folder: Path, path: KeyPath, anchor: str, number: int) -> Item:
    """An event as an item.

    Args:
        fields: the author's fields.
        folder: the issue's folder.
        path: where the fields stand.
        anchor: the item's anchor.
        number: its number in the issue, from 1.
    """
    fallback = fields.title or f"协会动态第{number}则的图片"
    return Item(anchor=anchor, title=fields.title, number=number, date=fields.date,
                blocks=body_blocks(fields, fields.body, folder, path, fallback),
                origin=Origin((*path, "title" if fields.title else "body")))
