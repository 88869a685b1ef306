"""What is made of an issue, and the pictures that go into it: files of its folder, and of no other."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.responses import FileResponse, PlainTextResponse, Response

from bulletin_press.desk.server.desk import Desk, Issue
from bulletin_press.desk.server.views import day_of, label_of, publication_of, values_of
from bulletin_press.desk.server.work import made
from bulletin_press.ground.diagnostics import PressError, Severity
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.ground.output import create_new
from bulletin_press.writers import outlet_names, outlet_of, outlets
from bulletin_press.writers.target import output_path

_SHOWN = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp", ".gif": "image/gif"}
_OPENED = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8"}
MOST_PIXELS = 80_000_000


def output_view(desk: Desk, issue: Issue) -> dict[str, Any]:
    """Every outlet, and what is there of it."""
    values = values_of(issue)
    rows = []
    for outlet in outlets():
        path = output_path(issue.file.path, outlet)
        there = path.exists() and is_inside(path, issue.file.path.parent)
        current = there and path.stat().st_mtime >= issue.file.path.stat().st_mtime
        rows.append({"name": outlet.name, "label": outlet.label, "about": outlet.about, "there": there,
                     "state": "已生成" if current else "已生成，之后又改了" if there else "",
                     "file": path.name, "opens": there and path.is_file()})
    return {"publication": publication_of(desk.workspace()), "name": issue.name, "label": label_of(issue.name, values),
            "day": day_of(values), "outlets": rows, "folder": f"{issue.name} / out"}


def made_of(desk: Desk, issue: Issue, outlet: str, draft: bool) -> dict[str, Any]:
    """Make one output and write it.

    Raises:
        PressError: there is no such outlet, or it cannot be made.
    """
    outlet_of(outlet)
    found = desk.making.ask(made, desk.place, issue.file.path, outlet, draft)
    errors = sum(one.severity is Severity.ERROR for one in found.checked.findings)
    if not found.outputs:
        return {"blocked": errors}
    output = found.outputs[0]
    seconds = found.seconds.checking + found.seconds.setting + found.seconds.writing
    size = output.path.stat().st_size if output.path.is_file() else 0
    return {"file": output.path.name, "pages": output.pages, "files": len(output.holds), "bytes": size,
            "seconds": round(seconds, 1), "notices": list(found.notices), "opens": output.path.is_file()}


def written(desk: Desk, issue: Issue, outlet: str) -> Response:
    """An output as a file; HTML is saved, not shown: it is not of the desk's making alone."""
    if outlet not in outlet_names():
        return PlainTextResponse("没有这种", 404)
    path = output_path(issue.file.path, outlet_of(outlet))
    if not path.is_file() or not is_inside(path, desk.place.root):
        return PlainTextResponse("还没有生成", 404)
    kind = _OPENED.get(path.suffix)
    return FileResponse(path, media_type=kind or "application/octet-stream", filename=path.name,
                        content_disposition_type="inline" if kind else "attachment")


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
            image = Image.open(io.BytesIO(data))
            kind, turned = image.format, image.getexif().get(0x0112, 1) not in (0, 1)
            if image.width * image.height > MOST_PIXELS:
                raise PressError("这张图太大了，请缩小再放")
            suffixes: Mapping[str | None, str] = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}
            if kind in suffixes and not turned:
                image.load()  # a picture that was cut off is found here, not on the page
                return suffixes[kind], data
            out = io.BytesIO()
            upright = ImageOps.exif_transpose(image)
            if kind == "JPEG":
                upright.save(out, "JPEG", quality=95, icc_profile=image.info.get("icc_profile"))
                return ".jpg", out.getvalue()
            upright.save(out, "PNG")
            return ".png", out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        raise PressError("这个文件不是能读的图片：请用 JPG 或 PNG") from None
