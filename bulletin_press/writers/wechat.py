"""For WeChat's official accounts: an article that their editor takes as it is, its pictures, its covers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from pathlib import Path

from markupsafe import Markup

from bulletin_press.document.exhibits import Chart, FigureTable, KeyFigure
from bulletin_press.document.plots import AuthorsChart
from bulletin_press.document.tree import Document, Drawn, Item, Picture, Section
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Finding, Severity
from bulletin_press.pictures import LoadedPicture
from bulletin_press.pictures.web import cut_picture
from bulletin_press.typeset.assets import Assets
from bulletin_press.writers.flow.drawings import plate_style, set_drawing
from bulletin_press.writers.flow.filling import Filling, ImageFiles, PlacedImage
from bulletin_press.writers.flow.palette import Palette, palette_of
from bulletin_press.writers.flow.plates import Plate, plates
from bulletin_press.writers.flow.portions import halves, joined
from bulletin_press.writers.flow.words import balanced, ems, halved
from bulletin_press.writers.limits import WECHAT, BeyondLimits, at_issue, at_item, at_origin
from bulletin_press.writers.outlet import Chosen, Files, Outlet
from bulletin_press.writers.web import IMAGE_WIDTH, shown_address, summary_of

# The platform's: characters and bytes of an article, characters of a title and of a digest.
MOST_CHARACTERS, MOST_BYTES, MOST_TITLE, MOST_DIGEST = 20_000, 1_000_000, 32, 128
# The covers' pixels: 2.35:1 and 1:1.
_PLATE_WIDTH, _COVER, _COVER_HEIGHT, _SQUARE = 1035, 900, 383, 500
_TAG = re.compile(r"<[^>]+>")
_DRAFT = b"bulletin-press --draft"
_FOLDER = "images/"
# What stands in the line under the name, about so many 汉字.
_COVER_LINE = 40
# A name of more 汉字 than this stands in several lines on both covers.
_LONG = 16
COPY = "index.html"


@dataclass(frozen=True)
class Article:
    """An article as the page that copies it shows it; ``pictures`` are told in words, by number."""

    name: str
    html: Markup
    characters: int
    kilobytes: int
    title: str
    digest: str
    pictures: tuple[str, ...]


@dataclass(frozen=True)
class Cover:
    """The words of the covers: the name's sizes, pt, and lines, of the broad one and of the square.

    ``words`` and two ``figures`` stand below it. ``broad`` and ``even`` are the addresses of the front page's picture
    cut to both, empty where there is none.
    """

    size: float
    square: float
    wide: tuple[str, ...]
    lines: tuple[str, ...]
    words: str
    figures: tuple[KeyFigure, ...]
    broad: str
    even: str


def write_wechat(edition: Edition, chosen: Chosen | None = None) -> Mapping[str, bytes]:
    """An edition as articles: HTML with inline styles, pictures, and a page with a button that copies them.

    Raises:
        BeyondLimits: a paragraph alone is more than the platform takes, and it is no draft.
    """
    document = edition.issue.document
    writer = _Writer(edition)
    articles = tuple(writer.articles())
    page = writer.filling.page("copy.html.j2", {"c": dict(writer.colours), "articles": [
        {"name": one.name, "html": one.html, "characters": one.characters, "kilobytes": one.kilobytes,
         "title": one.title, "digest": one.digest, "pictures": one.pictures} for one in articles],
        "covers": writer.covers})
    made = {COPY: page.encode("utf-8"), **writer.images.files, **writer.plates(document)}
    for number, one in enumerate(articles, 1):
        made["article.html" if len(articles) == 1 else f"article-{number}.html"] = str(one.html).encode("utf-8")
    return made


class _Writer:
    def __init__(self, edition: Edition) -> None:
        self.edition, self.document = edition, edition.issue.document
        self.palette: Palette = palette_of(edition.theme)
        self.colours = self.palette.light
        self.charts = {chart: f"{_FOLDER}chart-{number}.png"
                       for number, chart in enumerate(self._charts(), 1)}
        self.tables = {table: f"{_FOLDER}table-{number}.png" for number, table in enumerate(self._tables(), 1)}
        front = self.document.front.cover
        self.photograph = edition.issue.pictures[front] if front else None
        suffix = ".jpg" if isinstance(self.photograph, LoadedPicture) else ".png"
        self.covers = (f"cover-235{suffix}", f"cover-square{suffix}")
        made = [*self.charts.values(), *self.tables.values(), *self.covers]
        self.images = ImageFiles(edition, IMAGE_WIDTH, _FOLDER, frozenset(one.removeprefix(_FOLDER) for one in made))
        self.numbers = {thing: number for number, thing in enumerate(self._numbered(), 1)}
        self.filling = Filling(edition, "wechat", self.images, {
            "number_of": partial(self._number), "chart_image": partial(self._chart_image),
            "table_image": partial(self._table_image), "chart_words": _chart_words, "key_size": _key_size,
            "shown_address": shown_address, "drawing": partial(self._drawn)})

    def _charts(self) -> Iterator[Chart | AuthorsChart]:
        for section in self.document.sections:
            for item in section.items:
                yield from _charts_of(item)

    def _tables(self) -> Iterator[FigureTable]:
        for section in self.document.sections:
            for item in section.items:
                if item.exhibits and item.exhibits.table:
                    yield item.exhibits.table

    def _numbered(self) -> Iterator[Chart | AuthorsChart | Picture]:
        """What bears a number in the captions: charts, and pictures with words of their own."""
        for section in self.document.sections:
            for item in section.items:
                yield from _charts_of(item)
                yield from (one for one in item.pictures() if one is not item.logo and one.caption)

    def _number(self, one: Chart | AuthorsChart | Picture) -> int:
        return self.numbers.get(one, 0)

    def _chart_image(self, chart: Chart | AuthorsChart) -> PlacedImage:
        return PlacedImage(self.charts[chart], 0, 0, chart.caption.alt)

    def _table_image(self, table: FigureTable) -> PlacedImage:
        return PlacedImage(self.tables[table], 0, 0, f"{table.title}（{table.period}）：{_told(table)}")

    def _drawn(self, chart: Chart | AuthorsChart) -> Markup:
        return Markup(set_drawing(chart, plate_style(self.colours), 317))

    # --- articles ---------------------------------------------------------------------------

    def articles(self) -> Iterator[Article]:
        """The article, or several where one is more than the platform takes."""
        parts = list(self._parts(self.document.sections))
        for number, sections in enumerate(parts, 1):
            part = f"（{number}/{len(parts)}）" if len(parts) > 1 else ""
            yield self._article(sections, part, headed=number == 1)

    def _parts(self, sections: Sequence[Section]) -> Iterator[Sequence[Section]]:
        """The sections in as few groups as the platform's limits allow, in their order."""
        group: list[Section] = []
        for section in (portion for one in sections for portion in self._portions(one)):
            if group and not _fits(self._html(joined(group, section), "", headed=True)):
                yield group
                group = []
            group = joined(group, section)
        if group:
            yield group

    def _portions(self, section: Section) -> Iterator[Section]:
        """A section whole, or divided between items, then between paragraphs, as the limits ask."""
        if _fits(self._html([section], "", headed=True)):
            yield section
        elif parts := halves(section):
            for part in parts:
                yield from self._portions(part)
        elif self.edition.draft:
            yield section
        else:
            raise self._too_long(section)

    def _too_long(self, section: Section) -> BeyondLimits:
        """A paragraph, or what else cannot be divided, that no article takes."""
        item = section.items[0]
        words = (f"“{section.title}”里的“{item.title or '一则'}”有一段就超过公众号一篇的限度"
                 f"（{MOST_CHARACTERS} 字、{MOST_BYTES // 1_000_000} MB），请分段，或删短")
        origin = next((found for block in item.blocks if (found := getattr(block, "origin", None))), item.origin)
        return BeyondLimits(words, [at_origin(self.edition, origin, WECHAT, Severity.ERROR, words)])

    def _html(self, sections: Sequence[Section], part: str, *, headed: bool) -> str:
        """An article; ``headed``: with the front page's picture, if there is one."""
        self.filling.restart()
        return self.filling.page("article.html.j2", {
            "c": dict(self.colours), "sections": tuple(sections), "part": part, "headed": headed}).strip()

    def _article(self, sections: Sequence[Section], part: str, *, headed: bool) -> Article:
        made = self._html(sections, part, headed=headed)
        name = f"{self.document.front.name} {self.document.front.year}{self.document.front.number}{part}"
        return Article(name, Markup(made), _characters(made), len(made.encode("utf-8")) // 1000 + 1,
                       self._title(part), summary_of(self.document)[:MOST_DIGEST],
                       tuple(self._told_pictures(sections, headed=headed)))

    def _title(self, part: str) -> str:
        """The first line of the contents, as far as it goes; the issue behind it where there is room."""
        first = next((entry.text for group in self.document.contents for entry in group.entries), self.document.title)
        room = MOST_TITLE - len(part)
        named = f"{self.document.front.name}：{first}"
        return (named if len(named) <= room else first if len(first) <= room else first[: room - 1] + "…") + part

    def _told_pictures(self, sections: Sequence[Section], *, headed: bool) -> Iterator[str]:
        front = self.document.front.cover
        if headed and front and isinstance(self.photograph, LoadedPicture):
            yield f"题图 {self.images(front).address.removeprefix(_FOLDER)}（{front.caption or front.alt}）"
        for section in sections:
            for item in section.items:
                for chart in _charts_of(item):
                    yield f"图{self.numbers[chart]} {self.charts[chart].removeprefix(_FOLDER)}（{chart.caption.title}）"
                if item.exhibits and item.exhibits.table:
                    yield f"表 {self.tables[item.exhibits.table].removeprefix(_FOLDER)}（{item.exhibits.table.title}）"
                for picture in item.pictures():
                    shown = self.images(picture)
                    if not shown.fault:
                        number = f"图{self.numbers[picture]} " if picture in self.numbers else ""
                        yield f"{number}{shown.address.removeprefix(_FOLDER)}（{picture.alt or '标志'}）"

    # --- pictures ---------------------------------------------------------------------------

    def plates(self, document: Document) -> Mapping[str, bytes]:
        """The charts, the table and the covers, by their names."""
        names = [*self.charts.values(), *self.tables.values(), *(_FOLDER + name for name in self.covers)]
        widths = [_PLATE_WIDTH] * (len(names) - 2) + [_COVER, _SQUARE]
        assets = Assets()
        page = self.filling.page("plates.html.j2", {
            "c": dict(self.colours), "charts": tuple(self.charts), "tables": tuple(self.tables),
            "cover": self._cover(document, assets).__dict__})
        made: Sequence[Plate] = plates(page, widths, assets, 2 if assets.files else 0)
        return {name: plate.data for name, plate in zip(names, made, strict=True)}

    def _cover(self, document: Document, assets: Assets) -> Cover:
        name, exhibits = document.front.name, document.exhibits
        lines = halved(name) if len(name) > 4 else (name,)
        wide: tuple[str, ...] = (name,)
        if len(name) > _LONG:
            wide, lines = balanced(name, _LONG), balanced(name, _LONG * 0.75)
        figures = exhibits.lead[:2] if exhibits else ()
        words = exhibits.period if exhibits and figures else document.front.date
        # In one line, each with its name; what does not fit is left to the article.
        while len(figures) > 1 and len(words) + sum(len(one.label) + 9 for one in figures) > _COVER_LINE:
            figures = figures[:-1]
        size, square = 396 / max(4, *map(len, wide)), 150 / max(map(len, lines))
        # The line above the name may be two; the name gives up its room.
        above = ceil(ems(f"{document.front.organiser}　{document.front.year}{document.front.number}") * 11 / 390)
        size = min(56.0, (92 - 16 * above) / len(wide), size)
        photographs = [
            assets.add(name, cut_picture(self.photograph, width, height).data, "image/jpeg")
            if isinstance(self.photograph, LoadedPicture) else ""
            for name, width, height in zip(self.covers, (_COVER, _SQUARE), (_COVER_HEIGHT, _SQUARE), strict=True)]
        return Cover(round(size, 1), round(min(46.0, square), 1), wide, lines, words, tuple(figures), *photographs)


def limits_told(edition: Edition, made: Files) -> Iterator[Finding]:
    """What the platform's limits do to an issue: a title that is cut, articles that are several."""
    document = edition.issue.document
    entry = next((entry for group in document.contents for entry in group.entries), None)
    if entry and len(entry.text) > MOST_TITLE:
        item = next((item for section in document.sections for item in section.items if item.anchor == entry.anchor),
                    None)
        yield at_item(edition, item, WECHAT, Severity.INFO,
                      f"公众号的标题限 {MOST_TITLE} 字，这一条有 {len(entry.text)} 字，会截断；请在公众号后台另拟一个")
    parts = sum(name.startswith("article-") for name in made) if isinstance(made, Mapping) else 0
    if parts:
        yield at_issue(edition, WECHAT, Severity.INFO,
                       f"超过公众号一篇的限度（{MOST_CHARACTERS} 字、{MOST_BYTES // 1_000_000} MB），分成了 {parts} 篇")


def _found(edition: Edition, made: Files) -> tuple[Finding, ...]:
    return tuple(limits_told(edition, made))


def _charts_of(item: Item) -> tuple[Chart | AuthorsChart, ...]:
    """The charts of an item: the report's, and its author's."""
    return (*(item.exhibits.charts if item.exhibits else ()),
            *(one.chart for one in item.blocks if isinstance(one, Drawn)))


def _fits(made: str) -> bool:
    return _characters(made) <= MOST_CHARACTERS and len(made.encode("utf-8")) <= MOST_BYTES


def _characters(made: str) -> int:
    return len("".join(html.unescape(_TAG.sub("", made)).split()))


def _told(table: FigureTable) -> str:
    """A table in words, for who does not see its picture."""
    rows = []
    for row in table.rows:
        cells = [f"{measure}{cell.value}{unit}" + (f"，{cell.growth.words}" if cell.growth else "")
                 for measure, unit, cell in zip(table.measures, table.units, row.cells, strict=True) if cell]
        rows.append(f"{row.label}{'；'.join(cells)}")
    return "。".join(rows)


def _chart_words(chart: Chart | AuthorsChart) -> str:
    notes = "".join(f"{note}。" for note in chart.caption.notes)
    return f"{chart.caption.title}。{notes}" + (f"来源：{chart.caption.source}" if chart.caption.source else "")


def _key_size(figure: KeyFigure) -> int:
    """The size of a key figure, px: as large as a telephone's line takes."""
    return min(56, int(230 / (0.56 * max(4, len(figure.large or figure.value)))))


def is_draft(path: Path) -> bool:
    """Whether a folder was written as a draft."""
    try:
        return _DRAFT in (path / COPY).read_bytes()[:2_000]
    except OSError:
        return False


OUTLET = Outlet("wechat", "公众号", "复制到微信公众号的编辑器里，图和封面另附", (), False, write_wechat,
                is_draft=is_draft, findings=_found)
