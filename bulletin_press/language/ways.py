"""A regular expression of several ways taken apart, so that each is tried only in the texts that hold what it needs.

A rule's expression is mostly a choice of dozens of wordings, of which a passage may hold one or two: to try them all
at every place of it takes many times as long as to try those two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence


def ways_of(pattern: str, groups: int, names: Sequence[str]) -> tuple[str, ...]:
    """The ways of an expression, each an expression by itself; none where it is one way, or has a group without a name.

    Each has the groups of all others too, so that a match tells of every group of the whole; they take no part in it.

    Args:
        pattern: the expression, without flags of its own.
        groups: how many groups it has.
        names: the names of its groups, in their order.
    """
    parts = _parted(pattern)
    if len(parts) < 2 or groups != len(names) or "(?i)" in pattern:
        return ()
    owned = [{name for name in names if f"(?P<{name}>" in part} for part in parts]
    if any(f"(?P={name})" in part or f"(?({name})" in part
           for part, own in zip(parts, owned, strict=True) for name in names if name not in own):
        return ()
    return tuple(f"(?:{part}){_silent([name for name in names if name not in own])}"
                 for part, own in zip(parts, owned, strict=True))


def _silent(names: Sequence[str]) -> str:
    """Groups that never match, and that nothing turns on."""
    return f"(?:(?!){''.join(f'(?P<{name}>)' for name in names)})?" if names else ""


def _parted(pattern: str) -> list[str]:
    """What stands between the bars of an expression that are in no bracket."""
    parts, begun, depth, at = [], 0, 0, 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif char == "[":
            at = _class_end(pattern, at)
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == "|" and not depth:
            parts.append(pattern[begun:at])
            begun = at + 1
        at += 1
    return [*parts, pattern[begun:]]


def _class_end(pattern: str, at: int) -> int:
    """Where the class that begins at a place ends; a bracket right after its beginning belongs to it."""
    at += 2 if pattern.startswith("[^", at) else 1
    at += pattern.startswith("]", at)
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at


def in_turn(ways: Sequence[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    """What an expression of these ways would find, by ``finditer``: none of its matches is empty."""
    found = [way.search(text) for way in ways]
    end = 0
    while True:
        next_one: re.Match[str] | None = None
        for at, match in enumerate(found):
            if match and match.start() < end:
                match = found[at] = ways[at].search(text, end)
            if match and (next_one is None or match.start() < next_one.start()):
                next_one = match
        if next_one is None:
            return
        yield next_one
        end = next_one.end()
