"""References to pages, made once: a tagged PDF asks for all of them for every text box."""

from typing import Any

from bulletin_press.typeset.weasyprint_adapter.names import PDF

_made_anew = PDF.page_references.fget


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    count = len(pdf.pages["Kids"])
    known: tuple[int, tuple[bytes, ...]] = pdf.__dict__.get("known_references", (0, ()))
    if known[0] != count:
        known = pdf.known_references = count, _made_anew(pdf)
    return known[1]


page_references = property(_page_references)
