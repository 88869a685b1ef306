"""Links from one issue to another: ``issue:2022-07``, ``issue:2022-07#news-2``.

An author's document has them as links to such addresses. Before anybody sets it each becomes what its readers can
follow: a link where the other issue has an address, and where it has none the words and where to look them up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bulletin_press.document.tree import (
    Attribution,
    BulletList,
    Document,
    Entry,
    Grid,
    Inline,
    Item,
    Link,
    Paragraph,
    Remark,
    Strong,
    Subheading,
    plain_text,
    text_nodes,
)

SCHEME = "issue:"
_REFERENCE = re.compile(r"issue:(?P<issue>[^\s#/?]+)(?:#(?P<anchor>[^\s#]+))?", re.I)


@dataclass(frozen=True)
class Reference:
    """Another issue by its folder's name, and an item, section or part of it by the anchor on its page."""

    issue: str
    anchor: str = ""


@dataclass(frozen=True)
class Lead:
    """Where a reference leads.

    Attributes:
        words: what to call the issue: 本刊2022年第7期; empty where there is none.
        label: what of that its readers may write themselves: 第7期.
        address: where a reader's click leads; None where it can lead nowhere.
    """

    words: str
    label: str
    address: str | None = None


Leads = Callable[[Reference], Lead]


def anchors_of(document: Document) -> frozenset[str]:
    """The anchors of a document's sections and items."""
    return frozenset(section.anchor for section in document.sections) | {
        item.anchor for section in document.sections for item in section.items}


def reference_of(address: str) -> Reference | None:
    """The reference that an address is; None of any other address."""
    match = _REFERENCE.fullmatch(address.strip())
    return Reference(match["issue"], match["anchor"] or "") if match else None


def led(document: Document, leads: Leads) -> Document:
    """A document whose references are links, or words that say where to look."""
    return replace(document, sections=tuple(
        replace(section, items=tuple(_item(item, leads) for item in section.items)) for section in document.sections))


def _item(item: Item, leads: Leads) -> Item:
    blocks, source = tuple(_block(block, leads) for block in item.blocks), _source(item.attribution, leads)
    return item if blocks == item.blocks and source is item.attribution else replace(
        item, blocks=blocks, attribution=source)


def _source(given: Attribution, leads: Leads) -> Attribution:
    """Where an item was taken from: an issue of the publication's own is named."""
    reference = reference_of(given.url) if given.url else None
    if reference is None:
        return given
    lead = leads(reference)
    if lead.address or not lead.words or lead.label in (given.source or ""):
        told = "" if given.source else lead.words
    else:
        told = f"（{lead.words}）" if given.source else lead.words
    return replace(given, url=lead.address, source=(given.source or "") + told or None, told=told)


def _block(block: Any, leads: Leads) -> Any:
    if isinstance(block, Paragraph | Subheading):
        inlines = _inlines(block.inlines, leads)
        return block if inlines == block.inlines else replace(block, inlines=inlines)
    if isinstance(block, BulletList):
        return replace(block, entries=tuple(_inlines(one, leads) for one in block.entries))
    if isinstance(block, Grid):
        return replace(block, head=tuple(_inlines(one, leads) for one in block.head),
                       rows=tuple(tuple(_inlines(one, leads) for one in row) for row in block.rows))
    if isinstance(block, Entry):
        return replace(block, blocks=tuple(_block(one, leads) for one in block.blocks))
    return block


def _inlines(inlines: Sequence[Inline], leads: Leads) -> tuple[Inline, ...]:
    made = list[Inline]()
    for one in inlines:
        if isinstance(one, Strong):
            made.append(replace(one, children=_inlines(one.children, leads)))
        elif isinstance(one, Link) and (reference := reference_of(one.href)):
            made += _led(one, leads(reference))
        else:
            made.append(one)
    return tuple(made)


def _led(link: Link, lead: Lead) -> Sequence[Inline]:
    if lead.address:
        return [replace(link, href=lead.address)]
    if not lead.words or lead.label in plain_text(link.children):
        return link.children
    last = max((node.start + len(node.text) - 1 for node in text_nodes(link.children)), default=0)
    return [*link.children, Remark(f"（见{lead.words}）", max(last, 0))]
