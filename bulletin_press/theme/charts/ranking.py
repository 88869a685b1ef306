"""A ranking: horizontal bars, the first in the leading tone, value and growth at the end of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin_press.document.exhibits import Bar, RankingChart
from bulletin_press.language.script import lazy
from bulletin_press.theme.charts.canvas import Canvas, text_width, value_width
from bulletin_press.theme.charts.style import ChartStyle

# A column of names wider than this, or bars shorter than that, and names go above the bars.
_WIDEST_NAMES = 0.38
_LEAST_BARS = 0.3
_GAP = 5.0
# What no line is broken in; what begins none, what ends none.
_PIECES = lazy(r"[0-9A-Za-z.,%‰+\-−]+|[\s\S]")
_NEVER_FIRST, _NEVER_LAST = frozenset("，。、；：！？）》”’】,.;:!?)]%"), frozenset("（《“‘【([")


def draw_ranking(chart: RankingChart, style: ChartStyle, width: float) -> Canvas:
    """The bars of a ranking, a row of one unit each, or of two or more where names are long."""
    rows = Rows(chart.bars, style, width)
    canvas = Canvas(style, width, rows.height)
    rows.draw(canvas, 0)
    return canvas


@dataclass(frozen=True)
class Rows:
    """Bars one below the other; ``width`` is the drawing's."""

    bars: Sequence[Bar]
    style: ChartStyle
    width: float

    @property
    def _left(self) -> float:
        return max(text_width(bar.label, self.style.labels, self.style.size) for bar in self.bars) + 2 * _GAP

    @property
    def _values(self) -> float:
        return max(value_width(bar.text, bar.growth, self.style) for bar in self.bars)

    @property
    def _beside(self) -> bool:
        """Whether names fit beside their bars."""
        return (self._left - 2 * _GAP <= _WIDEST_NAMES * self.width
                and self.width - self._left - _GAP - self._values >= _LEAST_BARS * self.width)

    def _names(self) -> list[list[str]]:
        return [broken_name(bar.label, self.style, self.width - self._values - 3 * _GAP) for bar in self.bars]

    @property
    def height(self) -> float:
        """The height of all rows, whole units, pt."""
        if self._beside:
            return len(self.bars) * self.style.unit
        return (sum(map(len, self._names())) + len(self.bars)) * self.style.unit

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw the rows from a height on."""
        foot = 0.0
        if self._beside:
            foot = self._left
            self._draw_beside(canvas, y)
        else:
            self._draw_above(canvas, y)
        # The line that the bars stand on.
        canvas.line([(foot, y + 0.5), (foot, y + self.height - 0.5)], self.style.ink, 0.6)

    def _draw_beside(self, canvas: Canvas, y: float) -> None:
        style, left = self.style, self._left
        most, room = max(bar.value for bar in self.bars), self.width - left - _GAP - self._values
        for row, bar in enumerate(self.bars):
            middle = y + (row + 0.5) * style.unit
            length = float(bar.value / most) * room
            canvas.label(0, middle, bar.label)
            if bar.value:
                canvas.bar(left, middle - style.bar / 2, length, style.bar, self._tone(row))
            canvas.value(left + length + _GAP, middle, bar.text, bar.growth)

    def _draw_above(self, canvas: Canvas, y: float) -> None:
        style, most = self.style, max(bar.value for bar in self.bars)
        for row, (bar, lines) in enumerate(zip(self.bars, self._names(), strict=True)):
            for line in lines:
                canvas.label(_GAP, y + 0.5 * style.unit, line)
                y += style.unit
            canvas.value(self.width - value_width(bar.text, bar.growth, style), y - 0.5 * style.unit,
                         bar.text, bar.growth)
            if bar.value:
                canvas.bar(0, y, float(bar.value / most) * self.width, style.bar, self._tone(row))
            y += style.unit

    def _tone(self, row: int) -> str:
        return self.style.tones[0] if row == 0 or len(self.style.tones) == 1 else self.style.tones[1]


def broken_name(name: str, style: ChartStyle, width: float, size: float | None = None) -> list[str]:
    """A name in lines of about one length, as many as its width asks for; a figure or a word is not parted."""
    size = size or style.size
    pieces = _pieces(name, style, width, size)
    count = 1
    while True:
        lines = _filled(pieces, text_width(name, style.labels, size) / count, style, size)
        if all(text_width(line, style.labels, size) <= width for line in lines):
            return lines
        if count > len(pieces):
            return filled_lines(name, style, width, size)
        count += 1


def _pieces(text: str, style: ChartStyle, width: float, size: float) -> list[str]:
    """What no line is broken in; a word that is too wide is broken anywhere."""
    return [part for piece in _PIECES.findall(text)
            for part in (piece if text_width(piece, style.labels, size) > width else [piece])]


def filled_lines(text: str, style: ChartStyle, width: float, size: float | None = None) -> list[str]:
    """A sentence in lines as long as its width allows."""
    lines, line, size = list[str](), list[str](), size or style.size
    for piece in _pieces(text, style, width, size):
        line.append(piece)
        if len(line) > 1 and text_width("".join(line), style.labels, size) > width:
            # Before the last piece, or further back where a mark must not begin a line or end one.
            at = next((at for at in range(len(line) - 1, 0, -1)
                       if line[at] not in _NEVER_FIRST and line[at - 1] not in _NEVER_LAST), len(line) - 1)
            lines.append("".join(line[:at]).strip())
            line = line[at:]
    rest = "".join(line).strip()
    return [*lines, rest] if rest or not lines else lines


def _filled(pieces: Sequence[str], about: float, style: ChartStyle, size: float) -> list[str]:
    """Pieces in lines, each ended where it comes nearest to a width."""
    lines, line = list[str](), ""
    for piece in pieces:
        wide = text_width(line + piece, style.labels, size)
        over = wide - about > about - text_width(line, style.labels, size) + 0.01
        if line and over and piece not in _NEVER_FIRST and line[-1] not in _NEVER_LAST:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()] if line.strip() or not lines else lines
