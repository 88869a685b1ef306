"""Kinds of characters, and the neighbours that tell Chinese text from Latin."""

from __future__ import annotations

import re
from typing import Any, cast

from bulletin_press.language.compiled import COMPILED

# Bodies of character classes, for regular expressions.
HAN = r"\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
MARKS = "，。、；：？！（）《》〈〉【】〔〕「」『』"

_CLOSERS = " \t\u3000)\"'”’…"
_OPENERS = " \t\u3000(\"'“‘"


class _Lazy:
    """What ``lazy`` hands out: on the first use of a method it takes on those of the compiled pattern."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._typed = pattern, flags

    def __getattr__(self, name: str) -> Any:
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
