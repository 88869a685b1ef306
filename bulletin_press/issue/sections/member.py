"""四、会员风采: a member's card, typed here or taken from the directory."""

from __future__ import annotations

from pydantic import model_validator

from bulletin_press.document.markup import blocks_of, safe_href
from bulletin_press.document.tree import Entry, Item, Link, Origin, Paragraph, Picture
from bulletin_press.document.tree import Text as TextNode
from bulletin_press.issue.sections.base import Address, IllustratedFields, PicturePath
from bulletin_press.issue.sections.kind import Kind, Surroundings
from bulletin_press.language.guesses import perhaps
from bulletin_press.publication.members import MemberEntry
from bulletin_press.publication.printed import Comparison
from bulletin_press.publication.workspace import Workspace
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


def member_complaints(fields: MemberFields, path: KeyPath, workspace: Workspace) -> list[Complaint]:
    """What is wrong with a reference to the directory.

    Raises:
        InputFault: the directory cannot be read.
    """
    # A broken directory matters only where it is used.
    if fields.ref is None or fields.ref in workspace.members:
        return []
    members = workspace.members
    guess = close_match(fields.ref, members)
    hint = perhaps(guess, f"。目录里有：{'、'.join(members) or '（无）'}")
    return [Complaint("wrong-value", (*path, "ref"), f"members.toml 里没有“{fields.ref}”{hint}",
                      guess and f'"{guess}"')]


def member_item(fields: MemberFields, around: Surroundings) -> Item:
    """A member's card as an item; its ``ref`` is known to be in the directory."""
    path = around.path
    entry = around.workspace.members[fields.ref] if fields.ref else MemberEntry(name=fields.name or "")
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
    return Item(anchor=around.anchor, title=name, blocks=(*entries, *fields.pictures(around.folder, path, name)),
                logo=_logo(fields, entry, around, name),
                origin=Origin((*path, "name" if fields.name else "ref")))


def _logo(fields: MemberFields, entry: MemberEntry, around: Surroundings, name: str) -> Picture | None:
    """The logo: one typed here lies in the issue's folder, one of the directory in the workspace's."""
    typed = fields.logo or entry.logo
    if typed is None:
        return None
    base, key = (around.folder, "logo") if fields.logo else (around.workspace.root, "ref")
    return Picture(base / typed, typed, f"{name}标志", None, "half", Origin((*around.path, key)))


MEMBER = Kind(
    "member", "会员风采", ("会员风采", "会员", "会员单位"), MemberFields, True, member_item,
    complaints=member_complaints, compared=Comparison(named_by="name", called="会员", bearers="name"),
    hint="""\
# 会员在 members.toml 里有的，只写 ref = "…" 一行。
""",
    scaffold="""\
name = "【请填写：会员名称】"
role = "【请填写：类型，例如 理事单位】"
# website = "https://"
# logo = "images/文件名.png"
intro = '''
【请填写：简介】
'''
""")
