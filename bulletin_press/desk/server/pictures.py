"""The pictures of an issue: shown, put into its folder, named in its items, ordered."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.responses import FileResponse, PlainTextResponse, Response

from bulletin_press.desk.server.desk import Issue
from bulletin_press.desk.store import Edit, Set
from bulletin_press.desk.store.edits import Misplaced, differences, edited, value_at
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.ground.output import create_new
from bulletin_press.pictures.kinds import HEIC, foreign_kind
from bulletin_press.toml.positions import KeyPath

_SHOWN = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp", ".gif": "image/gif"}
MOST_PIXELS = 80_000_000
# What cameras and phones make, whatever the file is called.
_PHOTOGRAPHS = ("HEIF", "AVIF", "MPO", "TIFF")
# What a picture of an item's own says of it, by the keys of one in a list.
_OWN = {"file": "image", "caption": "caption", "alt": "alt"}


def shown_picture(issue: Issue, name: str) -> Response:
    """A picture of the issue's folder."""
    folder = issue.file.path.parent
    path = folder / name
    kind = _SHOWN.get(path.suffix.lower())
    try:
        there = bool(kind) and ".." not in path.parts and path.is_file() and is_inside(path, folder)
    except (OSError, ValueError):
        there = False
    return FileResponse(path, media_type=kind) if there else PlainTextResponse("没有这张图", 404)


def put_picture(issue: Issue, given: str, data: bytes) -> str:
    """A picture into the issue's folder, turned upright; its name from the issue's folder.

    Raises:
        PressError: it is none that can be read, or too large.
    """
    suffix, data = _upright(data)
    stem = re.sub(r"[^\w\u4e00-\u9fff-]+", "-", Path(unquote(given)).stem, flags=re.ASCII).strip("-_")[:40] or "picture"
    folder = issue.file.path.parent / "images"
    if not is_inside(folder, issue.file.path.parent):
        raise PressError("图片的文件夹是指到别处的链接，没有放进去")
    folder.mkdir(exist_ok=True)
    for number in range(1, 1000):
        name = f"{stem}{'' if number == 1 else f'-{number}'}{suffix}"
        path = folder / name
        if path.exists():
            if path.read_bytes() == data:
                return f"images/{name}"
            continue
        create_new(path, data)
        return f"images/{name}"
    raise PressError("同名的图片太多了")


def is_readable(data: bytes) -> bool:
    """Whether a picture can be put into an issue."""
    try:
        _upright(data)
    except PressError:
        return False
    return True


@contextmanager
def _whole_only() -> Iterator[None]:
    """Have Pillow refuse what is cut off: the layout engine, once loaded, has it filled up with grey."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _upright(data: bytes) -> tuple[str, bytes]:
    """A picture's suffix and bytes; anew only where a camera held it sideways, or where it is no kind that prints."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings(), _whole_only():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = _opened(data)
            kind, turned = image.format, image.getexif().get(0x0112, 1) not in (0, 1)
            if image.width * image.height > MOST_PIXELS:
                raise PressError("这张图太大了，请缩小再放")
            suffixes: Mapping[str | None, str] = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}
            if kind in suffixes and not turned:
                image.load()  # a picture that was cut off is found here, not on the page
                return suffixes[kind], data
            out = io.BytesIO()
            upright = ImageOps.exif_transpose(image)
            if kind in ("JPEG", *_PHOTOGRAPHS) and upright.mode in ("RGB", "L", "CMYK"):
                upright.save(out, "JPEG", quality=95, icc_profile=image.info.get("icc_profile"))
                return ".jpg", out.getvalue()
            upright.save(out, "PNG", icc_profile=image.info.get("icc_profile"))
            return ".png", out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        raise PressError(_refusal(data)) from None


def _opened(data: bytes) -> Any:
    """A picture; a phone's HEIC by the library of its own."""
    from PIL import Image

    if foreign_kind(data) is not HEIC:
        return Image.open(io.BytesIO(data))
    held = _heif().open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)  # turned already
    image = held.to_pillow()
    image.format = "HEIF"
    image.info.pop("exif", None)
    return image


def _heif() -> Any:
    """The library for HEIC: the desk's own, or the one of ``press[heic]``.

    Raises:
        PressError: neither is there.
    """
    for name in ("pi_heif", "pillow_heif"):
        with suppress(ImportError):
            return import_module(name)
    raise PressError("读手机的HEIC照片要另装软件包 pi-heif；或者在手机、电脑上存成JPG再放")


def _refusal(data: bytes) -> str:
    kind = foreign_kind(data)
    if kind is None or kind is HEIC:
        return "这个文件不是能读的图片，或没有下载完整：请用 JPG 或 PNG"
    return f"这是{kind.name}，放不进来。{kind.remedy}"


# --- in items ---------------------------------------------------------------------------------


def listed(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """An item's pictures as of a list, the one of its own first."""
    own = {key: item[typed] for key, typed in _OWN.items() if item.get(typed) is not None}
    several = item.get("images")
    return [*([own] if "file" in own else []),
            *(dict(one) for one in (several if isinstance(several, list) else ()) if isinstance(one, Mapping))]


def with_pictures(values: Mapping[str, Any], path: KeyPath, pictures: Sequence[Mapping[str, Any]]) -> tuple[Edit, ...]:
    """The edits by which an item has these pictures, in this order.

    A first one of no width of its own is typed as ``image``, as the guide has it, where the item had one typed so or
    has no other; the rest in its list.

    Raises:
        Misplaced: the item is not there.
    """
    item = value_at(values, path)
    if not isinstance(item, Mapping):
        raise Misplaced("这一则已经不在了")
    own = bool(pictures) and (item.get("image") is not None or len(pictures) == 1) and "width" not in pictures[0]
    first = pictures[0] if own else {}
    after: Mapping[str, Any] = values
    for key, typed in _OWN.items():
        after = edited(after, Set((*path, typed), first.get(key)))
    rest = [dict(one) for one in pictures[1 if own else 0:]]
    after = edited(after, Set((*path, "images"), rest or None))
    return tuple(differences(values, after))
