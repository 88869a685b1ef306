"""What a theme decides about its charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ChartStyle:
    """Sizes in pt, colours as #rrggbb.

    Attributes:
        unit: the theme's grid unit, the pitch of rows.
        size: type size of names and values.
        bar: thickness of a bar, less than the unit.
        labels: font stack of names.
        figures: font stack of values.
        tones: the first thing of several, the others, a third; more are mixed from these.
        ink: colour of text and of the line that bars stand on.
        faint: colour of axis figures and of remarks.
        rise: colour of ▲.
        fall: colour of ▼.
        outline: colour of an outline around every bar, for print in one colour.
        weight: of values, 400 or 700.
    """

    unit: float
    size: float
    bar: float
    labels: tuple[str, ...]
    figures: tuple[str, ...]
    tones: tuple[str, ...]
    ink: str
    faint: str
    rise: str
    fall: str
    outline: str | None = None
    weight: int = 400

    @property
    def small(self) -> float:
        """Type size of axis figures and remarks."""
        return max(self.size - 1.5, 6.5)

    def tones_for(self, count: int) -> Sequence[str]:
        """As many tones as there are parts: the theme's own, or steps between its first and last."""
        if count <= len(self.tones):
            return self.tones[:count]
        first, last = self.tones[0], self.tones[-1]
        return [mixed(first, last, step / (count - 1)) for step in range(count)]


def channels(color: str) -> tuple[int, int, int]:
    """Red, green and blue of #rgb or #rrggbb, 0 to 255."""
    digits = color.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def mixed(color: str, other: str, share: float) -> str:
    """A colour with a share (0 to 1) of another mixed in."""
    pairs = zip(channels(color), channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02X}" for one, two in pairs)


def contrasting(color: str, ink: str) -> str:
    """White or the ink, whichever reads better on a colour (relative luminance of WCAG 2)."""
    light = luminance(color)
    on_white, on_ink = 1.05 / (light + 0.05), (light + 0.05) / (luminance(ink) + 0.05)
    return "#FFFFFF" if on_white >= on_ink else ink


def luminance(color: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
              for c in (channel / 255 for channel in channels(color))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
