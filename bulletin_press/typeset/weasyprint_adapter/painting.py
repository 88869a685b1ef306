"""What is drawn in the order in which it is read.

CSS draws floats before the text, and after it whatever is positioned or clipped: all notes in the
margin of a page, and all its pictures, after all its paragraphs. Readers that go by the order of
drawing (reflow, copying, old screen readers) then hear them out of place. Where nothing can be
covered by it, such a box is drawn in its place among its neighbours.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from bulletin_press.typeset.weasyprint_adapter.names import boxes, draw, stacking

EDGES: Final = ("top", "right", "bottom", "left")


class Layers:
    """The functions that stand in for WeasyPrint's own sorting of boxes into layers."""

    def __init__(self) -> None:
        self.dispatch_of: Callable[..., Any]
        self.draw_inline_level_of: Callable[..., None]
        self.draw_block_level_of: Callable[..., None]
        self._page: Any = None
        self._ink: Ink

    def dispatch_children(
        self, box: Any, page: Any, child_contexts: Any, blocks: Any, floats: Any, blocks_and_cells: Any
    ) -> Any:
        """Return a box with those of its children that are drawn with it; sort the others into layers."""
        if not isinstance(box, boxes.ParentBox):
            return box
        inline = isinstance(box, boxes.LineBox | boxes.InlineBox)
        layers = (page, child_contexts, blocks, floats, blocks_and_cells)
        found = (
            self._in_place(child, *layers, inline=inline)
            if self._may_stay(child, page)
            else self.dispatch_of(child, *layers)
            for child in map(_placed, box.children)
        )
        return box.copy_with_children([child for child in found if child is not None])

    def _in_place(
        self, box: Any, page: Any, contexts: Any, blocks: list[Any], floats: Any, cells: Any, *, inline: bool
    ) -> Any:
        """Let a box be drawn among its neighbours."""
        context = stacking.StackingContext
        # A context of its own keeps what is in it together.
        own = box.style["overflow"] != "visible" or box.style["z_index"] == 0
        if inline:
            return context.from_box(box, page) if own else context.from_box(box, page, contexts)
        if own:
            cells[context.from_box(box, page)] = {}
            return None
        index, inside = len(blocks), dict[Any, Any]()
        copy = self.dispatch_children(box, page, contexts, blocks, floats, inside)
        blocks.insert(index, copy)
        cells[copy] = inside
        return None

    def _may_stay(self, box: Any, page: Any) -> bool:
        """Whether a box that CSS draws in another layer may be drawn among its neighbours."""
        style = box.style
        clipped = style["overflow"] != "visible" and isinstance(box, boxes.BlockLevelBox | boxes.InlineReplacedBox)
        moved = style["position"] != "static" or box.is_floated()
        if not moved and not clipped:
            return False
        if style["z_index"] not in ("auto", 0) or style["opacity"] < 1 or style["transform"] or style["clip"]:
            return False
        if not moved:
            return True
        if not isinstance(box, boxes.BlockLevelBox):
            return False
        if style["position"] == "relative" and all(_is_none(style[edge]) for edge in EDGES):
            return True
        if _is_bare(box):
            return True
        if self._page is not page:
            self._page, self._ink = page, Ink(page)
        return self._ink.is_alone(box)

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


def _is_none(length: Any) -> bool:
    return length == "auto" or not getattr(length, "value", 1)


def _has_ground(box: Any) -> bool:
    """Whether a box has a background or lines of its own."""
    return (
        getattr(box, "background", None) is not None
        or any(getattr(box, f"border_{edge}_width", 0) for edge in EDGES)
        or bool(box.style["outline_width"])
    )


def _is_bare(box: Any) -> bool:
    """Whether a box is text and pictures alone: no background, no lines."""
    box = _placed(box)
    return not _has_ground(box) and all(map(_is_bare, getattr(box, "children", ())))


def _is_filled(box: Any) -> bool:
    """Whether all of a box is ink: it has a background, or lines around it."""
    return getattr(box, "background", None) is not None or bool(box.style["outline_width"])


def _lines(box: Any, span: "DrawnSpan") -> Iterator["DrawnSpan"]:
    """The lines of a box; between them stands nothing of its own."""
    for edge in EDGES:
        width = getattr(box, f"border_{edge}_width", 0)
        if width and edge in ("top", "bottom"):
            top = span.top if edge == "top" else span.bottom - width
            yield span._replace(top=top, bottom=top + width)
        elif width:
            left = span.left if edge == "left" else span.right - width
            yield span._replace(left=left, right=left + width)


class DrawnSpan(NamedTuple):
    """Where a box begins and ends in the order of the tree, and its edges, px."""

    first: int
    last: int
    left: float
    top: float
    right: float
    bottom: float


class Ink:
    """What is drawn on a page, and where."""

    def __init__(self, page: Any) -> None:
        self._spans: dict[int, DrawnSpan] = {}
        self._drawn: list[DrawnSpan] = []
        self._count = 0
        for child in page.children:
            self._read(child)

    def _read(self, box: Any) -> None:
        box, first = _placed(box), self._count
        self._count += 1
        for child in getattr(box, "children", ()):
            self._read(child)
        if isinstance(box, boxes.LineBox):
            return
        left, top = box.border_box_x(), box.border_box_y()
        span = DrawnSpan(first, self._count - 1, left, top, left + box.border_width(), top + box.border_height())
        self._spans[id(box)] = span
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox) or _is_filled(box):
            self._drawn.append(span)
        else:
            self._drawn.extend(_lines(box, span))

    def is_alone(self, box: Any) -> bool:
        """Whether nothing is drawn under or over a box but what it is in, or is in it."""
        own = self._spans.get(id(box))
        return own is not None and not any(
            own.left < other.right and other.left < own.right and own.top < other.bottom and other.top < own.bottom
            for other in self._drawn
            if (other.last < own.first or other.first > own.last)
        )
