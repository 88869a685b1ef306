"""Kinds of characters, and the neighbours that tell Chinese text from Latin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import Any, cast

from bulletin_press.language.compiled import COMPILED
from bulletin_press.language.required import Need, any_of

# Bodies of character classes, for regular expressions.
HAN = r"\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
MARKS = "，。、；：？！（）《》〈〉【】〔〕「」『』"

_CLOSERS = " \t\u3000)\"'”’…"
_OPENERS = " \t\u3000(\"'“‘"


class _Lazy:
    """What ``lazy`` hands out: on the first use of a method it takes on those of the compiled pattern."""

    needed: Need
    ways: tuple[re.Pattern[str], ...]

    def __init__(self, pattern: str, flags: int) -> None:
        self._typed = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name == "needed":
            self.needed = COMPILED.needs(*self._typed)
            return self.needed
        if name == "ways":
            self.ways = tuple(map(lazy, COMPILED.ways(*self._typed))) or (cast("re.Pattern[str]", self),)
            return self.ways
        compiled = COMPILED.compile(*self._typed)
        for method in ("findall", "finditer", "fullmatch", "match", "search", "split", "sub"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is compiled when it is first used.

    A class of all hanzi takes milliseconds to compile, and most texts give most rules nothing to do. What was compiled
    once is kept (see ``compiled``).
    """
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


def needs_of(*patterns: re.Pattern[str]) -> Need:
    """What a text must hold for one of some patterns to match in it, all of them ``lazy`` (see ``required``)."""
    return any_of(cast("_Lazy", pattern).needed for pattern in patterns) if patterns else None


def need_of(pattern: re.Pattern[str]) -> Need:
    """What a text must hold for a ``lazy`` pattern to match in it."""
    return cast("_Lazy", pattern).needed


def ways_of(pattern: re.Pattern[str]) -> Sequence[re.Pattern[str]]:
    """The wordings that a ``lazy`` pattern is a choice of, each ``lazy``; itself where it is none (see ``ways``)."""
    return cast("_Lazy", pattern).ways


def found_from(begun: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer`` finds, looked for only where another pattern tells that it may begin.

    Args:
        begun: matches one character wherever a match of ``pattern``, which is never empty, may begin.
        pattern: what is looked for.
        text: the text.
    """
    end = 0
    for start in begun.finditer(text):
        if start.start() >= end and (match := pattern.match(text, start.start())):
            end = match.end()
            yield match


def spelled(word: str, pairs: Set[str]) -> bool:
    """Whether each two characters of a word that stand side by side do so in a text, too, whose pairs are given."""
    return all(word[at : at + 2] in pairs for at in range(len(word) - 1))


def is_han(char: str) -> bool:
    """Whether a character (or nothing) is a hanzi."""
    return ("\u3400" <= char <= "\u9fff" or char in ("々", "〇") or "\uf900" <= char <= "\ufaff"
            or "\U00020000" <= char <= "\U0003ffff")


def is_chinese(char: str) -> bool:
    """Whether a character (or nothing) is a hanzi or a mark that only Chinese has."""
    return char != "" and (is_han(char) or char in MARKS)


def is_latin(char: str) -> bool:
    """Whether a character (or nothing) is an ASCII letter or digit."""
    return char.isascii() and char.isalnum()


def before(text: str, index: int) -> str:
    """The character before an index that tells the script, past spaces and closing marks; "" at the start."""
    for at in range(index - 1, max(-1, index - 9), -1):
        if text[at] not in _CLOSERS:
            return text[at]
    return ""


def after(text: str, index: int) -> str:
    """The character from an index on that tells the script, past spaces and opening marks; "" at the end."""
    for at in range(index, min(len(text), index + 8)):
        if text[at] not in _OPENERS:
            return text[at]
    return ""
