"""百分号前面或全角标点旁边打了空格。

数和百分号之间不空格；全角标点自带空白，前后再打空格会空出一大块。

误：同比增长164.14 %
误：同比增长16.2%， 占比提高
正：同比增长164.14%，占比提高
正：The “Digital Economy” plan covers 25 °C
依据：GB/T 15835—2011《出版物上数字用法》、GB/T 15834—2011《标点符号用法》5.1。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import HAN, lazy

# A run of spaces is tried from its start only, and never given back: linear.
SPACE = lazy(
    r"(?<=\d)[ \u3000]++[%％‰]"
    r"|[，。；：、！？（《〈【〔「『）》〉】〕」』][ \u3000]++(?=\S)"
    rf"|[”’][ \u3000]++(?=[{HAN}])"
    r"|(?<=\S)(?<![，。；：、！？（《〈【〔「『）》〉】〕」』])[ \u3000]++"
    "[，。；：、！？）》〉】〕」』（《〈【〔「『]"
    rf"|(?<=[{HAN}])[ \u3000]++[“‘]")
SPACES = lazy("[ \u3000]")
RUNNING = frozenset({"body", "intro"})
# The one space that parts the halves of a title, beside its quotation marks: 织牢“网底” 守护健康.
OWN = lazy("[”’》）！？][ \u3000]\\Z|[ \u3000][“‘《（]\\Z")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each space before a per cent sign or beside a full-width mark."""
    for match in copy.finds(SPACE) if SPACES.search(copy.words) else ():
        if copy.key not in RUNNING and OWN.match(match.group()):
            continue
        mark = match.group().strip(" \u3000")
        place = "前" if match.group().endswith(mark) else "后"
        yield Mark(*match.span(), f"{mark} {place}面多了空格", mark)


RULE = Rule("space-before-percent", Severity.WARNING, Copy, check, fix=True, needs=" \u3000", cues=(SPACE,))
