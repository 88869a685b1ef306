"""An issue as a Word file: the document walked from its name to its colophon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulletin_press.document.exhibits import Chart, Exhibits, FigureTable, Growth
from bulletin_press.document.plots import AuthorsChart
from bulletin_press.document.tree import (
    Attribution,
    Block,
    BulletList,
    Document,
    Drawn,
    Entry,
    Grid,
    Inline,
    Item,
    KeyDates,
    Origin,
    Paragraph,
    Picture,
    Pictures,
    PullQuote,
    Section,
    Subheading,
)
from bulletin_press.toml.positions import KeyPath
from bulletin_press.writers.flow.filling import day_of
from bulletin_press.writers.flow.words import written_date
from bulletin_press.writers.word.slots import Piece, pieces_of
from bulletin_press.writers.word.styles import (
    BODY,
    CAPTION,
    CELL,
    COLOPHON,
    CONTENTS,
    CREDIT,
    EVENT,
    FIGURE,
    LABEL,
    LARGE,
    LIST,
    MEASURE,
    NAME,
    NOTE,
    NUMBER,
    QUOTE,
    SECTION,
    SUBTITLE,
    TIP,
    TIP_LIST,
    TITLE,
)
from bulletin_press.writers.word.tables import (
    NOTHING,
    Widths,
    columns,
    figure_grid,
    key_grid,
    large_size,
    valued,
)

if TYPE_CHECKING:
    from bulletin_press.writers.word.paper import Paper

# Between two things in one line.
_APART = "　"
# A picture is no higher, points: a higher one leaves a hole at the foot of the page before.
_TALLEST = 250.0


class Content:
    """Writes a document on a paper.

    Args:
        paper: the file.
        plates: the charts as PNG; a chart that has none is left out.
        images: the pictures' bytes; a picture that has none is told of in words.
    """

    def __init__(self, paper: Paper, plates: Mapping[Chart | AuthorsChart, bytes], images: Mapping[Picture, bytes]
                 ) -> None:
        self.paper, self._plates, self._images = paper, plates, images
        self._figures, self._tables, self._listed = 0, 0, 0

    def write(self, document: Document, *, draft: bool = False) -> None:
        """All of it."""
        self._front(document, draft=draft)
        for section in document.sections:
            self._section(section)
        for _ in range(3):
            self.paper.gap()
        for label, value in document.colophon:
            self.paper.paragraph(COLOPHON, Piece(f"{label}{_APART}{value}"))
        front = document.front
        self.paper.running(f"{front.name}　{front.year}{front.number}", "校样" if draft else "")

    def _front(self, document: Document, *, draft: bool) -> None:
        front, put = document.front, self.paper.paragraph
        put(NAME, Piece(front.name))
        number = f"{front.year}{front.number}" + (f"（{front.total_number}）" if front.total_number else "")
        put(NUMBER, Piece(_APART.join(filter(None, (
            "【校样】" if draft else "", number, front.date, f"编印单位：{front.organiser}",
            f"签发人：{front.signatory}" if front.signatory else "", "内部资料　免费交流" if front.internal else "")))))
        if front.cover and (data := self._images.get(front.cover)):
            self.paper.picture(data, front.cover.alt, MEASURE)
            if front.cover.caption:
                put(NOTE, Piece(front.cover.caption, (*front.cover.origin.path[:-1], "cover_caption")))
        if document.exhibits and document.exhibits.lead:
            self._lead(document.exhibits)
        if document.contents:
            put(SUBTITLE, Piece("本期导读"))
        for group in document.contents:
            for at, entry in enumerate(group.entries):
                put(CONTENTS, Piece(group.title if at == 0 else "", look="accent"), Piece("\t"), Piece(entry.text))

    def _lead(self, shown: Exhibits) -> None:
        """The figures of the first rank large, two in a row; the others in a line each."""
        put = self.paper.paragraph
        for start in range(0, len(shown.lead), 2):
            with self.paper.table(Widths((MEASURE / 2,) * 2), ruled=False) as table, table.row() as row:
                for one in shown.lead[start : start + 2]:
                    with row.cell():
                        put(LABEL, Piece(f"{one.label}{one.note}"))
                        with self.paper.sized(large_size(shown.lead[start : start + 2])):
                            put(LARGE, Piece(one.large or one.value),
                                Piece(f" {one.large_unit or one.unit}", look="small"))
                        put(LABEL, *(_growth(one.growth) if one.growth else ()), Piece("　同比" if one.growth else ""))
            self.paper.gap()
        if shown.more:
            with self.paper.table(columns(key_grid(shown.more))) as table:
                for one in shown.more:
                    with table.row() as row:
                        with row.cell():
                            put(CELL, Piece(f"{one.label}{one.note}"))
                        with row.cell():
                            put(FIGURE, Piece(valued(one)))
                        with row.cell():
                            put(FIGURE, *(_growth(one.growth) if one.growth else ()))
        if any(one.large and one.large_unit != one.unit for one in (*shown.lead, *shown.more)):
            put(NOTE, Piece("以亿计的数是四舍五入的，确切的数见正文和表。"))

    # --- sections and items -----------------------------------------------------------------

    def _section(self, section: Section) -> None:
        numeral = f"{section.numeral}、" if section.numeral else ""
        self.paper.paragraph(SECTION, Piece(numeral + section.title))
        for item in section.items:
            self._item(section.kind, item)

    def _item(self, kind: str, item: Item) -> None:
        base = item.origin.path[:-1] if item.origin else ()
        if item.title:
            self.paper.paragraph(TITLE, Piece(f"{item.number}. " if item.number else ""),
                                 Piece(item.title, item.origin.path if item.origin else None))
        if item.logo and (data := self._images.get(item.logo)):
            self.paper.picture(data, item.logo.alt, 90)
        self._credit(item, base)
        numbered = item.number is not None and not item.title
        for at, block in enumerate(item.blocks):
            if at == 0 and numbered and isinstance(block, Paragraph):
                # Word counts them itself; where it would count wrongly, for others have titles, the number is text.
                if item.number != self._listed + 1:
                    self.paper.paragraph(BODY, Piece(f"{item.number}. "), *pieces_of(block.inlines, block.origin))
                    continue
                self._listed += 1
                self.paper.paragraph(EVENT, *pieces_of(block.inlines, block.origin))
            else:
                self._block(block, TIP if kind == "tip" else BODY)
            if item.exhibits:
                self._exhibits(item.exhibits, at, last=at == len(item.blocks) - 1)
        if item.exhibits and not item.blocks:
            self._exhibits(item.exhibits, 0, last=True)
        if item.more:
            self.paper.paragraph(BODY, Piece("（具体内容详见"), Piece(item.more, (*base, "more")), Piece("）"))

    def _credit(self, item: Item, base: KeyPath) -> None:
        given = item.attribution
        parts = [[Piece("来源："), *_source(given, base)] if given.source else [],
                 [Piece("作者："), Piece(given.author, (*base, "author"))] if given.author else [],
                 [Piece(written_date(day))] if (day := day_of(item)) else [],
                 [Piece("原文链接", href=given.url)] if given.url else []]
        pieces = list[Piece]()
        for part in filter(None, parts):
            pieces += [Piece(_APART), *part] if pieces else part
        if pieces:
            self.paper.paragraph(CREDIT, *pieces)

    def _exhibits(self, shown: Exhibits, paragraph: int, *, last: bool) -> None:
        """The table behind the first paragraph, each chart behind its own; what has none behind the last."""
        charts = [one for one in shown.charts if one.after == paragraph or (last and one.after > paragraph)]
        for chart in charts:
            self._chart(chart)
        if shown.table and paragraph == 0:
            self._figure_table(shown.table)

    # --- blocks -----------------------------------------------------------------------------

    def _block(self, block: Block, style: str) -> None:
        put = self.paper.paragraph
        match block:
            case Paragraph():
                put(style, *pieces_of(block.inlines, block.origin))
            case Subheading():
                put(SUBTITLE, *pieces_of(block.inlines, block.origin))
            case BulletList():
                for entry in block.entries:
                    put(TIP_LIST if style == TIP else LIST, *pieces_of(entry, block.origin))
            case Grid():
                self._grid(block)
            case Pictures():
                for picture in block.pictures:
                    self._picture(picture)
            case Drawn():
                self._chart(block.chart)
            case PullQuote():
                by = [Piece("——"), Piece(block.by, (*block.origin.path[:-1], "quote_by"))] if block.by else []
                put(QUOTE, Piece(block.text, block.origin.path), *by)
            case KeyDates():
                for at, one in enumerate(block.dates):
                    put(LIST, Piece(one.when, (*block.origin.path, at, 0), strong=True), Piece(_APART),
                        Piece(one.what, (*block.origin.path, at, 1)))
            case Entry():
                self._entry(block, style)

    def _entry(self, entry: Entry, style: str) -> None:
        first, *rest = entry.blocks
        if rest or not isinstance(first, Paragraph):
            for one in entry.blocks:
                self._block(one, style)
        elif entry.label == "简介":
            self._block(first, style)
        else:
            self.paper.paragraph(CREDIT, Piece(f"{entry.label}："), *pieces_of(first.inlines, first.origin))

    def _picture(self, picture: Picture) -> None:
        data = self._images.get(picture)
        if data is None:
            self.paper.paragraph(NOTE, Piece(f"［图片：{picture.typed}］"))
        else:
            self.paper.picture(data, picture.alt, MEASURE / 2 if picture.width == "half" else MEASURE, _TALLEST)
        if picture.caption:
            path = picture.origin.path
            where = (*path[:-1], "caption")
            self._figures += 1
            self.paper.numbered(NOTE, "图", self._figures, Piece(_APART), Piece(picture.caption, where))

    def _chart(self, chart: Chart | AuthorsChart) -> None:
        about = chart.caption
        self._figures += 1
        self.paper.numbered(CAPTION, "图", self._figures, Piece(f"{_APART}{about.title}"),
                            Piece(f"{_APART}{about.subject}" if about.subject else "", look="light"))
        if data := self._plates.get(chart):
            self.paper.picture(data, about.alt, MEASURE)
        notes = "".join(f"{note}。" for note in about.notes) + (f"来源：{about.source}" if about.source else "")
        if notes:
            self.paper.paragraph(NOTE, Piece(notes))

    # --- tables -----------------------------------------------------------------------------

    def _grid(self, grid: Grid) -> None:
        self.paper.gap()
        with self.paper.table(columns(grid)) as table:
            for number, cells in enumerate((grid.head, *grid.rows)):
                with table.row(head=number == 0) as row:
                    for cell, side in zip(cells, grid.alignments, strict=True):
                        with row.cell():
                            self._cell(cell, grid.origin, FIGURE if side == "right" else CELL, head=number == 0)
        self.paper.gap()

    def _cell(self, cell: tuple[Inline, ...], origin: Origin | None, style: str, *, head: bool) -> None:
        pieces = pieces_of(cell, origin, strong=head)
        self.paper.paragraph(style, *pieces)

    def _figure_table(self, table: FigureTable) -> None:
        self._tables += 1
        units = "、".join(filter(None, (table.period, table.unit)))
        self.paper.numbered(CAPTION, "表", self._tables, Piece(f"{_APART}{table.title}"),
                            Piece(f"{_APART}{units}", look="light"))
        put = self.paper.paragraph
        with self.paper.table(columns(figure_grid(table))) as made:
            with made.row(head=True) as row:
                with row.cell():
                    put(CELL, Piece("指标", strong=True))
                for measure, grows in zip(table.measures, table.growths, strict=True):
                    for words in (measure, *(["同比"] if grows else [])):
                        with row.cell():
                            put(FIGURE, Piece(words, strong=True))
            for line in table.rows:
                with made.row() as row:
                    with row.cell():
                        put(CELL, Piece(line.label, strong=line.total))
                    for cell, grows in zip(line.cells, table.growths, strict=True):
                        with row.cell():
                            put(FIGURE, Piece(cell.value if cell else NOTHING, strong=line.total))
                        if grows:
                            with row.cell():
                                put(FIGURE, *(_growth(cell.growth) if cell and cell.growth else (Piece(NOTHING),)))
        put(NOTE, Piece("".join(f"{note}。" for note in table.notes) + f"来源：{table.source}"))


def _source(given: Attribution, base: KeyPath) -> tuple[Piece, ...]:
    """A source: its author's words, and the press's behind them."""
    typed = (given.source or "").removesuffix(given.told)
    return (*([Piece(typed, (*base, "source"))] if typed else []), *([Piece(given.told)] if given.told else []))


def _growth(growth: Growth) -> tuple[Piece, Piece]:
    colour = {"rise": "rise", "fall": "accent", "level": ""}[growth.way]
    return Piece(growth.mark, look=colour), Piece(growth.text)
