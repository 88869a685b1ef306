"""Pictures as files of a web page or a message: upright, sRGB, as many pixels as are shown, nothing else along."""

from __future__ import annotations

import hashlib
import io
import math
from dataclasses import dataclass

from bulletin_press.ground.kept import Kept
from bulletin_press.pictures.loading import LoadedPicture, opened
from bulletin_press.pictures.screen import Raster, raster


@dataclass(frozen=True)
class WebPicture:
    """A file's bytes and its pixels; ``suffix`` begins with a dot."""

    data: bytes
    suffix: str
    width: int
    height: int


_KEPT: Kept[tuple[bytes, str, int, int], WebPicture] = Kept(16_000_000, lambda one: len(one.data))
# A cut across a page is so many times as wide as high: at least, and at most.
_BROAD = (2.0, 3.0)
_QUALITY = 82


def web_picture(picture: LoadedPicture, width: int) -> WebPicture:
    """A picture for a page that shows it so many pixels wide at most.

    Args:
        picture: a picture that decodes.
        width: pixels, > 0; a picture that has fewer keeps them.
    """
    # Several outlets in one run ask for the same; a picture with fewer pixels is the same for all widths.
    wanted = min(width, picture.width)
    key = hashlib.sha256(picture.data).digest(), picture.media_type, picture.orientation, wanted
    return _KEPT.made(key, lambda: _made(picture, wanted))


def broad_picture(picture: LoadedPicture, width: int) -> WebPicture:
    """The middle of a picture, to stand across a page: two to three times as wide as high, as JPEG.

    Args:
        picture: a picture that decodes.
        width: pixels, > 0; of a picture that has fewer, as many as it has.
    """
    width = min(width, picture.width)
    ratio = min(max(picture.width / picture.height, _BROAD[0]), _BROAD[1])
    return cut_picture(picture, width, max(1, round(width / ratio)))


def cut_picture(picture: LoadedPicture, width: int, height: int) -> WebPicture:
    """The middle of a picture as JPEG of exactly so many pixels, on white where it is transparent."""
    # Late: Pillow is loaded by few commands.
    from PIL import Image, ImageOps

    whole = web_picture(picture, max(width, math.ceil(height * picture.width / picture.height)))
    with opened(whole.data) as image:
        shown = image.convert("RGBA") if "A" in image.getbands() or image.mode == "P" else image.convert("RGB")
        if shown.mode == "RGBA":
            shown = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("RGB")
        fitted = ImageOps.fit(shown, (width, height), Image.Resampling.LANCZOS)
    kept = io.BytesIO()
    fitted.save(kept, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return WebPicture(kept.getvalue(), ".jpg", width, height)


def _made(picture: LoadedPicture, width: int) -> WebPicture:
    made = raster(picture, 1.0, width)
    data = made.data if made.mask is None else _with_mask(made)
    return WebPicture(data, ".jpg" if made.form == "jpeg" else ".png", made.width, made.height)


def _with_mask(made: Raster) -> bytes:
    """A picture and how opaque it is, as one PNG."""
    assert made.mask is not None
    with opened(made.data) as image, opened(made.mask) as mask:
        whole = image.convert("RGB")
        whole.putalpha(mask.convert("L"))
    kept = io.BytesIO()
    whole.save(kept, "PNG", optimize=True)
    return kept.getvalue()
