"""One HTML file, for the eye and for other engines."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from bulletin_press.document.tree import Picture
from bulletin_press.edition import Edition
from bulletin_press.fonts import load_manifest
from bulletin_press.ground.resources import fonts_folder
from bulletin_press.pictures import LoadedPicture, PictureFault
from bulletin_press.writers.outlet import Chosen, Outlet

_AS_IT_IS = "网页里会照样带上版式里的脚本和外部地址，来路不明的版式不要在浏览器里打开"
# By this a draft's file is told: what it shows is the theme's affair.
_DRAFT = "/* press render --draft */\n"


def write_html(edition: Edition, chosen: Chosen | None = None) -> bytes:
    """An edition as HTML: CSS inline, fonts and pictures as absolute ``file:`` addresses."""
    addresses = {picture: replace(as_set, url=as_set.url and _address(picture, edition.issue.pictures[picture]))
                 for picture, as_set in edition.pictures.items()}
    css = _font_faces(edition.theme.fonts) + (_DRAFT if edition.draft else "")
    return edition.page(addresses, css=css).encode("utf-8")


def _address(picture: Picture, loaded: LoadedPicture | PictureFault) -> str:
    """Where a picture's file lies; itself where browsers do not show files of its kind."""
    if isinstance(loaded, LoadedPicture) and loaded.converted:
        return f"data:{loaded.media_type};base64,{b64encode(loaded.data).decode('ascii')}"
    return picture.file.resolve().as_uri()


def _font_faces(families: Collection[str]) -> str:
    """An @font-face rule a file: the same file in two rules once sent characters elsewhere."""
    rules = [
        f'@font-face {{ font-family: "{family}"; font-weight: {font.weight}; '
        f'src: url("{(fonts_folder() / font.name).resolve().as_uri()}") }}\n'
        for font in load_manifest().fonts for family in (font.family, font.formerly) if family in families]
    return "".join(rules)


def _notice(edition: Edition) -> str | None:
    return None if edition.theme.bundled else _AS_IT_IS


def is_draft(path: Path) -> bool:
    """Whether a page was written as a draft."""
    try:
        return _DRAFT.encode() in path.read_bytes()
    except OSError:
        return False


OUTLET = Outlet("html", "HTML", "交给别的排版程序，只在这台机器上用", (".html", ".htm"), False, write_html,
                is_draft=is_draft, notice=_notice, plainly_named=True)
