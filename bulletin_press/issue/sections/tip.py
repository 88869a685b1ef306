"""知识小贴士: one term explained, in a box."""

from __future__ import annotations

from bulletin_press.document.tree import Attribution, Item, Origin
from bulletin_press.issue.sections.base import IllustratedFields, body_blocks
from bulletin_press.issue.sections.kind import Kind, Surroundings
from bulletin_press.publication.printed import Comparison
from bulletin_press.toml.schema import Line, Text


class TipFields(IllustratedFields):
    """A term and what it means."""

    term: Line
    source: Line | None = None
    body: Text


def tip_item(fields: TipFields, around: Surroundings) -> Item:
    """The tip as an item."""
    return Item(anchor=around.anchor, title=fields.term, attribution=Attribution(source=fields.source),
                blocks=body_blocks(fields, fields.body, around.folder, around.path, fields.term),
                origin=Origin((*around.path, "term")))


TIP = Kind(
    "tip", "知识小贴士", ("知识小贴士", "小贴士", "贴士"), TipFields, False, tip_item, numbered=False,
    compared=Comparison(named_by="term", called="词条"),
    scaffold="""\
term = "【请填写：词条】"
body = '''
【请填写：解释】
'''
""")
