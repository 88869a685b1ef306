"""A first page filled to its foot: key figures, as many charts and entries of the contents as there is room for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import ceil

from bulletin_press.document.exhibits import Chart, Exhibits, KeyFigure, RunChart
from bulletin_press.document.plots import AuthorsChart
from bulletin_press.document.tree import ContentsEntry, ContentsGroup, Document, Section
from bulletin_press.theme.reckoning.at_a_glance import in_large_units
from bulletin_press.theme.reckoning.blocks import lines_of
from bulletin_press.theme.reckoning.settings import Ems, Imprint, Listing, Opening, ReportPage
from bulletin_press.theme.reckoning.text import line_count

# A chart, how wide it is (pt), and how many times as high as it is.
Drawing = Callable[[Chart | AuthorsChart, float, float], str]

_ARTICLES = ("news", "policy")
_HEIGHT = re.compile(r'height="([\d.]+)pt"')
# What follows a list that is not shown whole, for its width.
_MORE, _MORE_MEMBERS = "　等12篇", "等12家"


@dataclass(frozen=True)
class FilledPage:
    """What stands on the first page.

    Attributes:
        form: the name of the contents' form in theme.toml.
        charts: those that stand there.
        drawn: how wide they are drawn, pt; they are set wider.
        high: how many times as high their rows and bars are.
        lead: the key figures of the first rank, ``more`` those of the second, as they are shown here.
        first: those of the first rank in rows; ``second`` those of the second.
        across: how many of the first rank stand in a row.
        unit: the unit that figures share; empty where none has the publication's.
        rest: the height left for the contents, pt.
        cover: how high the picture is that the issue has for this page, pt; 0 where it has none.
    """

    form: str
    charts: tuple[Chart, ...]
    drawn: float
    high: float
    lead: tuple[KeyFigure, ...]
    more: tuple[KeyFigure, ...]
    first: tuple[tuple[KeyFigure, ...], ...]
    second: tuple[tuple[KeyFigure, ...], ...]
    across: int
    unit: str
    rest: float
    cover: float


@dataclass(frozen=True)
class Listed:
    """A group of the contents as far as it is shown; ``cut`` tells that ``count`` entries are not all shown."""

    group: ContentsGroup
    section: Section
    entries: tuple[ContentsEntry, ...]
    count: int
    cut: bool


@dataclass(frozen=True)
class ContentsList:
    """The contents of the first page, and how high they are, pt; None where that is not fixed."""

    groups: tuple[Listed, ...]
    height: float | None


@dataclass(frozen=True)
class ReportCharts:
    """The charts of a report that stand nowhere else: over the year (``wide``), the others (``small``).

    ``alone``: there is one small chart, or one figure of several; ``full``: the report fills a page of its own.
    """

    wide: tuple[Chart, ...]
    small: tuple[Chart, ...]
    alone: bool
    full: bool


def rows_of(figures: Sequence[KeyFigure], across: int) -> tuple[tuple[KeyFigure, ...], ...]:
    """Key figures in rows of so many."""
    return tuple(tuple(figures[at : at + across]) for at in range(0, len(figures), across))


def filled_page(document: Document, opening: Opening, contents: Mapping[str, Listing], widths: Ems,
                properties: Mapping[str, str], drawing: Drawing) -> FilledPage:
    """Plan the first page."""
    exhibits = in_large_units(document.exhibits) if document.exhibits and opening.hundred_millions \
        else document.exhibits
    lead, more = (exhibits.lead, exhibits.more) if exhibits else ((), ())
    across = min(max(len(lead), 1), opening.across)
    first, second = rows_of(lead, across), rows_of(more, opening.across)
    used = opening.taken.among(properties) + opening.period * bool(lead or more)
    rest = opening.height.among(properties) - used - opening.first * len(first) - opening.second * len(second)
    width = opening.drawing.among(properties)
    pictured, cover = document.front.cover is not None, 0.0
    charts, scale, high = _chosen(exhibits, opening, width, rest - opening.list, drawing) \
        if exhibits and not pictured else ((), 1.0, 1.0)
    unit = exhibits.unit if exhibits and any(one.unit == exhibits.unit for one in (*lead, *more)) else ""
    if pictured:
        # Beside the contents where there are figures above it, else across the page above them.
        form = "panel" if lead or more else "list"
        cover = rest - opening.remark if lead or more else opening.cover
        rest -= 0 if lead or more else cover
    elif charts:
        form = "panel"
    elif lead or more:
        form = "list"
    else:
        grand = contents["grand"].ems(properties)
        lines = sum(line_count(entry.text, grand, widths) for group in document.contents for entry in group.entries)
        form = "grand" if lines <= opening.lines else "large"
    return FilledPage(form, charts, width / scale, high, lead, more, first, second, across, unit, _hundredths(rest),
                      round(cover, 2))


def _chosen(exhibits: Exhibits, opening: Opening, width: float, room: float,
            drawing: Drawing) -> tuple[tuple[Chart, ...], float, float]:
    """The charts of the first page, how much larger and how much higher they are drawn: the year's run first."""
    run = tuple(one for one in exhibits.charts if isinstance(one, RunChart))
    # As months are added the run grows too high: then it is drawn shorter, before others take its place.
    short = tuple(replace(one, brief=True) for one in run)
    others = tuple(one for one in exhibits.charts if one.kind != "run")
    ways: list[tuple[Chart, ...]] = [(*form, *others[:count]) for form in (run, short) if form for count in (1, 0)]
    ways += [others[:count] for count in range(opening.together, 0, -1)]
    for charts in filter(None, ways):
        for scale, high in product(opening.scales, opening.heights):
            if _stacked(charts, opening, width, scale, high, drawing) <= room:
                return charts, scale, high
    return (), 1.0, 1.0


def _stacked(charts: Sequence[Chart], opening: Opening, width: float, scale: float, high: float,
             drawing: Drawing) -> float:
    """How high charts are one above the other, pt."""
    remarks = [opening.remark * bool(one.caption.notes or at + 1 == len(charts)) for at, one in enumerate(charts)]
    return sum(opening.caption + drawn_height(one, width / scale, drawing, high) * scale + remark
               for one, remark in zip(charts, remarks, strict=True))


def drawn_height(chart: Chart, width: float, drawing: Drawing, high: float = 1) -> float:
    """How high a chart is, pt, drawn so wide and so many times as high."""
    found = _HEIGHT.search(drawing(chart, width, high))
    return float(found[1]) if found else 0.0


def listed(document: Document, page: FilledPage, listing: Listing, widths: Ems,
           properties: Mapping[str, str]) -> ContentsList:
    """The contents in the fullest way that fits what is left of the first page."""
    ways = (_way(document, page, caps) for caps in listing.caps)
    room = listing.ems(properties)
    shown: tuple[Listed, ...] = ()
    for way in ways:
        shown = way
        if sum(listing.head + _lines(one, room, widths) * listing.line for one in way) <= page.rest - listing.edges:
            break
    return ContentsList(shown, None if listing.bleed is None else _hundredths(page.rest + listing.bleed))


def _hundredths(length: float) -> float:
    return int(length * 100 // 1) / 100


def _way(document: Document, page: FilledPage, caps: tuple[int, int, int]) -> tuple[Listed, ...]:
    return tuple(_listed(group, section, _cap(section, page, caps))
                 for group, section in zip(document.contents, document.sections, strict=True))


def _cap(section: Section, page: FilledPage, caps: tuple[int, int, int]) -> int:
    articles, members, others = caps
    if section.kind in _ARTICLES:
        return articles
    if section.kind == "report" and page.first and page.form == "panel":
        return 0
    return members if section.kind == "member" else others


def _listed(group: ContentsGroup, section: Section, cap: int) -> Listed:
    count = len(group.entries)
    # One less than it may be, for the words that say there are more.
    shown = count if count <= cap else max(cap - 1, 1) if cap else 0
    return Listed(group, section, group.entries[:shown], count, shown < count)


def _lines(one: Listed, room: float, widths: Ems) -> int:
    texts = [entry.text for entry in one.entries]
    if not texts:
        return 0
    if one.section.kind == "member":
        return line_count("、".join(texts) + _MORE_MEMBERS, room, widths)
    if one.cut:
        texts[-1] += _MORE
    return sum(line_count(text, room, widths) for text in texts)


def together(charts: Sequence[Chart]) -> tuple[tuple[Chart, ...], ...]:
    """Charts by the figure that they stand in: makeups of one subject one below the other, every other by itself."""
    groups: list[list[Chart]] = []
    for one in charts:
        last = groups[-1][-1] if groups else None
        if last and one.kind == last.kind == "composition" and one.caption.subject == last.caption.subject:
            groups[-1].append(one)
        else:
            groups.append([one])
    return tuple(map(tuple, groups))


def report_charts(section: Section, document: Document, page: FilledPage | None, settings: ReportPage, widths: Ems,
                  properties: Mapping[str, str], drawing: Drawing) -> ReportCharts:
    """The charts of a report, and whether it has a page of its own."""
    exhibits = document.exhibits
    # By name: there they may be drawn otherwise, or in another unit. What was shortened is shown whole.
    shown = {one.name for one in page.charts if not (isinstance(one, RunChart) and one.brief)} if page else set()
    left = [one for one in exhibits.charts if one.name not in shown] if exhibits else []
    wide = tuple(one for one in left if one.kind == "run")
    small = tuple(one for one in left if one.kind != "run")
    room, height = settings.text.ems(properties), settings.head
    for item in section.items:
        height += settings.line * (lines_of(item.blocks, settings.text, room, widths) + 1)
    height += sum(_parts(small, exhibits, settings, properties, drawing))
    whole = settings.height.among(properties)
    full = bool(small and exhibits and exhibits.table and not wide and settings.least * whole <= height <= whole
                and section != document.sections[-1])
    return ReportCharts(wide, small, len(together(small)) == 1, full)


def _parts(small: Sequence[Chart], exhibits: Exhibits | None, settings: ReportPage, properties: Mapping[str, str],
           drawing: Drawing) -> Iterator[float]:
    """The heights of charts, two side by side, and of the table."""
    if small:
        width, groups = settings.chart.among(properties), together(small)
        heights = [settings.caption + sum(drawn_height(one, width, drawing) for one in group) + settings.remark * bool(
            any(one.caption.notes for one in group) or at + 1 == len(groups)) for at, group in enumerate(groups)]
        yield settings.charts + max(sum(heights) / 2, *heights)
    if exhibits and exhibits.table:
        yield settings.table + settings.row * len(exhibits.table.rows)


def imprint_rows(document: Document, imprint: Imprint, widths: Ems, properties: Mapping[str, str]) -> int:
    """About how many rows the imprint takes in columns: rather too many, for none of its entries is broken."""
    room, columns = imprint.ems(properties), imprint.columns
    lines = [line_count(value, room, widths) for _, value in document.colophon]
    if imprint.paired:
        return sum(max(lines[at : at + columns]) for at in range(0, len(lines), columns))
    return ceil(sum(lines) / columns) + max(lines, default=0)
