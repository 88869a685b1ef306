"""Half-width brackets that stand among Chinese; those of formulas, functions and telephones do not."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator

from bulletin_press.language.script import HAN, after, before, is_chinese, is_han, is_latin, lazy

_HANZI = lazy(f"[{HAN}]")


def brackets_among_chinese(text: str) -> Iterator[int]:
    """The index of each half-width bracket that should be full-width, pair by pair."""
    hanzi = [match.start() for match in _HANZI.finditer(text)] if "(" in text or ")" in text else []
    opened: list[int] = []
    for match in re.finditer("[()（）]", text) if hanzi else ():
        at = match.start()
        if text[at] in "(（":
            opened.append(at)
        elif opened:
            start = opened.pop()
            with_han = bisect(hanzi, start) != bisect(hanzi, at)
            if text[start] + text[at] != "()" or _chinese_pair(text, start, at, with_han):
                yield from (one for one in (start, at) if text[one] in "()")
        elif text[at] == ")" and (is_chinese(before(text, at)) or is_han(after(text, at + 1))):
            yield at
    yield from (at for at in opened if text[at] == "(" and is_han(after(text, at + 1)))


def _chinese_pair(text: str, start: int, end: int, with_han: bool) -> bool:
    left, right, next_char = before(text, start), after(text, end + 1), text[end + 1 : end + 2]
    figures = text[start + 1 : end].strip("+- 0123456789") == ""
    if with_han or is_latin(next_char) or (figures and right.isdigit() and not is_han(left)):
        return with_han
    return is_chinese(left) or (is_chinese(right) and not is_latin(left))
