"""What the rules of copy found in an issue, kept by all that they read: where nothing changed no rule is asked again.

They read the issue's file, the publication's and its directory, what earlier issues printed, word lists, tables and
report definitions, and the press itself; pages, pictures and the day of the check they do not.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

from bulletin_press.checks.kept_marks import release_stamp
from bulletin_press.ground.diagnostics import Finding, Severity, Span
from bulletin_press.ground.kept import Kept
from bulletin_press.ground.resources import templates_folder
from bulletin_press.issue.issue import Issue
from bulletin_press.publication.shelf import shelf
from bulletin_press.publication.workspace import ISSUE, template_folders

Found = Mapping[str, tuple[Finding, ...]]
# Of so many states of issues at most; a rule that has not been asked is not named.
_FOUND: Kept[bytes, dict[str, tuple[Finding, ...]]] = Kept(50, lambda found: 1)
_SHELF = "found"
# Behind the name of a rule of figures: what it found in prose.
IN_COPY = " in copy"


class KeptFindings:
    """What each rule of copy found in one issue.

    Args:
        issue: the issue.
    """

    def __init__(self, issue: Issue) -> None:
        self._issue, self._key = issue, _key_of(issue)
        self._root = issue.workspace.root if issue.workspace.keeps else None
        self._known = _FOUND.made(self._key, lambda: dict(self._from_shelf() or ()) if self._root else {})
        self._new = False

    def of(self, name: str, find: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
        """What a rule of a name found, or finds now."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = tuple(find())
            self._new = True
        yield from found

    def keep(self) -> None:
        """Keep it for the next process, when all rules have been asked."""
        if self._new and self._root:
            with shelf(self._root, _SHELF, release_stamp()) as kept:
                kept.keep(self._issue.name, [self._key.hex(), {
                    name: [_plain(one) for one in several] for name, several in self._known.items()}])

    def _from_shelf(self) -> Found | None:
        with shelf(self._root, _SHELF, release_stamp()) as kept:
            files = {one.source.name for one in _tables(self._issue)}
            return _read(kept.known(self._issue.name), self._key.hex(), files)


def _tables(issue: Issue) -> Iterator[Any]:
    workspace = issue.workspace
    yield from (one for one in (issue.table, workspace.publication_table, workspace.members_table) if one)


def _key_of(issue: Issue) -> bytes:
    """What tells all that the rules of copy read from what they read another time."""
    workspace = issue.workspace
    kept = f"{release_stamp()} {workspace.root if workspace.keeps else None} {issue.name}"
    read = hashlib.blake2b(kept.encode("utf-8", "surrogatepass"), digest_size=16)
    for table in _tables(issue):
        for text in (table.source.name, table.source.text):
            read.update(b"%d\n" % len(text) + text.encode("utf-8", "surrogatepass"))
    read.update("\x00".join(passage.text for passage in issue.passages).encode("utf-8", "surrogatepass"))
    files = [workspace.root / name / ISSUE for name in workspace.issue_names if name != issue.name]
    for folder in template_folders(workspace):
        # The press's own are part of its release.
        if folder != templates_folder() and folder.is_dir():
            files += sorted(Path(place, name) for place, _, names in os.walk(folder) for name in names)
    for file in files:
        try:
            state = file.stat()
            read.update(f"{file} {state.st_size} {state.st_mtime_ns}\n".encode("utf-8", "surrogatepass"))
        except OSError:
            read.update(f"{file} ?\n".encode("utf-8", "surrogatepass"))
    return read.digest()


def _plain(finding: Finding) -> list[Any]:
    return [finding.severity.value, finding.message, *astuple(finding.span), finding.suggestion, finding.marked,
            finding.fixable]


def _read(value: Any, key: str, files: set[str]) -> Found | None:
    """Findings that were kept for a key, in files of some names; None where what was kept is no such thing."""
    try:
        held, found = value
        if held != key:
            return None
        made = {name: tuple(_finding(name, one) for one in several) for name, several in found.items()}
    except (TypeError, ValueError, AttributeError):
        return None
    # What somebody wrote into the file must not break a check.
    right = all(_is_typed(one, files) for several in made.values() for one in several)
    return made if right else None


def _finding(name: str, values: Any) -> Finding:
    severity, message, file, line, column, end_line, end_column, suggestion, marked, fixable = values
    span = Span(file, line, column, end_line, end_column)
    return Finding(name.removesuffix(IN_COPY), Severity(severity), message, span, suggestion, marked, fixable)


def _is_typed(one: Any, files: set[str]) -> bool:
    span = one.span
    numbers = (span.line, span.column, span.end_line, span.end_column)
    words = isinstance(one.message, str) and isinstance(one.suggestion, str | None) and isinstance(one.marked, str)
    return (words and isinstance(one.fixable, bool) and span.file in files
            and all(type(number) is int and number > 0 for number in numbers)
            and (span.line, span.column) <= (span.end_line, span.end_column))
