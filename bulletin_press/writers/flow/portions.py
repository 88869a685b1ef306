"""Sections in portions, for readers who take no more than so much at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bulletin_press.document.tree import Attribution, Item, Section

GOES_ON = "（续）"


def halves(section: Section) -> tuple[Section, Section] | None:
    """A section in two: between items, and a single item between its blocks; None where it cannot be divided."""
    items = section.items
    if len(items) > 1:
        half = len(items) // 2
        return replace(section, items=items[:half]), replace(section, items=items[half:])
    if len(items[0].blocks) < 2 or items[0].exhibits:
        return None
    first, rest = _parted(items[0], len(items[0].blocks) // 2)
    return replace(section, items=(first,)), replace(section, items=(rest,))


def joined(group: Sequence[Section], section: Section) -> list[Section]:
    """Some sections and another portion: behind the last of its own it needs no head."""
    if not group or group[-1].anchor != section.anchor:
        return [*group, section]
    before, after = group[-1].items, section.items
    if before[-1].anchor == after[0].anchor:
        whole = replace(before[-1], blocks=before[-1].blocks + after[0].blocks, more=after[0].more)
        before, after = (*before[:-1], whole), after[1:]
    return [*group[:-1], replace(section, items=before + after)]


def _parted(item: Item, at: int) -> tuple[Item, Item]:
    """An item before a block and from it on; the rest says that it goes on."""
    title = item.title and item.title.removesuffix(GOES_ON) + GOES_ON
    return (replace(item, blocks=item.blocks[:at], more=None),
            replace(item, blocks=item.blocks[at:], title=title, attribution=Attribution(), logo=None, number=None))
