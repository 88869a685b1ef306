"""Filling an outlet's templates: the document, and what outlets that flow have in common to say of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from bulletin_press.document.exhibits import Chart
from bulletin_press.document.tree import Entry, Item, Paragraph, Picture, plain_text
from bulletin_press.edition import Edition
from bulletin_press.pictures import LoadedPicture
from bulletin_press.pictures.web import WebPicture, broad_picture, web_picture
from bulletin_press.publication.workspace import template_folders
from bulletin_press.theme.page import document_environment
from bulletin_press.theme.reckoning.blocks import member_facts
from bulletin_press.theme.reckoning.running import opens_with_date
from bulletin_press.theme.templating import TemplateFolder, filled
from bulletin_press.writers.flow.words import Notes, chunks, written_date

FOLDER = "outlets"
_WEBSITE, _SHORT = "网址", 30
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")


@dataclass(frozen=True)
class PlacedImage:
    """A picture as a page shows it: its address beside the page, its pixels; ``fault`` where it cannot be shown."""

    address: str
    width: int
    height: int
    alt: str
    fault: str = ""


@dataclass(frozen=True)
class NumberedChart:
    """A chart and its number through the issue, from 1."""

    number: int
    chart: Chart


@dataclass(frozen=True)
class MemberLines:
    """A member's entries: ``short`` ones for a line (role, website), the others with their labels."""

    short: tuple[str, ...]
    website: str
    long: tuple[Entry, ...]


@dataclass
class ImageFiles:
    """The pictures of an edition as files of a folder: made when a template asks for one.

    Args:
        edition: whose pictures.
        width: the most pixels that any is shown with.
        folder: where they lie beside the page, ending in "/", or empty.
        reserved: names in that folder that are taken by others.
    """

    edition: Edition
    width: int
    folder: str = "images/"
    reserved: Collection[str] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    _placed: dict[Picture, PlacedImage] = field(default_factory=dict)
    _broad: dict[Picture, PlacedImage] = field(default_factory=dict)

    def __call__(self, picture: Picture) -> PlacedImage:
        """The picture's address and size."""
        if picture not in self._placed:
            self._placed[picture] = self._made(picture)
        return self._placed[picture]

    def broad(self, picture: Picture, width: int) -> PlacedImage:
        """The middle of a picture, cut to stand across a page, at most so many pixels wide."""
        if picture not in self._broad:
            self._broad[picture] = self._made(picture, width)
        return self._broad[picture]

    def _made(self, picture: Picture, broad: int = 0) -> PlacedImage:
        loaded = self.edition.issue.pictures[picture]
        if not isinstance(loaded, LoadedPicture):
            return PlacedImage("", 0, 0, picture.alt, f"图片缺失：{picture.typed}")
        made = broad_picture(loaded, broad) if broad else web_picture(loaded, self.width)
        return self._kept(picture, made, "-wide" if broad else "")

    def _kept(self, picture: Picture, made: WebPicture, ending: str) -> PlacedImage:
        name = self.folder + self._name(picture, ending, made.suffix)
        self.files[name] = made.data
        return PlacedImage(name, made.width, made.height, picture.alt)

    def _name(self, picture: Picture, ending: str, suffix: str) -> str:
        """A name that every server and every mail program takes; nobody else's."""
        plain = picture.file.stem if _PLAIN_NAME.match(picture.file.stem) else f"picture-{len(self._placed) + 1}"
        stem = plain + ending
        tried, at = stem + suffix, 2
        while self.folder + tried in self.files or tried in self.reserved:
            tried, at = f"{stem}-{at}{suffix}", at + 1
        return tried


class Filling:
    """The functions that outlets' templates are handed, for one edition.

    Args:
        edition: the issue in its theme, of which only the colours are used.
        outlet: its folder among the outlets' templates.
        images: makes a picture what a page shows.
        functions: what the outlet adds.
        seen: dataclasses of its own that its templates may see whole.
    """

    def __init__(self, edition: Edition, outlet: str, images: Callable[[Picture], PlacedImage],
                 functions: Mapping[str, Callable[..., Any]], seen: Collection[type] = ()) -> None:
        self._edition, self._places = edition, [
            TemplateFolder(folder / FOLDER / outlet, folder) for folder in template_folders(edition.issue.workspace)]
        self.notes, self._seen = Notes(), (PlacedImage, NumberedChart, MemberLines, *seen)
        # The sandbox calls no method of what is not listed; partials stand for themselves.
        self._functions: dict[str, Callable[..., Any]] = {
            "image": images, "chunks": chunks, "written_date": written_date, "plain": plain_text,
            "note": partial(self.notes.number), "notes": partial(self.notes.all),
            "day_of": day_of, "charts_after": partial(self._charts_after),
            "member": partial(member_lines, organiser=edition.issue.document.front.organiser), **functions}

    def restart(self) -> None:
        """Number notes from 1 again: another page begins."""
        self.notes.clear()

    def page(self, template: str, values: Mapping[str, Any]) -> str:
        """A template, filled.

        Raises:
            InputFault: the template is wrong; the bundled ones are not.
        """
        environment = document_environment(self._places, self._functions, self._seen)
        with self._edition.spending():
            return filled(environment, template, self._places, {
                "document": self._edition.issue.document, "draft": self._edition.draft, **values})

    def _charts_after(self, item: Item, paragraph: int) -> tuple[NumberedChart, ...]:
        """The charts of a paragraph, by its index from 0, numbered through the item."""
        shown = item.exhibits
        if shown is None:
            return ()
        # What stands after no paragraph that is there stands after the last.
        last = max((at for at, _ in enumerate(item.blocks)), default=0)
        return tuple(NumberedChart(number, chart) for number, chart in enumerate(shown.charts, 1)
                     if min(chart.after, last) == paragraph)


def day_of(item: Item) -> date | None:
    """The day to be said with an item: its source's, or its own where its text does not begin with it."""
    return item.attribution.date or (None if opens_with_date(item) else item.date)


def member_lines(item: Item, organiser: str) -> MemberLines:
    """A member's profile: what is short goes on one line, the association's own name left out as in print."""
    facts = {one.label: plain_text(first.inlines) for one in member_facts(item, organiser)
             if isinstance(first := one.blocks[0], Paragraph)}
    short = {label: words for label, words in facts.items() if label != _WEBSITE and len(words) <= _SHORT}
    long = tuple(one for one in item.blocks if isinstance(one, Entry) and one.label not in {*short, _WEBSITE})
    return MemberLines(tuple(short.values()), facts.get(_WEBSITE, ""), long)
