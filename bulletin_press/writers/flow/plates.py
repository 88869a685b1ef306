"""Plates: pieces set by the press's own composer and made into PNG, for places that take no drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin_press.typeset.assets import Assets
from bulletin_press.typeset.setter import lay_out
from bulletin_press.writers.flow.raster import as_png, in_few_colours, page_images

if TYPE_CHECKING:
    from PIL.Image import Image

_WHITE = (255, 255, 255)
_COLOURS = 64
# Below this many points of white a plate ends.
_FOOT = 8


@dataclass(frozen=True)
class Plate:
    """A PNG; ``width`` and ``height`` in pixels."""

    data: bytes
    width: int
    height: int


def plates(html: str, widths: Sequence[int]) -> tuple[Plate, ...]:
    """Pages as pictures, the white at their feet cut off.

    Args:
        html: a whole page of HTML that asks for nothing; each plate begins a page.
        widths: how wide each page is to be, px; so many pages are made.

    Raises:
        EnvironmentFault: a system library or a font is missing.
    """
    # Late: only for outlets that show pages as pictures.
    from PIL.Image import Resampling

    data = lay_out(html, Assets(), "gentle").pdf()
    made = []
    # The widths first: where they end, no page more is drawn.
    for width, (image, scale) in zip(widths, page_images(data, lambda index, wide: widths[index] / wide), strict=False):
        if image.width != width:
            image = image.resize((width, round(image.height * width / image.width)), Resampling.LANCZOS)
        made.append(_packed(image.crop((0, 0, image.width, _end(image, round(_FOOT * scale))))))
    return tuple(made)


def _end(image: Image, foot: int) -> int:
    """The line below which an image is white, and some more."""
    from PIL import Image as images
    from PIL import ImageChops

    box = ImageChops.difference(image, images.new("RGB", image.size, _WHITE)).getbbox()
    return min(image.height, (box[3] if box else image.height) + foot)


def _packed(image: Image) -> Plate:
    return Plate(as_png(in_few_colours(image, _COLOURS)), image.width, image.height)
