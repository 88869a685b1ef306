"""What came one after the other: dates at the left, a mark on a line for each, beside it what happened."""

from __future__ import annotations

from bulletin_press.document.plots import Timeline
from bulletin_press.theme.charts.canvas import Canvas, text_width
from bulletin_press.theme.charts.ranking import broken_name, filled_lines
from bulletin_press.theme.charts.style import ChartStyle

_GAP = 8.0
_WIDEST_DATES = 0.32
_MARK = 2.6


def draw_timeline(timeline: Timeline, style: ChartStyle, width: float) -> Canvas:
    """A row a moment, of as many units as its words take; the last mark is filled."""
    dates = max(text_width(one.when, style.figures, style.size, style.weight) for one in timeline.moments)
    left = min(dates, _WIDEST_DATES * width)
    axis = left + _GAP + _MARK
    room = width - axis - _MARK - _GAP
    rows = [(broken_name(one.when, style, left), filled_lines(one.what, style, room)) for one in timeline.moments]
    heights = [max(len(when), len(what)) * style.unit for when, what in rows]
    canvas = Canvas(style, width, sum(heights))
    first, last = 0.5 * style.unit, sum(heights[:-1]) + 0.5 * style.unit
    canvas.line([(axis, first), (axis, last)], style.tones[min(1, len(style.tones) - 1)], 1.2)
    y = 0.0
    for at, ((when, what), high) in enumerate(zip(rows, heights, strict=True)):
        for line, words in enumerate(when):
            canvas.figure(left, y + (line + 0.5) * style.unit, words, anchor="end")
        for line, words in enumerate(what):
            canvas.label(axis + _MARK + _GAP, y + (line + 0.5) * style.unit, words)
        canvas.dot(axis, y + 0.5 * style.unit, _MARK, style.tones[0], hollow=at + 1 < len(rows))
        y += high
    return canvas
