"""What an author may set beside an item's text: charts of its tables, a pull quote, its dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bulletin_press.document.markup import blocks_of
from bulletin_press.document.plots import FORMS, MOST_ROWS, Form
from bulletin_press.document.plotting import PlotWords, plot_of
from bulletin_press.document.prose import TABLE
from bulletin_press.document.tree import (
    Block,
    Drawn,
    Grid,
    KeyDate,
    KeyDates,
    Origin,
    Paragraph,
    Pictures,
    PullQuote,
)
from bulletin_press.document.tree import Text as Characters
from bulletin_press.issue.sections.base import IllustratedFields, with_pictures
from bulletin_press.language.numerals import chinese_date
from bulletin_press.publication.workspace import Workspace
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Complaint, Line, Model, Text, refuse

# What people call the forms.
_CALLED = {"bar": "bars", "条形": "bars", "条形图": "bars", "横条": "bars", "横条图": "bars", "column": "columns",
           "柱形": "columns", "柱形图": "columns", "柱状图": "columns", "直方图": "columns", "lines": "line",
           "折线": "line", "折线图": "line", "曲线": "line", "曲线图": "line",
           "时间轴": "timeline", "时间线": "timeline", "大事记": "timeline"}
MOST_DATES = 12


def _form(value: Any) -> Any:
    if isinstance(value, str) and value not in FORMS:
        meant = _CALLED.get(value.strip().lower())
        words = "bars 条形、columns 柱形、line 折线、timeline 时间轴"
        refuse("wrong-value", f"图的样子只能是 {words}，没有“{value[:20]}”", meant and f'"{meant}"',
               certain=bool(meant))
    return value


def _cell(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | float | date):
        refuse("wrong-type", "表里的一格要写文字、数或日期")
    if isinstance(value, str):
        return value.strip()
    return chinese_date(value) if isinstance(value, date) else format(value, "f" if isinstance(value, Decimal) else "")


def _rows(value: Any) -> Any:
    """A table as rows of cells, the head first; what is no list is left to the type."""
    if not isinstance(value, list):
        return value
    if len(value) < 2 or not all(isinstance(row, list) and len(row) > 1 for row in value):
        refuse("wrong-value", "表要写成几行，先写表头：[[\"年份\", \"金额（亿元）\"], [\"2021年\", 45.5]]，"
                              "每行两格以上；也可写成 ''' ''' 里的 | 表格 |")
    for row in value:
        if len(row) != len(value[0]):
            refuse("wrong-value", f"这张表各行的格数不一：表头有 {len(value[0])} 格，有一行是 {len(row)} 格")
    return tuple(tuple(_cell(cell) for cell in row) for row in value)


class ChartFields(Model):
    """A chart: of the body's table of a number, or of a table of its own, as bars of text or as rows of cells."""

    kind: Annotated[Form, BeforeValidator(_form)]
    title: Line | None = None
    unit: Line | None = None
    source: Line | None = None
    note: Line | None = None
    data: Annotated[Text | tuple[tuple[str, ...], ...] | None, BeforeValidator(_rows)] = None
    table: Annotated[int, Field(ge=1, le=100, strict=True)] = 1
    keep: bool = False
    after: Annotated[int, Field(ge=1, le=1000, strict=True)] | None = None


def _chart(value: Any) -> Any:
    return {"kind": value} if isinstance(value, str) else value


def _pairs(value: Any) -> Any:
    if not isinstance(value, list) or not value or not all(isinstance(one, list) and len(one) == 2 for one in value):
        refuse("wrong-value", "关键日期要写成一对一对的："
                              "[[2022-08-18, \"中国加入工作组成立\"], [\"2021年11月\", \"提出申请\"]]")
    if len(value) > MOST_DATES:
        refuse("wrong-value", f"关键日期最多写 {MOST_DATES} 条，现在有 {len(value)} 条：拣要紧的写")
    pairs = tuple(tuple(_cell(cell) for cell in pair) for pair in value)
    if not all(cell for pair in pairs for cell in pair):
        refuse("wrong-value", "关键日期的日期和事情都要写")
    return pairs


Chart = Annotated[ChartFields, BeforeValidator(_chart)]
Pairs = Annotated[tuple[tuple[str, ...], ...], BeforeValidator(_pairs)]


class FurnishedFields(IllustratedFields):
    """Fields of an item with a body that may be furnished."""

    body: Text
    chart: Chart | None = None
    charts: Annotated[tuple[Chart, ...], Field(max_length=10)] = ()
    quote: Line | None = None
    quote_by: Line | None = None
    dates: Pairs = ()

    def asked(self, path: KeyPath) -> Iterator[tuple[KeyPath, ChartFields]]:
        """Each chart, with its path."""
        if self.chart:
            yield (*path, "chart"), self.chart
        yield from (((*path, "charts", at), one) for at, one in enumerate(self.charts))


@dataclass(frozen=True)
class ChartTable:
    """The table of a chart: ``path`` is that of the string which it is typed in; ``rows``: a cell has its own."""

    grid: Grid | None
    path: KeyPath
    rows: bool = False

    def at(self, row: int, column: int) -> KeyPath:
        """The path of a body cell."""
        return (*self.path, row + 1, column) if self.rows else self.path


def table_of(fields: FurnishedFields, chart: ChartFields, path: KeyPath, body: KeyPath) -> ChartTable:
    """The table that a chart draws; no grid where there is none.

    Args:
        fields: the item's.
        chart: one of its charts.
        path: the chart's.
        body: the item's body's.
    """
    if isinstance(chart.data, tuple):
        here = (*path, TABLE)
        cells = [tuple((Characters(cell),) for cell in row) for row in chart.data]
        grid = Grid(cells[0], tuple(cells[1:]), tuple("left" for _ in cells[0]), Origin(here))
        return ChartTable(grid, here, rows=True)
    text, where = (chart.data, (*path, TABLE)) if chart.data is not None else (fields.body, body)
    grids = [one for one in blocks_of(text, where) if isinstance(one, Grid)]
    number = chart.table if chart.data is None else 1
    return ChartTable(grids[number - 1] if len(grids) >= number else None, where)


def furnished_complaints(fields: FurnishedFields, path: KeyPath, workspace: Workspace) -> list[Complaint]:
    """What is wrong with the charts and the quote of an item, for which there is nothing to draw."""
    found = []
    for where, chart in fields.asked(path):
        table = table_of(fields, chart, where, (*path, "body"))
        if table.grid is None:
            missed = f"正文里没有第 {chart.table} 张 | 表格 |" if chart.data is None else "data 里没有 | 表格 |"
            found.append(Complaint("wrong-value", where if chart.data is None else table.path,
                                   f"要画成图，{missed}：表头一行，下面每项一行，例如 | 2021年 | 45.5 |"))
        elif not table.grid.rows or len(table.grid.head) < 2:
            found.append(Complaint("wrong-value", table.path, "要画成图的表格，要有表头、一行以上、两列以上"))
        elif chart.kind == "timeline" and len(table.grid.head) != 2:
            found.append(Complaint("wrong-value", where, "时间轴的表格只要两列：左边日期，右边事情"))
        elif len(table.grid.rows) > MOST_ROWS:
            found.append(Complaint("wrong-value", table.path,
                                   f"要画成图的表格最多 {MOST_ROWS} 行，现在有 {len(table.grid.rows)} 行"))
    if fields.quote_by and not fields.quote:
        found.append(Complaint("wrong-value", (*path, "quote_by"),
                               "写了 quote_by（谁的话），却没有 quote（摘出来的话）"))
    return found


def furnished_blocks(fields: FurnishedFields, folder: Path, path: KeyPath, fallback: str) -> tuple[Block, ...]:
    """A body with its pictures, charts and quote in place; its dates come last."""
    body, where = list[Block](blocks_of(fields.body, (*path, "body"))), (*path, "body")
    late: list[tuple[int, list[Block]]] = []
    for here, chart in fields.asked(path):
        table = table_of(fields, chart, here, where)
        if table.grid is None or not table.grid.rows or len(table.grid.head) < 2:
            continue
        words = PlotWords(chart.title, chart.unit, chart.source, chart.note)
        drawn: list[Block] = [Drawn(plot_of(table.grid, chart.kind, words), Origin(here))]
        if chart.keep:
            drawn.append(table.grid)
        if chart.data is None and table.grid in body:
            at = body.index(table.grid)
            body[at : at + 1] = drawn
        else:
            late.append((_behind(body, chart.after or len(body)), drawn))
    # From the last place to the first, and of one place from the last to the first: none moves another.
    for at in sorted(range(len(late)), key=lambda at: (late[at][0], at), reverse=True):
        place, drawn = late[at]
        body[place:place] = drawn
    if fields.quote:
        paragraphs = sum(isinstance(one, Paragraph) for one in body)
        body.insert(_behind(body, (paragraphs + 1) // 2), PullQuote(fields.quote, fields.quote_by,
                                                                   Origin((*path, "quote"))))
    blocks = with_pictures(tuple(body), fields.pictures(folder, path, fallback))
    if fields.dates:
        dates = tuple(KeyDate(when, what) for when, what in fields.dates)
        blocks = (*blocks, KeyDates(dates, Origin((*path, "dates"))))
    return blocks


def _behind(body: Sequence[Block], paragraph: int) -> int:
    """The place behind a paragraph by its number, from 1; behind all where there are fewer."""
    places = [at for at, one in enumerate(body) if isinstance(one, Paragraph)]
    place = places[paragraph - 1] + 1 if paragraph <= len(places) else len(body)
    # Not between a paragraph and the pictures or the list that it leads to.
    while place < len(body) and not isinstance(body[place], Paragraph) and isinstance(body[place], Pictures):
        place += 1
    return place
