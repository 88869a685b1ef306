"""An author's numbers as lines: a mark a value, a gap where there is none, names at the lines' ends.

Lines are told apart by their marks and dashes, not by colour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from bulletin_press.document.plots import Plot, PlotSeries
from bulletin_press.theme.charts.canvas import Canvas, text_width
from bulletin_press.theme.charts.plot import axis_lines, draw_axis, panels_of, scale_of
from bulletin_press.theme.charts.style import ChartStyle
from bulletin_press.theme.colours import mixed

_GAP = 5.0
_PLOT_UNITS = 6
_WIDEST_TAIL = 0.3
# Of a lone line so many values are told, each above its point, where they do not touch.
_TOLD = 14


def draw_plot_lines(plot: Plot, style: ChartStyle, width: float) -> Canvas:
    """Lines: the series of a unit in one panel, a panel a unit below the other."""
    panels = panels_of(plot.series)
    axis_width = max(text_width(_mark(value), style.figures, style.small)
                     for panel in panels for value in scale_of(panel)) + _GAP
    several = [panel for panel in panels if len(panel) > 1]
    tail = max((text_width(one.label, style.labels, style.small) + 2 * _GAP for panel in several for one in panel),
               default=2 * _GAP)
    # Names begin at the last point, half a step before the end of the room.
    halves = 2 * len(plot.labels)
    room = min((width - axis_width - min(tail, _WIDEST_TAIL * width)) * halves / (halves - 1), width - axis_width)
    lines = axis_lines(plot.labels, style, room)
    high = (1 + _PLOT_UNITS) * style.unit
    canvas = Canvas(style, width, len(panels) * high + len(lines) * style.unit)
    for at, panel in enumerate(panels):
        _Lines(canvas, panel, at * high, high, axis_width, room, titled=len(panels) > 1).draw()
    draw_axis(canvas, lines, len(plot.labels), len(panels) * high, axis_width, room / len(plot.labels))
    return canvas


class _Lines:
    """A panel of lines with its scale at the left."""

    def __init__(self, canvas: Canvas, panel: Sequence[PlotSeries], y: float, high: float, left: float, room: float,
                 *, titled: bool) -> None:
        self.canvas, self.style, self.panel = canvas, canvas.style, panel
        self.y, self.left, self.room, self.titled = y, left, room, titled
        self.top, self.bottom = y + 1.25 * self.style.unit, y + high - 0.2 * self.style.unit
        self.scale = scale_of(panel)
        self.step = room / len(panel[0].values)

    def _at(self, row: int) -> float:
        return self.left + (row + 0.5) * self.step

    def _height(self, value: Decimal) -> float:
        share = float((value - self.scale[0]) / (self.scale[-1] - self.scale[0]))
        return self.bottom - share * (self.bottom - self.top)

    def draw(self) -> None:
        style = self.style
        # Of a lone panel the caption says it.
        if self.titled:
            label = self.panel[0].label if len(self.panel) == 1 else ""
            head = "，".join(filter(None, (label, self.panel[0].unit)))
            self.canvas.label(0, self.y + 0.4 * style.unit, head, size=style.small, color=style.faint)
        for value in self.scale:
            y = self._height(value)
            end = self._at(len(self.panel[0].values) - 1) if len(self.panel) > 1 else self.left + self.room
            self.canvas.line([(self.left, y), (end, y)],
                             style.ink if not value else mixed(style.faint, "#FFFFFF", 0.6), 0.4 if value else 0.6)
            self.canvas.figure(self.left - _GAP, y, _mark(value), anchor="end",
                               size=style.small, color=style.faint, weight=400)
        for at, one in enumerate(self.panel):
            self._line(one, at)
        if len(self.panel) > 1:
            self._names()
        else:
            self._values(self.panel[0])

    def _line(self, series: PlotSeries, at: int) -> None:
        style = self.style
        color = style.tones[0] if at in (0, 1) else mixed(style.tones[0], "#FFFFFF", 0.35)
        points = [(self._at(row), self._height(value.value)) if value.value is not None else None
                  for row, value in enumerate(series.values)]
        for one, next_one in pairwise(points):
            if one and next_one:
                self.canvas.line([one, next_one], color, 1.6 if at == 0 else 1.1, dashed=at in (1, 3))
        marks: Sequence[Callable[[float, float], None]] = (
            lambda x, y: self.canvas.dot(x, y, 2.1, color),
            lambda x, y: self.canvas.dot(x, y, 2.1, color, hollow=True),
            lambda x, y: self.canvas.box(x - 1.9, y - 1.9, 3.8, 3.8, color, color),
            lambda x, y: self.canvas.box(x - 1.9, y - 1.9, 3.8, 3.8, "#FFFFFF", color))
        for point in filter(None, points):
            marks[at % 4](*point)

    def _names(self) -> None:
        """The names at the lines' ends, pushed apart where they would touch."""
        ends = []
        for one in self.panel:
            known = [(row, value.value) for row, value in enumerate(one.values) if value.value is not None]
            if known:
                ends.append((self._height(known[-1][1]), self._at(known[-1][0]), one.label))
        apart, lowest = 1.4 * self.style.small, self.top - self.style.unit
        for y, x, label in sorted(ends):
            lowest = max(y, lowest + apart) if lowest + apart > y else y
            room = self.canvas.width - x - _GAP
            wide = text_width(label, self.style.labels, self.style.small)
            size = self.style.small * min(1, room / wide) if wide else self.style.small
            self.canvas.label(x + _GAP + 1, lowest, label, size=max(size, 5.5))

    def _values(self, series: PlotSeries) -> None:
        style = self.style
        widest = max(text_width(value.text, style.figures, style.small) for value in series.values)
        numbers = [value.value for value in series.values if value.value is not None]
        all_told = len(series.values) <= _TOLD and widest + 3 <= self.step
        marked = {max(numbers, default=None), min(numbers, default=None)}
        last = -1.0
        for row, value in enumerate(series.values):
            if value.value is None:
                continue
            ends = row + 1 == len(series.values) or value.value in marked
            x = self._at(row)
            if (all_told or ends) and x - widest / 2 > last:
                falling = value.value < 0 or (value.value == min(numbers) and len(numbers) > 2 and not all_told)
                middle = self._height(value.value) + (0.5 if falling else -0.5) * style.unit
                x = min(max(x, widest / 2), self.canvas.width - widest / 2)
                self.canvas.figure(x, middle, value.text, anchor="middle", size=style.small)
                last = x + widest / 2


def _mark(value: Decimal) -> str:
    """A value of the scale, with a minus that is one."""
    return format(value, "f").replace("-", "−")
