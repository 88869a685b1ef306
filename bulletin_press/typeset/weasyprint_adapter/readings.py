"""Readings (注音): a syllable above a 汉字 of a composed text whose style has `--reading: yī`.

Drawn as outlines, as dots are: searching, copying and tags know the 汉字 alone, and the line keeps its height.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from bulletin_press.ground.resources import fonts_folder

# em of the 汉字: how large syllables are, how far above its baseline theirs lies, how wide they may be.
_SIZE: Final = 0.46
_RISE: Final = 0.96
_WIDEST: Final = 1.2
_FILE: Final = "BulletinKai-Regular.ttf"

Operation = tuple[str, tuple[tuple[float, float], ...]]


def reading_of(style: Any) -> str:
    """The syllable that a style asks for; "" where it asks for none."""
    return next((str(token.value) for token in style["__reading"] or () if token.type == "ident"), "")


def draw_reading(stream: Any, textbox: Any, syllable: str) -> None:
    """Draw a syllable above the middle of a composed text box of one 汉字."""
    size = textbox.style["font_size"]
    outlines, wide = _outlines(syllable)
    narrowed = min(1.0, _WIDEST / (wide * _SIZE)) if wide else 1.0
    left = textbox.position_x + (1 - wide * _SIZE * narrowed) / 2 * size
    base = textbox.position_y + textbox.baseline - _RISE * size
    stream.set_color(textbox.style["color"])
    for name, points in outlines:
        placed = [number for x, y in points
                  for number in (left + x * _SIZE * narrowed * size, base - y * _SIZE * size)]
        getattr(stream, name)(*placed)
    stream.fill()


@lru_cache(maxsize=256)
def _outlines(syllable: str) -> tuple[tuple[Operation, ...], float]:
    """The outlines of a syllable, operators of a PDF stream with points in em, and its width, em."""
    font = _font()
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    made, pen_at = list[Operation](), 0.0
    unit = font["head"].unitsPerEm
    for name in (names[ord(char)] for char in syllable if ord(char) in names):
        pen = _pen(glyphs)
        glyphs[name].draw(pen)
        made += [(operator, tuple((pen_at + x / unit, y / unit) for x, y in points)) for operator, points in pen.made]
        pen_at += glyphs[name].width / unit
    return tuple(made), pen_at


@lru_cache(maxsize=1)
def _font() -> Any:
    # Late: few issues have readings.
    from fontTools.ttLib import TTFont

    return TTFont(fonts_folder() / _FILE, lazy=True)


def _pen(glyphs: Any) -> Any:
    from fontTools.pens.basePen import BasePen

    class Pen(BasePen):  # type: ignore[misc]
        """Cubic curves, whatever the font has."""

        def __init__(self) -> None:
            super().__init__(glyphs)
            self.made: list[Operation] = []

        def _moveTo(self, point: tuple[float, float]) -> None:
            self.made.append(("move_to", (point,)))

        def _lineTo(self, point: tuple[float, float]) -> None:
            self.made.append(("line_to", (point,)))

        def _curveToOne(self, *points: tuple[float, float]) -> None:
            self.made.append(("curve_to", points))

        def _closePath(self) -> None:
            self.made.append(("close", ()))

    return Pen()
