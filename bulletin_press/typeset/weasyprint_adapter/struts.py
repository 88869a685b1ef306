"""The line height of a style, found once: it is asked for with every line and every inline box."""

from typing import Any

from bulletin_press.typeset.weasyprint_adapter.names import strut


def strut_of(style: Any) -> tuple[float, float]:
    """Return the line height and the baseline of a finished style, px.

    WeasyPrint finds them by a text of fourteen properties, put together anew each time. What a
    finished style says of its font does not change; a copy of the style is asked again.
    """
    known: tuple[float, float] | None = style.__dict__.get("known_strut")
    if known is None:
        known = style.known_strut = strut(style)
    return known
