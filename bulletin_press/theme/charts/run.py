"""The run of the year: paired bars for a few periods, lines for more.

This year in the leading tone, the year before in the next. Lines begin at nought in January and
are dashed over months that no issue gave.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from bulletin_press.document.exhibits import Point, RunChart, Series
from bulletin_press.theme.charts.canvas import Canvas, text_width, value_width
from bulletin_press.theme.charts.scale import steps
from bulletin_press.theme.charts.style import ChartStyle
from bulletin_press.theme.colours import mixed

# More periods than this read better as a line.
MAX_PAIRS = 4
MAX_BRIEF = 2
_GAP = 5.0
_BASE_NAME = "上年同期"
# A row of a pair, units: room for the name of the thin bar below the thick one.
_PAIR = 1.3
# Between cumulative figures and single months, units.
_APART = 0.4
_LEAST_BARS = 0.25


def draw_run(chart: RunChart, style: ChartStyle, width: float) -> Canvas:
    """The chart in the form that its number of periods asks for."""
    if max(len(run.cumulative) for run in chart.runs) <= (MAX_BRIEF if chart.brief else MAX_PAIRS):
        return _draw_pairs(chart, style, width)
    return _draw_lines(chart, style, width)


# --- paired bars ---------------------------------------------------------------------------------


def _draw_pairs(chart: RunChart, style: ChartStyle, width: float) -> Canvas:
    """A row a period: this year's bar, and a thin one for the year before below it."""
    rows = [(run, point) for run in chart.runs for point in (*run.cumulative, *run.months)]
    runs = max(text_width(run.label, style.labels, style.size) for run in chart.runs)
    periods = max(text_width(point.label, style.labels, style.small) for _, point in rows)
    beside = runs + periods <= 0.35 * width
    left = (runs + _GAP * 2 if beside else 0) + periods + 2 * _GAP
    values = max(value_width(point.text, point.growth, style) for _, point in rows)
    # Where bars would shrink to nothing the growth, which the table has too, gives way.
    brief = width - left - _GAP - values < _LEAST_BARS * width
    if brief:
        values = max(value_width(point.text, None, style) for _, point in rows)
    room = width - left - _GAP - values
    base_name = text_width(_BASE_NAME, style.labels, style.small)
    most = _most_by_unit(chart.runs)
    room = min(room, width - left - _GAP - base_name)
    unit = style.unit
    # Names of measures take a row of their own where the drawing is narrow.
    apart = sum(bool(run.months) for run in chart.runs) * _APART
    height = (_PAIR * len(rows) + (0 if beside else len(chart.runs)) + (len(chart.runs) - 1) * 0.4 + apart) * unit
    canvas = Canvas(style, width, _whole(height, unit))
    y, first = 0.0, True
    for run in chart.runs:
        if run is not chart.runs[0]:
            y += 0.4 * unit
        if not beside:
            canvas.label(0, y + 0.5 * unit, run.label)
            y += unit
        if beside:
            canvas.label(0, y + 0.32 * unit, run.label)
        # A month is small beside the sum of several. On a scale of its own it would look as long as they are, and
        # bars that stand under one another are read by one scale.
        top = y
        for point in (*run.cumulative, *run.months):
            y += _APART * unit if run.months and point is run.months[0] else 0
            canvas.label(left - 2 * _GAP, y + 0.32 * unit, point.label, anchor="end", size=style.small,
                         color=style.faint)
            first = not _draw_pair(canvas, point, left, y, room, most[run.unit], named=first, brief=brief) and first
            y += _PAIR * unit
        canvas.line([(left, top + 0.5), (left, y - (_PAIR - 1) * unit - 0.5)], style.ink, 0.6)
    return canvas


def _draw_pair(canvas: Canvas, point: Point, left: float, y: float, room: float, most: Decimal,
               *, named: bool, brief: bool) -> bool:
    """Draw a row; tells whether it has a bar for the year before."""
    style, unit = canvas.style, canvas.style.unit
    # The pair stands a little apart from its neighbours; both bars together are as thick as one.
    thick, thin = 0.6 * style.bar, 0.3 * style.bar
    length = float(point.value / most) * room
    if point.value:
        canvas.bar(left, y + 0.32 * unit - thick / 2, length, thick, style.tones[0])
    before = float(point.base / most) * room if point.base else 0.0
    # Beside the longer bar: the words are higher than this year's alone.
    canvas.value(left + max(length, before) + _GAP, y + 0.32 * unit, point.text, None if brief else point.growth)
    if point.base is None:
        return False
    if point.base:
        canvas.bar(left, y + 0.32 * unit + thick / 2 + 0.5, before, thin, style.tones[1 % len(style.tones)])
    if named:
        canvas.label(left + before + _GAP, y + 0.86 * unit, _BASE_NAME, size=style.small, color=style.faint)
    return True


def _whole(height: float, unit: float) -> float:
    """A height as the next whole number of units."""
    return -(-round(height, 3) // unit) * unit


# --- lines ---------------------------------------------------------------------------------------

_BETWEEN = 24.0
_TWO_PANELS = 360.0
_PLOT_UNITS, _BRIEF_UNITS, _MONTH_UNITS = 6, 4, 3
# No column of a month is thicker, bars.
_THICKEST = 1.0


def _draw_lines(chart: RunChart, style: ChartStyle, width: float) -> Canvas:
    """A panel a measure, side by side where there is room: cumulative lines, and columns of months."""
    across = 2 if width >= _TWO_PANELS and len(chart.runs) > 1 else 1
    down = -(-len(chart.runs) // across)
    panel_width = (width - (across - 1) * _BETWEEN) / across
    months = any(run.months for run in chart.runs) and not chart.brief
    plot = _BRIEF_UNITS if chart.brief else _PLOT_UNITS
    panel_units = 2 + plot + (1 + _MONTH_UNITS if months else 0)
    canvas = Canvas(style, width, (down * panel_units + (down - 1)) * style.unit)
    for index, run in enumerate(chart.runs):
        x = (index % across) * (panel_width + _BETWEEN)
        y = (index // across) * (panel_units + 1) * style.unit
        _Panel(canvas, run, chart.year, x, y, panel_width, plot).draw(months=months)
    return canvas


class _Panel:
    """One measure: its name, its cumulative lines, under them its months as columns."""

    def __init__(self, canvas: Canvas, run: Series, year: int, x: float, y: float, width: float,
                 plot: int) -> None:
        self.canvas, self.style, self.run, self.year, self.plot = canvas, canvas.style, run, year, plot
        self.x, self.y, self.width = x, y, width
        style = self.style
        self.scale = steps(_most(run.cumulative))
        # January's month is its cumulative figure: nothing to derive.
        january = tuple(point for point in run.cumulative if point.month == 1)
        self.months = (*january, *run.months) if run.months else ()
        months = steps(_most(self.months), 2) if self.months else (Decimal(0),)
        self.month_scale = months
        axis = max(text_width(format(value, "f"), style.figures, style.small)
                   for value in (*self.scale, *months))
        self.left = x + axis + _GAP
        last = run.cumulative[-1]
        tail = text_width(f"{year}年", style.figures, style.small) + 1.5 * _GAP
        # The axis ends with the last month: months to come would leave the drawing half empty.
        self.step = (x + width - self.left - tail) / last.month

    def draw(self, *, months: bool) -> None:
        unit = self.style.unit
        self._head()
        top = self.y + 1.25 * unit
        bottom = self.y + (1 + self.plot) * unit
        self._grid(self.scale, top, bottom)
        self._lines(top, bottom)
        foot = bottom
        if months and self.months:
            top, foot = bottom + 1.5 * unit, bottom + (1 + _MONTH_UNITS) * unit
            last = self.months[-1]
            used = self.canvas.label(self.x, bottom + 0.6 * unit, _months_name(self.months), size=self.style.small,
                                     color=self.style.faint)
            self.canvas.figure(self.x + used + _GAP, bottom + 0.6 * unit, f"{last.month}月 {last.text}",
                               size=self.style.small)
            self._grid(self.month_scale, top, foot, beyond=self._thick + 0.3)
            self._columns(top, foot)
        crowded = self.step < text_width("12", self.style.figures, self.style.small) + 2
        for month in range(3 if crowded else 1, self.run.cumulative[-1].month + 1, 3 if crowded else 1):
            given = any(point.month == month for point in self.run.cumulative)
            self.canvas.figure(self._at(month), foot + 0.5 * unit, str(month), anchor="middle",
                               size=self.style.small, color=self.style.ink if given else self.style.faint,
                               weight=400)

    def _head(self) -> None:
        """The measure's name, and at the other end of the line its last value."""
        middle, last = self.y + 0.5 * self.style.unit, self.run.cumulative[-1]
        used = self.canvas.label(self.x, middle, self.run.label) + 2 * _GAP
        for growth in (last.growth, None):
            taken = value_width(last.text, growth, self.style)
            if used + taken <= self.width or growth is None:
                self.canvas.value(self.x + self.width - taken, middle, last.text, growth)
                return

    def _at(self, month: int) -> float:
        return self.left + month * self.step

    @property
    def _thick(self) -> float:
        """How thick the column of a month is."""
        return min(0.36 * self.step, _THICKEST * self.style.bar)

    def _grid(self, scale: Sequence[Decimal], top: float, bottom: float, beyond: float = 0) -> None:
        for value in scale:
            y = bottom - float(value / scale[-1]) * (bottom - top)
            self.canvas.line([(self.left, y), (self._at(self.run.cumulative[-1].month) + beyond, y)],
                             self.style.ink if not value else mixed(self.style.faint, "#FFFFFF", 0.6),
                             0.6 if not value else 0.4)
            self.canvas.figure(self.left - _GAP, y, format(value, "f"), anchor="end", size=self.style.small,
                               color=self.style.faint, weight=400)

    def _lines(self, top: float, bottom: float) -> None:
        def height(value: Decimal) -> float:
            return bottom - float(value / self.scale[-1]) * (bottom - top)

        style, points = self.style, self.run.cumulative
        before = [point for point in points if point.base is not None]
        self._line([(point.month, height(point.base or Decimal(0))) for point in before], bottom,
                   style.tones[1 % len(style.tones)], 1.1)
        self._line([(point.month, height(point.value)) for point in points], bottom, style.tones[0], 1.7)
        for point in points:
            self.canvas.dot(self._at(point.month), height(point.value), 1.9, style.tones[0])
        self._years(points[-1], height)

    def _years(self, last: Point, height: Callable[[Decimal], float]) -> None:
        """The years at the ends of their lines, pushed apart where they would touch."""
        style = self.style
        x, y = self._at(last.month) + _GAP + 1, height(last.value)
        self.canvas.figure(x, y, f"{self.year}年", size=style.small)
        if last.base is not None:
            base, apart = height(last.base), 1.2 * style.small
            self.canvas.figure(x, max(base, y + apart) if base >= y else min(base, y - apart),
                               f"{self.year - 1}年", size=style.small, color=style.faint, weight=400)

    def _line(self, points: Sequence[tuple[int, float]], bottom: float, color: str, thickness: float) -> None:
        """A line from nought on, or from its first point; dashed where months in between are not known."""
        if not points:
            return
        previous = points[0] if self.run.stands else (0, bottom)
        for point in points[1:] if self.run.stands else points:
            ends = [(self._at(previous[0]), previous[1]), (self._at(point[0]), point[1])]
            known = point[0] - previous[0] == 1
            self.canvas.line(ends, color, thickness if known else 0.7 * thickness, dashed=not known)
            previous = point

    def _columns(self, top: float, bottom: float) -> None:
        style, points = self.style, self.months
        thick = self._thick
        for point in points:
            x = self._at(point.month)
            for value, at, tone in ((point.base, x - thick - 0.3, style.tones[1 % len(style.tones)]),
                                    (point.value, x + 0.3, style.tones[0])):
                if value:
                    height = float(value / self.month_scale[-1]) * (bottom - top)
                    self.canvas.bar(at, bottom - height, thick, height, tone)


def _months_name(months: Sequence[Point]) -> str:
    """What a panel of single months is called: which of them are derived."""
    derived = sum(point.derived for point in months)
    return "当月" if not derived else "当月（推算）" if derived == len(months) else "当月（部分为推算）"


def _most_by_unit(runs: Sequence[Series]) -> dict[str, Decimal]:
    """The largest value of each unit: only bars of one unit share a scale."""
    return {unit: _most([point for run in runs if run.unit == unit for point in (*run.cumulative, *run.months)])
            for unit in {run.unit for run in runs}}


def _most(points: Sequence[Point]) -> Decimal:
    most = max((max(point.value, point.base or Decimal(0)) for point in points), default=Decimal(1))
    return most or Decimal(1)
