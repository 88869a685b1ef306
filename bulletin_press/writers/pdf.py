"""The PDF."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_press.edition import DRAFT, Edition
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.writers.outlet import Chosen, Outlet

if TYPE_CHECKING:
    from bulletin_press.typeset.setter import Pages

_BOX = re.compile(r"\.notdef glyph rendered for .*\((U\+[0-9A-F]+)\)", re.S)
_KEYWORDS = re.compile(rb"<pdf:Keywords>([^<]*)")


def write_pdf(edition: Edition, chosen: Chosen | None = None) -> bytes:
    """An edition as a tagged PDF, PDF/UA-1 and PDF/A-2a in one.

    Raises:
        EnvironmentFault: a system library or a font is missing.
        InputFault: the pages asked for something that they may not load, or lead where they may not.
        PressError: they show, but for a draft, a box for a character.
    """
    return pdf_of(edition, edition.pages)


def pdf_of(edition: Edition, pages: Pages) -> bytes:
    """Pages of an edition as such a PDF: the theme's, or those that an outlet has laid out.

    Raises:
        as ``write_pdf``.
    """
    data = edition.pdf(pages)
    edition.require_allowed(pages)
    # The net behind the rule missing-glyph, which reads what authors typed and not the templates.
    boxes = sorted({match[1] for match in map(_BOX.match, pages.logged) if match})
    if boxes and not edition.draft:
        raise PressError(f"字库里没有这些字符，会印成空框：{'、'.join(boxes[:10])}")
    return bytes(data)


def _notice(edition: Edition) -> str | None:
    return edition.pages.notice


def is_draft(path: Path) -> bool:
    """Whether a PDF was written as a draft: its metadata say so, and are not compressed."""
    try:
        found = _KEYWORDS.search(path.read_bytes())
    except OSError:
        return False
    return found is not None and DRAFT in found[1].decode("utf-8", "replace").split(", ")


OUTLET = Outlet("pdf", "PDF", "在屏幕上看、发给会员", (".pdf",), True, write_pdf, is_draft=is_draft, notice=_notice,
                plainly_named=True, has_leaves=True)
