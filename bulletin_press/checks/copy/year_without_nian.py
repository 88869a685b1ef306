"""年份后面漏了“年”，与月份连成了一串数。

“2022年7月”漏打“年”，成了“20227月”。

误：20227月19日，秘书处走访3家会员企业。
误：项目于202112月投产。
正：2022年7月19日，秘书处走访3家会员企业。
正：项目于2021年12月投产，共5000月票，编号20227
依据：GB/T 15835—2011《出版物上数字用法》4.1.3：年月日的写法。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

RUN = lazy(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>1[0-2]|0?[1-9])月(?!票|薪|租|饼|活)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each year that runs into its month."""
    for match in copy.finds(RUN):
        yield Mark(match.start("year"), match.end("month"), f"“{match['year']}”后面漏了“年”",
                   f"{match['year']}年{match['month']}")


RULE = Rule("year-without-nian", Severity.WARNING, Copy, check, needs="月", cues=(RUN,))
