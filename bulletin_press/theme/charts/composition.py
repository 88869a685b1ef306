"""Compositions: a stacked bar each, shares inside, names over the first bar.

A part too narrow for its share is named at the end of its bar instead. Where that leaves no room
for the bars, each part has a bar of its own.
"""

from __future__ import annotations

from bulletin_press.document.exhibits import Bar, Breakdown, CompositionChart, Part
from bulletin_press.theme.charts.canvas import Canvas, text_width
from bulletin_press.theme.charts.ranking import Rows
from bulletin_press.theme.charts.style import ChartStyle
from bulletin_press.theme.colours import contrasting

_GAP = 5.0
_INSET = 3.5
_LEAST_INSET = 1.8
_WIDEST_NAMES = 0.3
_LEAST_BARS = 0.3


def draw_composition(chart: CompositionChart, style: ChartStyle, width: float) -> Canvas:
    """A row of names and a row for each whole, all of one unit."""
    return _stacked(chart, style, width) or _apart(chart, style, width)


def _apart(chart: CompositionChart, style: ChartStyle, width: float) -> Canvas:
    """A bar a part, under the name of the whole."""
    blocks = [Rows([Bar(part.label, part.share, part.text, None) for part in whole.parts], style, width)
              for whole in chart.wholes]
    canvas = Canvas(style, width, sum(style.unit + rows.height for rows in blocks))
    y = 0.0
    for whole, rows in zip(chart.wholes, blocks, strict=True):
        canvas.label(0, y + 0.5 * style.unit, whole.label)
        rows.draw(canvas, y + style.unit)
        y += style.unit + rows.height
    return canvas


def _stacked(chart: CompositionChart, style: ChartStyle, width: float) -> Canvas | None:
    names = max(text_width(whole.label, style.labels, style.size) for whole in chart.wholes)
    size = style.size * min(1, _WIDEST_NAMES * width / names)
    left = names * size / style.size + 2 * _GAP
    headed = _headed(chart, style, width - left)
    named, room = (headed, width - left) if headed else _fitted(chart, style, width - left)
    if room < _LEAST_BARS * width:
        return None
    canvas = Canvas(style, width, (1 + len(chart.wholes)) * style.unit)
    for x, part in named:
        end = left + x + canvas.label(left + x, 0.55 * style.unit, part.label)
        if not _fits(part, style, float(part.share) * room):
            canvas.figure(end + style.size * 0.3, 0.55 * style.unit, part.text)
    for row, whole in enumerate(chart.wholes):
        middle = (row + 1.5) * style.unit
        canvas.label(0, middle, whole.label, size=size)
        _draw_whole(canvas, whole, left, middle, room,
                    {part.label for _, part in named} if row == 0 else None)
    return canvas


def _fitted(chart: CompositionChart, style: ChartStyle, width: float
            ) -> tuple[list[tuple[float, Part]], float]:
    """The names over the first bar with their places, and the length of the bars, pt.

    The bars give way to what must stand at their ends, and that depends on their length: a few
    rounds settle it, for shorter bars only ever send more names to the end.
    """
    room = width
    while room > 1:
        named = _names(chart.wholes[0], style, room)
        over = {part.label for _, part in named}
        ends = [_end_width(_at_end(whole, style, room, over if whole is chart.wholes[0] else None), style)
                for whole in chart.wholes]
        needed = max(ends)
        if room + needed <= width + 0.01:
            return named, room
        room -= max(room + needed - width, 1)
    return [], 1


def _headed(chart: CompositionChart, style: ChartStyle, room: float) -> list[tuple[float, Part]]:
    """All names over the only bar, those of parts too short for their figures with these; none where they crowd.

    So the bar keeps its length: that of others beside it, which is a hundred in the hundred as well.
    """
    if len(chart.wholes) != 1:
        return []
    spans, start = [], 0.0
    for part in chart.wholes[0].parts:
        length = float(part.share) * room
        more = 0 if _fits(part, style, length) else \
            style.size * 0.3 + text_width(part.text, style.figures, style.size, style.weight)
        spans.append((part, start, start + length, text_width(part.label, style.labels, style.size) + more))
        start += length
    places = _places(spans, room)
    over = [x < right - _INSET and (x + width > left + _INSET)
            for x, (_, left, right, width) in zip(places, spans, strict=True)]
    clear = all(_clear(places, spans, index) for index in range(len(spans)))
    return [(x, part) for x, (part, *_) in zip(places, spans, strict=True)] if clear and all(over) else []


def _names(whole: Breakdown, style: ChartStyle, room: float) -> list[tuple[float, Part]]:
    """The names that find room over their parts, from left to right.

    A name begins with its part and may run on over the next; where names crowd at the end of the
    bar they move to the left, each still over its own part.
    """
    spans, start = [], 0.0
    for part in whole.parts:
        length = float(part.share) * room
        if _fits(part, style, length):
            spans.append((part, start, start + length, text_width(part.label, style.labels, style.size)))
        start += length
    while spans:
        places = _places(spans, room)
        if all(left + _INSET < x + width and x < right - _INSET and _clear(places, spans, index)
               for index, (x, (_, left, right, width)) in enumerate(zip(places, spans, strict=True))):
            return [(x, part) for x, (part, *_) in zip(places, spans, strict=True)]
        spans.pop()
    return []


def _clear(places: list[float], spans: list[tuple[Part, float, float, float]], index: int) -> bool:
    """Whether a name is clear of the one before it."""
    return index == 0 or places[index] >= places[index - 1] + spans[index - 1][3] + _GAP - 0.01


def _places(spans: list[tuple[Part, float, float, float]], room: float) -> list[float]:
    """Where names begin so that none touches the next, as near to their parts as can be."""
    places: list[float] = []
    for index, (_, left, _, _) in enumerate(spans):
        places.append(max(left, places[-1] + spans[index - 1][3] + _GAP) if places else left)
    limit = room
    for index in reversed(range(len(spans))):
        places[index] = max(0, min(places[index], limit - spans[index][3]))
        limit = places[index] - _GAP
    return places


def _fits(part: Part, style: ChartStyle, length: float) -> bool:
    return text_width(part.text, style.figures, style.size, style.weight) + 2 * _LEAST_INSET <= length


def _at_end(whole: Breakdown, style: ChartStyle, room: float, named: set[str] | None) -> list[Part]:
    """The parts to be named at the end of the bar; ``named`` are those over it, None for later bars."""
    return [part for part in whole.parts
            if (not _fits(part, style, float(part.share) * room) and (named is None or part.label not in named))
            or (named is not None and part.label not in named)]


def _end_width(parts: list[Part], style: ChartStyle) -> float:
    return sum(_GAP + text_width(part.label, style.labels, style.size) + style.size * 0.3
               + text_width(part.text, style.figures, style.size, style.weight) + _GAP for part in parts)


def _draw_whole(canvas: Canvas, whole: Breakdown, left: float, middle: float, room: float,
                named: set[str] | None) -> None:
    style = canvas.style
    outside = _at_end(whole, style, room, named)
    x = left
    for part, tone in zip(whole.parts, style.tones_for(len(whole.parts)), strict=True):
        length = float(part.share) * room
        if part.share:
            canvas.bar(x, middle - style.bar / 2, length, style.bar, tone, gap=0.6)
        if part not in outside and _fits(part, style, length):
            spare = length - text_width(part.text, style.figures, style.size, style.weight)
            canvas.figure(x + min(_INSET, spare / 2), middle, part.text, color=contrasting(tone, style.ink))
        x += length
    x = left + room
    for part in outside:
        x += _GAP
        x += canvas.label(x, middle, part.label) + style.size * 0.3
        x += canvas.figure(x, middle, part.text) + _GAP
