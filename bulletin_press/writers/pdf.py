"""The PDF."""

from __future__ import annotations

import re

from bulletin_press.diagnostics import PressError
from bulletin_press.edition import Edition

_RELATIVE = "Relative URI reference"
_ALLOWED = re.compile(r"(?:https?|mailto|tel):", re.I)
_BOX = re.compile(r"\.notdef glyph rendered for .*\((U\+[0-9A-F]+)\)", re.S)


def write_pdf(edition: Edition) -> bytes:
    """An edition as a tagged PDF, PDF/UA-1 and PDF/A-2a in one.

    Raises:
        EnvironmentFault: a system library or a font is missing.
        PressError: the pages asked for something that they may not load, or, but for a draft,
            show a box for a character.
    """
    pages = edition.pages
    data = edition.pdf()
    # WeasyPrint swallows refusals inside SVG and CSS: ask our own list. A relative address never
    # reaches the fetcher, and is only logged.
    refused = [*pages.assets.refused, *(line for line in pages.logged if _RELATIVE in line)]
    if refused:
        shown = "、".join(address[:80] for address in refused[:3])
        raise PressError(f"版式要装载不在允许之列的文件：{shown}。请检查 templates 里的 CSS 和模板")
    if wrong := [target for target in pages.addresses() if not _ALLOWED.match(target)]:
        shown = "、".join(address[:80] for address in wrong[:3])
        raise PressError(f"版式里的链接只能用 http、https、mailto、tel，不能是：{shown}")
    # The net behind the rule missing-glyph, which reads what authors typed and not the templates.
    boxes = sorted({match[1] for match in map(_BOX.match, pages.logged) if match})
    if boxes and not edition.draft:
        raise PressError(f"字库里没有这些字符，会印成空框：{'、'.join(boxes[:10])}")
    return bytes(data)
