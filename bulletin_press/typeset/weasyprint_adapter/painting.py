"""What is drawn in the order in which it is read.

CSS draws floats before the text, and after it whatever is positioned or clipped: all notes in the
margin of a page, and all its pictures, after all its paragraphs. Readers that go by the order of
drawing (reflow, copying, old screen readers) then hear them out of place. Where nothing can be
covered by it, such a box is drawn in its place among its neighbours.
"""

from collections.abc import Callable
from typing import Any, Final

from bulletin_press.typeset.weasyprint_adapter.names import boxes, draw, stacking

EDGES: Final = ("top", "right", "bottom", "left")


class Layers:
    """The functions that stand in for WeasyPrint's own sorting of boxes into layers."""

    def __init__(self) -> None:
        self.dispatch_of: Callable[..., Any]
        self.draw_inline_level_of: Callable[..., None]
        self.draw_block_level_of: Callable[..., None]

    def dispatch_children(
        self, box: Any, page: Any, child_contexts: Any, blocks: Any, floats: Any, blocks_and_cells: Any
    ) -> Any:
        """Return a box with those of its children that are drawn with it; sort the others into layers."""
        if not isinstance(box, boxes.ParentBox):
            return box
        inline = isinstance(box, boxes.LineBox | boxes.InlineBox)
        layers = (page, child_contexts, blocks, floats, blocks_and_cells)
        found = (
            self._in_place(child, *layers, inline=inline) if _may_stay(child) else self.dispatch_of(child, *layers)
            for child in map(_placed, box.children)
        )
        return box.copy_with_children([child for child in found if child is not None])

    def _in_place(
        self, box: Any, page: Any, contexts: Any, blocks: list[Any], floats: Any, cells: Any, *, inline: bool
    ) -> Any:
        """Let a box be drawn among its neighbours."""
        context = stacking.StackingContext
        clipped = box.style["overflow"] != "visible"
        if inline:
            return context.from_box(box, page) if clipped else context.from_box(box, page, contexts)
        if clipped:
            cells[context.from_box(box, page)] = {}
            return None
        index, inside = len(blocks), dict[Any, Any]()
        copy = self.dispatch_children(box, page, contexts, blocks, floats, inside)
        blocks.insert(index, copy)
        cells[copy] = inside
        return None

    def draw_inline_level(self, stream: Any, page: Any, box: Any, *others: Any) -> None:
        """Draw what stands in a line."""
        if isinstance(box, stacking.StackingContext):
            draw.draw_stacking_context(stream, box)
        else:
            self.draw_inline_level_of(stream, page, box, *others)

    def draw_block_level(self, page: Any, stream: Any, blocks_and_cells: Any) -> None:
        """Draw the text and the pictures of blocks."""
        for block, inside in blocks_and_cells.items():
            if isinstance(block, stacking.StackingContext):
                draw.draw_stacking_context(stream, block)
            else:
                self.draw_block_level_of(page, stream, {block: inside})


def _placed(box: Any) -> Any:
    return getattr(box, "_box", box)  # what is absolutely positioned stands behind a placeholder


def _may_stay(box: Any) -> bool:
    """Whether a box that CSS draws in another layer may be drawn among its neighbours."""
    style = box.style
    clipped = style["overflow"] != "visible" and isinstance(box, boxes.BlockLevelBox | boxes.InlineReplacedBox)
    moved = style["position"] != "static" or box.is_floated()
    if not moved and not clipped:
        return False
    if style["z_index"] != "auto" or style["opacity"] < 1 or style["transform"] or style["clip"]:
        return False
    if not moved:
        return True
    if not isinstance(box, boxes.BlockLevelBox):
        return False
    if style["position"] == "relative" and all(_is_none(style[edge]) for edge in EDGES):
        return True
    return _is_bare(box)


def _is_none(length: Any) -> bool:
    return length == "auto" or not getattr(length, "value", 1)


def _is_bare(box: Any) -> bool:
    """Whether a box is text and pictures alone: no background, no lines."""
    box = _placed(box)
    if getattr(box, "background", None) is not None:
        return False
    if any(getattr(box, f"border_{edge}_width", 0) for edge in EDGES) or box.style["outline_width"]:
        return False
    return all(_is_bare(child) for child in getattr(box, "children", ()))
