"""知识小贴士: one term explained, in a box."""

from __future__ import annotations

from bulletin_press.document.tree import Attribution, Item, Origin
from bulletin_press.issue.sections.furnishing import FurnishedFields, furnished_blocks, furnished_complaints
from bulletin_press.issue.sections.kind import Kind, Surroundings
from bulletin_press.publication.printed import Comparison
from bulletin_press.toml.schema import Line


class TipFields(FurnishedFields):
    """A term and what it means."""

    term: Line
    source: Line | None = None


def tip_item(fields: TipFields, around: Surroundings) -> Item:
    """The tip as an item."""
    return Item(anchor=around.anchor, title=fields.term, attribution=Attribution(source=fields.source),
                blocks=furnished_blocks(fields, around.folder, around.path, fields.term),
                origin=Origin((*around.path, "term")))


TIP = Kind(
    "tip", "知识小贴士", ("知识小贴士", "小贴士", "贴士"), TipFields, False, tip_item, numbered=False,
    complaints=furnished_complaints, compared=Comparison(named_by="term", called="词条"),
    scaffold="""\
term = "【请填写：词条】"
body = '''
【请填写：解释】
'''
""")
