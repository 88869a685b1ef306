"""Kinds of characters, and the neighbours that tell Chinese text from Latin."""

from __future__ import annotations

import re

# Bodies of character classes, for regular expressions.
HAN = r"\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
MARKS = "，。、；：？！（）《》〈〉【】〔〕「」『』"

_CHINESE = re.compile(f"[{HAN}{MARKS}]")
_HAN = re.compile(f"[{HAN}]")
_CLOSERS = " \t\u3000)\"'”’…"
_OPENERS = " \t\u3000(\"'“‘"


def is_han(char: str) -> bool:
    """Whether a character (or nothing) is a hanzi."""
    return bool(_HAN.match(char))


def is_chinese(char: str) -> bool:
    """Whether a character (or nothing) is a hanzi or a mark that only Chinese has."""
    return bool(_CHINESE.match(char))


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
