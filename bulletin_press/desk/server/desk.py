"""What the desk holds while it is open: the publication, files in hand, the processes, what was drawn and found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from bulletin_press.desk.live.engine import LONGEST, Engine
from bulletin_press.desk.live.pages import Drawn, Whole
from bulletin_press.desk.server.drawing import Drawing, Sheets
from bulletin_press.desk.server.work import Place, checked, covers
from bulletin_press.desk.store import Edit, IssueFile
from bulletin_press.desk.store.bin import Bin
from bulletin_press.ground.diagnostics import Finding
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.pipeline import Checked
from bulletin_press.publication.workspace import ISSUE, Workspace

T = TypeVar("T")


class NoSuchIssue(Exception):
    """The address names no issue of this publication."""


@dataclass
class Issue:
    """An issue in hand: its file, what the checks said of which version, what was drawn."""

    name: str
    file: IssueFile
    checked: tuple[str, Checked] | None = None
    looked: tuple[str, Checked] | None = None
    on_pages: tuple[str, tuple[Finding, ...]] | None = None
    sheets: Sheets = field(init=False)
    cover: tuple[str, bytes] | None = None
    lock: Lock = field(default_factory=Lock)
    # Whoever waits for these is answered of what the file is then, not of what it was when he asked.
    checking: Lock = field(default_factory=Lock)
    covering: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.sheets = Sheets(self.file.path)


class Desk:
    """The desk.

    Args:
        place: the publication.
        who: the name under which others see the one who is at it.
    """

    def __init__(self, place: Place, who: str = "") -> None:
        self.place, self.who = place, who
        # A key is answered before the whole layout goes on, or what was asked for by a button.
        self.checking, self.quick = Engine(), Engine()
        self.drawing, self.making = Engine(niceness=10), Engine(niceness=5)
        self.drawn = Drawing(place, self.drawing, self.quick)
        self.bin = Bin(place.root)
        # What is being done of an issue that takes long, in words, for those who ask how far it is.
        self.doing: dict[str, str] = {}
        self._issues: dict[str, Issue] = {}

    def start(self) -> None:
        """Start the processes for what is wanted first; the one that writes outputs waits to be asked."""
        self.checking.start()
        self.drawing.start()
        self.quick.start()

    def stop(self) -> None:
        """End every process."""
        for engine in (self.checking, self.drawing, self.making, self.quick):
            engine.close()

    def workspace(self) -> Workspace:
        """The publication as it is on the disk now."""
        return self.place.workspace()

    def issue(self, name: str) -> Issue:
        """An issue by its folder's name.

        Raises:
            NoSuchIssue: there is none.
        """
        workspace = self.workspace()
        if name not in workspace.issue_names or not is_inside(workspace.root / name / ISSUE, workspace.root):
            raise NoSuchIssue
        if name not in self._issues:
            self._issues[name] = Issue(name, IssueFile(workspace.root / name / ISSUE, self.who))
        return self._issues[name]

    def checked(self, issue: Issue) -> Checked:
        """What the checks say of an issue as it is now.

        Raises:
            PressError: its file cannot be read at all, or the process stopped.
        """
        with issue.checking:
            laid, looked = issue.file.read(), issue.looked
            if looked is not None and looked[0] == laid.text:
                issue.checked = laid.version, looked[1]  # while it was typed
            elif issue.checked is None or issue.checked[0] != laid.version:
                issue.checked = laid.version, self.checking.ask(checked, self.place, issue.file.path, laid.text)
            return issue.checked[1]

    def draw(self, issue: Issue, width: int) -> Whole:
        """Lay out an issue as it is now, to pages of so many pixels; once for each version.

        Raises:
            PressError: it cannot be set, or the process stopped.
        """
        whole, version = self.drawn.lay_out(issue.sheets, issue.file.read, width)
        issue.on_pages = version, whole.findings
        return whole

    def redraw(self, issue: Issue, edits: Sequence[Edit], base: str) -> tuple[Drawn, float] | None:
        """The pages of an issue with edits that are not saved yet; None where it was not laid out before.

        Raises:
            PressError: it cannot be read so, or the process stopped.
        """
        return self.drawn.redraw(issue.sheets, issue.file.preview(edits, base))

    def look(self, issue: Issue, edits: Sequence[Edit], base: str) -> tuple[str, Checked]:
        """What the checks say of an issue with edits that are not saved yet, and its text with them.

        Raises:
            PressError: it cannot be read so, or the process stopped.
        """
        text, looked = issue.file.preview(edits, base), issue.looked
        if looked is None or looked[0] != text:
            looked = issue.looked = text, self.checking.ask(checked, self.place, issue.file.path, text)
        return looked

    def findings(self, issue: Issue) -> tuple[Finding, ...]:
        """What was found: by the checks, and on the pages where these were drawn of the same text."""
        found = self.checked(issue).findings
        if issue.on_pages and issue.on_pages[0] == issue.file.version:
            found = tuple(sorted({*found, *issue.on_pages[1]}, key=lambda one: (one.span, one.rule)))
        return found

    def cover(self, issue: Issue) -> bytes | None:
        """The first page as a picture, None where it cannot be set.

        Raises:
            PressError: the process stopped.
        """
        with issue.covering:
            laid, whole = issue.file.read(), issue.sheets.whole
            if issue.cover is None or issue.cover[0] != laid.version:
                there = whole.leaves[0].digest if whole and whole.text == laid.text and whole.leaves else ""
                picture = self.drawn.pictures.get(there)
                if picture is None:
                    made = self.drawing.ask(covers, self.place, issue.file.path, laid.text)
                    picture = made[0] if made else b""
                issue.cover = laid.version, picture
            return issue.cover[1] or None

    def telling(self, issue: Issue, work: Callable[..., T], *arguments: Any, seconds: float = LONGEST) -> T:
        """Do what takes long in the process for it; how far it is stands in ``doing``.

        Args:
            issue: the issue.
            work: a function of a module: of the place, the issue's file, the arguments, and ``progress``.
            arguments: what it is called with.
            seconds: how long it may be silent.

        Raises:
            PressError: what it raises, or the process stopped.
        """
        try:
            return self.making.ask(work, self.place, issue.file.path, *arguments, seconds=seconds,
                                   progress=lambda words: self.doing.update({issue.name: words}))
        finally:
            self.doing.pop(issue.name, None)

    def forget(self, issue: Issue) -> None:
        """Hold an issue no longer: it is not on the shelf any more."""
        self._issues.pop(issue.name, None)

    def folder(self, issue: Issue) -> Path:
        """The issue's folder."""
        return issue.file.path.parent
