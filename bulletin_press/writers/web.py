"""A page of the web: a folder that opens from a disk and from any server."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from bulletin_press.document.exhibits import Chart
from bulletin_press.document.plots import AuthorsChart
from bulletin_press.document.references import Reference, anchors_of
from bulletin_press.document.tree import Document
from bulletin_press.edition import Edition
from bulletin_press.ground.resources import templates_folder
from bulletin_press.issue.references import anchors_in, values_of
from bulletin_press.writers.flow.drawings import screen_drawing, screen_style
from bulletin_press.writers.flow.filling import Filling, ImageFiles, PlacedImage
from bulletin_press.writers.flow.heads import heading_characters, heading_face
from bulletin_press.writers.flow.palette import Palette, palette_of
from bulletin_press.writers.flow.words import plot_rows
from bulletin_press.writers.outlet import Chosen, Outlet

# Twice the widest that a picture is shown.
IMAGE_WIDTH = 1224
# Likewise of the picture that stands across the page.
FRONT_WIDTH = 2208
# A picture so broad has its letters too small to read on a telephone: it is moved sideways there.
_BROAD = 2.4
_DRAFT = b"bulletin-press --draft"
_SUMMARY = 120
_NOTHING = Markup()
PAGE, SHEET, FRAGMENT = "index.html", "style.css", "fragment.html"


def _nowhere(reference: Reference) -> str | None:
    """No other issue has a page."""
    return None


@dataclass(frozen=True)
class Surroundings:
    """What a page has around it: nothing where it stands alone.

    Attributes:
        root: the way from the page to the folder of the style sheet, empty or ending in "/".
        head: the bar of a site.
        turn: the way to the issue before and the one after.
        errata: what was wrong in the issue and is put right.
        feeds: (media type, file) of a site's feeds.
        address: where the page will be, if that is known.
        issues: where other issues' pages are.
    """

    root: str = ""
    head: Markup = _NOTHING
    turn: Markup = _NOTHING
    errata: Markup = _NOTHING
    feeds: tuple[tuple[str, str], ...] = ()
    address: str = ""
    issues: Callable[[Reference], str | None] = _nowhere


def write_web(edition: Edition, chosen: Chosen | None = None) -> Mapping[str, bytes]:
    """An edition as a page with its style sheet, its headings' face and its pictures."""
    images = ImageFiles(edition, IMAGE_WIDTH)
    page = web_page(edition, images, Surroundings(issues=_on_the_site(edition)))
    return {PAGE: page.encode("utf-8"), FRAGMENT: web_fragment(edition, images).encode("utf-8"), **images.files,
            **sheet_files(palette_of(edition.theme), [page])}


def web_fragment(edition: Edition, images: ImageFiles) -> str:
    """An edition as a piece of HTML for another website's editor, which keeps neither style sheets nor classes.

    With the address of the publication's own site its pictures are those there: nobody need upload them.
    """
    site = edition.issue.workspace.publication.site.address
    address = f"{site}{edition.issue.name}/" if site else ""
    return Filling(edition, "web", images, {**web_functions(edition), "plot_rows": plot_rows}).page(
        "fragment.html.j2", {"pictures": address, "address": address,
                             "document": edition.issue.document_leading(_on_the_site(edition))})


def _on_the_site(edition: Edition) -> Callable[[Reference], str | None]:
    """Where other issues are for a page that stands alone: on the publication's own site, if it has one."""
    workspace = edition.issue.workspace
    site = workspace.publication.site.address

    def address(reference: Reference) -> str | None:
        if reference.issue == edition.issue.name:
            return f"#{reference.anchor}" if reference.anchor in anchors_of(edition.issue.document) else None
        there = values_of(workspace, reference.issue)
        return f"{site}{reference.issue}/{anchored(reference, anchors_in(there))}" if site and there else None

    return address


def anchored(reference: Reference, anchors: Collection[str]) -> str:
    """The end of an address: the anchor, if the page has it."""
    return f"#{reference.anchor}" if reference.anchor in anchors else ""


def web_page(edition: Edition, images: ImageFiles, around: Surroundings) -> str:
    """An edition's page.

    Args:
        edition: the issue; of its theme the colours are used.
        images: makes the pictures' files as they are asked for.
        around: what a site puts around it.
    """
    palette = palette_of(edition.theme)
    filling = Filling(edition, "web", images, {
        **web_functions(edition), "broad": partial(images.broad, width=FRONT_WIDTH)})
    document = edition.issue.document_leading(around.issues)
    return filling.page("page.html.j2", {
        "document": document,
        "light": dict(palette.light), "dark": dict(palette.dark), "summary": summary_of(document), "root": around.root,
        "site_head": around.head, "site_turn": around.turn, "errata": around.errata, "address": around.address,
        "feeds": [{"type": kind, "file": file} for kind, file in around.feeds],
        "created": edition.issue.fields.issue.date.isoformat(), "name_width": _ems(document.front.name)})


def web_functions(edition: Edition) -> Mapping[str, Callable[..., Any]]:
    """What the templates of pages call beside what all outlets do."""
    return {"drawing": partial(_drawn, palette_of(edition.theme)), "is_broad": _is_broad, "web_address": web_address,
            "shown_address": shown_address}


def sheet_files(palette: Palette, pages: Sequence[str]) -> Mapping[str, bytes]:
    """The style sheet of some pages and the face of their headings, by name.

    Args:
        palette: the colours.
        pages: their HTML, from which the face's characters are taken.
    """
    face = heading_face(frozenset[str]().union(*map(heading_characters, pages)))
    # A cut of other characters has another name: nobody's browser shows an old one.
    name = f"heads-{hashlib.sha256(face).hexdigest()[:8]}.woff2"
    css = (templates_folder() / "outlets" / "web" / SHEET).read_text("utf-8")
    colours = (f':root{{{palette.css(palette.light)}}}\n@media (prefers-color-scheme:dark){{'
               f':root{{{palette.css(palette.dark)}}}}}\n')
    font = (f'@font-face{{font-family:"Bulletin Heads";font-weight:700;font-display:swap;'
            f'src:url("{name}") format("woff2")}}\n')
    return {SHEET: (font + colours + css + palette.swapped() + "\n").encode("utf-8"), name: face}


def summary_of(document: Document) -> str:
    """What an issue says in a sentence: the headline of its report, else its first titles."""
    entries = [entry.text for group in document.contents for entry in group.entries]
    words = "；".join(entries)
    return words if len(words) <= _SUMMARY else words[: _SUMMARY - 1] + "…"


def _drawn(palette: Palette, chart: Chart | AuthorsChart, width: float, size: float) -> Markup:
    return Markup(screen_drawing(chart, screen_style(palette.light, size), width))


def _is_broad(image: PlacedImage) -> bool:
    return bool(image.height) and image.width / image.height > _BROAD


def web_address(typed: str) -> str:
    """A website as a link's address: with a scheme where none was typed."""
    return typed if re.match(r"https?://", typed) else f"https://{typed}"


def shown_address(typed: str) -> str:
    """A website as it is read: without the scheme and the last stroke."""
    return re.sub(r"\Ahttps?://(?:www\.)?", "", typed).rstrip("/")


def _ems(name: str) -> int:
    """How many 汉字 wide a name is, from 4 to 16: by this it fills a telephone's line, or several if it is longer."""
    width = sum(1.0 if char > "\u2e7f" else 0.6 for char in name)
    return min(16, max(4, int(width + 0.99)))


def is_draft(path: Path) -> bool:
    """Whether a folder's page was written as a draft."""
    try:
        return _DRAFT in (path / PAGE).read_bytes()[:2_000]
    except OSError:
        return False


OUTLET = Outlet("web", "网页", "放到网站上，在电脑和手机上看", (), False, write_web, is_draft=is_draft)

