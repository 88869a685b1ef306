"""Where the words of laid-out pages stand, and which of them stand on each other or off their page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from bulletin_press.typeset.reports import Overlap, Stray
from bulletin_press.typeset.weasyprint_adapter.structure import is_decoration

# What of an em a character's ink surely takes: above the baseline, below it, and at each side not.
_ABOVE, _BELOW, _BESIDE = 0.7, 0.02, 0.08
# So much of the smaller one's em must be covered, both ways, before two texts are said to overlap.
_COVERED = 0.15
# A picture may bleed beyond the page, pixels: 12 pt.
_BLEED = 16.0
_ORIGIN = "data-origin"


class _Placed(NamedTuple):
    """A piece of text: the box of its ink, pixels; its em; its line; what it says and where that was typed."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    line: int
    text: str
    origin: str


def overlaps(document: Any) -> Iterator[Overlap]:
    """Pieces of text that stand on each other, page by page; each piece is named once."""
    for number, page in enumerate(document.pages, 1):
        named: set[str] = set()
        for one, other in _overlapping(list(_texts(page._page_box, "", 0))):
            key = one.text + "\n" + other.text
            if key not in named:
                named.add(key)
                yield Overlap(number, one.text, other.text, one.origin or other.origin)


def strays(document: Any) -> Iterator[Stray]:
    """Text and pictures that leave their page: letters at all, pictures by more than a bleed."""
    for number, page in enumerate(document.pages, 1):
        box = page._page_box
        width, height = box.margin_width(), box.margin_height()
        for one in _texts(box, "", 0):
            beyond = max(-one.left, -one.top, one.right - width, one.bottom - height)
            if beyond > 0.5:
                yield Stray(number, one.text, one.origin)
        for picture, origin in _pictures(box, ""):
            beyond = max(-picture.position_x, -picture.position_y, picture.position_x + picture.width - width,
                         picture.position_y + picture.height - height)
            if beyond > _BLEED:
                yield Stray(number, "", origin)


def _overlapping(texts: list[_Placed]) -> Iterator[tuple[_Placed, _Placed]]:
    """Pairs that cover each other, found in one pass from the top of the page to its foot."""
    texts.sort(key=lambda one: one.top)
    open_now: list[_Placed] = []
    for one in texts:
        open_now = [other for other in open_now if other.bottom > one.top]
        for other in open_now:
            least = _COVERED * min(one.size, other.size)
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            # The pieces of one line are set by the composer: marks may hang into each other.
            if across > least and down > least and one.line != other.line:
                yield other, one
        open_now.append(one)


def _texts(box: Any, origin: str, line: int) -> Iterator[_Placed]:
    box = getattr(box, "_box", box)  # what is absolutely positioned stands behind a placeholder
    if _is_mark(box) or box.style["visibility"] != "visible":
        return
    element = getattr(box, "element", None)
    if element is not None:
        origin = element.attrib.get(_ORIGIN, origin)
    if type(box).__name__ == "LineBox":
        line = id(box)
    if hasattr(box, "text"):
        if (place := _place(box, origin, line)) is not None:
            yield place
        return
    for child in getattr(box, "children", ()):
        yield from _texts(child, origin, line)


def _place(box: Any, origin: str, line: int) -> _Placed | None:
    size = box.style["font_size"]
    text = box.text.strip()
    if not text or size <= 0 or box.style["color"].alpha == 0:
        return None
    # A leader's points, and blanks at either end, are no words.
    inset = _BESIDE * size
    baseline = box.position_y + box.baseline
    return _Placed(box.position_x + inset, baseline - _ABOVE * size, box.position_x + box.width - inset,
                   baseline + _BELOW * size, size, line, text, origin)


def _pictures(box: Any, origin: str) -> Iterator[tuple[Any, str]]:
    box = getattr(box, "_box", box)
    element = getattr(box, "element", None)
    if element is not None:
        origin = element.attrib.get(_ORIGIN, origin)
    if getattr(box, "element_tag", "") == "img" and hasattr(box, "replacement"):
        yield box, origin
    for child in getattr(box, "children", ()):
        yield from _pictures(child, origin)


def _is_mark(box: Any) -> bool:
    """A proof's mark, which lies over the page; running heads are judged like all text."""
    return type(box).__name__ != "MarginBox" and is_decoration(box)
