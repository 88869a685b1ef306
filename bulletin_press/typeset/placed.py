"""What stands where on laid-out pages: pictures at their printed size, how full a page is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bulletin_press.typeset.layout import Pages

# CSS pixels to the inch.
INCH = 96.0


@dataclass(frozen=True)
class PlacedPicture:
    """A picture on a page: its address and its box, inches.

    ``contained`` says that it is drawn as large as the box allows without being distorted.
    """

    page: int
    address: str
    width: float
    height: float
    contained: bool

    def printed_width(self, ratio: float) -> float:
        """How wide it prints, inches, where it is ``ratio`` times as wide as high."""
        return min(self.width, self.height * ratio) if self.contained else self.width


def placed_pictures(pages: Pages) -> Iterator[PlacedPicture]:
    """Every picture of the pages, in order; pages count from 1."""
    for number, page in enumerate(pages.document.pages, 1):
        for box in _boxes(page._page_box):
            if box.element_tag == "img" and hasattr(box, "replacement"):
                yield PlacedPicture(number, box.element.get("src", ""), box.width / INCH, box.height / INCH,
                                    box.style["object_fit"] in ("contain", "scale-down"))


def fullness(pages: Pages, index: int) -> float:
    """How far down a page its text and pictures reach, as a share of the type area's height.

    Only what flows counts: running heads, and what a theme pins to the page's foot (the imprint),
    stand on an empty page too.
    """
    page = pages.document.pages[index]._page_box
    top, height = page.content_box_y(), page.height
    bottoms = [box.position_y + box.height for child in page.children if child.element_tag == "html"
               for box in _flowing(child)]
    return max(0.0, min(1.0, (max(bottoms, default=top) - top) / height)) if height else 0.0


def _boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _flowing(box: Any) -> Iterator[Any]:
    """The text and pictures of a box that are in the flow, but for the footer's."""
    if box.element_tag == "footer" or not box.is_in_normal_flow():
        return
    if hasattr(box, "text") or hasattr(box, "replacement"):
        yield box
    for child in getattr(box, "children", ()):
        yield from _flowing(child)
