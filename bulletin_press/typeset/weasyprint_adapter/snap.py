"""Blocks of odd height rounded up, so that what follows stands on the page's grid again."""

from collections.abc import Callable
from math import ceil
from typing import Any, Final

from bulletin_press.typeset.weasyprint_adapter.column_heads import drop_rules
from bulletin_press.typeset.weasyprint_adapter.names import boxes, collapse_margin, strut

# CSS pixels to each unit of length.
LENGTHS: Final = {
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "q": 96 / 101.6,
}
PLACES: Final = frozenset({"block", "above", "below"})
# px; less than this off the grid is on it.
NEAR: Final = 1e-3


class GridMargin(float):
    """The margin below a snapped block; it ends on the grid. px."""

    __slots__ = ()


class LineGrid:
    """Stands in for WeasyPrint's layout of a block.

    The grid begins at the top of each page's type area. Its unit is the custom property `--grid`
    of the root element (a length), or else the root's line height. A block with `--snap` takes
    so much more room that what follows begins on the grid: `below` it, `above` it, or half and
    half (`block`; at the top of a page or column all of it below). Columns with snapped blocks
    in them are rounded below: one may end with a block that found no room to be rounded. Where
    a block that follows has a larger margin than the snapped one, it counts in whole units more.

    Blocks inside a snapped one, and inside tables, flex and grid containers, are left alone:
    custom properties are inherited, and what is laid out there is moved afterwards.
    """

    def __init__(self) -> None:
        self.block_level_layout_of: Callable[..., Any]
        self._top = self._unit = 0.0
        self._inside = self._met = 0

    def block_level_layout(
        self,
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        page_is_empty: bool = True,
        absolute_boxes: Any = None,
        fixed_boxes: Any = None,
        adjoining_margins: Any = None,
        *others: Any,
        **named: Any,
    ) -> Any:
        """Lay out a block, and round up the room it takes where it asks for that."""
        if getattr(containing_block, "is_for_root_element", False):
            self._top = containing_block.position_y
            self._unit = _unit(containing_block.style)
        if adjoining_margins and self._unit:
            self._keep_margin(box, adjoining_margins)
        place = "" if self._inside else _place(box)
        shielded = bool(place) or isinstance(box, boxes.TableBox | boxes.FlexBox | boxes.GridBox)
        self._inside += shielded
        self._met += bool(place)
        met = self._met
        try:
            result = self.block_level_layout_of(
                context, box, bottom_space, skip_stack, containing_block, page_is_empty,
                absolute_boxes, fixed_boxes, adjoining_margins, *others, **named,
            )  # fmt: skip
        finally:
            self._inside -= shielded
        laid_out, resume_at, _, margins, collapsing_through, _ = result
        columns = _has_columns(box)
        if columns and laid_out is not None:
            drop_rules(laid_out.children, skip_stack is not None)
        if not place and self._met > met and columns:
            place = "below"
        if place and laid_out is not None and resume_at is None and not collapsing_through:
            limit = context.page_bottom - bottom_space
            at_top = page_is_empty or skip_stack is not None
            self._snap(laid_out, margins, limit, "below" if at_top and place == "block" else place)
        return result

    def _keep_margin(self, box: Any, adjoining: list[float]) -> None:
        """Bring the margin of what follows a snapped block to whole units more than its own.

        Args:
            box: what follows.
            adjoining: the margins that its own will collapse with, px; changed.
        """
        own = next((margin for margin in adjoining if isinstance(margin, GridMargin)), None)
        margin = box.style["margin_top"]
        wanted = margin.value if getattr(margin, "unit", "") == "px" else 0.0
        if own is None or wanted <= max(adjoining):
            return
        units = round((wanted - own) / self._unit)
        adjoining.append(min(0.0, own + units * self._unit - wanted))
        adjoining.append(max(0.0, own + units * self._unit))

    def _snap(self, box: Any, margins: list[float], limit: float, place: str) -> None:
        """Move and lengthen a laid-out block, unless it then runs past the page.

        Args:
            box: the block.
            margins: the margins of its last children that collapse with its own, px.
            limit: the end of the page or column, px.
            place: where the white goes.
        """
        if not self._unit:
            return
        bottom = box.border_box_y() + box.border_height()
        bottom += collapse_margin([*margins, box.margin_bottom])
        units = (bottom - self._top) / self._unit
        missing = self._top + ceil(units - NEAR) * self._unit - bottom
        if bottom + missing > limit + NEAR:
            return
        if not any(margins):
            box.margin_bottom = GridMargin(box.margin_bottom)
        above = {"block": missing / 2, "above": missing, "below": 0.0}[place]
        if above:
            box.translate(0, above)
        if isinstance(box, boxes.ReplacedBox):
            box.padding_bottom += missing - above
        else:
            box.height += missing - above


def _place(box: Any) -> str:
    """Return where a block wants its rounding: `block`, `above`, `below` or nowhere."""
    for token in box.style["__snap"] or ():
        word: str = getattr(token, "value", "")
        if word in PLACES:
            return word
    return ""


def _has_columns(box: Any) -> bool:
    return bool(box.style["column_width"] != "auto" or box.style["column_count"] != "auto")


def _unit(style: Any) -> float:
    """Return the unit of the grid, px: `--grid` of the root element, else its line height."""
    for token in style["__grid"] or ():
        scale = LENGTHS.get(getattr(token, "lower_unit", ""))
        if scale and token.value > 0:
            return float(token.value * scale)
    line_height, _ = strut(style)
    return float(line_height)
