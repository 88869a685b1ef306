"""What the desk holds while it is open: the publication, files in hand, the processes, what was drawn and found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from bulletin_press.desk.server.engine import Engine
from bulletin_press.desk.server.work import Box, Drawn, Place, checked, covers, drawn
from bulletin_press.desk.store import IssueFile
from bulletin_press.ground.diagnostics import Finding
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.pipeline import Checked
from bulletin_press.publication.workspace import ISSUE, Workspace

# Pictures of pages that are kept, of all issues.
_MOST_PICTURES = 240


class NoSuchIssue(Exception):
    """The address names no issue of this publication."""


@dataclass
class Issue:
    """An issue in hand: its file, what the checks said of which version, what was drawn."""

    name: str
    file: IssueFile
    checked: tuple[str, Checked] | None = None
    on_pages: tuple[str, tuple[Finding, ...]] | None = None
    digests: tuple[str, ...] = ()
    places: Mapping[str, Box] = field(default_factory=dict)
    cover: tuple[str, bytes] | None = None
    lock: Lock = field(default_factory=Lock)


class Desk:
    """The desk.

    Args:
        place: the publication.
        who: the name under which others see the one who is at it.
    """

    def __init__(self, place: Place, who: str = "") -> None:
        self.place, self.who = place, who
        self.checking, self.drawing, self.making = Engine(), Engine(), Engine()
        self.pictures: dict[str, bytes] = {}
        self._issues: dict[str, Issue] = {}

    def start(self) -> None:
        """Start the processes for what is wanted first; the one that writes outputs waits to be asked."""
        self.checking.start()
        self.drawing.start()

    def stop(self) -> None:
        """End every process."""
        for engine in (self.checking, self.drawing, self.making):
            engine.stop()

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
        text, version = issue.file.text, issue.file.version
        if issue.checked is None or issue.checked[0] != version:
            issue.checked = version, self.checking.ask(checked, self.place, issue.file.path, text)
        return issue.checked[1]

    def draw(self, issue: Issue, theme: str | None, heads: Mapping[str, str]) -> Drawn:
        """Draw an issue's pages as it is now.

        Raises:
            PressError: it cannot be set, or the process stopped.
        """
        text, version = issue.file.text, issue.file.version
        found = self.drawing.ask(drawn, self.place, issue.file.path, text, theme, tuple(self.pictures), dict(heads))
        self.pictures |= found.pictures
        while len(self.pictures) > _MOST_PICTURES:
            del self.pictures[next(iter(self.pictures))]
        if found.digests:
            issue.digests, issue.places = found.digests, found.places
        issue.on_pages = version, found.findings
        return found

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
        version = issue.file.version
        if issue.cover is None or issue.cover[0] != version:
            made = self.drawing.ask(covers, self.place, issue.file.path, issue.file.text)
            issue.cover = version, made[0] if made else b""
        return issue.cover[1] or None

    def folder(self, issue: Issue) -> Path:
        """The issue's folder."""
        return issue.file.path.parent
