"""Pages without end.

What is taller than the page and must not be broken, beside a side column that is broken over pages,
sends WeasyPrint 70.0 from page to page, on none of which it fits, until memory ends; or it looks for
the place to go on at where there is none.
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

    remake_page = pages.remake_page
    idle = 0

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

    pages.remake_page = watched
    try:
        yield
    finally:
        pages.remake_page = remake_page
