"""Which two neighbouring characters a text must hold for a regular expression to match anywhere in it.

As ``required`` tells of characters: a need is a set of pairs of which the text must hold one, None where nothing can be
told. Most patterns are made of words, and few texts hold two characters of one side by side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from re import _constants as kinds  # type: ignore[attr-defined]  # what re itself parses to
from typing import Any

Pairs = frozenset[str] | None
_Characters = frozenset[str] | None
# Of more pairs nearly every text holds one.
_MOST = 4000
_LARGEST = 64
_NOTHING: frozenset[str] = frozenset()
# It stands for what was blotted out of a text, which the characters of the text do not tell.
_MASK = "\ufffc"


@dataclass(frozen=True)
class _Part:
    """What is told of a part of an expression: the pairs it needs, its first and last characters, None if any may be.

    ``empty`` tells that it may match nothing, ``looks`` that it takes up no room: what stands before and behind it are
    neighbours.
    """

    pairs: Pairs = None
    first: _Characters = None
    last: _Characters = None
    empty: bool = True
    looks: bool = False


def needed_pairs(parsed: Any, flags: int = 0) -> Pairs:
    """The pairs that a parsed expression needs.

    Args:
        parsed: what ``re._parser.parse`` returns.
        flags: those of the whole expression.
    """
    if flags & kinds.SRE_FLAG_IGNORECASE:
        return None
    pairs = _row(parsed).pairs
    return pairs if pairs and len(pairs) <= _MOST and not any(_MASK in pair for pair in pairs) else None


def any_pairs(needs: Iterable[Pairs]) -> Pairs:
    """The need that one of some needs is met."""
    found = _NOTHING
    for need in needs:
        if need is None:
            return None
        found |= need
    return found or None


def _row(parsed: Any) -> _Part:
    """Parts one behind the other: of the pairs that each needs, and that two neighbours need, those that are fewest."""
    pairs: Pairs = None
    first: _Characters = _NOTHING
    last: _Characters = _NOTHING
    before: _Characters = None
    empty = True
    for part in (_of(kind, argument) for kind, argument in parsed):
        pairs = _fewer(pairs, part.pairs)
        if part.looks:
            continue
        if not part.empty and before is not None and part.first is not None and len(before) * len(part.first) <= _MOST:
            pairs = _fewer(pairs, frozenset(one + two for one in before for two in part.first))
        first = _both(first, part.first) if empty else first
        last = _both(last, part.last) if part.empty else part.last
        before = _both(before, part.last) if part.empty else part.last
        empty = empty and part.empty
    return _Part(pairs, first, last, empty)


def _of(kind: Any, argument: Any) -> _Part:
    if kind in (kinds.LITERAL, kinds.IN, kinds.NOT_LITERAL, kinds.ANY):
        held = frozenset(chr(argument)) if kind is kinds.LITERAL else _class(argument) if kind is kinds.IN else None
        return _Part(None, held, held, False)
    if kind is kinds.BRANCH:
        ways = [_row(one) for one in argument[1]]
        first: _Characters = _NOTHING
        last: _Characters = _NOTHING
        for way in ways:
            first, last = _both(first, way.first), _both(last, way.last)
        return _Part(any_pairs(way.pairs for way in ways), first, last, any(way.empty for way in ways))
    if kind is kinds.SUBPATTERN:
        return _Part() if argument[1] & kinds.SRE_FLAG_IGNORECASE else _row(argument[3])
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
        once = _row(argument[2])
        return _Part(once.pairs if argument[0] else None, once.first, once.last, once.empty or not argument[0])
    if kind is kinds.ATOMIC_GROUP:
        return _row(argument)
    if kind is kinds.ASSERT:
        return _Part(_row(argument[1]).pairs, looks=True)
    return _Part(looks=kind in (kinds.ASSERT_NOT, kinds.AT))


def _class(parts: Any) -> _Characters:
    held: set[str] = set()
    for kind, argument in parts:
        if kind is kinds.LITERAL:
            held.add(chr(argument))
        elif kind is kinds.RANGE and argument[1] - argument[0] < _LARGEST:
            held.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return frozenset(held)


def _both(one: _Characters, other: _Characters) -> _Characters:
    return None if one is None or other is None else one | other


def _fewer(one: Pairs, other: Pairs) -> Pairs:
    return other if one is None or (other is not None and len(other) < len(one)) else one
