"""中文里用了直引号。

中文的引号是“”和‘’；从网页和程序里粘贴来的直引号不分前后，排出来两边一样。

误：发布"十四五"规划
误：会议以'开放合作'为主题
正：发布“十四五”规划，会议以“开放合作”为主题
正：The "Digital Economy" plan isn't new，屏幕15.6"
依据：GB/T 15834—2011《标点符号用法》4.8：引号的形式有双引号“”和单引号‘’。
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import replace

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import HAN, after, before, is_chinese, is_han, is_latin, lazy

PRIME = lazy(f"(?<![0-9])[″′](?=[{HAN}])|(?<=[{HAN}])[″′]")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each straight quotation mark among Chinese; where one is left over no mark is sure of its fellow."""
    for match in PRIME.finditer(copy.words) if "″" in copy.words or "′" in copy.words else ():
        yield Mark(*match.span(), f"中文里用了 {match.group()}，那是角分、英寸的符号；引号用“”")
    if '"' not in copy.words and "'" not in copy.words:
        return
    marks = list(_marks(copy.words))
    doubted = {copy.words[mark.start] for mark in marks if mark.suggestion is None} | _odd(copy.text)
    yield from (replace(mark, suggestion=None) if copy.words[mark.start] in doubted else mark for mark in marks)


def _odd(text: str) -> set[str]:
    """The kinds of quotes that other marks of typewriters may open or close: `so', ″so″; or that no pair explains."""
    return ({"'"} if "`" in text or "´" in text else set()) | ({'"'} if "″" in text else set())


def _marks(text: str) -> Iterator[Mark]:
    hanzi = [match.start() for match in re.finditer(f"[{HAN}]", text)]
    quotes = [(match.start(), match.group()) for match in re.finditer("[\"'“”]", text)]
    opened: dict[str, int] = {}
    inside = 0
    for number, (at, quote) in enumerate(quotes):
        if quote == "“":
            inside += 1
        elif quote == "”":
            if not inside and '"' in opened:
                yield _curly(opened.pop('"'), '"', "“")
            inside = max(0, inside - 1)
        elif quote == '"' and inside and hanzi and (number + 1 == len(quotes) or quotes[number + 1][1] != "”"):
            inside -= 1
            yield _curly(at, quote, "”")
        elif quote in opened:
            if quote == "'" and is_latin(text[at - 1]) and is_latin(text[at + 1 : at + 2]):
                continue  # don't
            start = opened.pop(quote)
            if text[start + 1] in "，。；：、？！）》" or text[at - 1] in "（《、，：":
                # What is quoted does not begin so: the fellows are others.
                yield Mark(start, start + 1, f"中文里用了直引号 {quote}，认不准前后")
                yield Mark(at, at + 1, f"中文里用了直引号 {quote}，认不准前后")
            elif bisect(hanzi, start) != bisect(hanzi, at) or _among(before(text, start), after(text, at + 1)):
                nested = quote == "'" and (inside > 0 or '"' in opened)
                yield _curly(start, quote, "‘" if nested else "“")
                yield _curly(at, quote, "’" if nested else "”")
        # After a letter or a digit it is an apostrophe, inches or minutes.
        elif not (at and is_latin(text[at - 1])):
            opened[quote] = at
    for quote, at in opened.items():
        if is_han(after(text, at + 1)) or is_han(before(text, at)):
            yield Mark(at, at + 1, f"中文里用了直引号 {quote}，而且没有配对")


def _curly(at: int, quote: str, curly: str) -> Mark:
    return Mark(at, at + 1, f"中文里用了直引号 {quote}，应为 {curly}", curly)


def _among(left: str, right: str) -> bool:
    return (is_chinese(left) and not is_latin(right)) or (is_chinese(right) and not is_latin(left))


RULE = Rule("straight-quotes", Severity.WARNING, Copy, check, fix=True, needs="″′\"'")
