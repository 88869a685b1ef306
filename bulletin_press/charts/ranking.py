"""A ranking: horizontal bars, the first in the leading tone, value and growth at the end of each."""

from __future__ import annotations

from bulletin_press.charts.canvas import Canvas, text_width, value_width
from bulletin_press.charts.style import ChartStyle
from bulletin_press.exhibits import Bar, RankingChart

# A column of names wider than this, or bars shorter than that, and names go above the bars.
_WIDEST_NAMES = 0.38
_LEAST_BARS = 0.3
_GAP = 5.0


def draw_ranking(chart: RankingChart, style: ChartStyle, width: float) -> Canvas:
    """The bars of a ranking, a row of one unit each, or of two where names are long."""
    names = max(text_width(bar.label, style.labels, style.size) for bar in chart.bars)
    values = max(value_width(bar.text, bar.growth, style) for bar in chart.bars)
    left = names + 2 * _GAP
    room = width - left - _GAP - values
    if names <= _WIDEST_NAMES * width and room >= _LEAST_BARS * width:
        return _beside(chart.bars, style, width, left, room)
    return _above(chart.bars, style, width)


def _beside(bars: tuple[Bar, ...], style: ChartStyle, width: float, left: float, room: float) -> Canvas:
    canvas = Canvas(style, width, len(bars) * style.unit)
    most = max(bar.value for bar in bars)
    for row, bar in enumerate(bars):
        middle = (row + 0.5) * style.unit
        length = float(bar.value / most) * room
        canvas.label(0, middle, bar.label)
        if bar.value:
            canvas.bar(left, middle - style.bar / 2, length, style.bar, _tone(style, row))
        canvas.value(left + length + _GAP, middle, bar.text, bar.growth)
    _foot(canvas, left, canvas.height, style)
    return canvas


def _above(bars: tuple[Bar, ...], style: ChartStyle, width: float) -> Canvas:
    taken = max(value_width(bar.text, bar.growth, style) for bar in bars)
    names = [_broken(bar.label, style, width - taken - 3 * _GAP) for bar in bars]
    canvas = Canvas(style, width, (sum(map(len, names)) + len(bars)) * style.unit)
    most, y = max(bar.value for bar in bars), 0.0
    for row, (bar, lines) in enumerate(zip(bars, names, strict=True)):
        for line in lines:
            canvas.label(_GAP, y + 0.5 * style.unit, line)
            y += style.unit
        canvas.value(width - value_width(bar.text, bar.growth, style), y - 0.5 * style.unit,
                     bar.text, bar.growth)
        if bar.value:
            canvas.bar(0, y, float(bar.value / most) * width, style.bar, _tone(style, row))
        y += style.unit
    _foot(canvas, 0, canvas.height, style)
    return canvas


def _broken(name: str, style: ChartStyle, width: float) -> list[str]:
    """A name in lines of about one length, as many as its width asks for."""
    count = max(1, -(-text_width(name, style.labels, style.size) // max(width, style.size)))
    longest = -(-len(name) // int(count))
    return [name[start : start + longest] for start in range(0, len(name), longest)]


def _tone(style: ChartStyle, row: int) -> str:
    return style.tones[0] if row == 0 or len(style.tones) == 1 else style.tones[1]


def _foot(canvas: Canvas, x: float, height: float, style: ChartStyle) -> None:
    """The line that the bars stand on."""
    canvas.line([(x, 0.5), (x, height - 0.5)], style.ink, 0.6)
