"""标题末尾用了句号、逗号。

标题独占一行，末尾不用句号、逗号、分号、顿号；问号、叹号、省略号按需要用。

误：上半年服务外包平稳增长。
误：协会召开会员大会；
正：上半年服务外包平稳增长
正：服务外包为什么这样红？
依据：GB/T 15834—2011《标点符号用法》附录B.1：标题末尾一般不用标点。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

STOP = lazy(r"(?<![。…！？\s])(?P<stop>[。，；、：])[ \t\u3000]*\Z")
# What the docstring's samples are tried under as well.
RUNNING = frozenset({"title", "term", "subtitle"})


def check(copy: Copy) -> Iterator[Mark]:
    """Yield the stop at the end of a title."""
    match = STOP.search(copy.words) if copy.key in RUNNING else None
    if match:
        yield Mark(*match.span("stop"), f"标题末尾不用“{match['stop']}”", "")


RULE = Rule("title-with-stop", Severity.WARNING, Copy, check, fix=True, cues=(STOP,))
