"""With which characters a match can begin: where ``re`` cannot tell, a search tries every place of a text.

``re`` tells it of patterns that begin with a character or a class. A pattern of ours mostly begins with what must not
stand before it, with a part that may be missing, or with words to choose from.
"""

from __future__ import annotations

from re import _compiler  # type: ignore[attr-defined]  # what re.compile itself is made of
from re import _constants as kinds  # type: ignore[attr-defined]
from typing import Any

# The parts of a class, as re's parser has them; None where nothing can be told.
Parts = list[tuple[Any, Any]] | None
# The code of a pattern begins with what is known of it: how long that is, of what kind, the least and most length.
_HEAD, _KIND = 5, 2


def code_of(parsed: Any, flags: int) -> list[int]:
    """What ``re`` compiles a parsed pattern to; where that begins with nothing of its first characters, they are added.

    Args:
        parsed: what ``re._parser.parse`` returns.
        flags: those of the whole pattern.
    """
    code: list[int] = []
    _compiler._compile_info(code, parsed, flags)
    if code[0] == kinds.INFO and code[_KIND] == 0 and code[3] > 0 and not flags & kinds.SRE_FLAG_IGNORECASE:
        parts, _ = _first(parsed)
        if parts:
            reduced = _compiler._optimize_charset(parts)
            _compiler._compile_charset(reduced[0] if isinstance(reduced, tuple) else reduced, flags, code)
            code[1], code[_KIND] = len(code) - 1, kinds.SRE_INFO_CHARSET
    _compiler._compile(code, parsed.data, flags)
    code.append(kinds.SUCCESS)
    return code


def _first(sequence: Any) -> tuple[Parts, bool]:
    """The characters that a sequence can begin with, and whether it may match nothing."""
    found: Parts = []
    for kind, argument in sequence:
        if kind in (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT):
            continue
        parts, empty = _first_of(kind, argument)
        found = _united(found, parts)
        if not empty:
            return found, False
    return found, True


def _first_of(kind: Any, argument: Any) -> tuple[Parts, bool]:
    if kind is kinds.LITERAL:
        return [(kind, argument)], False
    if kind is kinds.NOT_LITERAL:
        return [(kinds.NEGATE, None), (kinds.LITERAL, argument)], False
    if kind is kinds.IN:
        return list(argument), False
    if kind is kinds.BRANCH:
        parts: Parts = []
        ways = [_first(way) for way in argument[1]]
        for one, _ in ways:
            parts = _united(parts, one)
        return parts, any(empty for _, empty in ways)
    if kind is kinds.SUBPATTERN:
        return (None, True) if argument[1] or argument[2] else _first(argument[3])
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
        parts, empty = _first(argument[2])
        return parts, empty or not argument[0]
    # Of what was matched before, of any character at all, nothing can be told.
    return _first(argument) if kind is kinds.ATOMIC_GROUP else (None, True)


def _united(one: Parts, other: Parts) -> Parts:
    if one is None or other is None:
        return None
    if not one or not other:
        return one or other
    # A class that leaves characters out is no part of another.
    negated = any(kind is kinds.NEGATE for kind, _ in (*one, *other))
    return None if negated else [*one, *other]
