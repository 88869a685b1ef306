"""五、协会动态: numbered notices of the association's own doings."""

from __future__ import annotations

from bulletin_press.document.tree import Item, Origin
from bulletin_press.issue.sections.furnishing import FurnishedFields, furnished_blocks, furnished_complaints
from bulletin_press.issue.sections.kind import Kind, Surroundings
from bulletin_press.toml.schema import Day, Line


class EventFields(FurnishedFields):
    """An event; the press numbers it."""

    title: Line | None = None
    date: Day | None = None


def event_item(fields: EventFields, around: Surroundings) -> Item:
    """An event as an item."""
    fallback = fields.title or f"{around.title}第{around.number}则的图片"
    return Item(anchor=around.anchor, title=fields.title, number=around.number, date=fields.date,
                blocks=furnished_blocks(fields, around.folder, around.path, fallback),
                origin=Origin((*around.path, "title" if fields.title else "body")))


EVENT = Kind(
    "event", "协会动态", ("协会动态", "动态", "活动"), EventFields, True, event_item,
    complaints=furnished_complaints, untitled=("协会近期动态", "另有动态"),
    scaffold="""\
# date = {{ date }}
body = '''
【请填写：正文】
'''
""")
