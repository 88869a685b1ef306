"""What is kept of a layout so that pages of a changed text can be laid out without those before them.

It is plain data, and goes from one process to another. The boxes of the pages themselves stay behind.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from bulletin_press.typeset.weasyprint_adapter.compared import Node, noted
from bulletin_press.typeset.weasyprint_adapter.first_breaks import behind_first_break
from bulletin_press.typeset.weasyprint_adapter.layout import told_even
from bulletin_press.typeset.weasyprint_adapter.names import boxes, document, page
from bulletin_press.typeset.weasyprint_adapter.reading import reads_as_xml

# Of documents whose layout is kept: the root of their boxes, their context, the pages after which a box that does
# not flow goes on.
_LAYOUTS: WeakKeyDictionary[Any, tuple[Any, Any, set[int]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Mark:
    """Where a page begins: the innermost element that is begun or stands there, and how far inside it.

    ``number`` is the element's, ``rest`` the engine's own way on inside its box, None before it.
    """

    number: int
    rest: Any


@dataclass(frozen=True)
class Start:
    """What the engine knows where a page begins."""

    mark: Mark | None
    next_page: Mapping[str, Any]
    right_page: bool
    state: Any
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class KeptLayout:
    """A layout: its elements, where its pages begin (one more than there are), what its targets and heads say.

    ``behind`` has for each page the number from which on its elements did not decide where the page before ended;
    ``resumes`` is false where pages depend on each other in a way that is not kept: then nothing can be resumed;
    ``plain`` tells that the page reads as XML, ``even`` that it was told to be even.
    """

    root: Node
    starts: tuple[Start, ...]
    strings: Mapping[str, Mapping[int, tuple[str, ...]]]
    targets: Mapping[str, tuple[int, Mapping[str, Any]]]
    sizes: Mapping[str, Any]
    inches: Mapping[str, float]
    carried: frozenset[int]
    resumes: bool
    plain: bool = False
    even: bool = False
    behind: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.starts) - 1


@contextmanager
def keeping() -> Iterator[None]:
    """Keep what layouts were made of, for ``kept_of``; inside ``setter.Setter.composing``."""
    layout_document_of = document.layout_document

    def layout_document(html: Any, root: Any, context: Any, *rest: Any) -> Iterator[Any]:
        carried: set[int] = set()
        remake_page_of = page.remake_page

        def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
            made = remake_page_of(index, context, root_box, html)
            (carried.add if context.broken_out_of_flow else carried.discard)(index)
            return made

        page.remake_page = remake_page
        try:
            made = list(layout_document_of(html, root, context, *rest))
        finally:
            page.remake_page = remake_page_of
        _LAYOUTS[html] = root, context, carried
        return iter(made)

    document.layout_document = layout_document
    try:
        yield
    finally:
        document.layout_document = layout_document_of
        _LAYOUTS.clear()


def kept_of(laid_out: Any, text: str) -> KeptLayout | None:
    """What is kept of a document that was laid out inside ``keeping``; None where it was not.

    Args:
        laid_out: the document.
        text: the page of HTML that it was made of.
    """
    held = _LAYOUTS.get(laid_out._html)
    if held is None:
        return None
    root, context, carried = held
    drawn = [one._page_box for one in laid_out.pages]
    node, nodes = noted(laid_out._html.etree_element, _pages_of(drawn))
    starts = tuple(
        Start(mark_of(root, at, nodes), dict(following), right, copy.deepcopy(state), tuple(remade["anchors"]))
        for at, following, right, state, remade in context.page_maker)
    targets = {name: (item.page_maker_index, copy.deepcopy(item.cached_page_counter_values))
               for name, item in context.target_collector.target_lookup_items.items()
               if item.state == "up-to-date" and item.page_maker_index is not None}
    strings = {name: {number: tuple(said) for number, said in pages.items()}
               for name, pages in context.string_set.items()}
    pictures = {one.id: one.inches for one in _pictures(drawn)}
    alone = not (any(context.running_elements.values()) or context.page_footnotes or any(
        one.fixed_boxes for one in drawn))
    even = laid_out._html.etree_element.get("data-even") == "missing"
    return KeptLayout(node, starts, strings, targets, dict(context.style_for.initial_page_sizes), pictures,
                      frozenset(carried), alone and len(starts) == len(drawn) + 1,
                      reads_as_xml(told_even(text) if even else text, laid_out._html.etree_element), even,
                      tuple(behind_first_break(one, nodes) for one in drawn))


def _pages_of(drawn: list[Any]) -> Any:
    found: dict[Any, tuple[int, int]] = {}
    for index, box in enumerate(drawn):
        for one in box.descendants():
            element = one.element
            if element is not None and not isinstance(element, str) and hasattr(element, "tag"):
                first, _ = found.get(element, (index, index))
                found[element] = first, index
    return lambda element: found.get(element, (-1, -1))


def _pictures(drawn: list[Any]) -> Iterator[Any]:
    for box in drawn:
        for one in box.descendants():
            picture = getattr(one, "replacement", None)
            if hasattr(picture, "inches"):
                yield picture


def mark_of(root: Any, resume_at: Any, nodes: Mapping[Any, Node]) -> Mark | None:
    """Where a page begins, told by elements; None for the first page and behind the last."""
    if resume_at is None:
        return None
    box, way = root, resume_at
    known = nodes.get(root.element)
    found = Mark(known.number if known else -1, way)
    # Grids and flexible boxes go on by their rows, not by their children.
    while way and len(way) == 1 and not isinstance(box, boxes.GridBox | boxes.FlexBox):
        ((index, way),) = way.items()
        inner = getattr(box, "children", ())
        if index >= len(inner):
            break
        child = inner[index]
        element = child.element
        if element is not None and element is not box.element and child.element_tag == getattr(element, "tag", None):
            node = nodes.get(element)
            found = Mark(node.number if node else -1, way)
        box = child
    return found
