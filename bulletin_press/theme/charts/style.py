"""What a theme decides about its charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin_press.theme.colours import mixed


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
