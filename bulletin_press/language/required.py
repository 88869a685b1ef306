"""What a text must hold for a regular expression to match anywhere in it: told from the expression itself.

A need is a string, of whose characters one must be there, "0" for any digit; ``("&", …)`` of needs that must all be
met, ``("|", …)`` of which one must be; None where nothing can be told. A text that does not meet the need has no match;
one that meets it may have none either.
"""

from __future__ import annotations

from collections.abc import Iterable
from re import _constants as kinds  # type: ignore[attr-defined]  # what re itself parses to
from typing import Any

Need = str | tuple[Any, ...] | None
# Of larger classes nearly every text holds a character.
_LARGEST = 64
# So many needs are kept of one: more take longer to ask for than they spare.
_MOST = 4
# What most passages of a bulletin hold.
_COMMON = frozenset("0，。的、一是和在国年有业大中人会行发展公工作企经务出")
_DIGITS = frozenset("0123456789")
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
    """The need that all of some needs are met: of many, of those that tell most."""
    found: dict[Any, None] = {}
    for need in needs:
        if need is not None:
            found.update(dict.fromkeys(need[1:] if isinstance(need, tuple) and need[0] == "&" else (need,)))
    kept = sorted(found, key=_weight)[:_MOST]
    return ("&", *kept) if len(kept) > 1 else kept[0] if kept else None


def any_of(needs: Iterable[Need]) -> Need:
    """The need that one of some needs is met; of many ways, one character of each is asked for."""
    found: dict[Any, None] = {}
    for need in needs:
        if need is None:
            return None
        found.update(dict.fromkeys(need[1:] if isinstance(need, tuple) and need[0] == "|" else (need,)))
    if sum(not isinstance(one, str) for one in found) > _MOST:
        found = dict.fromkeys(map(_told_by, found))
    plain = "".join(one for one in found if isinstance(one, str))
    several = [*([_characters(plain)] if plain else []), *(one for one in found if not isinstance(one, str))]
    return ("|", *several) if len(several) > 1 else next(iter(several), None)


def _weight(need: Any) -> tuple[int, int]:
    """How little a need tells, roughly: by how many of its characters are in most texts, and how many it has."""
    if isinstance(need, str):
        return len(_COMMON.intersection(need)), len(need)
    weights = [_weight(one) for one in need[1:]]
    return min(weights) if need[0] == "&" else (sum(common for common, _ in weights), sum(size for _, size in weights))


def _told_by(need: Any) -> str:
    """One of whose characters must be there where a need is met."""
    if isinstance(need, str):
        return need
    told = [_told_by(one) for one in need[1:]]
    return min(told, key=_weight) if need[0] == "&" else "".join(dict.fromkeys("".join(told)))


def of_words(words: Iterable[str]) -> Need:
    """The need that one of some words is there; ``#`` in a word stands for a number."""
    return any_of(every("0" if char == "#" else _characters(char) for char in word) for word in words)


def _characters(characters: str) -> str | None:
    held = frozenset(characters)
    if not held or _MASK in held:
        return None
    return "".join(sorted(held - _DIGITS | {"0"} if held & _DIGITS else held))


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
