"""A sheet to draw on: shapes and lines of text, kept until they become one SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal

from bulletin_press.document.exhibits import Growth
from bulletin_press.fonts import load_manifest
from bulletin_press.theme.charts.style import ChartStyle

Anchor = Literal["start", "middle", "end"]

# From the middle of a line of capitals or figures down to its base line, em.
_TO_BASELINE = 0.36
# ▲ and ▼ fill their square; smaller, they weigh as much as the figures beside them.
_MARK = 0.72


class Canvas:
    """Collects shapes; y grows downwards, everything in pt."""

    def __init__(self, style: ChartStyle, width: float, height: float) -> None:
        self.style, self.width, self.height = style, width, height
        self._shapes: list[str] = []
        # By font stack, size, weight and colour: said once for many, they are read sooner.
        self._texts: dict[tuple[tuple[str, ...], float, int, str], list[str]] = {}

    # --- shapes -----------------------------------------------------------------------------

    def bar(self, x: float, y: float, width: float, height: float, color: str, gap: float = 0) -> None:
        """A filled box with its upper left corner at (x, y); ``gap`` is left white at its right."""
        line = self.style.outline
        inset = 0.25 if line else 0
        stroke = f' stroke="{line}" stroke-width="0.5"' if line else ""
        drawn = max(width - (0 if line else gap) - 2 * inset, 0.3)
        self._shapes.append(
            f'<rect x="{_n(x + inset)}" y="{_n(y + inset)}" width="{_n(drawn)}" '
            f'height="{_n(height - 2 * inset)}" fill="{color}"{stroke}/>')

    def box(self, x: float, y: float, width: float, height: float, fill: str, line: str) -> None:
        """A box with an outline of its own, within its edges."""
        self._shapes.append(
            f'<rect x="{_n(x + 0.35)}" y="{_n(y + 0.35)}" width="{_n(max(width - 0.7, 0.3))}" '
            f'height="{_n(max(height - 0.7, 0.3))}" fill="{fill}" stroke="{line}" stroke-width="0.7"/>')

    def line(self, points: Sequence[tuple[float, float]], color: str, thickness: float,
             *, dashed: bool = False) -> None:
        """A line through points."""
        dashes = ' stroke-dasharray="2 2.4"' if dashed else ""
        path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
        self._shapes.append(f'<path d="{path}" fill="none" stroke="{color}" '
                            f'stroke-width="{_n(thickness)}" stroke-linejoin="round"{dashes}/>')

    def dot(self, x: float, y: float, radius: float, color: str, *, hollow: bool = False) -> None:
        """A round mark; a hollow one is white inside."""
        fill = "#FFFFFF" if hollow else color
        self._shapes.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}" '
                            f'stroke="{color}" stroke-width="1.2"/>')

    # --- text -------------------------------------------------------------------------------

    def label(self, x: float, middle: float, text: str, *, anchor: Anchor = "start", size: float | None = None,
              color: str | None = None, weight: int = 400) -> float:
        """A name, its middle at a height; returns its width."""
        return self._text(x, middle, text, self.style.labels, size or self.style.size, weight,
                          color or self.style.ink, anchor)

    def figure(self, x: float, middle: float, text: str, *, anchor: Anchor = "start", size: float | None = None,
               color: str | None = None, weight: int | None = None) -> float:
        """A value, its middle at a height; returns its width."""
        return self._text(x, middle, text, self.style.figures, size or self.style.size,
                          weight or self.style.weight, color or self.style.ink, anchor)

    def value(self, x: float, middle: float, text: str, growth: Growth | None) -> None:
        """A value from x on, and its growth after it."""
        style = self.style
        x += self.figure(x, middle, text)
        if growth is None:
            return
        x += style.size * 0.7
        if growth.mark:
            color = style.rise if growth.way == "rise" else style.fall
            size = style.size * _MARK
            x += self._text(x, middle, growth.mark, style.figures, size, 400, color, "start") + size * 0.2
        self._text(x, middle, growth.text, style.figures, style.size, 400, style.ink, "start")

    def _text(self, x: float, middle: float, text: str, stack: Sequence[str], size: float, weight: int,
              color: str, anchor: Anchor) -> float:
        width = text_width(text, stack, size, weight)
        # Placed by its own width: the renderer's anchors count the bearings of the glyphs.
        start = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        self._texts.setdefault((tuple(stack), size, weight, color), []).append(
            f'<text x="{_n(start)}" y="{_n(middle + _TO_BASELINE * size)}">{escape(text)}</text>')
        return width

    # --- the whole --------------------------------------------------------------------------

    def svg(self, title: str) -> str:
        """The SVG element; its title is what a screen reader says."""
        width, height = _n(self.width), _n(self.height)
        texts = "".join(
            f'<g font-family="{escape(", ".join(stack))}" font-size="{_n(size)}" font-weight="{weight}" '
            f'fill="{color}">{"".join(lines)}</g>' for (stack, size, weight, color), lines in self._texts.items())
        return (f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}pt" height="{height}pt" '
                f'viewBox="0 0 {width} {height}"><title>{escape(title)}</title>{"".join(self._shapes)}{texts}</svg>')


def text_width(text: str, stack: Sequence[str], size: float, weight: int = 400) -> float:
    """The width of a line of text, pt."""
    return load_manifest().width(text, stack, weight) * size


def value_width(text: str, growth: Growth | None, style: ChartStyle) -> float:
    """The width that ``Canvas.value`` takes, pt."""
    width = text_width(text, style.figures, style.size, style.weight)
    if growth is None:
        return width
    mark = style.size * _MARK * 1.2 if growth.mark else 0
    return width + style.size * 0.7 + mark + text_width(growth.text, style.figures, style.size)


def _n(number: float) -> str:
    """A number as SVG wants it, to a hundredth of a point."""
    return f"{number:.2f}".rstrip("0").rstrip(".") or "0"
