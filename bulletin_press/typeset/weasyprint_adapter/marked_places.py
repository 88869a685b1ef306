"""Where on a drawn page what stands that was typed: for going from the page to the field and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bulletin_press.typeset.reports import TypedPlace

# What the theme says for the desk alone stands before what the rules go by.
_ATTRIBUTES = ("data-from", "data-origin")
_ITEMS = ("article", "section", "header")


def typed_places(page: Any) -> tuple[TypedPlace, ...]:
    """What was typed on a page, outer boxes before those in them, in parts of the page's width and height."""
    width, height = page.margin_width(), page.margin_height()
    if not width or not height:
        return ()
    return tuple(
        TypedPlace(origin, box.border_box_x() / width, box.border_box_y() / height, box.border_width() / width,
                   box.border_height() / height)
        for origin, box in _typed(page, None))


def _typed(box: Any, outer: Any) -> Iterator[tuple[str, Any]]:
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        element = child.element
        if element is not None and element is not outer and child.element_tag == getattr(element, "tag", None):
            origin = next((said for name in _ATTRIBUTES if (said := element.get(name))), None)
            if origin and isinstance(getattr(child, "height", None), int | float):
                yield _of(element, str(origin)), child
        yield from _typed(child, element)


def _of(element: Any, origin: str) -> str:
    """What an element stands for: an item's, for the item, and not for the field that it is named by."""
    path, _, start = origin.rpartition(":")
    return f"{path.rpartition('/')[0]}:0" if element.tag in _ITEMS else f"{path}:{start}"
