"""Laying out and writing a page of HTML with WeasyPrint."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bulletin_press import fonts
from bulletin_press.assets import Assets
from bulletin_press.diagnostics import PressError

if TYPE_CHECKING:
    from weasyprint import Document

# The screen edition is tagged, after PDF/UA-1; no option depends on clock, folder or locale.
PDF_OPTIONS = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}


@dataclass(frozen=True)
class Pages:
    """Laid-out pages, and what WeasyPrint logged while it made them."""

    document: Document
    assets: Assets
    logged: list[str]

    def __len__(self) -> int:
        return len(self.document.pages)

    def pdf(self) -> bytes:
        """The pages as a tagged PDF. The same pages give the same bytes."""
        target = io.BytesIO()
        with _log(self.logged):
            self.document.write_pdf(target, **PDF_OPTIONS)
        return target.getvalue()


class _Kept(logging.Handler):
    def __init__(self, kept: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(record.getMessage())


@contextmanager
def _log(kept: list[str]) -> Iterator[None]:
    """Keep what WeasyPrint and fontTools log; print nothing."""
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    handler, passed_on = _Kept(kept), [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, propagate in zip(loggers, passed_on, strict=True):
            logger.removeHandler(handler)
            logger.propagate = propagate


def lay_out(html: str, assets: Assets, lines: Literal["gentle", "compact"]) -> Pages:
    """Lay out a page of HTML in the bundled fonts.

    Args:
        html: a whole page; it may load ``assets`` and nothing else.
        assets: what it may load.
        lines: the house style of line composition.

    Raises:
        EnvironmentFault: a system library or a font is missing.
        PressError: a colour profile is asked for; what else is refused, WeasyPrint does without.
    """
    # Before WeasyPrint is imported: it reads Fontconfig's settings when it first lays out.
    fonts.isolate()
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetchingError

    del lines  # chooses the composer's costs; WeasyPrint itself knows no such choice
    logged: list[str] = []
    try:
        with _log(logged):
            document = weasyprint.HTML(
                string=html, base_url=None, url_fetcher=assets.fetcher(), media_type="print",
            ).render(font_config=FontConfiguration(), **PDF_OPTIONS)
    except URLFetchingError:
        raise PressError(f"版式要装载不在允许之列的文件：{'、'.join(assets.refused)[:80]}") from None
    return Pages(document, assets, logged)
