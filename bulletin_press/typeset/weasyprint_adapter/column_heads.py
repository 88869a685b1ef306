"""Rules that part stories are for between them: at the head of a column there is nothing to part from."""

from collections.abc import Sequence
from typing import Any, Final

_BETWEEN: Final = "between"


def drop_rules(columns: Sequence[Any], resumed: bool) -> None:
    """Leave out the upper border of what heads a column, where it is `--rule: between`.

    It keeps its room, so that heads of neighbouring columns stand on one line. Columns that begin on this page show
    the rules of their heads where the first of them has one: all columns alike.

    Args:
        columns: the laid-out boxes of one block of columns on one page, in order.
        resumed: whether the columns began on an earlier page.
    """
    heads = [_head(column) for column in columns]
    if not resumed and heads and heads[0] is not None and heads[0].border_top_width:
        return
    for head in heads:
        if head is not None and _asks(head):
            head.padding_top += head.border_top_width
            head.border_top_width = 0


def _head(column: Any) -> Any:
    """Return the first block of a column that is no wrapper; None where it begins with lines or floats."""
    while children := getattr(column, "children", ()):
        first = children[0]
        if not first.is_in_normal_flow() or not hasattr(first, "border_top_width"):
            return None
        if _asks(first) or first.border_top_width:
            return first
        column = first
    return None


def _asks(box: Any) -> bool:
    """Whether a block has `--rule: between`; what is inside it inherits the word, but no border."""
    return any(getattr(token, "value", "") == _BETWEEN for token in box.style["__rule"] or ())
