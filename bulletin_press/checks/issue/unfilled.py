"""还没有填写的地方。

press new-issue 写下的【请填写：…】要逐处换成内容，用不着的整节删去。

误：title = "【请填写：标题】"
正：title = "我国数字经济规模超45万亿元"
依据：印出来的稿子里不能有占位的文字。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.publication.printed import PLACEHOLDER


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each placeholder that the scaffold wrote."""
    for match in PLACEHOLDER.finditer(copy.text):
        yield Mark(*match.span(), "这里还没有填写；用不着就把这一节删去")


RULE = Rule("unfilled", Severity.ERROR, Copy, check, cues=(PLACEHOLDER,))
