"""增长、下降之后又写了正负号。

方向已经写在字里：“增长-3.2%”读者要想一想，“下降-3.2%”是负负得正。

误：一季度进口同比增长-4.7%
误：我市对欧盟执行额下降-3.2%
正：一季度进口同比下降4.7%，增速为-4.7%
正：（增长1—5%），下降3—5个百分点
依据：统计用语的通例；GB/T 15835—2011《出版物上数字用法》。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

SIGNED = lazy(r"(?P<word>负增长|增长|上升|增加|提高|上涨|下降|减少|降低|回落|下跌|"
              r"下滑)[了为约至]?[ \t]?(?P<sign>[-－−–+＋])[ \t]?(?P<number>\d+(?:\.\d+)?[ \t]?"
              r"(?:[%％]|个百分点|[万亿]?(?:美元|欧元|日元|元|吨|家|人|个|户|件|台|点)))(?!/)")
# The minus says below nought already.
BELOW = lazy(r"零下[ \t]?(?P<minus>[-－−–])(?=\d)")
OPPOSITE = {"负增长": "下降", "增长": "下降", "上升": "下降", "增加": "减少", "提高": "降低", "上涨": "下跌"}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each change in words that has a sign as well."""
    for match in copy.finds(SIGNED):
        word, number = match["word"], match["number"].replace(" ", "")
        plus = match["sign"] in "+＋"
        suggestion = word + number if plus else OPPOSITE[word] + number if word in OPPOSITE else None
        yield Mark(*match.span(), f"“{word}”已经说明方向，后面不带“{match['sign']}”号", suggestion)

    for match in copy.finds(BELOW):
        yield Mark(*match.span("minus"), "“零下”已经说明在零度以下，后面不带负号", "")


RULE = Rule("signed-growth", Severity.WARNING, Copy, check, needs="-−－–+＋", cues=(SIGNED, BELOW))
