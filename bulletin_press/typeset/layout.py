"""Laying out and writing a page of HTML with WeasyPrint."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin_press.ground.diagnostics import PressError
from bulletin_press.pictures import LoadedPicture
from bulletin_press.typeset.assets import Assets
from bulletin_press.typeset.conformance import VARIANT, conform
from bulletin_press.typeset.setter import composing, font_configuration
from bulletin_press.typeset.spacing import StyleName

if TYPE_CHECKING:
    from weasyprint import Document

    from bulletin_press.typeset.weasyprint_adapter import LineReport

ORIGIN = "data-origin"
# No option depends on clock, folder or locale.
PDF_OPTIONS = {"pdf_variant": VARIANT, "pdf_tags": True}
_MANY_BLANKS = re.compile(r"[ \t]{99,}")


@dataclass(frozen=True)
class Pages:
    """Laid-out pages, and what WeasyPrint logged while it made them."""

    document: Document
    assets: Assets
    style: StyleName
    logged: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.document.pages)

    def pdf(self, keywords: Sequence[str] = ()) -> bytes:
        """The pages as PDF/A-2a and PDF/UA-1 in one. The same pages give the same bytes.

        Args:
            keywords: what the metadata say of the file, beside its title.
        """
        target = io.BytesIO()
        # Those of a theme's page stay.
        self.document.metadata.keywords = [*dict.fromkeys([*self.document.metadata.keywords, *keywords])]
        # Drawing asks for the glyph advances again: the composer must be there as it was in layout.
        with composing(self.style, self.logged), warnings.catch_warnings():
            # WeasyPrint leaves the colour profile that it reads to be closed by the interpreter.
            warnings.simplefilter("ignore", ResourceWarning)
            self.document.write_pdf(target, finisher=conform, **PDF_OPTIONS)
        return target.getvalue()

    def lines(self, *, loose: float) -> tuple[LineReport, ...]:
        """The lines that stick out, are stretched beyond a bound, or were set without the composer.

        Args:
            loose: stretch of each even gap from which a line is loose, em.
        """
        from bulletin_press.typeset.weasyprint_adapter import line_reports

        return line_reports(self.document, attribute=ORIGIN, loose=loose)

    def addresses(self) -> Iterator[str]:
        """Where the links of the pages lead, those to other pages of theirs aside; what is attached, too."""
        for page in self.document.pages:
            for kind, target, *_ in page.links:
                if kind != "internal":
                    yield str(target)

    @property
    def notice(self) -> str | None:
        """What the person who renders should know of the setting, or None."""
        import weasyprint

        from bulletin_press.typeset.weasyprint_adapter import KNOWN_VERSION

        if weasyprint.__version__ == KNOWN_VERSION:
            return None
        return (f"装的是 WeasyPrint {weasyprint.__version__}，中文断行只认得 {KNOWN_VERSION}："
                "这次按普通方式排版，行尾可能不齐。请重新安装 bulletin-press")


def lay_out(html: str, assets: Assets, style: StyleName, pictures: Mapping[str, LoadedPicture] | None = None,
            *, dpi: int = 220) -> Pages:
    """Lay out a page of HTML in the bundled fonts.

    Args:
        html: a whole page; it may load ``assets`` and nothing else.
        assets: what it may load.
        style: the house style of line composition.
        pictures: those assets that are pictures, by address; drawn without what else is in their files.
        dpi: the most pixels to the inch that they are drawn with.

    Raises:
        EnvironmentFault: a system library or a font is missing.
        PressError: something is taller than a page and must not be broken; or a colour profile is
            asked for (what else is refused, WeasyPrint does without).
    """
    logged: list[str] = []
    with composing(style, logged) as installed:
        document = _laid_out(html, assets, pictures or {}, dpi, active=installed.active)
    return Pages(document, assets, style, logged)


def _laid_out(html: str, assets: Assets, pictures: Mapping[str, LoadedPicture], dpi: int, *,
              active: bool) -> Document:
    import weasyprint
    from weasyprint.urls import URLFetchingError

    from bulletin_press.typeset.weasyprint_adapter.bounds import bounded_numbers
    from bulletin_press.typeset.weasyprint_adapter.endless import EndlessPages, ending
    from bulletin_press.typeset.weasyprint_adapter.pictures import drawn_pictures

    # WeasyPrint looks for a line's end behind each blank of a run: pasted by the hundred thousand,
    # that is a minute. A page shows one of them.
    html = _MANY_BLANKS.sub(" ", html)
    try:
        with ending(), bounded_numbers():
            drawn = drawn_pictures(pictures, dpi) if active else {}
            return weasyprint.HTML(
                string=html, base_url=None, url_fetcher=assets.fetcher(), media_type="print",
            ).render(font_config=font_configuration(html), cache=drawn, **PDF_OPTIONS)
    except URLFetchingError:
        raise PressError(f"版式要装载不在允许之列的文件：{'、'.join(assets.refused)[:80]}") from None
    except EndlessPages:
        raise PressError("有一块内容比一页还高，排不下；多半是表格的一格、来源或图片说明里字太多，"
                         "请改短，或移到正文里") from None
