"""Pages drawn to be looked at on a screen: the same picture as the file's, none of what only a file needs.

Nothing is compressed or tagged, and a font's glyphs are picked out once, with those that came before: typing adds
few that an issue does not have.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bulletin_press.typeset.weasyprint_adapter.names import Font, pdf_fonts


class Sketcher:
    """Draws documents, and keeps the glyphs that it has drawn."""

    def __init__(self) -> None:
        self._glyphs: dict[str, tuple[frozenset[int], bytes]] = {}

    def pdf(self, document: Any) -> bytes:
        """The pages of a laid-out document as an untagged PDF; inside ``setter.Setter.composing``."""
        target = io.BytesIO()
        with self._picking():
            document.write_pdf(target, uncompressed_pdf=True)
        return target.getvalue()

    @contextmanager
    def _picking(self) -> Iterator[None]:
        subset_of, data_of, cutting = Font.subset, pdf_fonts.get_hb_object_data, False

        # A font's whole file is megabytes: copied only where its glyphs are to be picked out of it.
        def data(hb_object: Any, *of_glyph: Any) -> Any:
            return data_of(hb_object, *of_glyph) if cutting or of_glyph else b""

        def subset(font: Any, to_unicode: Any, hinting: bool) -> None:
            nonlocal cutting
            known, content = self._glyphs.get(font.hash, (frozenset(), b""))
            if not content or not known.issuperset(to_unicode):
                known |= frozenset(to_unicode)
                font.file_content = data_of(font.hb_face)
                cutting = True
                try:
                    subset_of(font, dict.fromkeys(known, ""), hinting)
                finally:
                    cutting = False
                content = font.file_content
                self._glyphs[font.hash] = known, content
            font.file_content = content

        Font.subset, pdf_fonts.get_hb_object_data = subset, data
        try:
            yield
        finally:
            Font.subset, pdf_fonts.get_hb_object_data = subset_of, data_of
