"""Where the pieces stand that a page's HTML marks as such: what a page of flowing height is measured by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bulletin_press.typeset.reports import PlacedPiece

ATTRIBUTE = "data-piece"
# Points to the CSS pixel.
_POINT = 0.75


def placed_pieces(document: Any) -> Iterator[PlacedPiece]:
    """Every marked piece of the pages, in order; one that is broken over pages comes once a page."""
    for number, page in enumerate(document.pages, 1):
        top = page._page_box.content_box_y()
        for box in _marked(page._page_box):
            yield PlacedPiece(box.element.get(ATTRIBUTE), number, (box.border_box_y() - top) * _POINT,
                              (box.border_box_y() + box.border_height() - top) * _POINT)


def _marked(box: Any) -> Iterator[Any]:
    element = getattr(box, "element", None)
    if element is not None and element.get(ATTRIBUTE) is not None and hasattr(box, "border_height"):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _marked(child)
