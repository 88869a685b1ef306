"""Pages without end.

What is taller than the page and must not be broken, beside a side column that is broken over pages,
sends WeasyPrint 70.0 from page to page, on none of which it fits, until memory ends. Where only the
side column finds room, it looks for the paragraph to go on with inside that paragraph's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint

from bulletin_press.typeset.weasyprint_adapter import KNOWN_VERSION

PATIENCE = 4


class EndlessPages(Exception):
    """Page after page takes nothing of what is left, or no place to go on at is found."""


@contextmanager
def ending() -> Iterator[None]:
    """Stop the layout when ``PATIENCE`` pages in a row take nothing; known versions only.

    Raises:
        EndlessPages: they did.
    """
    if weasyprint.__version__ != KNOWN_VERSION:
        yield
        return
    from bulletin_press.typeset.weasyprint_adapter.names import page as pages

    remake_page, block_level_layout = pages.remake_page, pages.block_level_layout
    idle = 0

    def laid_out(context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any,
                 page_is_empty: bool = True, *rest: Any, **named: Any) -> Any:
        found = block_level_layout(context, box, bottom_space, skip_stack, containing_block, page_is_empty,
                                   *rest, **named)
        if found[0] is not None or page_is_empty or not skip_stack:
            return found
        blank = block_level_layout(context, _without_rest(box, skip_stack), bottom_space, skip_stack,
                                   containing_block, True, *rest, **named)
        return (blank[0], skip_stack, *found[2:])

    def watched(index: int, context: Any, root_box: Any, html: Any) -> Any:
        nonlocal idle
        start = context.page_maker[index][0]
        beside = bool(context.broken_out_of_flow)
        try:
            page, resume_at = remake_page(index, context, root_box, html)
        except IndexError:
            if beside:
                raise EndlessPages from None
            raise
        # One or two may be blank: before a right-hand page.
        idle = idle + 1 if resume_at is not None and resume_at == start else 0
        if idle == PATIENCE:
            raise EndlessPages
        return page, resume_at

    pages.remake_page, pages.block_level_layout = watched, laid_out
    try:
        yield
    finally:
        pages.remake_page, pages.block_level_layout = remake_page, block_level_layout


def _without_rest(root: Any, skip_stack: Any) -> Any:
    """A copy of the root of which nothing is left from the place where it is to go on."""
    from bulletin_press.typeset.weasyprint_adapter.names import boxes

    copy = parent = root.deepcopy()
    while skip_stack and len(skip_stack) == 1:
        ((index, skip_stack),) = skip_stack.items()
        if not skip_stack or isinstance(parent.children[index], boxes.LineBox):
            break
        parent = parent.children[index]
    parent.children, parent.force_fragmentation = [], True
    return copy
