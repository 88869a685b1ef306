"""How far into a page the page before it may have looked: to the first place where it could have ended later.

A page ends where what follows did not fit up to the next place where pages may be parted. What stands behind that
place was not looked at: it may become other, and the page before stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulletin_press.typeset.weasyprint_adapter.compared import Node
from bulletin_press.typeset.weasyprint_adapter.names import boxes


def behind_first_break(page: Any, nodes: Mapping[Any, Node]) -> int:
    """The number from which on the elements of a page did not decide where the page before ended.

    Args:
        page: the page's laid-out box.
        nodes: which element each one is.
    """
    looked = _Looked(nodes)
    for root in page.children:
        if root.element_tag == "html":
            looked.through(root)
    return looked.last + 1


class _Looked:
    """What is looked at from the head of a page on; ``last`` is the greatest number of an element in it."""

    def __init__(self, nodes: Mapping[Any, Node]) -> None:
        self._nodes, self.last = nodes, -1

    def through(self, box: Any) -> bool:
        """Look at a box; whether pages may be parted in it, then to there only."""
        children = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
        # Only plain blocks are laid out one after the other: tables, grids, figures are tried whole.
        if type(box) is not boxes.BlockBox or box.style["break_inside"] != "auto" or not children:
            self._whole(box)
            return False
        if any(isinstance(child, boxes.LineBox) for child in children):
            self._whole(box)
            return bool(len(children) >= box.style["orphans"] + box.style["widows"])
        for at, child in enumerate(children):
            if self.through(child):
                return True
            if at + 1 < len(children) and _parted(child, children[at + 1]):
                return True
        return False

    def _whole(self, box: Any) -> None:
        for one in (box, *(box.descendants() if hasattr(box, "children") else ())):
            element = one.element
            if element is not None and not isinstance(element, str) and element in self._nodes:
                self.last = max(self.last, self._nodes[element].number)


def _parted(before: Any, after: Any) -> bool:
    """Whether a page may end between two boxes: nothing at the end of one, at the head of the other, forbids it."""
    return all(box.style["break_after"] == "auto" for box in _edge(before, -1)) and \
        all(box.style["break_before"] == "auto" for box in _edge(after, 0))


def _edge(box: Any, at: int) -> list[Any]:
    """A box and the blocks in it at its head (0) or its end (-1)."""
    made = [box]
    while inside := [child for child in getattr(made[-1], "children", ()) if child.is_in_normal_flow()]:
        if isinstance(inside[at], boxes.LineBox):
            break
        made.append(inside[at])
    return made
