"""What the desk's processes do: check a text, draw its pages, make its outputs."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from bulletin_press.ground.diagnostics import Finding
from bulletin_press.pipeline import Checked, Rendered, check, make, render
from bulletin_press.publication.workspace import Workspace

# Pixels of a drawn page's width: twice what a wide window shows.
WIDTH = 1100
# A page's digest and picture, those that were drawn last.
_drawn: dict[str, bytes] = {}
_MOST_DRAWN = 200


@dataclass(frozen=True)
class Place:
    """Where the publication is, as it goes from one process to another."""

    root: Path
    today: date

    def workspace(self, drafts: Mapping[Path, str] | None = None) -> Workspace:
        """The workspace, with texts that stand for files."""
        return Workspace(self.root, self.today, self.root, dict(drafts or {}))


@dataclass(frozen=True)
class Box:
    """A place on a page: the page from 1, the rest in parts of its width and height, from the top left."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawn:
    """An issue's pages: a digest of each, the pictures that are not known yet, what was found on them."""

    digests: tuple[str, ...]
    pictures: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    places: Mapping[str, Box]
    seconds: float


def checked(place: Place, path: Path, text: str) -> Checked:
    """What the checks say of a text, pages left out."""
    return check(place.workspace({path: text}), path)


def drawn(place: Place, path: Path, text: str, theme: str | None, known: Iterable[str],
          heads: Mapping[str, str]) -> Drawn:
    """The pages of a text as pictures, in spite of errors.

    Args:
        place: the publication.
        path: the issue's file.
        text: what is in it, or would be.
        theme: another theme than the publication's.
        known: the digests of pictures that whoever asks has.
        heads: titles to be found on the pages, by a name for each.
    """
    begun = perf_counter()
    workspace = place.workspace({path: text})
    made = make(workspace, path, theme=theme)
    if not made.files:
        made = make(workspace, path, theme=theme, draft=True)
    if not made.files or not isinstance(made.files[0], bytes):
        return Drawn((), {}, made.rendered.checked.findings, {}, perf_counter() - begun)
    digests, pictures, places = _pictures(made.files[0], set(known), heads)
    return Drawn(digests, pictures, made.rendered.checked.findings, places, perf_counter() - begun)


def _pictures(pdf: bytes, known: set[str], heads: Mapping[str, str]) -> tuple[
        tuple[str, ...], dict[str, bytes], dict[str, Box]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    digests, pictures, places = [], dict[str, bytes](), dict[str, Box]()
    wanted = dict(heads)
    try:
        for number, page in enumerate(document, 1):
            bitmap = page.render(scale=WIDTH / page.get_width())
            digest = hashlib.sha256(bytes(bitmap.buffer)).hexdigest()[:20]
            digests.append(digest)
            if digest not in known:
                pictures[digest] = _picture(digest, bitmap.to_pil())
            _find(page, number, wanted, places)
    finally:
        document.close()
    return tuple(digests), pictures, places


def _picture(digest: str, image: object) -> bytes:
    if digest not in _drawn:
        out = io.BytesIO()
        image.convert("RGB").save(out, "PNG", compress_level=1)  # type: ignore[attr-defined]
        _drawn[digest] = out.getvalue()
        while len(_drawn) > _MOST_DRAWN:
            del _drawn[next(iter(_drawn))]
    return _drawn[digest]


def _find(page: object, number: int, wanted: dict[str, str], places: dict[str, Box]) -> None:
    """Titles on a page: where the last place of their words on it is, since a list of contents comes before."""
    text = page.get_textpage()  # type: ignore[attr-defined]
    width, height = page.get_size()  # type: ignore[attr-defined]
    for name, words in wanted.items():
        search = text.search(words[:12])
        while found := search.get_next():
            left, bottom, right, top = text.get_charbox(found[0])
            places[name] = Box(number, left / width, 1 - top / height, (right - left) / width, (top - bottom) / height)
    text.close()


def made(place: Place, path: Path, outlet: str, draft: bool, *,
         progress: Callable[[str], None] = lambda words: None) -> Rendered:
    """One output, written."""
    return render(place.workspace(), path, to=(outlet,), draft=draft, progress=progress)


def covers(place: Place, path: Path, text: str) -> Sequence[bytes]:
    """The first page of a text as a picture; none where it cannot be set."""
    import pypdfium2

    workspace = place.workspace({path: text})
    files = make(workspace, path).files or make(workspace, path, draft=True).files
    if not files or not isinstance(files[0], bytes):
        return ()
    document = pypdfium2.PdfDocument(files[0])
    try:
        out = io.BytesIO()
        document[0].render(scale=520 / document[0].get_width()).to_pil().convert("RGB").save(out, "PNG")
    finally:
        document.close()
    return (out.getvalue(),)
