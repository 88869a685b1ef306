"""What is drawn in the order in which it is read.

CSS draws floats before the text, and after it whatever is positioned: all notes in the margin of a
page after all its paragraphs. Readers that go by the order of drawing (reflow, copying, old screen
readers) then hear them out of place. Where nothing can be covered by it, a float or a positioned
box is drawn in its place among its neighbours.
"""

from collections.abc import Callable
from typing import Any, Final

from bulletin_press.typeset.weasyprint_adapter.names import boxes, stacking

EDGES: Final = ("top", "right", "bottom", "left")


def dispatching(dispatch_of: Callable[..., Any]) -> Callable[..., Any]:
    """What stands in for `_dispatch`, which sorts the boxes of a page into layers."""

    def dispatch(
        box: Any, page: Any, child_contexts: Any, blocks: list[Any], floats: Any, blocks_and_cells: Any
    ) -> Any:
        """Sort a box and what is in it into layers; return what stays in its parent."""
        placed = getattr(box, "_box", box)
        if not _may_stay(placed):
            return dispatch_of(box, page, child_contexts, blocks, floats, blocks_and_cells)
        index, inside = len(blocks), dict[Any, Any]()
        copy = stacking._dispatch_children(placed, page, child_contexts, blocks, floats, inside)
        blocks.insert(index, copy)
        blocks_and_cells[copy] = inside
        return None

    return dispatch


def _may_stay(box: Any) -> bool:
    """Whether a box that CSS draws in another layer may be drawn among its neighbours."""
    style = box.style
    positioned = style["position"] != "static"
    if not (positioned or box.is_floated()) or not isinstance(box, boxes.BlockLevelBox):
        return False
    if style["z_index"] != "auto" or style["opacity"] < 1 or style["transform"] or style["clip"]:
        return False
    if style["overflow"] != "visible":
        return False
    if style["position"] == "relative" and all(_is_none(style[edge]) for edge in EDGES):
        return True
    return _is_bare(box)


def _is_none(length: Any) -> bool:
    return length == "auto" or not getattr(length, "value", 1)


def _is_bare(box: Any) -> bool:
    """Whether a box is text and pictures alone: no background, no lines."""
    box = getattr(box, "_box", box)
    if getattr(box, "background", None) is not None:
        return False
    if any(getattr(box, f"border_{edge}_width", 0) for edge in EDGES) or box.style["outline_width"]:
        return False
    return all(_is_bare(child) for child in getattr(box, "children", ()))
