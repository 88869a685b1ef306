"""排名没有从大到小。

“前三大市场”按数值从大到小排列；次序不对，不是数抄错了，就是行放错了。

误：日本 25394、荷兰 19051、欧盟 21283
正：日本 25394、欧盟 21283、荷兰 19051
依据：排名的通例。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.diagnostics import Severity
from bulletin_press.numerals import plain


def check(data: Data) -> Iterator[At]:
    """Yield each ranked value above the one before it."""
    for ranking in data.figures.rankings.values():
        for before, ranked in pairwise(ranking):
            if ranked.figure.value > before.figure.value:
                yield At(ranked.figure.value_path,
                         f"{ranked.name}{plain(ranked.figure.value)}排在{before.name}"
                         f"{plain(before.figure.value)}之后，次序不是从大到小")


RULE = Rule("rank-out-of-order", Severity.ERROR, Data, check)
