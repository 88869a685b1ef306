"""How far down laid-out pages what stands on them reaches, and how long items are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from bulletin_press.typeset.reports import FlowPiece, ItemLines, PageFill
from bulletin_press.typeset.weasyprint_adapter.flowing import flow_pieces
from bulletin_press.typeset.weasyprint_adapter.struts import strut_of

# Points to the CSS pixel.
_POINT = 0.75
_TEXTS = ("p", "ul")
_FIGURES = ("figure", "table")
# What a page's first thing may stand in; no deeper is looked for the texts behind it.
_NO_INK = ("html", "body")


class _Ink(NamedTuple):
    """From where to where something can be seen, px, and whether it flows (or is pinned to the foot)."""

    top: float
    bottom: float
    flows: bool


def page_fills(document: Any) -> tuple[PageFill, ...]:
    """How full each page is."""
    pieces = flow_pieces(document)
    return tuple(_fill(number, page._page_box, pieces[number - 1]) for number, page in enumerate(document.pages, 1))


def _fill(number: int, page: Any, pieces: tuple[FlowPiece, ...]) -> PageFill:
    roots = [child for child in page.children if child.element_tag == "html"]
    top, height = page.content_box_y(), page.height
    ink = sorted(one for root in roots for one in _ink(root, flows=True))
    flowing = [one.bottom for one in ink if one.flows]
    used = min(max(flowing, default=top), top + height) - top
    end, gap = top, 0.0
    for one in ink:
        gap = max(gap, min(one.top, top + height) - end)
        end = max(end, one.bottom)
    gap = max(gap, top + height - end)
    line = strut_of(roots[0].style)[0] if roots else 0.0
    first, texts = next(((box, rest) for root in roots for box, rest in _openings(root)), (None, ()))
    sections = dict[str, float]()
    for kind, high in (one for root in roots for one in _sections(root)):
        sections[kind] = sections.get(kind, 0.0) + high * _POINT
    return PageFill(number, height * _POINT, used * _POINT, gap * _POINT, line * _POINT, tuple(sections),
                    _origin_within(first) if first is not None else "", tuple(texts), tuple(sections.values()), pieces)


def _ink(box: Any, *, flows: bool) -> Iterator[_Ink]:
    """What can be seen of a box; what hangs outside the flow is left out, but for a footer's."""
    if box.element_tag == "footer":
        flows = False
    if flows and (box.is_absolutely_positioned() or box.is_running()):
        return
    if hasattr(box, "text"):
        if box.text.strip():
            yield _Ink(box.position_y, box.position_y + box.height, flows)
    elif hasattr(box, "replacement") or (box.element_tag not in _NO_INK and _shows(box)):
        yield _Ink(box.border_box_y(), box.border_box_y() + box.border_height(), flows)
    for child in getattr(box, "children", ()):
        yield from _ink(child, flows=flows)


def _shows(box: Any) -> bool:
    """Whether a box has a ground of its own, or is closed by a line."""
    if not hasattr(box, "border_bottom_width") or not isinstance(box.height, int | float):
        return False
    colour = box.style["background_color"]
    tinted = colour != "currentcolor" and getattr(colour, "alpha", 0) > 0
    return tinted or (box.border_bottom_width > 0 and not box.remove_decoration_sides)


def _sections(box: Any) -> Iterator[tuple[str, float]]:
    """The first word of the class of each section, and its height, px."""
    if box.element_tag == "section" and box.element is not None:
        high = box.border_height() if isinstance(box.height, int | float) else 0.0
        yield from ((kind, high) for kind in (box.element.get("class") or "").split()[:1])
        return
    for child in getattr(box, "children", ()):
        yield from _sections(child)


def _openings(root: Any) -> Iterator[tuple[Any, list[tuple[str, float]]]]:
    """The picture or table that a page begins with, and the paragraphs behind it."""
    first, texts = None, list[tuple[str, float]]()
    for box in _blocks(root):
        if first is None:
            if box.element_tag not in _FIGURES:
                return
            first = box
        elif box.element_tag in _TEXTS:
            texts.append((box.element.get("data-origin", ""), box.margin_height() * _POINT))
        elif box.element_tag not in _FIGURES:
            break
    if first is not None:
        yield first, texts


def _blocks(box: Any) -> Iterator[Any]:
    """The figures, tables, headings and texts of a page in its flow, whole."""
    for child in getattr(box, "children", ()):
        if not child.is_in_normal_flow() or child.element_tag == "footer":
            continue
        if child.element_tag in (*_TEXTS, *_FIGURES, "h1", "h2", "h3", "h4", "svg"):
            yield child
        else:
            yield from _blocks(child)


def _origin_within(box: Any) -> str:
    if box.element is not None and (origin := box.element.get("data-origin")):
        return str(origin)
    return next((found for child in getattr(box, "children", ()) if (found := _origin_within(child))), "")


def item_lines(document: Any) -> tuple[ItemLines, ...]:
    """How long the items are; see ``setter.Pages.item_lines``."""
    heights, line = dict[str, float](), 0.0
    for page in document.pages:
        for root in page._page_box.children:
            if root.element_tag == "html":
                line = strut_of(root.style)[0]
                _add_heights(root, "", 1, heights)
    return tuple(ItemLines(origin, height / line) for origin, height in heights.items()) if line else ()


def _add_heights(box: Any, origin: str, columns: int, heights: dict[str, float]) -> None:
    if not box.is_in_normal_flow():
        return
    if box.element is not None and (typed := box.element.get("data-origin")):
        origin = "/".join(typed.rpartition(":")[0].split("/")[:2])
    if origin and (type(box).__name__ == "LineBox" or hasattr(box, "replacement")):
        heights[origin] = heights.get(origin, 0.0) + box.height / columns
        return
    count = box.style["column_count"]
    for child in getattr(box, "children", ()):
        _add_heights(child, origin, count if isinstance(count, int) else columns, heights)
