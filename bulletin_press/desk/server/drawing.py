"""An issue's pages for the browser: the whole layout in one process, what is typed in another, pictures by digest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import Any

from bulletin_press.desk.live.engine import Engine
from bulletin_press.desk.live.pages import Drawn, Whole
from bulletin_press.desk.live.place import Place
from bulletin_press.desk.live.work import laid_out, redrawn
from bulletin_press.desk.store.laid import Laid
from bulletin_press.typeset.live import Leaf

# Pictures of pages that are kept, of all issues.
_MOST_PICTURES = 240
# Seconds that redrawing may take before its process is started anew: the whole layout follows anyway.
LONGEST = 20.0
NARROWEST, WIDEST = 300, 1600
# So much wider a page is shown than it was drawn, when it is drawn anew.
_WIDER = 1.2


@dataclass
class Sheets:
    """The pages of an issue as they were shown last: of which text the last whole layout is, and that layout."""

    path: Path
    width: int = 0
    whole: Whole | None = None
    version: str = ""
    lock: Lock = field(default_factory=Lock)


class Drawing:
    """What is drawn, of all issues.

    Args:
        place: the publication.
        whole: the process for whole layouts.
        quick: the process for what is typed.
    """

    def __init__(self, place: Place, whole: Engine, quick: Engine) -> None:
        self.place, self.whole, self.quick = place, whole, quick
        self.pictures: dict[str, bytes] = {}
        # Which layout the quick process has; another one is sent with the next question.
        self._sent: tuple[Path, int, str, int] | None = None
        self._lock = Lock()

    def lay_out(self, sheets: Sheets, read: Callable[[], Laid], width: int) -> tuple[Whole, str]:
        """The whole of a text, and its version; the same text is laid out once, and again where it is shown far wider.

        Args:
            sheets: the issue's.
            read: what is in the file: asked when its turn has come, so that no text is laid out that is past already.
            width: pixels.

        Raises:
            PressError: it cannot be set, or the process stopped.
        """
        with sheets.lock:
            wanted = min(WIDEST, max(NARROWEST, width))
            wider = wanted > _WIDER * sheets.width
            width = wanted if wider else sheets.width
            laid = read()
            if sheets.whole is None or sheets.whole.text != laid.text or wider:
                known = tuple(self.pictures)
                made = self.whole.ask(laid_out, self.place, sheets.path, None, width, laid.text, known)
                self.keep({leaf.digest: leaf.picture for leaf in made.leaves if leaf.picture})
                sheets.whole, sheets.width = made.without_pictures(), width
            sheets.version = laid.version
            return sheets.whole, laid.version

    def redraw(self, sheets: Sheets, text: str) -> tuple[Drawn, float] | None:
        """The pages of a text that is being typed, and how long that took; None where no whole layout is there yet.

        Raises:
            PressError: the text cannot be read, or the process stopped.
        """
        begun, whole = perf_counter(), sheets.whole
        if whole is None:
            return None
        with self._lock:
            key = sheets.path, sheets.width, whole.text, self.quick.restarts
            new = key != self._sent
            self._sent = None
            drawn = self.quick.ask(redrawn, self.place, sheets.path, None, sheets.width, text,
                                   whole if new else None, seconds=LONGEST)
            if drawn is None:
                drawn = self.quick.ask(redrawn, self.place, sheets.path, None, sheets.width, text, whole,
                                       seconds=LONGEST)
            if self.quick.restarts == key[3]:
                self._sent = key
        if drawn is None:
            return None
        self.keep({leaf.digest: leaf.picture for leaf in drawn.leaves if leaf.picture})
        return drawn, perf_counter() - begun

    def keep(self, pictures: Mapping[str, bytes]) -> None:
        """Hold pictures of pages, by their digests; those that came longest ago make room."""
        for digest, picture in pictures.items():
            self.pictures.pop(digest, None)
            self.pictures[digest] = picture
        while len(self.pictures) > _MOST_PICTURES:
            del self.pictures[next(iter(self.pictures))]


def told(leaves: Sequence[Leaf], seconds: float, settled: bool) -> dict[str, Any]:
    """Pages as the browser reads them: their digests, and where on each what was typed stands."""
    return {"pages": [leaf.digest for leaf in leaves], "whole": bool(leaves), "settled": settled,
            "seconds": round(seconds, 2),
            "places": [[[one.origin.rpartition(":")[0], *(round(part, 4) for part in
                                                        (one.x, one.y, one.width, one.height))]
                        for one in leaf.places] for leaf in leaves]}
