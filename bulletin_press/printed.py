"""What earlier issues printed, as far as their files can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bulletin_press.diagnostics import InputFault
from bulletin_press.positions import plain_values
from bulletin_press.source import read_source
from bulletin_press.workspace import ISSUE, Workspace

# Two years of a monthly: what ran before may run again.
REACH = 24
_SENTENCE = re.compile(r"[^。；！？\n]+")
_BARE = re.compile(r"[^\w%]+")


def bare(text: str) -> str:
    """A text without marks and spaces: what two versions of a sentence share."""
    return _BARE.sub("", text)


@dataclass(frozen=True)
class PrintedIssue:
    """An earlier issue: its folder's name, its items' names and its sentences, all ``bare``."""

    name: str
    names: frozenset[str]
    sentences: frozenset[str]


def printed_before(workspace: Workspace, name: str) -> tuple[PrintedIssue, ...]:
    """The issues before one, newest first; those that cannot be read are passed over."""
    found = []
    for other in workspace.earlier(name)[:REACH]:
        try:
            values = plain_values(read_source(workspace.root / other / ISSUE))
        except InputFault:
            continue
        found.append(PrintedIssue(other, frozenset(_names(workspace, values)), frozenset(_sentences(values))))
    return tuple(found)


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
