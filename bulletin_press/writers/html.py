"""One HTML file, for the eye and for other engines."""

from __future__ import annotations

from collections.abc import Collection

from bulletin_press.document import Picture
from bulletin_press.edition import Edition
from bulletin_press.fonts import load_manifest
from bulletin_press.pictures import PictureFault
from bulletin_press.resources import fonts_folder
from bulletin_press.theme import SetPicture


def write_html(edition: Edition) -> bytes:
    """An edition as HTML: CSS inline, fonts and pictures as absolute ``file:`` addresses."""
    addresses: dict[Picture, SetPicture] = {}
    for picture, loaded in edition.issue.pictures.items():
        if isinstance(loaded, PictureFault):
            addresses[picture] = SetPicture(None, f"图片缺失：{picture.typed}")
        else:
            addresses[picture] = SetPicture(picture.file.resolve().as_uri())
    return edition.page(addresses, css=_font_faces(edition.theme.fonts)).encode("utf-8")


def _font_faces(families: Collection[str]) -> str:
    """An @font-face rule a file: the same file in two rules once sent characters elsewhere."""
    rules = [
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight}; '
        f'src: url("{(fonts_folder() / font.name).resolve().as_uri()}") }}\n'
        for font in load_manifest().fonts if font.family in families]
    return "".join(rules)
