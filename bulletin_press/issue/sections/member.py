"""四、会员风采: a member's card, typed here or taken from the directory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import model_validator

from bulletin_press.document.markup import blocks_of, safe_href
from bulletin_press.document.tree import Entry, Item, Link, Origin, Paragraph, Picture
from bulletin_press.document.tree import Text as TextNode
from bulletin_press.issue.sections.base import Address, IllustratedFields, PicturePath
from bulletin_press.language.guesses import perhaps
from bulletin_press.publication.workspace import MemberEntry
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Complaint, Line, Text, close_match, refuse


class MemberFields(IllustratedFields):
    """A member: ``ref`` names one in members.toml, whose fields those typed here override."""

    ref: Line | None = None
    name: Line | None = None
    role: Line | None = None
    website: Address | None = None
    intro: Text | None = None
    logo: PicturePath | None = None
    contact: Line | None = None

    @model_validator(mode="after")
    def _named(self) -> MemberFields:
        if self.ref is None and self.name is None:
            refuse("missing-key", "缺少 name（会员名称），或用 ref 指明 members.toml 里的一家")
        return self


def member_complaints(fields: MemberFields, path: KeyPath,
                      members: Mapping[str, MemberEntry]) -> list[Complaint]:
    """What is wrong with a reference to the directory."""
    if fields.ref is None or fields.ref in members:
        return []
    guess = close_match(fields.ref, members)
    hint = perhaps(guess, f"。目录里有：{'、'.join(members) or '（无）'}")
    return [Complaint("wrong-value", (*path, "ref"), f"members.toml 里没有“{fields.ref}”{hint}",
                      guess and f'"{guess}"')]


def member_item(fields: MemberFields, folder: Path, root: Path, path: KeyPath, anchor: str,
                members: Mapping[str, MemberEntry]) -> Item:
    """A member's card as an item.

    Args:
        fields: the author's fields; their ``ref`` is known to be in ``members``.
        folder: the issue's folder, where a logo typed here lies.
        root: the workspace's folder, where a logo of the directory lies.
        path: where the fields stand.
        anchor: the item's anchor.
        members: the directory.
    """
    entry = members.get(fields.ref or "") or MemberEntry(name=fields.name or "")
    name = fields.name or entry.name

    def line(label: str, key: str, typed: str | None, listed: str | None) -> tuple[Entry, ...]:
        value = typed or listed
        if value is None:
            return ()
        text = TextNode(value)
        href = safe_href(value) if key == "website" else None
        origin = Origin((*path, key if typed else "ref"))
        return (Entry(label, (Paragraph((Link(href, (text,)) if href else text,), origin),)),)

    entries = (line("类型", "role", fields.role, entry.role)
               + line("网址", "website", fields.website, entry.website)
               + line("联系", "contact", fields.contact, entry.contact))
    if intro := fields.intro or entry.intro:
        entries += (Entry("简介", blocks_of(intro, (*path, "intro" if fields.intro else "ref"))),)
    return Item(anchor=anchor, title=name, blocks=(*entries, *fields.pictures(folder, path, name)),
                logo=_logo(fields, entry, folder, root, path, name),
                origin=Origin((*path, "name" if fields.name else "ref")))


def _logo(fields: MemberFields, entry: MemberEntry, folder: Path, root: Path, path: KeyPath,
          name: str) -> Picture | None:
    typed = fields.logo or entry.logo
    if typed is None:
        return None
    base, key = (folder, "logo") if fields.logo else (root, "ref")
    return Picture(base / typed, typed, f"{name}标志", None, "half", Origin((*path, key)))
