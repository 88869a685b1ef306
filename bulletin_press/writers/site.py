"""The publication's website: a page an issue, the archive, a search that needs no server, feeds, a sitemap."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from html import escape

from markupsafe import Markup

from bulletin_press.document.exhibits import KeyFigure
from bulletin_press.document.references import Reference, anchors_of
from bulletin_press.document.tree import (
    Block,
    BulletList,
    ContentsEntry,
    Drawn,
    Entry,
    Grid,
    Item,
    KeyDates,
    Paragraph,
    PullQuote,
    Subheading,
    plain_text,
)
from bulletin_press.edition import Edition
from bulletin_press.ground.resources import templates_folder
from bulletin_press.issue.composing import printed_kinds
from bulletin_press.writers.flow.filling import Filling, ImageFiles
from bulletin_press.writers.flow.palette import palette_of
from bulletin_press.writers.flow.words import plot_rows, written_date
from bulletin_press.writers.web import (
    IMAGE_WIDTH,
    PAGE,
    Surroundings,
    anchored,
    sheet_files,
    summary_of,
    web_functions,
    web_page,
)

# As many titles as the archive tells of an issue; as much of an item as the search looks through, characters.
_TITLES, _SEARCHED = 6, 4_000
_FEED = 20
ATOM, JSON, MAP = "feed.xml", "feed.json", "sitemap.xml"
FEEDS = (("application/atom+xml", ATOM), ("application/feed+json", JSON))


@dataclass(frozen=True)
class IssueEntry:
    """An issue as archive, feeds and neighbours tell it; ``updated`` is the day of its last correction."""

    folder: str
    number: str
    label: str
    day: str
    written: str
    year: int
    updated: date
    headline: str
    entries: tuple[ContentsEntry, ...]
    figures: tuple[KeyFigure, ...]
    errata: int
    summary: str


@dataclass(frozen=True)
class YearEntry:
    """The issues of a year, the newest first."""

    year: int
    issues: tuple[IssueEntry, ...]


@dataclass(frozen=True)
class PieceEntry:
    """An item in the list of its section."""

    folder: str
    anchor: str
    text: str
    issue: str


@dataclass(frozen=True)
class SectionEntry:
    """A section through all issues."""

    title: str
    entries: tuple[PieceEntry, ...]


@dataclass(frozen=True)
class ErratumEntry:
    """A correction: when it was made, what was wrong and how it should read."""

    day: date
    text: str


@dataclass(frozen=True)
class FeedEntry:
    """A feed: its media type and its file."""

    type: str
    file: str


def site_files(editions: Sequence[Edition], kept: Collection[str] = ()) -> Mapping[str, bytes]:
    """The whole site as files by path.

    Args:
        editions: the issues, one or more, in any order; their publication is one.
        kept: the folders of issues whose pages stay as they were.
    """
    ordered = sorted(editions, key=lambda one: (one.issue.fields.issue.date, one.issue.name), reverse=True)
    entries = [_entry(one) for one in ordered]
    address = ordered[0].issue.workspace.publication.site.address
    feeds = FEEDS if address else ()
    there = {one.issue.name: anchors_of(one.issue.document) for one in ordered}
    anchors = dict.fromkeys(kept, frozenset[str]()) | there  # what a kept page has nobody knows
    made, pages, shown = dict[str, bytes](), list[str](), dict[str, str]()
    for at, (edition, entry) in enumerate(zip(ordered, entries, strict=True)):
        images = ImageFiles(edition, IMAGE_WIDTH)
        around = _around(edition, entry, entries[at + 1 : at + 2], entries[max(0, at - 1) : at], feeds)
        page = web_page(edition, images, replace(around, issues=partial(_address, anchors, entry.folder)))
        pages.append(page)
        made[f"{entry.folder}/{PAGE}"] = page.encode("utf-8")
        made |= {f"{entry.folder}/{name}": data for name, data in images.files.items()}
        if (cover := edition.issue.document.front.cover) and (name := images(cover).address):
            shown[entry.folder] = name
    pages += list(_lists(ordered, entries, feeds, address))
    made[PAGE], made["search.html"] = pages[-2].encode("utf-8"), pages[-1].encode("utf-8")
    made |= sheet_files(palette_of(ordered[0].theme), pages)
    made["search.js"] = (templates_folder() / "outlets" / "web" / "search.js").read_bytes()
    records = [record for edition in ordered for record in _records(edition)]
    made["search-data.js"] = f"window.SEARCH={_json(records)};\n".encode()
    if address:
        front = ordered[0].issue.document.front
        made |= {ATOM: _atom(front.name, front.organiser, address, entries).encode("utf-8"),
                 JSON: _json_feed(front.name, address, entries, shown).encode("utf-8"),
                 MAP: _sitemap(address, entries).encode("utf-8")}
    return made


def _address(anchors: Mapping[str, Collection[str]], own: str, reference: Reference) -> str | None:
    """Where a page of the site finds another issue; None where that is not on it."""
    if reference.issue not in anchors:
        return None
    end = anchored(reference, anchors[reference.issue])
    return end or None if reference.issue == own else f"../{reference.issue}/{PAGE}{end}"


def _entry(edition: Edition) -> IssueEntry:
    document, head = edition.issue.document, edition.issue.fields
    shown = document.exhibits
    titles = [entry for group in document.contents for entry in group.entries]
    updated = max([head.issue.date, *(one.date for one in head.errata)])
    return IssueEntry(
        edition.issue.name, document.front.number, f"{document.front.year}{document.front.number}",
        head.issue.date.isoformat(), written_date(head.issue.date), head.issue.date.year, updated,
        titles[0].text if titles else document.title, tuple(titles[1 : _TITLES + 1]),
        tuple(shown.lead[:2]) if shown else (), len(head.errata), summary_of(document))


def _filling(edition: Edition) -> Filling:
    return Filling(edition, "web", ImageFiles(edition, IMAGE_WIDTH), web_functions(edition),
                   (IssueEntry, YearEntry, PieceEntry, SectionEntry, FeedEntry, ErratumEntry))


def _around(edition: Edition, entry: IssueEntry, before: Sequence[IssueEntry], after: Sequence[IssueEntry],
            feeds: Sequence[tuple[str, str]]) -> Surroundings:
    """What an issue's page has around it on the site."""
    filling, values = _filling(edition), {
        "name": edition.issue.document.front.name, "root": "../", "before": next(iter(before), None),
        "after": next(iter(after), None),
        "errata": tuple(ErratumEntry(one.date, one.text) for one in edition.issue.fields.errata)}
    # The templates escape what they set.
    parts = {name: Markup(filling.page(f"site-{name}.html.j2", values)) for name in ("head", "turn", "errata")}
    address = edition.issue.workspace.publication.site.address
    return Surroundings("../", parts["head"], parts["turn"], parts["errata"], tuple(feeds),
                        f"{address}{entry.folder}/" if address else "")


def _lists(editions: Sequence[Edition], entries: Sequence[IssueEntry], feeds: Sequence[tuple[str, str]],
           address: str | None) -> Iterator[str]:
    """The archive and the search."""
    filling, front = _filling(editions[0]), editions[0].issue.document.front
    years = tuple(YearEntry(year, tuple(one for one in entries if one.year == year))
                  for year in dict.fromkeys(one.year for one in entries))
    found: dict[str, list[PieceEntry]] = {}
    for edition, entry in zip(editions, entries, strict=True):
        for section in edition.issue.document.sections:
            for item in section.items:
                text = item.title or (f"{entry.label}{section.title}" if item.exhibits else _opening(item))
                found.setdefault(section.title, []).append(PieceEntry(entry.folder, item.anchor, text, entry.number))
    # By the publication's order, not by which issue came first to have one.
    order = [kind.title for kind in printed_kinds(editions[0].issue)]
    titles = sorted(found, key=lambda title: order.index(title) if title in order else len(order))
    yield filling.page("archive.html.j2", {
        "name": front.name, "organiser": front.organiser, "years": years, "address": address or "",
        "sections": tuple(SectionEntry(title, tuple(found[title])) for title in titles),
        "feeds": tuple(FeedEntry(*one) for one in feeds)})
    yield filling.page("search.html.j2", {
        "name": front.name, "issues": len(entries), "count": sum(map(len, found.values()))})


def _opening(item: Item) -> str:
    """The first words of an item without a title."""
    words = _words(item.blocks)
    return words if len(words) <= 40 else words[:39] + "…"


def _records(edition: Edition) -> Iterator[dict[str, str]]:
    """What the search looks through: an item each."""
    front = edition.issue.document.front
    for section in edition.issue.document.sections:
        for item in section.items:
            words = _words(item.blocks)
            label = f"{front.year}{front.number}"
            title = item.title or (f"{label}{section.title}" if item.exhibits else _opening(item))
            yield {"i": label, "s": section.title, "t": title,
                   "u": f"{edition.issue.name}/{PAGE}#{item.anchor}", "b": words[:_SEARCHED]}


def _words(blocks: Sequence[Block]) -> str:
    return " ".join(filter(None, (_of(block) for block in blocks)))


def _of(block: Block) -> str:
    match block:
        case Paragraph() | Subheading():
            return plain_text(block.inlines)
        case BulletList():
            return " ".join(map(plain_text, block.entries))
        case Grid():
            return " ".join(plain_text(cell) for row in (block.head, *block.rows) for cell in row)
        case Entry():
            return _words(block.blocks)
        case Drawn():
            return " ".join(cell for row in plot_rows(block.chart) for cell in row)
        case PullQuote():
            return block.text
        case KeyDates():
            return " ".join(f"{one.when} {one.what}" for one in block.dates)
        case _:
            return ""


# --- for machines ---------------------------------------------------------------------------


def _json(value: object) -> str:
    # Within a script nothing may end it.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace(
        "\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _moment(day: date) -> str:
    """A day as a moment (RFC 3339): its beginning in Beijing."""
    return f"{day.isoformat()}T00:00:00+08:00"


def _title(entry: IssueEntry) -> str:
    return f"{entry.label}{'（有勘误）' if entry.errata else ''}：{entry.headline}"


def _atom(name: str, organiser: str, address: str, entries: Sequence[IssueEntry]) -> str:
    """An Atom feed (RFC 4287); an issue keeps its id for ever, and a correction makes it new."""
    parts = ['<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
             f"<title>{escape(name)}</title><id>{escape(address)}</id><updated>"
             f"{_moment(max(one.updated for one in entries))}</updated>",
             f'<link href="{escape(address)}"/><link rel="self" href="{escape(address + ATOM)}"/>',
             f"<author><name>{escape(organiser)}</name></author>"]
    for one in entries[:_FEED]:
        link = escape(f"{address}{one.folder}/")
        parts.append(f'<entry><title>{escape(_title(one))}</title><id>{link}</id><link href="{link}"/>'
                     f"<published>{_moment(date.fromisoformat(one.day))}</published><updated>{_moment(one.updated)}"
                     f"</updated><summary>{escape(one.summary)}</summary></entry>")
    return "\n".join([*parts, "</feed>\n"])


def _json_feed(name: str, address: str, entries: Sequence[IssueEntry], shown: Mapping[str, str]) -> str:
    """A JSON Feed 1.1; ``shown`` are the pictures of front pages, by issue."""
    items = [{"id": f"{address}{one.folder}/", "url": f"{address}{one.folder}/", "title": _title(one),
              "content_text": one.summary, "date_published": _moment(date.fromisoformat(one.day)),
              "date_modified": _moment(one.updated)}
             | ({"image": f"{address}{one.folder}/{shown[one.folder]}"} if one.folder in shown else {})
             for one in entries[:_FEED]]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": name, "language": "zh-CN",
                       "home_page_url": address, "feed_url": address + JSON, "items": items},
                      ensure_ascii=False, indent=1) + "\n"


def _sitemap(address: str, entries: Sequence[IssueEntry]) -> str:
    places = [(address, max(one.updated for one in entries)),
              *((f"{address}{one.folder}/", one.updated) for one in entries)]
    urls = "".join(f"<url><loc>{escape(place)}</loc><lastmod>{day.isoformat()}</lastmod></url>\n"
                   for place, day in places)
    return ('<?xml version="1.0" encoding="utf-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n')
