"""Boxes, bleed, the number of pages, what the file says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from bulletin_press.ground.diagnostics import Severity
from bulletin_press.prepress.preflight.faults import Fault
from bulletin_press.prepress.sheets import MM, SIGNATURE
from bulletin_press.prepress.state import Box

BLEED = 3 * MM
_SLACK = 0.15 * MM
_SIDES = "左下右上"


def file_faults(pdf: pikepdf.Pdf) -> Iterator[Fault]:
    """What is wrong with the file as a whole."""
    count = len(pdf.pages)
    boxes = [trim_of(page) for page in pdf.pages]
    imposed = bool(boxes) and all(box[2] - box[0] > box[3] - box[1] for box in boxes)
    wanted = 2 if imposed else SIGNATURE
    if count % wanted:
        kind = "拼好的版要正反两面" if imposed else f"骑马订要 {SIGNATURE} 的倍数"
        yield Fault("page-count", Severity.WARNING, f"共 {count} 页，{kind}：还差 {-count % wanted} 页")
    sizes = {(round(box[2] - box[0]), round(box[3] - box[1])) for box in boxes}
    if len(sizes) > 1:
        shown = "、".join(f"{w / MM:.0f}×{h / MM:.0f}" for w, h in sorted(sizes))
        yield Fault("page-sizes", Severity.ERROR, f"各页大小不一（{shown} 毫米）")
    intents: Any = pdf.Root.get("/OutputIntents", [])
    if not any(str(one.get("/S")) == "/GTS_PDFX" for one in intents):
        yield Fault("no-output-intent", Severity.WARNING, "没有写明按什么印刷条件分的色（输出意图）")
    if pdf.is_encrypted:
        yield Fault("encrypted", Severity.ERROR, "文件加了密，印刷厂的设备打不开")


def page_faults(page: pikepdf.Page, reach: list[Box]) -> Iterator[Fault]:
    """What is wrong with the boxes of a page, and where its content stops short of the bleed.

    Args:
        page: the page.
        reach: the boxes of all that is painted on it.
    """
    media, trim = _box(page.mediabox), trim_of(page)
    if "/TrimBox" not in page.obj:
        yield Fault("no-trim-box", Severity.ERROR, "没有写明成品的尺寸（TrimBox）")
    bleed = _box(page.obj.BleedBox) if "/BleedBox" in page.obj else media
    if not (_inside(trim, bleed) and _inside(bleed, media)):
        yield Fault("wrong-boxes", Severity.ERROR, "成品框、出血框、页面框没有一层套一层")
        return
    if page.obj.get("/UserUnit", 1) != 1:
        yield Fault("wrong-boxes", Severity.ERROR, "页面的单位不是磅（UserUnit）")
    room = min(trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3])
    if room < BLEED - _SLACK:
        told = "四边没有出血" if room <= _SLACK else f"出血只有 {room / MM:.1f} 毫米，要 3 毫米"
        yield Fault("no-bleed", Severity.ERROR, told)
        return
    sides = sorted({name for box in reach for name in _short(box, trim, reach)}, key=_SIDES.index)
    if sides:
        yield Fault("short-of-bleed", Severity.ERROR, f"有内容到{'、'.join(sides)}边为止，没有伸进出血，裁切后会露白")


def trim_of(page: pikepdf.Page) -> Box:
    """The trimmed form; the page itself where it does not say."""
    return _box(page.obj.TrimBox) if "/TrimBox" in page.obj else _box(page.mediabox)


def _short(box: Box, trim: Box, reach: list[Box]) -> Iterator[str]:
    """The sides where what is painted ends at the edge, with nothing under it that goes well beyond."""
    near, far = 0.5 * MM, BLEED - 0.5 * MM
    for side, (name, over) in enumerate(zip(_SIDES, _overs(box, trim), strict=True)):
        if -near < over < far and not any(
                _overs(other, trim)[side] >= far and _along(other, side, box, trim) for other in reach):
            yield name


def _overs(box: Box, trim: Box) -> tuple[float, float, float, float]:
    """How far a box goes over each side."""
    return trim[0] - box[0], trim[1] - box[1], box[2] - trim[2], box[3] - trim[3]


def _along(other: Box, side: int, box: Box, trim: Box) -> bool:
    """Whether a box goes along a side as far as another, within what is cut."""
    low, high = (1, 3) if side in (0, 2) else (0, 2)
    return (other[low] <= max(box[low], trim[low]) + _SLACK and
            other[high] >= min(box[high], trim[high]) - _SLACK)


def _inside(inner: Box, outer: Box) -> bool:
    return (inner[0] >= outer[0] - _SLACK and inner[1] >= outer[1] - _SLACK and inner[2] <= outer[2] + _SLACK
            and inner[3] <= outer[3] + _SLACK)


def _box(box: Any) -> Box:
    one, two, three, four = (float(number) for number in box)
    return min(one, three), min(two, four), max(one, three), max(two, four)
