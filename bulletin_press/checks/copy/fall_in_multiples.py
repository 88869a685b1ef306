"""用倍数表示下降。

一倍即基数本身，降一倍已是零，“下降两倍”没有意义；降幅同样不会超过100%。

误：投诉量较上月下降2倍。
误：出口额同比下降120%。
正：投诉量较上月下降三分之二。
正：出口额增长2倍后下降20%，回落120个基点。
依据：GB/T 15835—2011《出版物上数字用法》及统计用语的通例：倍数只用于增加。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

VERB = r"(下降|减少|降低|缩小|缩减|缩短|回落|下滑|下跌|减小|减弱|降幅(?:为|达到?)?)"
NEAR = r"(?>(?:了|近|约|超过?|逾|幅度为|幅度达)*)"
FALL = lazy(
    VERB + NEAR + r"[ \t]?(?:(\d{1,12}(?:\.\d{1,9})?|[一二两三四五六七八九十百千几数半]{1,6})[ \t]?[多余]?[ \t]?倍"
    r"|(\d{1,12}(?:\.\d{1,9})?)[ \t]?[%％])")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each fall that is counted in multiples, or exceeds the whole."""
    for match in copy.finds(FALL):
        if match[2]:
            yield Mark(*match.span(), f"“{match[1]}”不能用倍数，降一倍已是零；写成百分之几或几分之几")
        elif float(match[3]) > 100:
            yield Mark(*match.span(), f"“{match[1]}”不能超过100%，这里是{match[3]}%")


RULE = Rule("fall-in-multiples", Severity.ERROR, Copy, check, needs="倍%％", cues=(FALL,))
