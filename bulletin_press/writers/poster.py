"""一图读懂: the report's figures and the issue's headlines as one long picture, and in slices for sending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import pairwise
from math import ceil
from pathlib import Path

from markupsafe import Markup

from bulletin_press.document.exhibits import Bar, Chart, Exhibits, KeyFigure, Point, RankingChart, RunChart
from bulletin_press.document.tree import Document
from bulletin_press.edition import DRAFT, Edition
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.theme.charts import ChartStyle, draw
from bulletin_press.theme.codes import drawn as code_drawn
from bulletin_press.theme.colours import mixed
from bulletin_press.typeset.setter import Pages
from bulletin_press.writers.flow.filling import Filling
from bulletin_press.writers.flow.palette import contrast, palette_of
from bulletin_press.writers.flow.sheets import ENDLESS, Pieces
from bulletin_press.writers.flow.words import balanced
from bulletin_press.writers.limits import POSTER, BeyondLimits, at_issue
from bulletin_press.writers.outlet import Chosen, Outlet
from bulletin_press.writers.pdf import pdf_of
from bulletin_press.writers.phone import Name, figure_size, name_set, phone_image

# A cell, pt, and its pixels: 3:4 as it is sent, 1080 pixels wide.
WIDTH, _HEIGHT, PIXELS = 405.0, 540.0, 1080
_SIDE = 26.0
_MEASURE = WIDTH - 2 * _SIDE
# What stands below a cell's content: the name, the cell's number; what is above it on a further cell.
_FOOT, _HEAD = 36.0, 85.0
# The foot's lines, pt, and how wide one is beside the cell's number, em of its 10.5 pt.
_FOOT_LINE, _FOOT_EMS = 15.0, 30.0
# A cell is stretched to 3:4 from that height on; charts are put into cells of no more than the other.
_NEARLY, _MOST = 440.0, 640.0
# Heights are whole numbers of pixels: 3 pt are 8.
_STEP = 3.0
_FACE = ("Bulletin Hei", "Bulletin Song")
# Headlines of an issue, and of a first cell that has no figures.
_HEADLINES, _FIRST = 8, 4
# The official accounts' picture: no more bytes, no more pixels high than wide times this.
MOST_BYTES, MOST_RATIO = 5_000_000, 3.0
_SAND, _LIGHT_RED, _READ = "#E9DFCE", "#F49A85", 3.4
_LARGE = Decimal(10_000)
# In 亿, two decimals say too little of what is less than so many 万.
_LEAST_LARGE = Decimal(1_000)
LONG, WORDS = "poster.png", "alt.txt"


@dataclass(frozen=True)
class Headlines:
    """The headlines of a section, as many as there is room for; ``all`` is how many there are."""

    title: str
    titles: tuple[str, ...]
    all: int


@dataclass(frozen=True)
class Cell:
    """A cell of the poster: what kind it is, its sheet's name, and what it shows."""

    kind: str
    name: str
    title: str = ""
    figures: tuple[KeyFigure, ...] = ()
    charts: tuple[Chart, ...] = ()
    headlines: tuple[Headlines, ...] = ()


def write_poster(edition: Edition, chosen: Chosen | None = None) -> Mapping[str, bytes]:
    """An edition as a poster: the long picture, its slices from the top, and what it says in words.

    The slices one below the other are the long picture, pixel by pixel.

    Raises:
        EnvironmentFault: a system library or a font is missing.
        BeyondLimits: there is nothing to show; or a slice is more than the platform takes, and it is no draft.
    """
    # Late: pictures are loaded by few commands.
    from PIL import Image

    from bulletin_press.writers.flow.raster import as_png, in_its_colours, page_images

    poster = _Poster(edition)
    data, cells = poster.made()
    images = [image for image, _ in page_images(data, lambda index, width: PIXELS / width)]
    long = Image.new("RGB", (PIXELS, sum(image.height for image in images)))
    cuts = [0]
    for image in images:
        long.paste(image, (0, cuts[-1]))
        cuts.append(cuts[-1] + image.height)
    few = in_its_colours(long)
    made = {LONG: as_png(few), WORDS: _words(edition, cells).encode("utf-8")}
    for number, (top, bottom) in enumerate(pairwise(cuts), 1):
        made[f"slice-{number}.png"] = as_png(few.crop((0, top, PIXELS, bottom)))
    large = [number for number, (top, bottom) in enumerate(pairwise(cuts), 1)
             if bottom - top > MOST_RATIO * PIXELS or len(made[f"slice-{number}.png"]) > MOST_BYTES]
    if large and not edition.draft:
        words = [f"一图读懂的第 {number} 张太长（{PIXELS}×{cuts[number] - cuts[number - 1]}），公众号会压得看不清；"
                 "请在 publication.toml 的 [charts] 里关掉一两幅图，或把标题写短" for number in large]
        raise BeyondLimits("；".join(words), [at_issue(edition, POSTER, Severity.ERROR, one) for one in words])
    return made


class _Poster:
    def __init__(self, edition: Edition) -> None:
        self.edition, self.document = edition, edition.issue.document
        self.colours = palette_of(edition.theme).light
        self.shown = self.document.exhibits if self.document.exhibits and self.document.exhibits.lead else None
        self.charts = _in_large(self.shown)
        front = self.document.front
        self.foot = balanced(f"{front.name}　{front.year}{front.number}", _FOOT_EMS)

    def made(self) -> tuple[bytes, tuple[Cell, ...]]:
        """The cells as pages of a PDF, and what they are."""
        pages, cells = self.laid_out()
        return pdf_of(self.edition, pages), cells

    def laid_out(self) -> tuple[Pages, tuple[Cell, ...]]:
        """The cells as pages, each as high as it needs, and what they are."""
        cells = tuple(self._cells((self.charts,) if self.charts else ()))
        pieces = Pieces()
        pages = self.edition.laid_out(self._filled(pieces, cells, {}))
        if self.charts:
            heights = [one.bottom - one.top for one in pages.pieces()
                       if pieces.made[int(one.name)].role == "text" and pieces.sheet_of(int(one.name)) == "data-1"]
            cells = tuple(self._cells(_shared(self.charts, heights)))
            pieces = Pieces()
            pages = self.edition.laid_out(self._filled(pieces, cells, {}))
        more = _FOOT_LINE * (len(self.foot) - 1)
        heights_of = {name: _height(end + more) for name, end in pieces.heights(pages).items()}
        return self.edition.laid_out(self._filled(Pieces(), cells, heights_of)), cells

    def _cells(self, charts: Sequence[Sequence[Chart]]) -> Iterator[Cell]:
        shown = self.shown
        groups = tuple(_headlines(self.document, _HEADLINES))
        if shown:
            yield Cell("figures", "first", figures=shown.lead[:2])
            more = (*shown.lead[2:], *shown.more)[:4]
            # Two to the line: three would leave a hole.
            more = more[:2] if len(more) == 3 else more
            if more and not charts:
                yield Cell("data", "data-1", "主要数据", figures=more)
            for at, group in enumerate(charts):
                title = "主要数据" if at == 0 else "走势" if all(one.kind == "run" for one in group) else "分布与结构"
                yield Cell("data", f"data-{at + 1}", title, more if at == 0 else (), tuple(group))
        else:
            if not groups:
                words = "这一期没有月报，也没有带标题的条目，做不成一图读懂；请给条目加 title，或从 --to 里去掉 poster"
                raise BeyondLimits(words, [at_issue(self.edition, POSTER, Severity.ERROR, words)])
            yield Cell("front", "first", headlines=tuple(_headlines(self.document, _FIRST)))
        # What stands on the first cell in full is not said again, unless there is a code to scan.
        if groups and (shown or sum(one.all for one in groups) > _FIRST or issue_address(self.edition)):
            yield Cell("headlines", "last", "本期要闻" if shown else "本期导读", headlines=groups)

    def _filled(self, pieces: Pieces, cells: Sequence[Cell], heights: Mapping[str, float]) -> str:
        colours = self.colours
        style = ChartStyle(28, 12.6, 17, _FACE, _FACE, (colours["bar"], colours["soft"], colours["pale"]),
                           colours["ink"], colours["quiet"], colours["rise"], colours["bar"], None, 700)

        def drawn(chart: Chart) -> Markup:
            return Markup(draw(chart, style, _MEASURE))

        address = issue_address(self.edition)
        filling = Filling(self.edition, "poster", partial(phone_image, self.edition), {
            "piece": partial(pieces.mark), "drawing": drawn, "lines": balanced, "figure_size": _figure_size,
            "tile_size": _tile_size, "name_set": partial(name_set, most=76.0, room=_MEASURE / 1.05)},
            (Cell, Headlines, Name))
        return filling.page("page.html.j2", {
            "c": dict(colours), "sand": _SAND, "rise_on": _rise_on(colours["rise"], colours["accent"]),
            "cells": tuple(cells), "shown": self.shown, "headline": self._headline(),
            "rounded": _rounds(self.shown), "sheets": Markup(_sheets(cells, heights, colours)),
            "heights": dict(heights), "foot": self.foot, "foot_high": 13 + _FOOT_LINE * len(self.foot),
            "created": self.edition.issue.fields.issue.date.isoformat(),
            "code": Markup(code_drawn(address, 70, colours["ink"])) if address else Markup(), "address": address})

    def _headline(self) -> str:
        """What the contents say of the report."""
        report = {section.title for section in self.document.sections if section.kind == "report"}
        return next((entry.text for group in self.document.contents if group.title in report
                     for entry in group.entries), "")


def _rise_on(rise: str, ground: str) -> str:
    """The red of ▲ on the accent: as much lighter as it takes, sand where no red reads."""
    return next((one for step in range(6) if contrast(one := mixed(rise, _LIGHT_RED, step / 5), ground) >= _READ),
                _SAND)


def issue_address(edition: Edition) -> str:
    """Where the issue stands on the publication's website; empty where it has none."""
    address = edition.issue.workspace.publication.site.address
    return f"{address}{edition.issue.name}/" if address else ""


def _sheets(cells: Sequence[Cell], heights: Mapping[str, float], colours: Mapping[str, str]) -> str:
    grounds = {"figures": colours["accent"], "front": colours["accent"], "data": "#F6F3EC", "headlines": "#FFFFFF"}
    return "".join(f"@page {cell.name}{{size:{WIDTH:g}pt {heights.get(cell.name, ENDLESS):g}pt;"
                   f"background:{grounds[cell.kind]}}}" for cell in cells)


def _height(filled: float) -> float:
    """How high a cell is, pt, that is filled so far down: 3:4 where that leaves little white."""
    high = ceil((filled + _FOOT) / _STEP) * _STEP
    return _HEIGHT if _NEARLY <= high <= _HEIGHT else high


def _shared(charts: Sequence[Chart], heights: Sequence[float]) -> Sequence[Sequence[Chart]]:
    """Charts by cells of about one height, in their order; the first height is that of what stands before them."""
    before, high = heights[0] if len(heights) > len(charts) else 0.0, heights[-len(charts):]
    total = before + sum(high)
    share = total / ceil(total / (_MOST - _HEAD - _FOOT))
    groups, filled = [list[Chart]()], before
    for chart, tall in zip(charts, high, strict=True):
        if groups[-1] and filled + tall / 2 > share:
            groups.append([])
            filled = 0.0
        groups[-1].append(chart)
        filled += tall
    return groups


def _headlines(document: Document, most: int) -> Iterator[Headlines]:
    """The headlines by sections, ``most`` in all, dealt out one after the other; the report's stands elsewhere."""
    groups = [(section.title, titles) for section in document.sections if section.kind != "report"
              and (titles := [item.title for item in section.items if item.title])]
    room, counts = most, [0] * len(groups)
    while room and any(count < len(titles) for count, (_, titles) in zip(counts, groups, strict=True)):
        for at, (_, titles) in enumerate(groups):
            if room and counts[at] < len(titles):
                counts[at], room = counts[at] + 1, room - 1
    for count, (title, titles) in zip(counts, groups, strict=True):
        if count:
            yield Headlines(title, tuple(titles[:count]), len(titles))


# --- one unit in one view -----------------------------------------------------------------------


def _rounds(shown: Exhibits | None) -> bool:
    """Whether figures are shown in 亿 that were published in 万."""
    return bool(shown and any(one.large and one.large != one.value for one in (*shown.lead, *shown.more)))


def _in_large(shown: Exhibits | None) -> tuple[Chart, ...]:
    """The charts in 亿, as the large figures are; as they are where one would say too little in it."""
    if shown is None or not _rounds(shown) or not shown.unit.startswith("万"):
        return shown.charts if shown else ()
    values = [one.value for chart in shown.charts for one in _valued(chart)]
    if any(abs(value) < _LEAST_LARGE for value in values):
        return shown.charts
    return tuple(_enlarged(chart, shown.unit) for chart in shown.charts)


def _valued(chart: Chart) -> tuple[Bar | Point, ...]:
    match chart:
        case RankingChart():
            return chart.bars
        case RunChart():
            return tuple(point for run in chart.runs for point in (*run.cumulative, *run.months))
    return ()


def _enlarged(chart: Chart, unit: str) -> Chart:
    """A chart with its words in 亿; it is drawn by the same values."""
    if not _valued(chart) or unit not in chart.caption.subject:
        return chart
    caption = replace(chart.caption, subject=chart.caption.subject.replace(unit, "亿" + unit[1:]))
    if isinstance(chart, RankingChart):
        return replace(chart, caption=caption, bars=tuple(replace(one, text=_large(one.value)) for one in chart.bars))
    assert isinstance(chart, RunChart)
    return replace(chart, caption=caption, runs=tuple(
        replace(run, unit="亿" + unit[1:], cumulative=tuple(map(_large_point, run.cumulative)),
                months=tuple(map(_large_point, run.months))) for run in chart.runs))


def _large_point(point: Point) -> Point:
    return replace(point, text=_large(point.value))


def _large(value: Decimal) -> str:
    return f"{value / _LARGE:.2f}"


# --- sizes and words ----------------------------------------------------------------------------


def _figure_size(figures: Sequence[KeyFigure]) -> float:
    """The size of the key figures, pt: all alike, as large as a line takes with the unit behind it."""
    return figure_size(figures, 95.0, 13, _MEASURE - 12)


def _tile_size(figures: Sequence[KeyFigure]) -> float:
    """The size of the figures of the second rank, pt, two of which share the line."""
    return figure_size(figures, 46.0, 11, 162.0)


def _words(edition: Edition, cells: Sequence[Cell]) -> str:
    """What the poster says, for who does not see it: a paragraph a slice."""
    front = edition.issue.document.front
    said = [f"{DRAFT}，请勿发布\n"] if edition.draft else []
    for number, cell in enumerate(cells, 1):
        parts = [f"{one.label}{one.note}{one.large or one.value}{one.large_unit or one.unit}"
                 + (f"，{one.growth.words}" if one.growth else "") for one in cell.figures]
        parts += [chart.caption.alt.rstrip("。") for chart in cell.charts]
        parts += [f"{one.title}：{'；'.join(one.titles)}" + (f"等{one.all}则" if one.all > len(one.titles) else "")
                  for one in cell.headlines]
        head = cell.title or f"{front.name}{front.year}{front.number}"
        said.append(f"图{number}　{head}。" + "。".join(parts) + "。\n")
    return "".join(said)


def is_draft(path: Path) -> bool:
    """Whether a folder was written as a draft."""
    try:
        return (path / WORDS).read_text("utf-8").startswith(DRAFT)
    except (OSError, UnicodeDecodeError):
        return False


OUTLET = Outlet("poster", "一图读懂", "数据、图表、要闻做成一张长图，另切成几张发微信", (), False, write_poster,
                is_draft=is_draft)
