"""正文里的日期写成了“2022.8.26”。

正文里写“2022年8月26日”；要用数字的简写，用连接号“2022-08-26”，不用小数点或斜线。

误：公司成立于2010.5.6
误：培训自2022/8/1起报名
正：公司成立于2010年5月6日，培训自2022-08-01起报名
正：版本2022.8.1、比例2022/8
依据：GB/T 15835—2011《出版物上数字用法》5.1.2.1；GB/T 7408—2005 5.2.1。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

DATE = lazy(r"(?:于|在|自|从|截至|截止|日期[为：]|时间[为：]|至|到|（)[ \t]?(?P<date>(?P<year>(?:19"
            r"|20)\d\d)(?P<stop>[./．])(?P<month>0?[1-9]|1[0-2])(?P=stop)"
            r"(?P<day>0?[1-9]|[12]\d|3[01]))(?![\d./．])")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each date in running text whose parts are set apart by stops."""
    for match in copy.finds(DATE):
        meant = f"{match['year']}年{int(match['month'])}月{int(match['day'])}日"
        yield Mark(*match.span("date"), f"正文里的日期写全：{meant}", meant)


RULE = Rule("date-with-stops", Severity.WARNING, Copy, check, needs="./．", cues=(DATE,))
