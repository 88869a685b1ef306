"""Numbers of reason: how many columns a cell spans, how many tracks a grid has.

WeasyPrint makes a list as long as a number in HTML or CSS says, in one step that nothing can stop.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import weasyprint
from tinycss2.ast import NumberToken  # type: ignore[import-untyped]  # has no types

from bulletin_press.typeset.weasyprint_adapter import KNOWN_VERSION

# A year is a number that a counter may begin at; no table has so many columns.
MOST: Final = 20_000


@contextmanager
def bounded_numbers() -> Iterator[None]:
    """Read no whole number, of HTML's attributes or of CSS, as more than ``MOST``; known versions only."""
    if weasyprint.__version__ != KNOWN_VERSION:
        yield
        return
    from bulletin_press.typeset.weasyprint_adapter.names import html

    parse_integer, initialised = html.parse_integer, NumberToken.__init__

    def parsed(text: Any, *rest: Any, **named: Any) -> Any:
        found = parse_integer(text, *rest, **named)
        return min(found, MOST) if isinstance(found, int) else found

    def limited(token: Any, line: int, column: int, value: float, int_value: int | None, *rest: Any) -> None:
        if int_value is not None:
            int_value = max(-MOST, min(int_value, MOST))
        initialised(token, line, column, value, int_value, *rest)

    html.parse_integer, NumberToken.__init__ = parsed, limited
    try:
        yield
    finally:
        html.parse_integer, NumberToken.__init__ = parse_integer, initialised
