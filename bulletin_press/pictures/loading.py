"""Pictures: found inside their folder, decoded once before anything else touches them.

A picture is untrusted: 26 KiB of PNG can unpack to 1.35 GB, a truncated file ships half grey
without a word, 370 KiB of JPEG can hold 4,000 passes over the whole picture, a link can point out
of the issue. The bytes that were checked here are the bytes that are set; the file is not opened
again.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin_press.ground.enclosure import is_inside
from bulletin_press.ground.kept import Kept
from bulletin_press.ground.reading import NotAFile, read_file
from bulletin_press.ground.system_errors import reason
from bulletin_press.pictures.jpeg import MAX_SCANS, frame
from bulletin_press.pictures.kinds import HEIC, foreign_kind, heic_is_read, words_on
from bulletin_press.pictures.png import SIGNATURE, chunks
from bulletin_press.pictures.reduction import TooLargeToDecode, reduced_jpeg, reduced_png, reduced_whole

if TYPE_CHECKING:
    from PIL.Image import Image

# A telephone's 200 megapixels take 30 to 80 MB, A3 scanned at 600 dpi up to 150.
MAX_BYTES = 250_000_000
MAX_PIXELS = 300_000_000
# From here on a picture is read reduced.
WHOLE_PIXELS = 40_000_000
# What Pillow can only decode whole, at 16 bytes a pixel (WebP) or 10 (HEIC): 1 GB holds no more.
_MAX_WHOLE = {"WEBP": 50_000_000, "HEIF": 80_000_000}
# Also JPEG's own.
MAX_SIDE = 65_500
MAX_RATIO = 1000
_MOST_FILL = 65_536
# The coefficients of a progressive JPEG, bytes.
MAX_COEFFICIENTS = 700_000_000

_OPENED = ("PNG", "JPEG", "WEBP")
# MPO: the JPEG of many telephones, with a second picture behind the first.
_ORIENTATION = 0x0112
LYING = (5, 6, 7, 8)
_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "WEBP": "image/webp"}


class PictureFault(Exception):
    """A picture that cannot be used, in words for the person who named it."""


@dataclass(frozen=True)
class LoadedPicture:
    """A picture that decodes.

    ``data`` are the file's bytes as they are, or a file made of them with fewer pixels where it has
    more than 40 million, or is HEIC. ``width`` and ``height``, pixels, are those of the picture as it
    was taken and is to stand, ``orientation`` is EXIF's number (1 to 8) for how it lies in ``data``;
    ``moves`` tells an animation, of which the first picture is set; ``converted`` that the file is of a
    kind that nobody else shows (HEIC).
    """

    data: bytes
    media_type: str
    width: int
    height: int
    orientation: int = 1
    moves: bool = False
    converted: bool = False

    @property
    def ratio(self) -> float:
        """How many times as wide as high."""
        return self.width / self.height


# Bytes of pictures that were read before, by their digest.
_LOADED: Kept[bytes, LoadedPicture] = Kept(24_000_000, lambda picture: len(picture.data))


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
        if not is_inside(real, folder):
            raise PictureFault("图片不在这一期的文件夹里（可能是指向别处的链接），请把文件复制进来")
        data = read_file(real, MAX_BYTES + 1)
    except (FileNotFoundError, NotAFile) as error:
        if isinstance(error, NotAFile) and not path.is_dir():
            raise PictureFault(f"图片读不出来：{error.strerror}") from None
        raise PictureFault(_missing(path)) from None
    except (OSError, RuntimeError) as error:  # the second: links in a circle, until Python 3.13
        words = reason(error) if isinstance(error, OSError) else "链接绕成了圈"
        raise PictureFault(f"图片读不出来（{words}）") from None
    if len(data) > MAX_BYTES:
        raise PictureFault(f"图片超过 {MAX_BYTES // 1_000_000} MB，请先缩小")
    if not data:
        raise PictureFault("图片是空文件，请重新复制或下载（文件已损坏）")
    kind = foreign_kind(data)
    form = "HEIF" if kind is HEIC and heic_is_read() else None
    if kind is not None and form is None:
        raise PictureFault(words_on(kind, path.name))
    # The same file is asked for again and again while an issue is typed.
    return _LOADED.made(sha256(data).digest(), lambda: _read(data, form) if form else _read(data))


def _missing(path: Path) -> str:
    """Why a file is not there: wrong letter case is the usual cause on a second machine."""
    if path.is_dir():
        return "这是一个文件夹，不是图片"
    if path.is_symlink():
        return "这是指向不存在的文件的链接，请把图片本身放进来"
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


# Pillow's switches are the process's: one thread at a time.
_SWITCHES = threading.RLock()


@contextmanager
def opened(data: bytes, formats: Sequence[str] = _OPENED) -> Iterator[Image]:
    """A picture to decode: nothing that is cut short passes, and no size is warned of in English."""
    # Late: a bulletin without pictures need not pay for Pillow.
    from PIL import Image, ImageFile

    # WeasyPrint switches the first on when it is imported, and half-grey pictures then pass; the
    # second is our limit's business.
    with _SWITCHES:
        before = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
        ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = False, None
        try:
            with Image.open(io.BytesIO(data), formats=tuple(formats)) as image:
                yield image
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = before


def _read(data: bytes, form: str | None = None) -> LoadedPicture:
    """Decode a picture, or find out why not."""
    try:
        _require_cheap(data)
        return _heic(data) if form == "HEIF" else _decoded(data)
    except PictureFault:
        raise
    except TooLargeToDecode:
        raise PictureFault("图片太大，而且存成了 16 位或隔行的 PNG，读不下；请另存为 8 位、不隔行的 PNG，"
                           "照片另存为 JPEG") from None
    except MemoryError:
        raise PictureFault("图片太大，内存不够；请先缩小，例如宽 6000 像素") from None
    except Exception:  # Pillow's plugins raise whatever a damaged file leads them into
        raise PictureFault("图片打不开：文件已损坏（也许没有下载完），或不是 PNG、JPEG、WebP；"
                           "请重新复制或下载") from None


def _require_cheap(data: bytes) -> None:
    """Refuse what is slow to decode, before it is decoded."""
    if data.startswith(SIGNATURE):
        chunks(data)
    elif data.startswith(b"\xff\xd8"):
        # Bytes that fill up between markers: libjpeg and Pillow step over them one by one, and again.
        if b"\xff" * _MOST_FILL in data:
            raise PictureFault("图片不正常：这个 JPEG 里填了大段空数据。请用看图软件打开，另存为普通的 JPEG")
        coded = frame(data)
        if coded.scans > MAX_SCANS:
            raise PictureFault(f"图片不正常：这个 JPEG 要扫描 {MAX_SCANS} 次以上（一般 10 次）。"
                               "请用看图软件打开，另存为普通的 JPEG")
        if coded.coefficients > MAX_COEFFICIENTS:
            raise PictureFault("图片太大，而且存成了渐进式 JPEG，读不下；请另存为普通（基线）的 JPEG，或先缩小")


def _require_size(width: int, height: int, form: str) -> None:
    most = _MAX_WHOLE.get(form, MAX_PIXELS)
    if width * height > most:
        other = "请先缩小" if most == MAX_PIXELS else "请另存为 JPEG，或先缩小"
        raise PictureFault(f"图片有 {width}×{height} 像素，超过{_in_chinese(most)}像素，{other}"
                           "（例如宽 6000 像素，印满 A4 也够）")
    if max(width, height) > MAX_SIDE or max(width, height) > MAX_RATIO * min(width, height):
        raise PictureFault(f"图片有 {width}×{height} 像素，太细长了，印不出来；请截取要用的一段")


def _in_chinese(pixels: int) -> str:
    """300,000,000 as “3 亿”, 50,000,000 as “5000 万”."""
    return f" {pixels // 10**8} 亿" if pixels % 10**8 == 0 else f" {pixels // 10**4} 万"


def _decoded(data: bytes) -> LoadedPicture:
    with opened(data) as image:
        width, height = image.size
        form = image.format or ""
        _require_size(width, height, form)
        image.verify()  # the check sums of a PNG, which decoding passes over
    with opened(data) as image:
        if form == "PNG" and width * height > WHOLE_PIXELS and "exif" not in image.info:
            # Pillow decodes the whole picture to see whether notes stand behind it.
            image.info["exif"] = next((data[one.start : one.end] for one in chunks(data) if one.kind == b"eXIf"), b"")
        orientation = _orientation(image)
        moves = form in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1
        media_type = _FORMATS[form]
        if width * height <= WHOLE_PIXELS:
            image.load()
        elif media_type == "image/jpeg":
            data = reduced_jpeg(image)
        elif form == "PNG":
            data = reduced_png(data)
        else:
            data = reduced_whole(image)
            media_type = "image/jpeg" if data.startswith(b"\xff\xd8") else "image/png"
    if orientation in LYING:
        width, height = height, width
    return LoadedPicture(data, media_type, width, height, orientation, moves)


def _heic(data: bytes) -> LoadedPicture:
    """A photograph of an iPhone, as a JPEG: upright, in its own colours, without what was noted on it."""
    import pillow_heif

    _register(pillow_heif)
    with opened(data, ("HEIF",)) as image:
        width, height = image.size  # libheif has turned it already
        _require_size(width, height, "HEIF")
        made = reduced_whole(image)
    media_type = "image/jpeg" if made.startswith(b"\xff\xd8") else "image/png"
    return LoadedPicture(made, media_type, width, height, converted=True)


@cache
def _register(library: Any) -> None:
    library.register_heif_opener(thumbnails=False)


def _orientation(image: Image) -> int:
    """How a picture lies in its file; a telephone leaves it as the sensor was and makes a note."""
    try:
        noted = image.getexif().get(_ORIENTATION)
    except Exception:  # a note that cannot be read is none
        return 1
    return noted if isinstance(noted, int) and 1 <= noted <= 8 else 1
