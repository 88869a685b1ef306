"""The fonts of a style sheet's own: none but those that it may load.

WeasyPrint makes a folder for the fonts that ``@font-face`` names before it knows whether there are any, and
takes ``local()`` for what Fontconfig has that is nearest.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import fetch


class GivenFaces(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
    """Adds the faces whose file the fetcher gives; the fetcher remembers what it refuses."""

    def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> None:
        """Add a face, if there is a file for it."""
        given = False
        for kind, address in rule_descriptors["src"]:
            if kind == "external" and address:
                with suppress(Exception), fetch(url_fetcher, address):
                    given = True
        if given:
            super().add_font_face(rule_descriptors, url_fetcher)


class HouseFaces(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
    """The bundled fonts alone, for pages that name no others; one serves them all, so nothing is added to it."""

    def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> None:
        """Leave out a face whose rule is written with escapes, which nobody needs."""
