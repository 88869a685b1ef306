"""From fields to blocks: the document that an issue becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from bulletin_press.document.tree import (
    ContentsEntry,
    ContentsGroup,
    Document,
    Front,
    Item,
    Origin,
    Picture,
    Section,
)
from bulletin_press.issue.line_up import printing_order
from bulletin_press.issue.manuscript import Manuscript
from bulletin_press.issue.sections.base import SEE_CAPTION
from bulletin_press.issue.sections.kind import FinishedReport, Kind, Surroundings
from bulletin_press.language.numerals import chinese_date, chinese_number
from bulletin_press.toml.positions import KeyPath

Writing = Callable[[], FinishedReport | None]


def compose(manuscript: Manuscript, written: Writing) -> Document:
    """An issue as a tree of blocks.

    Args:
        manuscript: what was typed.
        written: makes the report; None where the issue has none.
    """
    publication, head = manuscript.workspace.publication.publication, manuscript.fields.issue
    label = manuscript.issue_label
    front = Front(
        name=publication.name, subtitle=publication.subtitle, organiser=publication.organiser,
        editor=publication.editor, number=label,
        total_number=f"总第{head.total_number}期" if head.total_number else None,
        year=f"{head.date.year}年", date=chinese_date(head.date), permit=publication.permit,
        internal=publication.profile == "internal-print", serial=head.number,
        labelled=head.label is not None, signatory=head.signatory or publication.signatory,
        cover=cover_of(manuscript))
    sections, contents = list[Section](), list[ContentsGroup]()
    numeral = 0
    for kind in printed_kinds(manuscript):
        items = tuple(items_of(manuscript, kind, written))
        if not items:
            continue
        numeral += kind.numbered
        section = Section(kind.like or kind.name, kind.title, chinese_number(numeral) if kind.numbered else "",
                          f"s-{kind.name}", items, kind.name)
        sections.append(section)
        headline = kind.headline and kind.headline(_surroundings(manuscript, kind, (kind.name,), 1, written))
        contents.append(_contents(kind, section, headline))
    return Document(
        title=f"{publication.name} {head.date.year}年{label}", lang="zh-CN", front=front,
        contents=tuple(contents), sections=tuple(sections), colophon=tuple(_colophon(manuscript)),
        attachments=head.attachments)


def cover_of(manuscript: Manuscript) -> Picture | None:
    """The picture of the first page, where the author chose one."""
    head = manuscript.fields.issue
    if head.cover is None:
        return None
    words = SEE_CAPTION if head.cover_caption else "封面图片"
    return Picture(manuscript.folder / head.cover, head.cover, words, head.cover_caption, None,
                   Origin(("issue", "cover")), bool(head.cover_caption))


def printed_kinds(manuscript: Manuscript) -> tuple[Kind[Any], ...]:
    """The sections that the publication has, as it prints them."""
    return printing_order(manuscript.kinds, manuscript.workspace.publication.sections.order)


def items_of(manuscript: Manuscript, kind: Kind[Any], written: Writing) -> Iterator[Item]:
    """The items of one section; one alone has no number."""
    listed = tuple(kind.of(manuscript.fields))
    for number, (path, fields) in enumerate(listed, 1):
        if item := kind.item(fields, _surroundings(manuscript, kind, path, number, written)):
            yield item if len(listed) > 1 else replace(item, number=None)


def _surroundings(manuscript: Manuscript, kind: Kind[Any], path: KeyPath, number: int, written: Writing
                  ) -> Surroundings:
    return Surroundings(manuscript.workspace, manuscript.folder, kind.title, path, f"{kind.name}-{number}",
                        number, written)


def _contents(kind: Kind[Any], section: Section, headline: str | None) -> ContentsGroup:
    """The lines of one section in 本期导读: the headline, else its titles, else the section's own."""
    if headline:
        return ContentsGroup(section.title, (ContentsEntry(headline, section.anchor),))
    entries = [ContentsEntry(item.title, item.anchor) for item in section.items if item.title]
    untitled = len(section.items) - len(entries)
    if kind.several and untitled:
        alone, further = kind.untitled or (section.title, "另有")
        entries.append(ContentsEntry(f"{further if entries else alone}{untitled}则", section.anchor))
    return ContentsGroup(section.title, tuple(entries or [ContentsEntry(section.title, section.anchor)]))


def _numbered(names: Sequence[str]) -> str:
    """Names in a line: 1.甲；2.乙. One alone has no number."""
    return names[0] if len(names) == 1 else "；".join(f"{number}.{name}" for number, name in enumerate(names, 1))


def _colophon(manuscript: Manuscript) -> Iterator[tuple[str, str]]:
    publication, head = manuscript.workspace.publication.publication, manuscript.fields.issue
    yield "编印单位", publication.organiser
    if publication.editor and publication.editor != publication.organiser:
        yield "编辑", publication.editor
    yield "出刊", f"{chinese_date(head.date)}　{head.date.year}年{manuscript.issue_label}"
    labelled: Sequence[tuple[str, str | None]] = (
        ("准印证号", publication.permit), ("发送对象", publication.recipients),
        ("抄送", head.copies_to or publication.copies_to), ("签发人", head.signatory or publication.signatory),
        ("附件", _numbered(head.attachments)),
        ("印刷单位", publication.printer),
        ("印数", f"{publication.print_run}份" if isinstance(publication.print_run, int)
         else publication.print_run),
        ("地址", publication.address), ("电话", publication.phone),
        ("邮箱", publication.email), ("网址", publication.website))
    for label, value in labelled:
        if value:
            yield label, value
    if publication.profile == "internal-print":
        yield "说明", "内部资料，免费交流"
