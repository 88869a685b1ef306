"""Laying out a page of HTML with WeasyPrint, and writing what was laid out.

Both are done inside ``setter.Setter.composing``: the composer must stand in WeasyPrint.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import weasyprint
from weasyprint.urls import URLFetchingError

from bulletin_press.ground.diagnostics import PressError
from bulletin_press.pictures import LoadedPicture
from bulletin_press.pictures.screen import QUALITY
from bulletin_press.typeset.assets import Assets
from bulletin_press.typeset.weasyprint_adapter import KNOWN_VERSION
from bulletin_press.typeset.weasyprint_adapter.bounds import bounded_numbers
from bulletin_press.typeset.weasyprint_adapter.conformance import VARIANT, conform
from bulletin_press.typeset.weasyprint_adapter.endless import EndlessPages, ending
from bulletin_press.typeset.weasyprint_adapter.fetching import AssetFetcher
from bulletin_press.typeset.weasyprint_adapter.pictures import drawn_pictures

# No option depends on clock, folder or locale.
PDF_OPTIONS = {"pdf_variant": VARIANT, "pdf_tags": True}
# A page whose root says that it wants an even number of pages is told where that was missed, and laid out again:
# how many there are no style sheet can ask.
_WANTED, _MISSING = 'data-even="wanted"', 'data-even="missing"'
_MANY_BLANKS = re.compile(r"[ \t]{99,}")


def laid_out(html: str, assets: Assets, pictures: Mapping[str, LoadedPicture], dpi: int, *,
             fonts: Any, active: bool, quality: int = QUALITY) -> Any:
    """The laid-out document; see ``setter.lay_out``.

    Args:
        html: as there.
        assets: as there.
        pictures: as there, all of them.
        dpi: as there.
        fonts: the configuration of fonts for this page.
        active: whether the composer stands in; pictures are drawn by ours then.
        quality: as there.

    Raises:
        PressError: as there.
    """
    html = plain(html)
    try:
        with ending(), bounded_numbers():
            drawn = drawn_pictures(pictures, dpi, quality) if active else {}
            document = _rendered(html, assets, fonts, drawn)
            if _WANTED in html and len(document.pages) % 2:
                document = _rendered(told_even(html), assets, fonts, drawn)
            return document
    except URLFetchingError:
        raise PressError(f"版式要装载不在允许之列的文件：{'、'.join(assets.refused)[:80]}") from None
    except EndlessPages:
        raise PressError("有一块内容比一页还高，排不下；多半是表格的一格、来源或图片说明里字太多，"
                         "请改短，或移到正文里") from None


def plain(html: str) -> str:
    """A page without long runs of blanks.

    WeasyPrint looks for a line's end behind each blank of a run: pasted by the hundred thousand, that is a minute.
    A page shows one of them.
    """
    return _MANY_BLANKS.sub(" ", html)


def told_even(html: str) -> str:
    """A page that wants an even number of pages, told that it has not."""
    return html.replace(_WANTED, _MISSING, 1)


def _rendered(html: str, assets: Assets, fonts: Any, drawn: dict[str, Any]) -> Any:
    return weasyprint.HTML(
        string=html, base_url=None, url_fetcher=AssetFetcher(assets), media_type="print",
    ).render(font_config=fonts, cache=drawn, **PDF_OPTIONS)


def written(document: Any, keywords: Sequence[str]) -> bytes:
    """The PDF of a laid-out document, its metadata with some keywords more."""
    target = io.BytesIO()
    # Those of a theme's page stay.
    document.metadata.keywords = [*dict.fromkeys([*document.metadata.keywords, *keywords])]
    with warnings.catch_warnings():
        # WeasyPrint leaves the colour profile that it reads to be closed by the interpreter.
        warnings.simplefilter("ignore", ResourceWarning)
        document.write_pdf(target, finisher=conform, **PDF_OPTIONS)
    return target.getvalue()


def unknown_version() -> str | None:
    """The version of WeasyPrint that is installed, where it is not the known one."""
    version = str(weasyprint.__version__)
    return None if version == KNOWN_VERSION else version
