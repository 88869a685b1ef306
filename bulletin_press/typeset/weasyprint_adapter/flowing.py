"""What flows through laid-out pages, as pieces that are never parted, with the places where a page may end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bulletin_press.typeset.reports import FlowPiece, PieceKind

_POINT = 0.75
# What lies so far over another, px, stands beside it.
_BESIDE = 0.7
_FORCED = ("page", "left", "right", "recto", "verso", "always")


@dataclass
class _Piece:
    """A piece in the making, px from the page's top: ``ends`` says whether a page may end behind it."""

    top: float
    bottom: float
    kind: PieceKind
    section: str
    ends: bool = True
    begins: bool = True
    items: int = 0
    beside: tuple[float, ...] = ()


def flow_pieces(document: Any) -> list[tuple[FlowPiece, ...]]:
    """The pieces of each page, in the order of their heights."""
    made, path_before, name, begun = list[tuple[FlowPiece, ...]](), list[Any](), None, set[int]()
    for page in document.pages:
        box = page._page_box
        roots = [child for child in box.children if child.element_tag == "html"]
        pieces = _merged(sorted((one for root in roots for one in _pieces(root, "", begun)), key=lambda one: one.top))
        first, last = _path(roots[0], 0) if roots else [], _path(roots[0], -1) if roots else []
        forced = _forced(path_before, first) or (name is not None and name != box.page_type.name)
        if pieces and pieces[0].top > box.content_box_y() + 1:
            # What stands there is out of the flow, a masthead, or air that a page keeps.
            section = pieces[0].section if name is not None else ""
            pieces.insert(0, _Piece(box.content_box_y(), pieces[0].top, "text", section, ends=False))
        made.append(tuple(_told(pieces, box.content_box_y(), _margin(path_before, first), forced=forced)))
        path_before, name = last, box.page_type.name
    return made


def _told(pieces: list[_Piece], top: float, margin: float, *, forced: bool) -> Iterator[FlowPiece]:
    end, held = top, False
    for at, one in enumerate(pieces):
        space = margin if at == 0 else max(0.0, one.top - end)
        yield FlowPiece(one.section, one.kind, space * _POINT, (one.bottom - one.top) * _POINT,
                        follows=at > 0 and (held or not one.begins), forced=at == 0 and forced,
                        items=one.items, beside=tuple(high * _POINT for high in one.beside))
        end, held = one.bottom, not one.ends


def _merged(pieces: list[_Piece]) -> list[_Piece]:
    """Pieces one below the other: what stands side by side is one."""
    made = list[_Piece]()
    for one in pieces:
        before = made[-1] if made else None
        if before is None or one.top >= before.bottom - _BESIDE:
            made.append(one)
            continue
        # Columns are made even again on each page, so that it may end behind most of their rows; and a heading takes
        # room for the first lines below it.
        before.ends = before.ends or one.ends
        before.bottom = max(before.bottom, one.bottom)
        before.items += one.items
        before.beside = before.beside or one.beside
        before.kind = before.kind if before.kind == one.kind else "text"
    return made


def _pieces(box: Any, section: str, begun: set[int]) -> Iterator[_Piece]:
    """The pieces of a box, whether side by side or not; ``begun`` holds the articles that began on the pages before."""
    if box.is_absolutely_positioned() or box.is_running():
        return
    if box.element_tag in ("section", "nav") and box.element is not None:
        section = ((box.element.get("class") or "").split() or [""])[0]
    whole = not hasattr(box, "children") or box.style["break_inside"] in ("avoid", "avoid-page") or \
        type(box).__name__ in ("FlexBox", "GridBox", "TableRowBox", "LineBox") or hasattr(box, "replacement")
    if whole:
        if (high := _high(box)) > 0:
            kind = "foot" if box.element_tag == "footer" else _kind(box)
            yield _Piece(box.border_box_y() if hasattr(box, "border_box_y") else box.position_y,
                         (box.border_box_y() if hasattr(box, "border_box_y") else box.position_y) + high, kind, section,
                         box.style["break_after"] != "avoid", box.style["break_before"] != "avoid",
                         sum(_begins(one, begun) for one in (box, *getattr(box, "children", ()))),
                         tuple(_reach(child) for child in box.children) if type(box).__name__ == "GridBox" else ())
        return
    lines = [child for child in box.children if type(child).__name__ == "LineBox"]
    if lines:
        orphans, widows = box.style["orphans"], box.style["widows"]
        for at, line in enumerate(lines, 1):
            ends = at == len(lines) or (at >= orphans and len(lines) - at >= widows)
            yield _Piece(line.position_y, line.position_y + line.height, "text", section, ends)
        return
    opens = _begins(box, begun)
    inside = [one for child in box.children for one in _pieces(child, section, begun)]
    if inside:
        inside[0].items += opens
    if box.style["box_decoration_break"] == "clone":
        # Where a page ends in it, its padding is to have room as well.
        end = min((one.bottom for one in inside if one.ends), default=0.0) + box.padding_bottom
        for one in inside:
            one.ends = one.ends and one.bottom >= end
    if inside and box.style["break_after"] == "avoid":
        max(inside, key=lambda one: one.bottom).ends = False
    if inside and box.style["break_before"] == "avoid":
        min(inside, key=lambda one: one.top).begins = False
    yield from inside


def _begins(box: Any, begun: set[int]) -> bool:
    """Whether a box is an article that began on no page before."""
    first = box.element_tag == "article" and id(box.element) not in begun
    begun.update([id(box.element)] if first else [])
    return first


def _reach(box: Any) -> float:
    """How high a box would be, px, were it not stretched to the height of those beside it."""
    ends = [one.position_y + one.height for one in box.descendants() if type(one).__name__ == "LineBox"]
    return float(max(ends, default=box.border_box_y()) + box.padding_bottom - box.border_box_y())


def _high(box: Any) -> float:
    height = box.border_height() if hasattr(box, "border_height") else box.height
    return float(height) if isinstance(height, int | float) else 0.0


def _kind(box: Any) -> PieceKind:
    """What a piece is: of figures and divisions by what is in them."""
    if box.element_tag in ("table", "tr"):
        return "table"
    if box.element_tag not in ("figure", "div"):
        return "text"
    kinds: dict[str, PieceKind] = {"table": "table", "svg": "chart", "img": "picture"}
    return next((kind for tag, kind in kinds.items() if _holds(box, tag)), "text")


def _holds(box: Any, tag: str) -> bool:
    return any((child.element_tag or "").endswith(tag) or _holds(child, tag) for child in getattr(box, "children", ()))


def _path(box: Any, at: int) -> list[Any]:
    """The boxes with which a page begins (0) or ends (-1), the outermost first."""
    made = [box]
    while True:
        inside = [child for child in getattr(made[-1], "children", ()) if child.is_in_normal_flow()]
        if not inside or type(inside[at]).__name__ == "LineBox":
            return made
        made.append(inside[at])


def _forced(before: list[Any], first: list[Any]) -> bool:
    """Whether a page begins where the style sheet has one begin."""
    ended, begun = {id(box.element) for box in before}, {id(box.element) for box in first}
    return any(box.style["break_before"] in _FORCED for box in first if id(box.element) not in ended) or \
        any(box.style["break_after"] in _FORCED for box in before if id(box.element) not in begun)


def _margin(before: list[Any], first: list[Any]) -> float:
    """The white between what a page begins with and what the one before ended with, px, which was dropped."""
    ended, begun = {id(box.element) for box in before}, {id(box.element) for box in first}
    margins = [box.style["margin_top"] for box in first if id(box.element) not in ended]
    margins += [box.style["margin_bottom"] for box in before if id(box.element) not in begun]
    return max((one.value for one in margins if getattr(one, "unit", "") == "px"), default=0.0)
