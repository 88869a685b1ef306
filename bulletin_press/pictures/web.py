"""Pictures as files of a web page or a message: upright, sRGB, as many pixels as are shown, nothing else along."""

from __future__ import annotations

import hashlib
import io
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
