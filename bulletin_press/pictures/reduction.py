"""Large pictures read reduced: telephones take 200 megapixels, a page shows a dozen.

What comes out is a file again, JPEG or PNG, so that an issue of forty photographs holds none of
them whole. Turning it upright and bringing its colours to the screen is done later, as for all.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bulletin_press.pictures.colour import eight_bits
from bulletin_press.pictures.png import chunks, header, in_strips, strips

if TYPE_CHECKING:
    from PIL.Image import Image

# A page of A4 at 400 dpi, four times over; kept at most, pixels.
KEPT_PIXELS = 25_000_000
# The quality of what is coded again before the page's own coding: what it costs does not show.
_QUALITY = 95
# Pillow's bytes a pixel, by mode; 4 where it is none of these.
_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}
# Most bytes that a picture decoded whole may take.
_WHOLE = 720_000_000
_BAND = 4_000_000


class TooLargeToDecode(Exception):
    """A picture that cannot be read in part, and is too large to be read whole."""


def factor_for(width: int, height: int) -> int:
    """By how much both sides are divided so that a picture keeps no more pixels than it may."""
    return math.ceil(math.sqrt(width * height / KEPT_PIXELS))


def reduced_jpeg(image: Image) -> bytes:
    """An opened JPEG, decoded at a half, a quarter or an eighth, as a JPEG with its colour profile.

    All of its data are gone through: one that is cut short is found out.
    """
    width, height = image.size
    scale = 1
    while width * height / (scale * scale) > KEPT_PIXELS and scale < 8:
        scale *= 2
    image.draft(None, (max(1, width // scale), max(1, height // scale)))
    image.load()
    return _as_jpeg(image)


def reduced_png(data: bytes) -> bytes:
    """A PNG with fewer pixels: strip by strip where its kind allows, else decoded whole.

    Raises:
        TooLargeToDecode: it can only be decoded whole, and that takes too much memory.
        ValueError, OSError, zlib.error: it is damaged.
    """
    found, head = chunks(data), header(data)
    factor = factor_for(head.width, head.height)
    with _open(data) as image:
        profile = image.info.get("icc_profile")
        size = image.size
        parts = strips(data, found, head, factor) if in_strips(head) else _bands(_loaded(image), factor)
        return _as_png(_assembled(parts, size, factor), profile)


def reduced_whole(image: Image) -> bytes:
    """A picture of another kind, decoded whole and reduced: a PNG, or a JPEG where it is opaque.

    Raises:
        TooLargeToDecode: that takes too much memory.
    """
    profile, size = image.info.get("icc_profile"), image.size
    factor = factor_for(*size)
    small = _assembled(_bands(_loaded(image), factor), size, factor)
    small.info = {"icc_profile": profile} if profile else {}
    return _as_png(small, profile) if small.mode in ("LA", "RGBA") else _as_jpeg(small)


def _open(data: bytes) -> Image:
    from PIL import Image

    return Image.open(io.BytesIO(data), formats=("PNG",))


def _loaded(image: Image) -> Image:
    if image.width * image.height * _BYTES.get(image.mode, 4) > _WHOLE:
        raise TooLargeToDecode
    image.load()
    return image


def _bands(image: Image, multiple: int) -> Iterator[Image]:
    """A decoded picture in bands, each but the last a multiple of so many rows high."""
    rows = max(1, _BAND // image.width // multiple) * multiple
    for top in range(0, image.height, rows):
        yield image.crop((0, top, image.width, min(top + rows, image.height)))


def _assembled(parts: Iterator[Image], size: tuple[int, int], factor: int) -> Image:
    """Bands reduced one by one and put under each other."""
    from PIL import Image

    whole: Image.Image | None = None
    top = 0
    for part in parts:
        small = _plain(part).reduce(factor) if factor > 1 else _plain(part)
        if whole is None:
            whole = Image.new(small.mode, (math.ceil(size[0] / factor), math.ceil(size[1] / factor)))
        whole.paste(small, (0, top))
        top += small.height
    assert whole is not None
    return whole


def _plain(image: Image) -> Image:
    """A picture whose pixels may be averaged: no palette, no bits, no sixteen of them."""
    image = eight_bits(image)
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return image
    return image.convert("RGB")


def _as_jpeg(image: Image) -> bytes:
    target, profile = io.BytesIO(), image.info.get("icc_profile")
    whole = image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")
    whole.save(target, "JPEG", quality=_QUALITY, subsampling=0, icc_profile=profile, exif=b"", comment=b"")
    return target.getvalue()


def _as_png(image: Image, profile: bytes | None) -> bytes:
    target = io.BytesIO()
    image.info = {}
    image.save(target, "PNG", compress_level=1, icc_profile=profile)
    return target.getvalue()
