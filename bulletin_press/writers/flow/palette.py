"""The colours of outlets that flow, all derived from the theme's own: a light set and a dark one."""

from __future__ import annotations

from collections.abc import Mapping
from colorsys import rgb_to_hls
from dataclasses import dataclass

from bulletin_press.theme.colours import luminance, mixed
from bulletin_press.theme.theme import Theme

WHITE, BLACK = "#FFFFFF", "#000000"
# The dark paper: the accent under so much of a near black.
_NIGHT = 0.9
# Least contrasts (WCAG 2) on the paper: of the accent and of bars in the dark set, of small grey text in both.
_LIFTED, _BARS, _QUIET = 9.0, 6.0, 5.5
_RED = 5.0


@dataclass(frozen=True)
class Palette:
    """Colours by what they are for, #rrggbb; ``dark`` is the same for a dark screen.

    Attributes:
        light: accent (names, heads), bar, soft and pale (further series, never text), tint (plates), line
            (hairlines), ink, quiet (small text), rise (▲), fall (▼), paper, onaccent (text on the accent).
        dark: the same names.
    """

    light: Mapping[str, str]
    dark: Mapping[str, str]

    def css(self, of: Mapping[str, str]) -> str:
        """Custom properties of a set."""
        return "".join(f"--{name}:{value};" for name, value in of.items())

    def swapped(self) -> str:
        """Rules by which drawings made in the light set follow the dark one."""
        names = ("bar", "soft", "pale", "ink", "quiet", "rise", "paper")
        return "".join(f'svg [{what}="{self.light[name]}"]{{{what}:var(--{name})}}'
                       for name in names for what in ("fill", "stroke"))


def contrast(one: str, two: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2)."""
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lifted(color: str, paper: str, least: float) -> str:
    """A colour mixed with white, or with black on a light paper, until it reads on the paper."""
    towards = WHITE if luminance(paper) < 0.2 else BLACK
    return next((one for step in range(21) if contrast(one := mixed(color, towards, step / 20), paper) >= least),
                towards)


def palette_of(theme: Theme) -> Palette:
    """The colours of a theme's charts and accent, carried over to screens."""
    charts = theme.file.charts.style(theme.properties) if theme.file.charts else None
    given = theme.properties.get("accent", charts.tones[0] if charts else "#1E4B57")
    # What is printed in red alone (红头) would shout on a page of nothing but screens.
    accent = lifted(given, WHITE, _RED)
    ink = lifted(charts.ink if charts else "#1F2426", WHITE, 12)
    rise = lifted(charts.rise if charts and luminance(charts.rise) > 0.02 else "#B5402C", WHITE, _RED)
    # Where the accent is as red as ▲, ▼ is black.
    falls_black = _red(accent) and _red(rise)
    night = mixed(accent, "#0C1113", _NIGHT)
    light = {"accent": accent, "bar": accent, "soft": mixed(accent, WHITE, 0.44), "pale": mixed(accent, WHITE, 0.76),
             "tint": mixed(accent, WHITE, 0.92), "line": mixed(accent, WHITE, 0.74), "ink": ink,
             "quiet": lifted(mixed(ink, WHITE, 0.4), mixed(accent, WHITE, 0.92), _QUIET), "rise": rise,
             "fall": ink if falls_black else accent, "paper": WHITE,
             "onaccent": WHITE}
    dark = {"accent": lifted(accent, night, _LIFTED), "bar": lifted(accent, night, _BARS),
            "soft": mixed(lifted(accent, night, 4), BLACK, 0.3), "pale": mixed(lifted(accent, night, 3), BLACK, 0.45),
            "tint": mixed(night, WHITE, 0.05), "line": mixed(night, WHITE, 0.2), "ink": mixed(ink, WHITE, 0.87),
            "quiet": lifted("#7C888C", night, 6.5), "rise": lifted(rise, night, 6.5), "paper": night,
            "onaccent": night}
    dark["fall"] = dark["ink" if falls_black else "accent"]
    return Palette(light, dark)


def _red(color: str) -> bool:
    """Whether a colour is a red."""
    hue, _, saturation = rgb_to_hls(*(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    return saturation > 0.3 and min(hue, 1 - hue) < 0.08
