"""One HTML file, for the eye and for other engines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bulletin_press.edition import Edition
from bulletin_press.fonts import load_manifest
from bulletin_press.resources import fonts_folder


def write_html(edition: Edition) -> bytes:
    """An edition as HTML: CSS inline, fonts and pictures as absolute ``file:`` addresses."""
    addresses = {picture: replace(as_set, url=as_set.url and picture.file.resolve().as_uri())
                 for picture, as_set in edition.pictures.items()}
    return edition.page(addresses, css=_font_faces(edition.theme.fonts)).encode("utf-8")


def _font_faces(families: Collection[str]) -> str:
    """An @font-face rule a file: the same file in two rules once sent characters elsewhere."""
    rules = [
        f'@font-face {{ font-family: "{family}"; font-weight: {font.weight}; '
        f'src: url("{(fonts_folder() / font.name).resolve().as_uri()}") }}\n'
        for font in load_manifest().fonts for family in (font.family, font.formerly) if family in families]
    return "".join(rules)
