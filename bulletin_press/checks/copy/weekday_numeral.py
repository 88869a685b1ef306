"""星期几用了阿拉伯数字。

星期几用汉字：星期五、周五。

误：例会定于每月最后一个星期5下午召开
误：每周3上午，礼拜6加班
正：例会定于每月最后一个星期五下午召开，每周三上午，礼拜六加班
正：每周5天、周3次、第3周5人
依据：GB/T 15835—2011《出版物上数字用法》4.2.3：星期用汉字数字。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

DAY = lazy(r"(?:星期|礼拜)[ ]?(?P<long>[1-7])(?![\d.个次天小])|(?<!\d)周(?P<short>[1-6])(?=[上下]午|晚上|早上"
           r"|[至到、—-]周|）|\))")
NAMES = "一二三四五六日"


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each day of the week in Arabic figures."""
    for match in copy.finds(DAY):
        key = "long" if match["long"] else "short"
        name = NAMES[int(match[key]) - 1]
        yield Mark(*match.span(key), f"星期几用汉字：{name}", name)


RULE = Rule("weekday-numeral", Severity.WARNING, Copy, check, needs="期拜周", cues=(DAY,))
