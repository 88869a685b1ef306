"""Pictures as the screen edition carries them: upright, sRGB, no larger than it takes.

Nothing else of their files goes along: no EXIF, no place, no thumbnail.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bulletin_press.pictures.colour import foreign_profile, in_screen_colours, upright
from bulletin_press.pictures.jpeg import bare_jpeg
from bulletin_press.pictures.loading import LYING, LoadedPicture, opened

if TYPE_CHECKING:
    from PIL.Image import Image

JPEG = "image/jpeg"
QUALITY = 85
# A little too large is left alone: sampling again would only blur.
_SLACK = 1.15
# Letters and lines want twice the resolution of a photograph, and pack better as they were drawn.
_FINE = 2.0
_COLOURS = 256
# What packs so much worse than as a JPEG is a photograph.
_PHOTOGRAPH = 3.0


@dataclass(frozen=True)
class Raster:
    """A picture for the page: a bare JPEG or PNG, and a grey PNG of how opaque it is where it is not."""

    data: bytes
    form: Literal["jpeg", "png"]
    width: int
    height: int
    colours: int
    mask: bytes | None = None


def raster(picture: LoadedPicture, inches: float, dpi: int, quality: int = QUALITY) -> Raster:
    """A picture as large as it takes.

    Args:
        picture: a picture that decodes.
        inches: how wide it is printed; infinite keeps every pixel.
        dpi: the most pixels to the inch that it need have.
        quality: of a JPEG that is coded anew, as Pillow has it.
    """
    with opened(picture.data) as image:
        # What was read reduced has fewer pixels than it was taken with.
        width = image.height if picture.orientation in LYING else image.width
        wanted = max(1, math.ceil(min(inches * dpi, width)))
        photograph = picture.media_type == JPEG
        if photograph and width <= wanted * _SLACK and picture.orientation == 1 \
                and image.mode in ("L", "RGB") and foreign_profile(image) is None \
                and (bare := bare_jpeg(picture.data)) is not None:
            return Raster(bare, "jpeg", image.width, image.height, len(image.getbands()))
        sampling = _sampling(image) if photograph else 0
        if photograph and width > wanted * _SLACK:
            # Decodes at a half, a quarter, an eighth, never below twice the size wanted.
            scale = 2 * wanted / width
            image.draft(None, (math.ceil(image.width * scale), math.ceil(image.height * scale)))
        image.load()
        ready = upright(in_screen_colours(image), picture.orientation)
    few = not photograph and ready.mode in ("L", "P", "RGB") and ready.getcolors(_COLOURS) is not None
    if width > wanted * (_FINE if few else _SLACK):
        ready = _resized(ready, wanted, max(1, round(wanted / picture.ratio)))
    return _jpeg(ready, sampling, quality) if photograph else _packed(ready, quality)


def _resized(image: Image, width: int, height: int) -> Image:
    from PIL.Image import Resampling

    whole = image.convert("RGB") if image.mode == "P" else image
    return whole.resize((width, height), Resampling.LANCZOS)


def _sampling(image: Image) -> int:
    """How coarse a JPEG's colours are, as Pillow numbers it: a new one is to be no coarser."""
    from PIL.JpegImagePlugin import get_sampling

    return max(0, get_sampling(image))


def _jpeg(image: Image, sampling: int, quality: int) -> Raster:
    opaque, mask = _parted(image)
    opaque = opaque.convert("RGB") if opaque.mode == "P" else opaque
    opaque.info = {}
    target = io.BytesIO()
    opaque.save(target, "JPEG", quality=quality, subsampling=sampling, optimize=True)
    return Raster(target.getvalue(), "jpeg", *opaque.size, len(opaque.getbands()), mask)


def _packed(image: Image, quality: int) -> Raster:
    """Without loss, unless that shows the picture to be a photograph."""
    opaque, mask = _parted(image)
    small = _png(_fewest_bits(opaque))
    if opaque.mode != "P":
        photograph = _jpeg(image, 0, quality)
        if len(small) > _PHOTOGRAPH * len(photograph.data):
            return photograph
    return Raster(small, "png", *opaque.size, len(opaque.getbands()), mask)


def _parted(image: Image) -> tuple[Image, bytes | None]:
    """A picture's colours, and how opaque they are, as a PNG."""
    if image.mode not in ("LA", "RGBA"):
        return image, None
    return image.convert(image.mode[:-1]), _png(image.getchannel("A"))


def _fewest_bits(image: Image) -> Image:
    """The same picture, pixel for pixel, with a palette where that holds its colours."""
    from PIL import Image, ImageChops

    if image.mode == "P" or image.getcolors(_COLOURS) is None:
        return image
    if image.mode == "L":
        return image.convert("1", dither=Image.Dither.NONE) if not any(image.histogram()[1:-1]) else image
    palette = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return image if ImageChops.difference(palette.convert("RGB"), image).getbbox() else palette


def _png(image: Image) -> bytes:
    image.info = {}
    target = io.BytesIO()
    image.save(target, "PNG", optimize=True)
    return target.getvalue()
