"""The door for pages that are looked at while they are typed: pictures of pages, and pages of a changed text alone.

What a whole layout leaves (``kept``) is plain data: it may come from another process. With it the pages that a
change touches are laid out without the others; what cannot be done so is refused, never done otherwise.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from bulletin_press import fonts
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.kept import Kept
from bulletin_press.pictures import LoadedPicture
from bulletin_press.typeset.assets import Assets
from bulletin_press.typeset.reports import TypedPlace
from bulletin_press.typeset.setter import SETTER, Pages
from bulletin_press.typeset.spacing import StyleName

if TYPE_CHECKING:
    from bulletin_press.typeset.weasyprint_adapter.kept_layout import KeptLayout

# Bytes of pictures of pages that are kept.
_MOST = 16_000_000


class CannotResume(Exception):
    """A change cannot be laid out from a page on."""


@dataclass(frozen=True)
class Leaf:
    """A page as a picture (PNG), a digest of it, and where on it what was typed stands."""

    digest: str
    picture: bytes
    places: tuple[TypedPlace, ...]


@dataclass(frozen=True)
class Redrawn:
    """The pages that a change made other, by index from 0; how many there are; whether all others are as they were."""

    leaves: Mapping[int, Leaf]
    count: int
    settled: bool


def _loaded() -> None:
    fonts.isolate()
    with fonts.loading_by_name():
        import bulletin_press.typeset.weasyprint_adapter  # noqa: F401


@contextmanager
def keeping() -> Iterator[None]:
    """Layouts that are made inside may be asked for what they leave, while still inside."""
    _loaded()
    from bulletin_press.typeset.weasyprint_adapter import known
    if not known():
        yield
        return
    from bulletin_press.typeset.weasyprint_adapter.kept_layout import keeping as kept

    with kept():
        yield


def kept_of(pages: Pages, html: str) -> KeptLayout | None:
    """What a layout leaves; None where it was not made inside ``keeping``, or by an engine that is not known."""
    from bulletin_press.typeset.weasyprint_adapter import known
    if not known():
        return None
    from bulletin_press.typeset.weasyprint_adapter.kept_layout import kept_of as kept

    return kept(pages.document, html)


class LiveSetter:
    """Draws pages and lays out changed ones; keeps glyphs, style sheets and pictures of pages from one to the next."""

    def __init__(self) -> None:
        self._sketcher: Any = None
        self._sheets: Any = None
        self._pictures: Kept[tuple[str, int], bytes] = Kept(_MOST, len)

    def leaves(self, pages: Pages, width: int) -> tuple[Leaf, ...]:
        """All pages as pictures, so many pixels wide."""
        with SETTER.composing(pages.style, pages.logged):
            return self._leaves(pages.document, width)

    def redrawn(self, html: str, assets: Assets, style: StyleName, pictures: Mapping[str, LoadedPicture],
                kept: KeptLayout, *, dpi: int, width: int, most: int) -> Redrawn:
        """The pages that a changed page of HTML makes other than those that a layout had.

        Args:
            html: the changed page; it may load ``assets`` and nothing else.
            assets: what it may load.
            style: the house style of line composition.
            pictures: those assets that are pictures, by address.
            kept: what the layout left.
            dpi: the most pixels to the inch that pictures are drawn with.
            width: of the pictures of the pages, pixels.
            most: pages that may be laid out.

        Raises:
            CannotResume: the change is of another kind, or the engine got lost.
        """
        with SETTER.composing(style, []) as installed:
            if not installed.active:
                raise CannotResume("an engine that is not known")
            from bulletin_press.typeset.weasyprint_adapter import resuming
            from bulletin_press.typeset.weasyprint_adapter.read_sheets import Sheets

            self._sheets = self._sheets or Sheets()
            try:
                made = resuming.of_text(html, assets, pictures, kept, SETTER.font_configuration(html), self._sheets,
                                        dpi=dpi, most=most)
                drawn = self._leaves(resuming.document_of(made, assets, SETTER.font_configuration(html)), width)
            except PressError:
                raise
            # Whatever the engine stumbles over, the whole layout is made anyway, and tells.
            except Exception as error:
                raise CannotResume(f"{type(error).__name__}: {error}") from error
        return Redrawn(dict(zip(made.pages, drawn, strict=True)), made.count, made.settled)

    def _leaves(self, document: Any, width: int) -> tuple[Leaf, ...]:
        import pypdfium2

        from bulletin_press.typeset.weasyprint_adapter.marked_places import typed_places
        from bulletin_press.typeset.weasyprint_adapter.sketching import Sketcher

        if not document.pages:
            return ()
        self._sketcher = self._sketcher or Sketcher()
        places = [typed_places(page._page_box) for page in document.pages]
        pdf = pypdfium2.PdfDocument(self._sketcher.pdf(document))
        try:
            return tuple(Leaf(*self._picture(page, width), placed) for page, placed in zip(pdf, places, strict=True))
        finally:
            pdf.close()

    def _picture(self, page: Any, width: int) -> tuple[str, bytes]:
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
        digest = sha256(bytes(bitmap.buffer)).hexdigest()[:20]
        return digest, self._pictures.made((digest, width), lambda: _png(bitmap.to_pil()))


def _png(image: Any) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()


__all__: Sequence[str] = ["CannotResume", "Leaf", "LiveSetter", "Redrawn", "keeping", "kept_of"]
