"""What stands where on laid-out pages: pictures at their printed size, headings, how full a page is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from bulletin_press.typeset.reports import PlacedHeading, PlacedPicture, TightTable

# CSS pixels to the inch.
INCH = 96.0
_HEADINGS = ("h2", "h3", "h4")


def placed_pictures(document: Any) -> Iterator[PlacedPicture]:
    """Every picture of the pages, in order."""
    for number, page in enumerate(document.pages, 1):
        for box in _boxes(page._page_box):
            if box.element_tag == "img" and hasattr(box, "replacement"):
                yield PlacedPicture(number, box.element.get("src", ""), box.width / INCH, box.height / INCH,
                                    box.style["object_fit"] in ("contain", "scale-down"))


def placed_headings(document: Any) -> Iterator[PlacedHeading]:
    """Every heading below the masthead's in the flow of the pages, in order."""
    for number, page in enumerate(document.pages, 1):
        roots = [child for child in page._page_box.children if child.element_tag == "html"]
        ends = {id(end) for root in roots for column in _columns(root) for end in list(_flowing(column))[-1:]}
        if number < len(document.pages):
            ends |= {id(end) for root in roots for end in list(_flowing(root))[-1:]}
        for root in roots:
            for box, anchor, origin in _headings(root, "", ""):
                lines = tuple("".join(_texts(line)).strip() for line in _lines(box))
                alone = any(id(inner) in ends for inner in _boxes(box))
                yield PlacedHeading(number, box.element_tag, tuple(filter(None, lines)), anchor, origin, alone)


def tight_tables(document: Any) -> Iterator[TightTable]:
    """The tables that a theme marked as too wide for their measure, each once."""
    seen = set()
    for number, page in enumerate(document.pages, 1):
        for box in _boxes(page._page_box):
            if box.element_tag == "table" and box.element.get("data-tight") is not None:
                origin = box.element.get("data-origin", "")
                if origin not in seen:
                    seen.add(origin)
                    yield TightTable(number, len(box.element.findall("colgroup/col")), origin)


def fullness(document: Any, index: int) -> float:
    """How far down a page its text and pictures reach, as a share of the type area's height.

    Only what flows counts: running heads, and what a theme pins to the page's foot (the imprint),
    stand on an empty page too.
    """
    page = document.pages[index]._page_box
    top, height = page.content_box_y(), page.height
    bottoms = [box.position_y + box.height for child in page.children if child.element_tag == "html"
               for box in _flowing(child)]
    return max(0.0, min(1.0, (max(bottoms, default=top) - top) / height)) if height else 0.0


def _boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _lines(box: Any) -> Iterator[Any]:
    """The lines of a box in the flow; what stands in a line as a block of its own is part of that line."""
    if type(box).__name__ == "LineBox":
        yield box
        return
    for child in getattr(box, "children", ()):
        if child.is_in_normal_flow():
            yield from _lines(child)


def _texts(box: Any) -> Iterator[str]:
    """The words of a box in the flow."""
    if not box.is_in_normal_flow():
        return
    if hasattr(box, "text"):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _headings(box: Any, anchor: str, origin: str) -> Iterator[tuple[Any, str, str]]:
    """The boxes of headings in the flow, each with the id and the origin that hold for it."""
    if not box.is_in_normal_flow():
        return
    if box.element is not None:
        anchor, origin = box.element.get("id", anchor), box.element.get("data-origin", origin)
    if box.element_tag in _HEADINGS:
        yield box, anchor, origin
        return
    for child in getattr(box, "children", ()):
        yield from _headings(child, anchor, origin)


def _columns(box: Any) -> Iterator[Any]:
    """Columns that go on in another one beside them."""
    for child in getattr(box, "children", ()):
        yield from _columns(child)
    if box.style["column_count"] != "auto" or box.style["column_width"] != "auto":
        beside = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
        yield from (one for one, after in pairwise(beside) if after.position_x > one.position_x)


def _flowing(box: Any) -> Iterator[Any]:
    """The text and pictures of a box that are in the flow, but for the footer's."""
    if box.element_tag == "footer" or not box.is_in_normal_flow():
        return
    if hasattr(box, "text") or hasattr(box, "replacement"):
        yield box
    for child in getattr(box, "children", ()):
        yield from _flowing(child)
