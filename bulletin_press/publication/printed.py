"""What earlier issues printed, as far as their files can be read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.language.script import lazy
from bulletin_press.publication.workspace import Workspace, named_months

# Two years of a monthly: what ran before may run again.
REACH = 24
# What the scaffold writes where something is to be filled in.
PLACEHOLDER = lazy(r"【请填写[^】]*】")
_SENTENCE = lazy(r"[^。；！？\n]+")
_BARE = lazy(r"[^\w%]+")
# Between the names in one field.
_AMONG = lazy("[、，；/ ]")


def bare(text: str) -> str:
    """A text without marks and spaces: what two versions of a sentence share."""
    return _BARE.sub("", text)


@dataclass(frozen=True)
class PrintedIssue:
    """An earlier issue: its folder's name, its items' names and its sentences, all ``bare``.

    ``bearers`` are its members' names and ``sources`` its articles' sources, as typed. Of an issue
    that is ``broken`` nothing is known.
    """

    name: str
    names: frozenset[str] = frozenset()
    sentences: frozenset[str] = frozenset()
    bearers: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    broken: bool = False


@dataclass(frozen=True)
class IssueMark:
    """How an issue is told from the others: its folder's name, number and date; whether it has a label."""

    name: str
    number: int
    day: datetime.date
    labelled: bool

    @property
    def year(self) -> int:
        """The year that its number counts in: its folder's, which a slip in the date leaves alone."""
        return int(self.name[:4])

    @property
    def special(self) -> bool:
        """Whether it stands outside the run of numbers: a label, and no month of its own."""
        return self.labelled and not named_months(self.name)

    @property
    def order(self) -> tuple[int, int, datetime.date]:
        """Its place in time: by the months of its folder's name, else by its date."""
        months = named_months(self.name)
        last = (months[-1].year, months[-1].month) if months else (self.day.year, self.day.month)
        return (*last, self.day)


def marks_before(workspace: Workspace, mark: IssueMark) -> tuple[IssueMark, ...]:
    """The marks of the issues before one, newest first, as far as they can be read."""
    found = (_mark(workspace, name) for name in workspace.issue_names if name != mark.name)
    before = (other for other in found if other and other.order < mark.order)
    return tuple(sorted(before, key=lambda other: other.order, reverse=True)[:REACH])


def _mark(workspace: Workspace, name: str) -> IssueMark | None:
    try:
        head = workspace.plain(name).get("issue")
    except InputFault:
        return None
    number, day = (head.get("number"), head.get("date")) if isinstance(head, dict) else (None, None)
    # A truth value is an int, a date with a time is a date.
    if type(number) is not int or type(day) is not datetime.date:
        return None
    return IssueMark(name, number, day, isinstance(head, dict) and head.get("label") is not None)


def printed_before(workspace: Workspace, name: str) -> tuple[PrintedIssue, ...]:
    """The issues before one, newest first."""
    return tuple(_printed(workspace, other) for other in workspace.earlier(name)[:REACH])


def _printed(workspace: Workspace, name: str) -> PrintedIssue:
    try:
        values = workspace.plain(name)
    except InputFault:
        return PrintedIssue(name, broken=True)
    return PrintedIssue(name, frozenset(_names(workspace, values)), frozenset(_sentences(values)),
                        frozenset(_typed(values, ("member",), "name")),
                        frozenset(part for typed in _typed(values, ("news", "policy"), "source")
                                  for part in _AMONG.split(typed)))


def _typed(values: Mapping[str, Any], kinds: tuple[str, ...], key: str) -> Iterator[str]:
    for kind in kinds:
        yield from (typed.strip() for one in _tables(values, kind) if isinstance(typed := one.get(key), str))


def _tables(values: Mapping[str, Any], kind: str) -> Iterator[Mapping[str, Any]]:
    found = values.get(kind)
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, dict):
            yield one


def _names(workspace: Workspace, values: Mapping[str, Any]) -> Iterator[str]:
    for kind in ("news", "policy"):
        yield from ("title:" + bare(str(one.get("title", ""))) for one in _tables(values, kind))
    yield from ("term:" + bare(str(one.get("term", ""))) for one in _tables(values, "tip"))
    for one in _tables(values, "member"):
        entry = workspace.members.get(str(one.get("ref", "")))
        yield "member:" + bare(str(one.get("name") or (entry.name if entry else "")))


def _sentences(values: Mapping[str, Any]) -> Iterator[str]:
    for kind in ("news", "policy", "member", "event", "tip"):
        for one in _tables(values, kind):
            for key in ("body", "intro"):
                yield from (bare(match.group()) for match in _SENTENCE.finditer(str(one.get(key, ""))))
