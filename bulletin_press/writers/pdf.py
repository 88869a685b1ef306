"""The PDF."""

from __future__ import annotations

from bulletin_press.diagnostics import PressError
from bulletin_press.edition import Edition


def write_pdf(edition: Edition) -> bytes:
    """An edition as a tagged PDF (PDF/UA-1).

    Raises:
        EnvironmentFault: a system library or a font is missing.
        PressError: the pages asked for something that they may not load.
    """
    pages = edition.pages
    data = pages.pdf()
    # WeasyPrint swallows refusals inside SVG and CSS: ask our own list.
    if edition.assets.refused:
        shown = "、".join(address[:80] for address in edition.assets.refused[:3])
        raise PressError(f"版式要装载不在允许之列的文件：{shown}。请检查 templates 里的 CSS 和模板")
    return bytes(data)
