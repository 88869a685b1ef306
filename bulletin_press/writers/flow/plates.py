"""Plates: pieces set by the press's own composer and made into PNG, for places that take no drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin_press.typeset.assets import Assets
from bulletin_press.typeset.setter import lay_out
from bulletin_press.writers.flow.raster import as_jpeg, as_png, in_few_colours, page_tops

if TYPE_CHECKING:
    from PIL.Image import Image

_COLOURS = 64
# The last twentieth of a plate's bytes would cost five times the time.
_LEVEL = 6
_QUALITY = 88
# Below this many points of white a plate ends.
_FOOT = 8


@dataclass(frozen=True)
class Plate:
    """A PNG, or of a photograph a JPEG; ``width`` and ``height`` in pixels."""

    data: bytes
    width: int
    height: int


def plates(html: str, widths: Sequence[int], assets: Assets | None = None, photographs: int = 0) -> tuple[Plate, ...]:
    """Pages as pictures, the white at their feet cut off.

    Args:
        html: a whole page of HTML; each plate begins a page.
        widths: how wide each page is to be, px; so many pages are made.
        assets: what the page may ask for; nothing when not given.
        photographs: how many of the last plates show photographs: they are made into JPEG.

    Raises:
        EnvironmentFault: a system library or a font is missing.
    """
    data = lay_out(html, assets or Assets(), "gentle").pdf()
    first = len(widths) - photographs
    return tuple(_packed(image, photograph=at >= first) for at, image in enumerate(page_tops(data, widths, _FOOT)))


def _packed(image: Image, *, photograph: bool) -> Plate:
    if photograph:
        return Plate(as_jpeg(image, _QUALITY), image.width, image.height)
    return Plate(as_png(in_few_colours(image, _COLOURS), level=_LEVEL), image.width, image.height)
