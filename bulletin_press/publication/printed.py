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
class Comparison:
    """What the items of a section are compared by from issue to issue, all of it keys of theirs.

    ``named_by`` is the key that names an item, None where none does; ``called`` is what a reader calls such
    an item, "" for an article. ``sentences`` are those of running text, ``bearers`` names a firm, ``sources`` one or
    several that an item was taken from.
    """

    named_by: str | None = None
    called: str = ""
    sentences: tuple[str, ...] = ("body", "intro")
    bearers: str | None = None
    sources: str | None = None

    def name(self, typed: str) -> str:
        """An item's name so that it can be found among ``PrintedIssue.names``."""
        return f"{self.named_by}:{bare(typed)}"


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


def printed_before(workspace: Workspace, name: str, compared: Mapping[str, Comparison]) -> tuple[PrintedIssue, ...]:
    """The issues before one, newest first.

    Args:
        workspace: the publication.
        name: the issue's name.
        compared: how each section is compared, by its key in issue.toml.
    """
    return tuple(_printed(workspace, other, compared) for other in workspace.earlier(name)[:REACH])


def _printed(workspace: Workspace, name: str, compared: Mapping[str, Comparison]) -> PrintedIssue:
    try:
        values = workspace.plain(name)
    except InputFault:
        return PrintedIssue(name, broken=True)
    names, sentences, bearers, sources = set[str](), set[str](), set[str](), set[str]()
    for section, how in compared.items():
        for one in _tables(values, section):
            if how.named_by:
                names.add(how.name(_name(workspace, one, how.named_by)))
            for key in how.sentences:
                sentences.update(bare(match.group()) for match in _SENTENCE.finditer(str(one.get(key, ""))))
            bearers.update(_typed(one, how.bearers))
            sources.update(part for typed in _typed(one, how.sources) for part in _AMONG.split(typed))
    return PrintedIssue(name, frozenset(names), frozenset(sentences), frozenset(bearers), frozenset(sources))


def _tables(values: Mapping[str, Any], section: str) -> Iterator[Mapping[str, Any]]:
    found = values.get(section)
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, dict):
            yield one


def _name(workspace: Workspace, one: Mapping[str, Any], key: str) -> str:
    """An item's name as typed, or as the directory has it."""
    entry = workspace.members.get(str(one["ref"])) if "ref" in one and not one.get(key) else None
    return str(one.get(key) or (entry.name if entry else ""))


def _typed(one: Mapping[str, Any], key: str | None) -> Iterator[str]:
    typed = one.get(key) if key else None
    if isinstance(typed, str):
        yield typed.strip()
