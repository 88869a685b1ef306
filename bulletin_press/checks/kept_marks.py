"""What the rules of copy mark in passages, kept by their words: a passage that did not change is not read again.

Such rules see a passage and nothing else (``Copy``), so what they marked holds wherever the same words are typed under
the same key: in the next check of this process, and through the shelf of the publication in the next one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from bulletin_press import __version__, checks, document, language, publication
from bulletin_press import issue as issue_wing
from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.ground.kept import Kept
from bulletin_press.ground.resources import templates_folder
from bulletin_press.issue.issue import Issue
from bulletin_press.language.presence import Presence
from bulletin_press.language.wrong_characters import model_stamp
from bulletin_press.publication.shelf import Shelf, shelf

# Where rules stand that read passages.
_FAMILIES = ("copy", "data", "issue")
# By the rule's name; a rule that marks nothing is not named.
Marks = Mapping[str, tuple[Mark, ...]]
_FOUND: Kept[Copy, Marks] = Kept(2_000_000, lambda marks: 300 + 200 * len(marks))


def marks_of(issue: Issue, copies: Sequence[Copy], rules: Iterable[Rule[Copy]]) -> Sequence[Marks]:
    """What some rules mark in each of an issue's passages.

    Args:
        issue: the issue.
        copies: the passages, in the issue's order.
        rules: always the same ones: what is kept is kept for all of them.
    """
    root = issue.workspace.root if issue.workspace.keeps else None
    with shelf(root, "copy", release_stamp() if root else "") as kept:
        found = [_FOUND.known(copy) for copy in copies]
        keys = [_key(copy) for copy in copies] if root else []
        for at, key in enumerate(keys):
            if found[at] is None:
                found[at] = _read(kept.known(key), len(copies[at].text))
        # What stands several times is read once.
        first: dict[Copy, int] = {}
        same = [first.setdefault(copy, at) if found[at] is None else at for at, copy in enumerate(copies)]
        new: dict[int, dict[str, tuple[Mark, ...]]] = {at: {} for at in first.values()}
        if new:
            # What is a part of them is looked over by itself.
            places: Sequence[int] = range(len(copies)) if 4 * len(new) > 3 * len(copies) else list(new)
            presence = issue.presence if len(places) == len(copies) else Presence([copies[at].text for at in places])
            for number, at in enumerate(places):
                copies[at].held_by(presence, number)
            try:
                for rule in rules:
                    for at in map(places.__getitem__, rule.read_in(presence)):
                        if at in new and (marks := _checked(rule, copies[at])):
                            new[at][rule.name] = marks
            finally:
                for copy in copies:
                    copy.held_by(None)
        for at, copy in enumerate(copies):
            marks_here = found[at]
            if marks_here is None:
                marks_here = found[at] = new[same[at]]
            _FOUND.keep(copy, marks_here)
            if root:
                _put(kept, keys[at], marks_here)
    return [marks or {} for marks in found]


def _checked(rule: Rule[Copy], copy: Copy) -> tuple[Mark, ...]:
    marks = tuple(rule.check(copy))
    assert not marks or all(isinstance(mark, Mark) for mark in marks)
    return cast("tuple[Mark, ...]", marks)


def _key(copy: Copy) -> str:
    typed = f"{copy.key}\n{int(copy.aligned)}\n{copy.text}"
    return hashlib.blake2b(typed.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _put(kept: Shelf, key: str, marks: Marks) -> None:
    if kept.known(key) is None:
        kept.keep(key, {name: [[mark.start, mark.end, mark.message, mark.suggestion, mark.severity, mark.standard]
                               for mark in several] for name, several in marks.items()})


def _read(values: Any, size: int) -> Marks | None:
    """Marks that were kept in a passage of so many characters; None where what was kept is none."""
    if not isinstance(values, dict):
        return None
    if not values:
        return {}
    try:
        marks = {name: tuple(Mark(start, end, message, suggestion, Severity(severity) if severity else None, standard)
                             for start, end, message, suggestion, severity, standard in several)
                 for name, several in values.items()}
        # What somebody wrote into the file must not break a check.
        right = all(0 <= mark.start <= mark.end <= size and _is_typed(mark)
                    for several in marks.values() for mark in several)
    except (TypeError, ValueError):
        return None
    return marks if right else None


def _is_typed(mark: Any) -> bool:
    return isinstance(mark.message, str) and isinstance(mark.suggestion, str | None) and isinstance(mark.standard, bool)


@cache
def release_stamp() -> str:
    """What tells these rules from those of another release, or from what they were before somebody changed them."""
    folders = [Path(folder) for package in (checks, document, issue_wing, language, publication)
               for folder in package.__path__]
    own = templates_folder()
    tables = [own / "checks", own / "facts", *(place for place in (own / "reports").iterdir() if place.is_dir())]
    states = hashlib.blake2b(f"{__version__} {model_stamp()}".encode(), digest_size=12)
    for folder in (*folders, *(Path(folder) / family for folder in checks.__path__ for family in _FAMILIES), *tables):
        try:
            with os.scandir(folder) as entries:
                for entry in sorted((one for one in entries if one.is_file()), key=lambda one: one.name):
                    state = entry.stat()
                    states.update(f"{entry.name} {state.st_size} {state.st_mtime_ns}\n".encode())
        except OSError:
            states.update(b"?")
    return states.hexdigest()
