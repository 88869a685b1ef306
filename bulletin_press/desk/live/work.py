"""What the two processes do that draw pages: one lays out whole issues, one redraws pages from what that left."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bulletin_press.desk.live.pages import Drawn, LivePages, Whole
from bulletin_press.desk.live.place import Place

# Issues that are held at once; one is typed at a time.
_MOST = 3
_HELD: dict[tuple[Path, str | None, int], LivePages] = {}


def _held(place: Place, path: Path, theme: str | None, width: int) -> LivePages:
    key = path, theme, width
    found = _HELD.pop(key, None) or LivePages(place.workspace(), path, theme, width=width)
    _HELD[key] = found
    while len(_HELD) > _MOST:
        del _HELD[next(iter(_HELD))]
    # The publication's files are read anew each time.
    found.workspace = place.workspace()
    return found


def laid_out(place: Place, path: Path, theme: str | None, width: int, text: str, known: Iterable[str]) -> Whole:
    """The whole of a text, laid out; once for each text.

    Args:
        place: the publication.
        path: the issue's file.
        theme: a theme other than the publication's.
        width: pixels of a page's width.
        text: what is in the file, or would be.
        known: digests of pictures that whoever asks has.

    Raises:
        PressError: it cannot be set.
    """
    return _held(place, path, theme, width).lay_out(text).without_pictures(frozenset(known))


def redrawn(place: Place, path: Path, theme: str | None, width: int, text: str, whole: Whole | None) -> Drawn | None:
    """The pages that a change changes; None where the whole layout is to be sent, which is not here.

    Args:
        place: as above.
        path: as above.
        theme: as above.
        width: as above.
        text: as above.
        whole: the last whole layout, where it is another than was sent before.

    Raises:
        PressError: the text cannot be read.
    """
    pages = _held(place, path, theme, width)
    if whole is not None:
        cold = pages.whole is None
        pages.adopt(whole)
        if cold:
            pages.warm()
    if pages.whole is None:
        return None
    return pages.update(text)
