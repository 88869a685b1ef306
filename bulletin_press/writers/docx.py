"""The Word edition: to be revised by who revises in Word, and read back by ``press revise``."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_press.document.exhibits import Chart
from bulletin_press.document.plots import AuthorsChart
from bulletin_press.document.tree import Document, Drawn, Picture
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import EnvironmentFault
from bulletin_press.pictures import LoadedPicture
from bulletin_press.pictures.web import broad_picture, web_picture
from bulletin_press.writers.flow.drawings import set_drawing, sheet_style
from bulletin_press.writers.flow.palette import palette_of
from bulletin_press.writers.flow.plates import plates
from bulletin_press.writers.outlet import Chosen, Outlet
from bulletin_press.writers.word.slots import Slot
from bulletin_press.writers.word.styles import MEASURE

if TYPE_CHECKING:
    from bulletin_press.writers.word.paper import Paper

EXTRA = "pip install bulletin-press[word]"
_DRAFT = "校样"
# 300 to the inch of the text's width.
_PIXELS = MEASURE * 300 // 72
_KEYWORDS = re.compile(rb"<cp:keywords>([^<]*)")
_MOST_PROPERTIES = 100_000


def write_docx(edition: Edition, chosen: Chosen | None = None) -> bytes:
    """An edition as a Word file (ISO/IEC 29500, transitional); the same bytes of the same edition.

    Raises:
        EnvironmentFault: the library for it is not installed; a system library or a font is missing.
    """
    paper_type = _paper()
    from bulletin_press.writers.word.content import Content

    document, colours = edition.issue.document, palette_of(edition.theme).light
    paper = paper_type(colours)
    Content(paper, _charts(document, colours), _images(edition)).write(document, draft=edition.draft)
    front = document.front
    day = edition.issue.fields.issue.date
    return paper.file(document.title, front.organiser, day, _DRAFT if edition.draft else "")


def slots_of(edition: Edition) -> tuple[tuple[Slot, ...], str]:
    """The paragraphs that an edition's Word file has, in order, and the name of the whole; no picture is made.

    Raises:
        EnvironmentFault: the library for it is not installed.
    """
    paper_type = _paper()
    from bulletin_press.writers.word.content import Content

    paper = paper_type(palette_of(edition.theme).light, pictures=False)
    there = {picture: b"." for picture, loaded in edition.issue.pictures.items() if isinstance(loaded, LoadedPicture)}
    Content(paper, {}, there).write(edition.issue.document, draft=edition.draft)
    return tuple(paper.slots.made), paper.slots.whole()


def _paper() -> type[Paper]:
    # Late: half of what the outlet loads; and not everybody has it.
    try:
        from bulletin_press.writers.word.paper import Paper
    except ImportError:
        raise EnvironmentFault(f"Word 文件要用 python-docx，现在没有安装：运行 {EXTRA}") from None
    return Paper


def _charts(document: Document, colours: Mapping[str, str]) -> Mapping[Chart | AuthorsChart, bytes]:
    """The charts as pictures as wide as the text."""
    charts = [chart for section in document.sections for item in section.items
              for chart in (*(item.exhibits.charts if item.exhibits else ()),
                            *(one.chart for one in item.blocks if isinstance(one, Drawn)))]
    if not charts:
        return {}
    style = sheet_style(colours)
    drawn = "".join(f'<div style="break-after:page;padding-top:2pt">{set_drawing(chart, style, MEASURE)}</div>'
                    for chart in charts)
    page = (f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>charts</title>'
            f"<style>@page{{size:{MEASURE}pt 1400pt;margin:0}}body{{margin:0}}svg{{display:block}}</style></head>"
            f"<body>{drawn}</body></html>")
    made = plates(page, [_PIXELS] * len(charts))
    return {chart: plate.data for chart, plate in zip(charts, made, strict=True)}


def _images(edition: Edition) -> Mapping[Picture, bytes]:
    """The pictures' bytes; that of the front page cut, so that the issue begins on its first page."""
    front = edition.issue.document.front.cover
    return {picture: (broad_picture if picture == front else web_picture)(loaded, _PIXELS).data
            for picture, loaded in edition.issue.pictures.items() if isinstance(loaded, LoadedPicture)}


def is_draft(path: Path) -> bool:
    """Whether a Word file was written as a draft: its keywords say so."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("docProps/core.xml") as part:
            found = _KEYWORDS.search(part.read(_MOST_PROPERTIES))
    except (OSError, KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return False
    return found is not None and found[1].decode("utf-8", "replace") == _DRAFT


OUTLET = Outlet("docx", "Word", "发给领导、同事在 Word 或 WPS 里改，改完用 press revise 收回来", (".docx",), False,
                write_docx, is_draft=is_draft)
