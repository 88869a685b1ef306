"""An issue's pages while it is typed: all of them as its last whole layout had them, and those that changed since.

The arrangement of the pages is that of the last whole layout until the next one: while a word is typed no picture
jumps. What is drawn from a page on is the same to the pixel as a whole layout in that arrangement; where that cannot
be known, ``Drawn.settled`` is false, and the whole layout tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from bulletin_press.checks.engine import review
from bulletin_press.checks.rule import Family
from bulletin_press.document.tree import Origin
from bulletin_press.edition import Edition, open_edition
from bulletin_press.ground.diagnostics import Finding, Severity
from bulletin_press.issue.reading import read_issue
from bulletin_press.pictures import PictureFault
from bulletin_press.pipeline import TEXT_FAMILIES
from bulletin_press.publication.workspace import Workspace
from bulletin_press.toml.positions import KeyPath
from bulletin_press.typeset.live import CannotResume, Leaf, LiveSetter, keeping, kept_of

# Pages that are redrawn before the whole layout: more would take as long as that.
MOST = 3
# Pixels of a page's width, where nobody says.
WIDTH = 1100


@dataclass(frozen=True)
class Box:
    """A place on a page: the page from 1, the rest in parts of its width and height, from the top left."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Whole:
    """A whole layout, as it goes from one process to another.

    Attributes:
        text: the issue's text that it is of.
        draft: whether its pages are marked as a proof, since the issue has errors.
        chosen, moved: the arrangement; None where the pages are as the theme has them.
        kept: what the layout left; None where nothing can be resumed.
        leaves: its pages.
        findings: what was found, pages included.
        seconds: what it took.
    """

    text: str
    draft: bool
    chosen: Mapping[str, str] | None
    moved: Mapping[str, int] | None
    kept: Any
    leaves: tuple[Leaf, ...]
    findings: tuple[Finding, ...]
    seconds: float

    def without_pictures(self, known: frozenset[str] | None = None) -> Whole:
        """The same without the pictures, or those that are known."""
        return replace(self, leaves=tuple(replace(leaf, picture=b"") if known is None or leaf.digest in known else leaf
                                          for leaf in self.leaves))


@dataclass(frozen=True)
class Drawn:
    """What has changed on the pages.

    Attributes:
        count: how many pages there are, as far as is known.
        pages: the pictures of those that are new, by number from 1.
        seconds: what it took.
        processor: seconds of the processor that it took.
        settled: whether these and all others are as a whole layout has them.
        leaves: all pages; the pictures of those that did not change may be left out.
        refused: why nothing could be redrawn; empty where it was.
    """

    count: int
    pages: Mapping[int, bytes]
    seconds: float
    settled: bool = True
    leaves: tuple[Leaf, ...] = ()
    refused: str = ""
    processor: float = 0.0


class LivePages:
    """An issue's pages.

    Args:
        workspace: the publication.
        path: the issue's file.
        theme: a theme other than the publication's.
        width: pixels of a page's width.
    """

    def __init__(self, workspace: Workspace, path: Path, theme: str | None = None, *, width: int = WIDTH) -> None:
        self.workspace, self.path, self.theme, self.width = workspace, path, theme, width
        self.whole: Whole | None = None
        self._setter = LiveSetter()
        self._text: str | None = None
        self._leaves: tuple[Leaf, ...] = ()
        self._settled = True

    def lay_out(self, text: str) -> Whole:
        """Lay out the whole of a text, and go on from it.

        Raises:
            PressError: it cannot be set.
        """
        begun = perf_counter()
        edition = self._edition(text, draft=False)
        findings = tuple(review(edition.issue, edition, TEXT_FAMILIES))
        draft = any(one.severity is Severity.ERROR for one in findings)
        if draft:
            edition = open_edition(edition.issue, self.theme, draft=True)
        with keeping():
            pages = edition.pages
            best = edition.fit.best.arrangement if edition.fit else None
            kept = kept_of(pages, edition.page(edition.pictures, arrangement=best) if best else edition.html)
        leaves = self._setter.leaves(pages, self.width)
        found = {*findings, *review(edition.issue, edition, {Family.LAYOUT})}
        chosen, moved = (dict(best.chosen), dict(best.moved)) if best else (None, None)
        whole = Whole(text, draft, chosen, moved, kept, leaves,
                      tuple(sorted(found, key=lambda one: (one.span, one.rule))), perf_counter() - begun)
        self.adopt(whole)
        return whole

    def adopt(self, whole: Whole) -> None:
        """Go on from a layout that was made elsewhere."""
        self.whole, self._text, self._leaves, self._settled = whole, whole.text, whole.leaves, True

    def _edition(self, text: str, draft: bool) -> Edition:
        workspace = replace(self.workspace, drafts={self.path: text})
        return open_edition(read_issue(workspace, self.path), self.theme, draft=draft)

    def update(self, text: str) -> Drawn:
        """Redraw what a change of the text changes; the same text is never drawn again.

        Raises:
            PressError: it cannot be read, or not be set.
        """
        begun, spent = perf_counter(), process_time()
        if text == self._text:
            return Drawn(len(self._leaves), {}, perf_counter() - begun, self._settled, self._leaves)
        before = {leaf.digest for leaf in self._leaves}
        refused = ""
        if self.whole is None:
            self.lay_out(text)
        else:
            try:
                self._redraw(text, self.whole)
            except CannotResume as reason:
                refused, self._settled = str(reason), False
        self._text = text
        new = {number: leaf.picture for number, leaf in enumerate(self._leaves, 1)
               if leaf.digest not in before and leaf.picture}
        return Drawn(len(self._leaves), new, perf_counter() - begun, self._settled, self._leaves, refused,
                     process_time() - spent)

    def _redraw(self, text: str, whole: Whole) -> None:
        if whole.kept is None:
            raise CannotResume("nothing was kept")
        edition = self._edition(text, whole.draft)
        arrangement = None
        if whole.chosen is not None:
            from bulletin_press.theme.fit.search import Arrangement

            arrangement = Arrangement(whole.chosen, whole.moved or {})
        html = edition.page(edition.pictures, arrangement=arrangement)
        loaded = {address: picture for drawn, picture in edition.issue.pictures.items()
                  if not isinstance(picture, PictureFault) and (address := edition.address(drawn))}
        issue = edition.issue
        with edition.spending():
            made = self._setter.redrawn(html, edition.assets, issue.workspace.publication.style.lines, loaded,
                                        whole.kept, dpi=issue.thresholds.screen_dpi, width=self.width, most=MOST)
        leaves = {**dict(enumerate(whole.leaves)), **made.leaves}
        self._leaves = tuple(leaves[index] for index in sorted(leaves) if index < max(made.count, 1))
        self._settled = made.settled

    def warm(self) -> None:
        """Have all that a first redrawing needs in memory: a page is redrawn that nobody changed."""
        whole = self.whole
        if whole is None or whole.kept is None:
            return
        leaves, settled = self._leaves, self._settled
        with suppress(CannotResume):
            self._redraw(whole.text, replace(whole, kept=replace(whole.kept, root=_stirred(whole.kept.root))))
        self._leaves, self._settled = leaves, settled

    def place(self, path: KeyPath) -> tuple[Box, ...]:
        """Where on the pages what stands at a key path is; a box a page, nothing where it is on none."""
        found = []
        for page, leaf in enumerate(self._leaves, 1):
            inside = [one for one in leaf.places if Origin.parse(one.origin).path[: len(path)] == path]
            if inside:
                left, top = min(one.x for one in inside), min(one.y for one in inside)
                right, bottom = max(one.x + one.width for one in inside), max(one.y + one.height for one in inside)
                found.append(Box(page, left, top, right - left, bottom - top))
        return tuple(found)

    def origin(self, page: int, x: float, y: float) -> KeyPath | None:
        """What was typed at a place of a page (parts of its width and height); what is nearest above, beside it."""
        places = self._leaves[page - 1].places if 1 <= page <= len(self._leaves) else ()
        inside = [one for one in places if one.x <= x <= one.x + one.width and one.y <= y <= one.y + one.height]
        if inside:
            least = min(inside, key=lambda one: (round(one.width * one.height, 5), -one.origin.count("/")))
            return Origin.parse(least.origin).path
        above = [one for one in places if one.y <= y]
        return Origin.parse(max(above, key=lambda one: one.y).origin).path if above else None


def _stirred(root: Any) -> Any:
    """A layout's elements of which one text is another than it was."""
    for at, child in enumerate(root.children):
        if child.tag != "head" and child.first >= 0:
            children = (*root.children[:at], _stirred(child), *root.children[at + 1 :])
            return replace(root, digest=b"", children=children)
    return replace(root, digest=b"", own=b"")


