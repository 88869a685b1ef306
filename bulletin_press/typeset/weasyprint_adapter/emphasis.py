"""Emphasis dots (着重号): a dot under each 汉字 of a composed text whose style has `--dots: under`."""

from itertools import pairwise
from typing import Any, Final

from bulletin_press.typeset.advances import Advances
from bulletin_press.typeset.characters import IDEOGRAPHS, edge_of

# em: how far below the baseline a dot's middle lies, clear of the deepest stroke, and its radius.
_DEPTH: Final = 0.25
_RADIUS: Final = 0.065
# Control points of a quarter circle.
_ROUND: Final = 0.5523


def has_dots(style: Any) -> bool:
    """Whether a style asks for dots."""
    return any(getattr(token, "value", "") == "under" for token in style["__dots"] or ())


def draw_dots(stream: Any, textbox: Any, advances: Advances) -> None:
    """Draw the dots of a composed text box; they are no text, and nothing is copied of them."""
    size = textbox.style["font_size"]
    y = textbox.position_y + textbox.baseline + _DEPTH * size
    middles = [textbox.position_x + at * size for at in dot_places(textbox.text, advances)]
    if middles:
        stream.set_color(textbox.style["color"])
        for x in middles:
            _circle(stream, x, y, _RADIUS * size)
        stream.fill()


def dot_places(text: str, advances: Advances) -> list[float]:
    """Where the middle of each 汉字 stands, em from the first glyph; marks and Latin have no dots."""
    data, places = text.encode(), []
    for (begin, pen), (end, _) in pairwise(zip((0, *advances.ends), (0, *advances.pens), strict=True)):
        if edge_of(data[begin:end].decode()[:1] or " ") in IDEOGRAPHS:
            places.append(pen / 1000 + 0.5)
    return places


def _circle(stream: Any, x: float, y: float, radius: float) -> None:
    bend = radius * _ROUND
    stream.move_to(x + radius, y)
    stream.curve_to(x + radius, y + bend, x + bend, y + radius, x, y + radius)
    stream.curve_to(x - bend, y + radius, x - radius, y + bend, x - radius, y)
    stream.curve_to(x - radius, y - bend, x - bend, y - radius, x, y - radius)
    stream.curve_to(x + bend, y - radius, x + radius, y - bend, x + radius, y)
