"""二、行业资讯 and 三、最新政策/研究报告: articles with a source."""

from __future__ import annotations

from pathlib import Path

from bulletin_press.document.tree import Item, Origin
from bulletin_press.issue.sections.base import ArticleFields, body_blocks
from bulletin_press.toml.positions import KeyPath


def article_item(fields: ArticleFields, folder: Path, path: KeyPath, anchor: str) -> Item:
    """An article as an item.

    Args:
        fields: the author's fields.
        folder: the issue's folder.
        path: where the fields stand.
        anchor: the item's anchor.
    """
    return Item(
        anchor=anchor, title=fields.title,
        blocks=body_blocks(fields, fields.body, folder, path, fields.title),
        attribution=fields.attribution(), more=fields.more, origin=Origin((*path, "title")))
