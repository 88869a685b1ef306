"""The one door to the layout engine: whoever wants pages laid out or written goes through it.

The composer stands in for functions of the engine's modules, what it logs is caught, and Fontconfig
is read for the whole process; so there is one at a time. Threads wait for their turn, processes do
not know of each other.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bulletin_press import fonts
from bulletin_press.pictures import LoadedPicture
from bulletin_press.pictures.screen import QUALITY
from bulletin_press.typeset.assets import Assets
from bulletin_press.typeset.reports import (
    ItemLines,
    LineReport,
    Overlap,
    PageFill,
    PlacedHeading,
    PlacedPicture,
    PlacedPiece,
    Stray,
    TightTable,
)
from bulletin_press.typeset.spacing import StyleName

if TYPE_CHECKING:
    from bulletin_press.typeset.weasyprint_adapter import Installed

ORIGIN = "data-origin"
# Widths of strings in the house fonts that are kept, some hundred bytes each.
_MOST_WIDTHS = 100_000
# So many objects must be new before the collector looks them over; layout makes them by the million, and
# few that only the collector can free.
_COLLECTING = 100_000


class Setter:
    """Owns the engine of a process: the lock before it, and what it keeps from page to page."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside: int | None = None
        self._used = self._swept = False
        self._fonts: Any = None

    @contextmanager
    def composing(self, style: StyleName, logged: list[str]) -> Iterator[Installed]:
        """Have the engine to oneself, with the composer in it; waits until another thread is done.

        However the work inside ends, an interrupt included, the engine is as it was and free again.

        Args:
            style: the house style of line composition.
            logged: what the engine and the font tools log goes here; nothing is printed.

        Raises:
            RuntimeError: this thread is inside already (what it waits for would never come).
            EnvironmentFault: a system library or a font is missing.
        """
        me = threading.get_ident()
        if self._inside == me:
            raise RuntimeError("the layout engine is at work in this thread: finish with it before laying out"
                               " or writing other pages")
        with self._lock:
            self._inside = me
            try:
                with _log(logged), self._composer(style) as installed:
                    yield installed
            finally:
                self._inside = None

    @contextmanager
    def _composer(self, style: StyleName) -> Iterator[Installed]:
        # Before the engine is imported: it reads Fontconfig's settings when it first lays out.
        fonts.isolate()
        with fonts.loading_by_name():
            from bulletin_press.typeset.weasyprint_adapter import install, let_go

        if not self._used:
            # What the engine and the rules have made by now stays: it need not be looked over again.
            gc.freeze()
        self._used = True
        try:
            with _collecting_seldom(), install(style=style) as installed:
                yield installed
        finally:
            let_go()

    def sweep(self) -> None:
        """Let go of pages that are done with: their boxes refer to each other, and hold fonts that are not Python's."""
        if self._swept:
            gc.collect()
        self._swept = True

    def font_configuration(self, html: str) -> Any:
        """The fonts for a page; those of the house once a process, since Fontconfig never gives all memory back.

        What a page adds of its own (``@font-face``) is seen by that page alone. To be called inside
        ``composing``.
        """
        from bulletin_press.typeset.weasyprint_adapter.faces import GivenFaces, HouseFaces

        if "@font-face" in html.lower():
            return GivenFaces()
        if self._fonts is None:
            self._fonts = HouseFaces()
        # What was found out about the styles of an earlier page would keep that page's style sheet.
        for cache in ("strut_layouts", "font_features", "known_measurers"):
            setattr(self._fonts, cache, {})
        widths = self._fonts.__dict__.setdefault("known_widths", {})
        if sum(map(len, widths.values())) > _MOST_WIDTHS:
            widths.clear()
        return self._fonts


SETTER = Setter()


@dataclass(frozen=True)
class Pages:
    """Laid-out pages, and what the engine logged while it made them.

    ``document`` is the engine's own, and nobody's business but the adapter's.
    """

    document: Any
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
        # Drawing asks for the glyph advances again: the composer must be there as it was in layout.
        with SETTER.composing(self.style, self.logged):
            from bulletin_press.typeset.weasyprint_adapter.layout import written

            return written(self.document, keywords)

    def lines(self, *, loose: float) -> tuple[LineReport, ...]:
        """The lines that stick out, are stretched beyond a bound, or were set without the composer.

        Args:
            loose: stretch of each even gap from which a line is loose, em.
        """
        from bulletin_press.typeset.weasyprint_adapter.line_reports import line_reports

        return line_reports(self.document, attribute=ORIGIN, loose=loose)

    def headings(self) -> Iterator[PlacedHeading]:
        """Every heading below the masthead's in the flow of the pages, in order."""
        from bulletin_press.typeset.weasyprint_adapter.placed import placed_headings

        return placed_headings(self.document)

    def pictures(self) -> Iterator[PlacedPicture]:
        """Every picture of the pages, in order."""
        from bulletin_press.typeset.weasyprint_adapter.placed import placed_pictures

        return placed_pictures(self.document)

    def pieces(self) -> Iterator[PlacedPiece]:
        """What the HTML marks as pieces, in order."""
        from bulletin_press.typeset.weasyprint_adapter.pieces import placed_pieces

        return placed_pieces(self.document)

    def tight_tables(self) -> Iterator[TightTable]:
        """The tables that a theme marked as too wide for their measure, each once."""
        from bulletin_press.typeset.weasyprint_adapter.placed import tight_tables

        return tight_tables(self.document)

    def overlaps(self) -> Iterator[Overlap]:
        """The pieces of text that stand on each other, page by page."""
        from bulletin_press.typeset.weasyprint_adapter.text_places import overlaps

        return overlaps(self.document)

    def strays(self) -> Iterator[Stray]:
        """The text and pictures that leave their page."""
        from bulletin_press.typeset.weasyprint_adapter.text_places import strays

        return strays(self.document)

    def fullness(self, index: int) -> float:
        """How far down a page, from 0, its text and pictures reach, as a share of the type area's height."""
        from bulletin_press.typeset.weasyprint_adapter.placed import fullness

        return fullness(self.document, index)

    def fills(self) -> tuple[PageFill, ...]:
        """How full each page is."""
        from bulletin_press.typeset.weasyprint_adapter.extents import page_fills

        return page_fills(self.document)

    def item_lines(self) -> tuple[ItemLines, ...]:
        """How long the items are, in the order of the pages; those that were not typed (a report) are left out."""
        from bulletin_press.typeset.weasyprint_adapter.extents import item_lines

        return item_lines(self.document)

    def addresses(self) -> Iterator[str]:
        """Where the links of the pages lead, those to other pages of theirs aside; what is attached, too."""
        for page in self.document.pages:
            for kind, target, *_ in page.links:
                if kind != "internal":
                    yield str(target)

    @property
    def notice(self) -> str | None:
        """What the person who renders should know of the setting, or None."""
        from bulletin_press.typeset.weasyprint_adapter import KNOWN_VERSION
        from bulletin_press.typeset.weasyprint_adapter.layout import unknown_version

        version = unknown_version()
        return version and (f"装的是 WeasyPrint {version}，中文断行只认得 {KNOWN_VERSION}："
                            "这次按普通方式排版，行尾可能不齐。请重新安装 bulletin-press")


def lay_out(html: str, assets: Assets, style: StyleName, pictures: Mapping[str, LoadedPicture] | None = None,
            *, dpi: int = 220, quality: int = QUALITY, sweeps: bool = True) -> Pages:
    """Lay out a page of HTML in the bundled fonts.

    Args:
        html: a whole page; it may load ``assets`` and nothing else.
        assets: what it may load.
        style: the house style of line composition.
        pictures: those assets that are pictures, by address; drawn without what else is in their files.
        dpi: the most pixels to the inch that they are drawn with.
        quality: of those that are coded anew as a JPEG, 1 to 100.
        sweeps: whether pages that are done with are let go of first; not while some of them may be the ones wanted.

    Raises:
        EnvironmentFault: a system library or a font is missing.
        PressError: something is taller than a page and must not be broken; or a colour profile is
            asked for (what else is refused, the engine does without).
    """
    logged: list[str] = []
    with SETTER.composing(style, logged) as installed:
        from bulletin_press.typeset.weasyprint_adapter.layout import laid_out

        if sweeps:
            SETTER.sweep()
        document = laid_out(html, assets, pictures or {}, dpi, fonts=SETTER.font_configuration(html),
                            active=installed.active, quality=quality)
    return Pages(document, assets, style, logged)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    before = gc.get_threshold()
    try:
        if before[0]:
            gc.set_threshold(max(before[0], _COLLECTING), *before[1:])
        yield
    finally:
        gc.set_threshold(*before)


class _Heard(logging.Handler):
    def __init__(self, kept: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(record.getMessage())


@contextmanager
def _log(kept: list[str]) -> Iterator[None]:
    """Keep what the engine and the font tools log; print nothing."""
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    # A program around this one may have turned them down or off: refusals are read from what they say.
    handler, were = _Heard(kept), [(logger.propagate, logger.disabled, logger.level) for logger in loggers]
    try:
        for logger in loggers:
            logger.addHandler(handler)
            logger.propagate, logger.disabled = False, False
            logger.setLevel(logging.WARNING)
        yield
    finally:
        for logger, (propagate, disabled, level) in zip(loggers, were, strict=True):
            logger.removeHandler(handler)
            logger.propagate, logger.disabled = propagate, disabled
            logger.setLevel(level)


def load_engine() -> None:
    """Import the engine, so that processes forked from this one have it; nothing is laid out and no font is touched.

    Raises:
        OSError: a system library is missing; the first layout says which, in words.
    """
    with fonts.loading_by_name():
        from bulletin_press.typeset.weasyprint_adapter import (  # noqa: F401
            extents,
            faces,
            layout,
            line_reports,
            patches,
            placed,
            text_places,
        )
