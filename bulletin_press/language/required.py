"""What a text must hold for a regular expression to match anywhere in it: told from the expression itself.

A need is some strings: of the characters of each the text must hold one, of "0" any digit. None where nothing can be
told. A text that lacks one has no match; one that has them all may have none either.
"""

from __future__ import annotations

from collections.abc import Iterable
from re import _constants as kinds  # type: ignore[attr-defined]  # what re itself parses to
from typing import Any

Need = tuple[str, ...] | None
# Of larger classes nearly every text holds a character.
_LARGEST = 64
# So many strings are kept: more take longer to ask for than they spare.
_MOST = 3
_DIGITS = frozenset("0123456789")
# What most passages of a bulletin hold.
_COMMON = frozenset("0，。的、一是和在国年有业大中人会行发展公工作企经务出")
# It stands for what was blotted out of a text, which the characters of the text do not tell.
_MASK = "\ufffc"


def needed(parsed: Any, flags: int = 0) -> Need:
    """What a parsed expression needs.

    Args:
        parsed: what ``re._parser.parse`` returns, or a part of it.
        flags: those of the whole expression.
    """
    if flags & kinds.SRE_FLAG_IGNORECASE:
        return None
    return every(_of(kind, argument) for kind, argument in parsed)


def every(needs: Iterable[Need]) -> Need:
    """The need that all of some needs are met: of many strings, those that tell most."""
    strings = dict.fromkeys(one for need in needs for one in need or ())
    return tuple(sorted(strings, key=_weight)[:_MOST]) or None


def any_of(needs: Iterable[Need]) -> Need:
    """The need that one of some needs is met: of what each tells most, then of what it tells next."""
    ways = list(needs)
    if not ways or not all(ways):
        return None
    rows = zip(*(sorted(way, key=_weight) for way in ways if way), strict=False)
    united = ("".join(sorted(frozenset().union(*row))) for row in rows)
    return tuple(one for one in united if len(one) <= 2 * _LARGEST) or None


def of_words(words: Iterable[str]) -> Need:
    """The need that one of some words is there; ``#`` in a word stands for a number."""
    return any_of(every(_characters("0" if char == "#" else char) for char in word) for word in words)


def _weight(string: str) -> tuple[int, int, str]:
    """How little a string tells, roughly: by how many of its characters are in most texts, and how many it has."""
    return len(_COMMON.intersection(string)), len(string), string


def _characters(characters: str) -> Need:
    held = frozenset(characters)
    if not held or _MASK in held:
        return None
    return ("".join(sorted(held - _DIGITS | {"0"} if held & _DIGITS else held)),)


def _of(kind: Any, argument: Any) -> Need:
    if kind is kinds.LITERAL:
        return _characters(chr(argument))
    if kind is kinds.IN:
        return _of_class(argument)
    if kind is kinds.BRANCH:
        return any_of(needed(one) for one in argument[1])
    if kind is kinds.SUBPATTERN:
        return None if argument[1] & kinds.SRE_FLAG_IGNORECASE else needed(argument[3])
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
        return needed(argument[2]) if argument[0] else None
    if kind is kinds.ATOMIC_GROUP:
        return needed(argument)
    # What stands before or behind is part of the same text.
    return needed(argument[1]) if kind is kinds.ASSERT else None


def _of_class(parts: Any) -> Need:
    held: set[str] = set()
    for kind, argument in parts:
        if kind is kinds.LITERAL:
            held.add(chr(argument))
        elif kind is kinds.RANGE and argument[1] - argument[0] < _LARGEST:
            held.update(map(chr, range(argument[0], argument[1] + 1)))
        elif kind is kinds.CATEGORY and argument is kinds.CATEGORY_DIGIT:
            held.add("0")
        else:
            return None
    return _characters("".join(held)) if len(held) <= _LARGEST else None
