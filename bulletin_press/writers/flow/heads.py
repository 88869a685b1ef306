"""The face of a web page's headings: a cut of the bundled Song with the characters that they have."""

from __future__ import annotations

from collections.abc import Collection
from html.parser import HTMLParser

from bulletin_press.fonts.cutting import cut_face
from bulletin_press.ground.kept import Kept
from bulletin_press.ground.resources import fonts_folder

FACE = "BulletinSong-Bold.otf"
# What the style sheet sets in it: elements, and classes.
_ELEMENTS, _CLASSES = frozenset({"h1", "h2", "h3"}), frozenset({"n", "no", "q", "ord", "fn", "name", "num"})
_VOID = frozenset({"meta", "link", "img", "br", "wbr", "input", "hr"})
_KEPT: Kept[str, bytes] = Kept(4_000_000, len)


def heading_face(characters: Collection[str]) -> bytes:
    """The face cut down to some characters, as WOFF2; the same bytes for the same characters.

    Raises:
        EnvironmentFault: the installation lacks its fonts, or a system library is missing.
    """
    key = "".join(sorted(set(characters)))
    return _KEPT.made(key, lambda: cut_face(fonts_folder() / FACE, key))


class _Headings(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            classes = set((dict(attrs).get("class") or "").split())
            self._open.append(any(self._open[-1:]) or tag in _ELEMENTS or bool(classes & _CLASSES))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if any(self._open[-1:]):
            self.found.update(data)


def heading_characters(page: str) -> frozenset[str]:
    """The characters that a page of the web outlet sets in its headings' face."""
    reader = _Headings()
    reader.feed(page)
    return frozenset(char for char in reader.found if char.isprintable())
