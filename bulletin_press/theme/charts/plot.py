"""An author's numbers as bars or columns.

Bars: a row an item, a column of bars a series, each measured by its own unit's scale; columns: a group an item.
Values below nought go the other way from the line that all stand on. Series are told apart by their place or, in
a group of columns, by a filling, a hollow shape and a tone, so that print in grey loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bulletin_press.document.plots import Plot, PlotSeries
from bulletin_press.theme.charts.canvas import Canvas, text_width
from bulletin_press.theme.charts.ranking import broken_name
from bulletin_press.theme.charts.scale import steps_about
from bulletin_press.theme.charts.style import ChartStyle
from bulletin_press.theme.colours import mixed

_GAP = 5.0
_BETWEEN = 18.0
_WIDEST_NAMES, _LEAST_BARS, _LEAST_PANEL = 0.38, 0.22, 90.0
_PLOT_UNITS = 6


# --- bars ----------------------------------------------------------------------------------------


def draw_bars(plot: Plot, style: ChartStyle, width: float) -> Canvas:
    """Bars: the series side by side, or one below the other where that leaves no room for them."""
    names = max(text_width(name, style.labels, style.size) for name in plot.labels)
    count = len(plot.series)
    left = min(names, _WIDEST_NAMES * width) + 2 * _GAP
    across = (width - left - (count - 1) * _BETWEEN) / count
    values = max(_values_width(one, style) for one in plot.series)
    beside = count == 1 or (across >= _LEAST_PANEL and across - values - _GAP >= _LEAST_BARS * across)
    lines = [broken_name(name, style, left - 2 * _GAP) for name in plot.labels]
    rows = [len(one) for one in lines]
    titled = count > 1
    high = (sum(rows) + titled) * style.unit
    canvas = Canvas(style, width, high if beside else count * high + (count - 1) * 0.5 * style.unit)
    canvas.height = _whole(canvas.height, style.unit)
    for at, one in enumerate(plot.series):
        x, y = (left + at * (across + _BETWEEN), 0.0) if beside else (left, at * (high + 0.5 * style.unit))
        room = across if beside else width - left
        if at == 0 or not beside:
            _names(canvas, lines, y + titled * style.unit)
        if titled:
            _title(canvas, one, x if beside else 0, y, room if beside else width)
        _Bars(canvas, one, x, y + titled * style.unit, room, rows, _extent(plot.series, one.unit)).draw()
    return canvas


def _values_width(series: PlotSeries, style: ChartStyle) -> float:
    widest = max(text_width(value.text, style.figures, style.size, style.weight) for value in series.values)
    # Values stand on both sides where some are below nought.
    return widest * (2 if any(value.value is not None and value.value < 0 for value in series.values) else 1)


def _names(canvas: Canvas, names: Sequence[Sequence[str]], y: float) -> None:
    for lines in names:
        for line in lines:
            canvas.label(0, y + 0.5 * canvas.style.unit, line)
            y += canvas.style.unit


def _title(canvas: Canvas, series: PlotSeries, x: float, y: float, room: float) -> None:
    style = canvas.style
    text = f"{series.label}（{series.unit}）" if series.unit else series.label
    size = min(style.size, style.size * room / text_width(text, style.labels, style.size))
    canvas.label(x, y + 0.5 * style.unit, text, size=max(size, 6.5), color=style.faint)


class _Bars:
    """The bars of a series in rows of some units each, from a height on."""

    def __init__(self, canvas: Canvas, series: PlotSeries, x: float, y: float, room: float, rows: Sequence[int],
                 extent: tuple[Decimal, Decimal]) -> None:
        self.canvas, self.style, self.series, self.x, self.y, self.rows = canvas, canvas.style, series, x, y, rows
        self.least, self.most = extent
        # A value stands at the far end of its bar: room for the widest of either side.
        before = max((self._wide(value.text) for value in series.values if value.value and value.value < 0), default=0)
        after = max((self._wide(value.text) for value in series.values if not (value.value and value.value < 0)),
                    default=0)
        self.scale = max(room - before - after, 1) / float(self.most - self.least)
        self.nought = x + before + float(-self.least) * self.scale

    def _wide(self, text: str) -> float:
        return text_width(text, self.style.figures, self.style.size, self.style.weight) + _GAP

    def draw(self) -> None:
        y, style = self.y, self.style
        largest = max((abs(one.value) for one in self.series.values if one.value is not None), default=Decimal(0))
        for value, units in zip(self.series.values, self.rows, strict=True):
            middle = y + 0.5 * style.unit
            length = float(value.value or 0) * self.scale
            tone = style.tones[0] if abs(value.value or 0) == largest else style.tones[min(1, len(style.tones) - 1)]
            if length:
                self.canvas.bar(min(self.nought, self.nought + length), middle - style.bar / 2, abs(length), style.bar,
                                tone)
            if length < 0:
                self.canvas.figure(self.nought + length - _GAP, middle, value.text, anchor="end")
            else:
                self.canvas.figure(self.nought + length + _GAP, middle, value.text,
                                   color=style.faint if value.value is None else style.ink)
            y += units * style.unit
        self.canvas.line([(self.nought, self.y + 0.5), (self.nought, y - 0.5)], style.ink, 0.6)


# --- columns -------------------------------------------------------------------------------------


def draw_columns(plot: Plot, style: ChartStyle, width: float) -> Canvas:
    """Columns: the series of a unit in one panel, a panel a unit below the other."""
    panels = panels_of(plot.series)
    heights = [(1 + _PLOT_UNITS) * style.unit for _ in panels]
    axis = axis_lines(plot.labels, style, width)
    canvas = Canvas(style, width, sum(heights) + len(axis) * style.unit)
    y = 0.0
    for panel, high in zip(panels, heights, strict=True):
        _Columns(canvas, panel, y, high, titled=len(panels) > 1 or len(panel) > 1, united=len(panels) == 1).draw()
        y += high
    draw_axis(canvas, axis, len(plot.labels), y)
    return canvas


class _Columns:
    """The columns of a panel: a group of a column a series for each row of the table."""

    def __init__(self, canvas: Canvas, panel: Sequence[PlotSeries], y: float, high: float, *, titled: bool,
                 united: bool) -> None:
        self.canvas, self.style, self.panel, self.titled = canvas, canvas.style, panel, titled
        # The caption says the unit of all.
        self.unit = "" if united else panel[0].unit
        least, most = _extent(panel, panel[0].unit)
        self.y, style = y, self.style
        # A line for the key, and one for the figures at either end of the columns.
        top = y + (1.9 if titled else 1.0) * style.unit
        bottom = y + high - (0.9 if least < 0 else 0.2) * style.unit
        self.scale = (bottom - top) / float(most - least)
        self.nought = bottom + float(least) * self.scale
        count = len(panel[0].values)
        self.pitch = canvas.width / count
        self.thick = min(0.78 * self.pitch / len(panel), 2.2 * style.bar)

    def draw(self) -> None:
        style = self.style
        if self.titled:
            draw_key(self.canvas, self.panel, self.y + 0.5 * style.unit, self.unit)
        widest = max(text_width(value.text, style.figures, style.small, 400)
                     for one in self.panel for value in one.values)
        # Figures that would touch are left to every column that is highest, and to the last.
        told = widest + 2 <= self.pitch / len(self.panel)
        for at, one in enumerate(self.panel):
            numbers = [value.value for value in one.values if value.value is not None]
            for row, value in enumerate(one.values):
                x = (row + 0.5) * self.pitch + (at - len(self.panel) / 2) * self.thick
                shown = told or value.value in (max(numbers, default=None), min(numbers, default=None)) \
                    or row + 1 == len(one.values)
                self._column(x, value.value, value.text if shown else "", at)
        self.canvas.line([(0, self.nought), (self.canvas.width, self.nought)], style.ink, 0.6)

    def _column(self, x: float, value: Decimal | None, text: str, at: int) -> None:
        style = self.style
        high = float(value or 0) * self.scale
        if high:
            fill, line = fillings(style)[at % 4]
            self.canvas.box(x + 0.5, min(self.nought, self.nought - high), self.thick - 1, abs(high), fill, line)
        middle = self.nought - high + (-0.42 if high >= 0 else 0.42) * style.unit
        if text:
            half = text_width(text, style.figures, style.small) / 2
            at_middle = min(max(x + self.thick / 2, half), self.canvas.width - half)
            self.canvas.figure(at_middle, middle, text, anchor="middle", size=style.small, weight=400,
                               color=style.faint if value is None else style.ink)


# --- what bars, columns and lines share ------------------------------------------------------------


def fillings(style: ChartStyle) -> Sequence[tuple[str, str]]:
    """Fill and outline of the first four series: dark, hollow, a middle tone, a pale one."""
    dark = style.tones[0]
    return (dark, dark), ("#FFFFFF", dark), (mixed(dark, "#FFFFFF", 0.5), dark), (mixed(dark, "#FFFFFF", 0.8), dark)


def panels_of(series: Sequence[PlotSeries]) -> list[list[PlotSeries]]:
    """The series by their units, in the order in which these come."""
    found: dict[str, list[PlotSeries]] = {}
    for one in series:
        found.setdefault(one.unit, []).append(one)
    return list(found.values())


def draw_key(canvas: Canvas, panel: Sequence[PlotSeries], middle: float, unit: str) -> None:
    """What the series of a panel are called, each beside its filling; the unit, where there is one, at the end."""
    style, x = canvas.style, 0.0
    for at, one in enumerate(panel):
        if len(panel) > 1:
            fill, line = fillings(style)[at % 4]
            canvas.box(x, middle - 0.4 * style.size, 0.8 * style.size, 0.8 * style.size, fill, line)
            x += 1.15 * style.size
        x += canvas.label(x, middle, one.label, size=style.small + 0.5) + 2.4 * _GAP
    if unit:
        canvas.label(x, middle, unit, size=style.small + 0.5, color=style.faint)


def axis_lines(labels: Sequence[str], style: ChartStyle, width: float) -> list[list[str]]:
    """The names below columns or points, in as many lines as they take; some are left out where they would touch."""
    pitch = width / len(labels)
    widest = max(text_width(name, style.labels, style.small) for name in labels)
    if widest + 4 <= pitch:
        return [list(labels)]
    short = min(text_width("汉字字", style.labels, style.small), widest) + 4
    if pitch >= short:
        names = [broken_name(name, style, pitch - 4, style.small) for name in labels]
        deep = max(map(len, names))
        return [[name[line] if line < len(name) else "" for name in names] for line in range(min(deep, 4))]
    every = next(step for step in range(2, len(labels) + 2) if step * pitch >= min(widest + 4, width))
    # The last is always named: it is what readers look for.
    last = len(labels) - 1
    return [[name if (last - at) % every == 0 else "" for at, name in enumerate(labels)]]


def draw_axis(canvas: Canvas, lines: Sequence[Sequence[str]], count: int, y: float, left: float = 0,
              pitch: float | None = None) -> None:
    """The names of an axis, each line of them below the other, from a height on."""
    step = pitch or canvas.width / count
    for depth, line in enumerate(lines):
        for at, name in enumerate(line):
            if not name:
                continue
            wide = text_width(name, canvas.style.labels, canvas.style.small)
            x = left + (at + 0.5) * step
            x = min(max(x, wide / 2), canvas.width - wide / 2)
            canvas.label(x, y + (depth + 0.5) * canvas.style.unit, name, anchor="middle", size=canvas.style.small)


def _extent(series: Sequence[PlotSeries], unit: str) -> tuple[Decimal, Decimal]:
    """The least and the largest value of the series of a unit, and nought; never the same."""
    numbers = [value.value for one in series if one.unit == unit for value in one.values if value.value is not None]
    least, most = min([*numbers, Decimal(0)]), max([*numbers, Decimal(0)])
    return (least, most) if most > least else (least, least + 1)


def scale_of(panel: Sequence[PlotSeries]) -> tuple[Decimal, ...]:
    """Round values from below the least to above the largest value of a panel, nought among them."""
    return steps_about(*_extent(panel, panel[0].unit))


def _whole(height: float, unit: float) -> float:
    """A height as the next whole number of units."""
    return -(-round(height, 3) // unit) * unit
