"""Pictures: found inside their folder, decoded once before anything else touches them.

A picture is untrusted: 26 KiB of PNG can unpack to 1.35 GB, a truncated file ships half grey
without a word, a link can point out of the issue. The bytes that were checked here are the bytes
that are set; the file is not opened again.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_press.records import dataclass
from bulletin_press.system_errors import reason

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000

_OPENED = ("PNG", "JPEG", "WEBP")
# MPO: the JPEG of many telephones, with a second picture behind the first.
_ORIENTATION = 0x0112
_LYING = (5, 6, 7, 8)
_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "WEBP": "image/webp"}


class PictureFault(Exception):
    """A picture that cannot be used, in words for the person who named it."""


@dataclass(frozen=True)
class LoadedPicture:
    """A picture that decodes.

    ``data`` are the file's bytes as they are; ``width`` and ``height``, pixels, are those of the
    picture as it is to stand, ``orientation`` is EXIF's number (1 to 8) for how it lies in the file.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    orientation: int = 1

    @property
    def ratio(self) -> float:
        """How many times as wide as high."""
        return self.width / self.height


def load_picture(path: Path, folder: Path) -> LoadedPicture:
    """Read and decode a picture.

    Args:
        path: the file.
        folder: the folder that it must lie in, links followed.

    Raises:
        PictureFault: missing, outside, unreadable, too large, or not PNG, JPEG or WebP.
    """
    try:
        real = path.resolve()
        if not real.is_relative_to(folder.resolve()):
            raise PictureFault("图片不在这一期的文件夹里（可能是指向别处的链接），请把文件复制进来")
        if not real.is_file():
            raise PictureFault(_missing(path))
        with real.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:  # the second: links in a circle, until Python 3.13
        why = reason(error) if isinstance(error, OSError) else "链接绕成了圈"
        raise PictureFault(f"图片读不出来（{why}）") from None
    if len(data) > MAX_BYTES:
        raise PictureFault("图片超过 20 MB，请先缩小")
    return _decoded(data)


def _missing(path: Path) -> str:
    """Why a file is not there: wrong letter case is the usual cause on a second machine."""
    if path.is_dir():
        return "这是一个文件夹，不是图片"
    if (path.parent / "images" / path.name).is_file():
        return f"找不到这张图片；它在 images 里，要写成 images/{path.name}"
    if path.parent.is_dir():
        stem = path.name.lower()
        for other in sorted(path.parent.iterdir()):
            if other.name.lower() == stem:
                return f"找不到这张图片；有一张叫 {other.name}，大小写不同"
            if other.stem.lower() == path.stem.lower():
                return f"找不到这张图片；有一张叫 {other.name}，扩展名不同"
    return "找不到这张图片；请把文件放进这一期的 images/ 文件夹，文件名写得一字不差"


@contextmanager
def opened(data: bytes) -> Iterator[Image]:
    """A picture to decode: nothing that is cut short passes, and no size is warned of in English."""
    # Late: a bulletin without pictures need not pay for Pillow.
    from PIL import Image, ImageFile

    # WeasyPrint switches the first on when it is imported, and half-grey pictures then pass; the
    # second is our limit's business.
    before = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = False, None
    try:
        with Image.open(io.BytesIO(data), formats=_OPENED) as image:
            yield image
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = before


def _decoded(data: bytes) -> LoadedPicture:
    try:
        with opened(data) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise PictureFault(f"图片有 {width}×{height} 像素，超过 4000 万像素，请先缩小")
            kind = image.format or ""
            image.verify()  # the check sums of a PNG, which decoding passes over
        with opened(data) as image:
            image.load()
            orientation = _orientation(image)
    except PictureFault:
        raise
    except Exception:  # Pillow's plugins raise whatever a damaged file leads them into
        raise PictureFault("图片打不开：文件已损坏，或不是 PNG、JPEG、WebP") from None
    if orientation in _LYING:
        width, height = height, width
    return LoadedPicture(data, _FORMATS[kind], width, height, orientation)


def _orientation(image: Image) -> int:
    """How a picture lies in its file; a telephone leaves it as the sensor was and makes a note."""
    try:
        noted = image.getexif().get(_ORIENTATION)
    except Exception:  # a note that cannot be read is none
        return 1
    return noted if isinstance(noted, int) and 1 <= noted <= 8 else 1
