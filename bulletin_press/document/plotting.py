"""An author's table as a chart: cells as numbers, heads as names and units, the whole in words.

A table's first column names what its rows tell of, each further one is a series of numbers; of a timeline the
first column says when and the second what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bulletin_press.document.exhibits import Caption
from bulletin_press.document.plots import MOST_SERIES, Form, Moment, Plot, PlotSeries, PlotValue, Timeline
from bulletin_press.document.tree import Grid, Inline, plain_text, text_nodes
from bulletin_press.language.script import lazy

_NUMBER = lazy(r"(?P<sign>[▲▼+＋\-−－]?)(?P<digits>\d[\d,]*(?:\.\d+)?)[ \u3000]*(?P<unit>[^\d\s]{0,6})")
_MISSING = frozenset({"", "-", "–", "—", "——", "…", "……", "/", "无", "暂无", "缺", "未公布", "不详", "N/A", "n/a"})
_UNIT = lazy(r"(?P<label>.+?)[ ]*[（(](?P<unit>[^（）()]{1,12})[）)]")
_NEGATIVE = frozenset("▼-−－")


@dataclass(frozen=True)
class PlotWords:
    """What an author says of a chart; ``unit`` is that of columns which name none."""

    title: str | None = None
    unit: str | None = None
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class CellFault:
    """A cell that cannot be drawn, ``row`` of the body from 0; ``start`` to ``end`` are its characters in the string.

    ``unit`` is what its column is measured in where it has another one, None where the cell is no number.
    """

    row: int
    column: int
    text: str
    start: int
    end: int
    unit: str | None = None


def value_of(text: str) -> tuple[Decimal | None, str] | None:
    """A cell's value and unit: no value where nothing was published, None altogether where it is no number."""
    text = text.strip()
    if text in _MISSING:
        return None, ""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    value = Decimal(match["digits"].replace(",", ""))
    return -value if match["sign"] in _NEGATIVE and match["sign"] else value, match["unit"].replace("％", "%")


def named(head: str) -> tuple[str, str]:
    """A column's head as its name and its unit, which may be empty: 合同额（亿元）."""
    match = _UNIT.fullmatch(head.strip())
    return (match["label"], match["unit"].replace("％", "%")) if match else (head.strip(), "")


def plot_of(grid: Grid, form: Form, words: PlotWords) -> Plot | Timeline:
    """A table as a chart; cells that are no numbers are left out of it.

    Args:
        grid: two columns or more, a row or more.
        form: how it is drawn.
        words: what its author says of it.
    """
    names = [_text(row[0]) for row in grid.rows]
    if form == "timeline":
        moments = tuple(Moment(name, _text(row[1])) for name, row in zip(names, grid.rows, strict=True))
        told = "；".join(f"{one.when}，{one.what}" for one in moments)
        title = words.title or _text(grid.head[1])
        return Timeline(_caption(title, "", f"时间轴：{title}。{told}。", words), moments)
    series = tuple(_series(grid, at, words.unit or "") for at in range(1, len(grid.head)))[:MOST_SERIES]
    units = list(dict.fromkeys(one.unit for one in series if one.unit))
    title = words.title or "、".join(one.label for one in series)
    lone = len(series) == 1
    subject = units[0] if len(units) == 1 else ""
    if words.title and lone and series[0].label not in words.title:
        subject = "，".join(filter(None, (series[0].label, subject)))
    shape = {"bars": "条形图", "columns": "柱形图", "line": "折线图"}[form]
    alt = f"{shape}：{title}。" + "".join(f"{one}。" for one in _told(names, series))
    return Plot(form, _caption(title, subject, alt, words), tuple(names), series)


def _caption(title: str, subject: str, alt: str, words: PlotWords) -> Caption:
    notes = (words.note.rstrip("。"),) if words.note else ()
    return Caption(title, subject, notes, words.source or "", alt)


def _told(names: Sequence[str], series: Sequence[PlotSeries]) -> Iterator[str]:
    """Each series in words, with every figure that the chart shows."""
    for one in series:
        unit = one.unit
        figures = (f"{name} {_said(value, unit)}" for name, value in zip(names, one.values, strict=True))
        yield f"{one.label}：{'，'.join(figures)}" if len(series) > 1 else "，".join(figures)


def _said(value: PlotValue, unit: str) -> str:
    if value.value is None:
        return "无数据"
    return value.text if not unit or value.text.endswith(unit) else value.text + unit


def _series(grid: Grid, column: int, unit: str) -> PlotSeries:
    label, own = named(_text(grid.head[column]))
    read = [(_text(row[column]), value_of(_text(row[column]))) for row in grid.rows]
    typed = next((value[1] for _, value in read if value and value[1]), "")
    unit = own or typed or unit
    values = tuple(PlotValue(value[0], _trimmed(text, unit)) if value and value[0] is not None else PlotValue(None, "—")
                   for text, value in read)
    return PlotSeries(label, unit, values)


def _trimmed(text: str, unit: str) -> str:
    """A figure without its unit, which the caption says; per cent stays with it. A minus is a minus sign."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    sign = "−" if match["sign"] and match["sign"] in _NEGATIVE else ""
    return sign + match["digits"] + ("%" if unit == "%" else "")


def cell_faults(grid: Grid) -> Iterator[CellFault]:
    """The cells of a table that cannot be drawn as numbers, or are of another unit than their column."""
    for column in range(1, len(grid.head)):
        unit = named(_text(grid.head[column]))[1]
        for at, row in enumerate(grid.rows):
            text = _text(row[column])
            value = value_of(text)
            nodes = list(text_nodes(row[column]))
            start, end = (nodes[0].start, nodes[-1].start + len(nodes[-1].text)) if nodes else (0, 0)
            if value is None:
                yield CellFault(at, column, text, start, end)
            elif value[1]:
                unit = unit or value[1]
                if value[1] != unit:
                    yield CellFault(at, column, text, start, end, unit)


def _text(cell: tuple[Inline, ...]) -> str:
    return plain_text(cell).strip()
