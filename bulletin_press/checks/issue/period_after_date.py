"""数据的期间到出刊那天还没有结束。

报表写的是已经过去的月份。期间的最后一天晚于出刊日期，不是 period 写错，就是 date 写错。
这时不再拿前几期的数来比：期间错了，比出来的都不可信。

误：date = 2022-08-26，period = "2022-09"
正：date = 2022-08-26，period = "2022-06"
依据：统计数据在期间结束之后才有。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.numerals import chinese_date


def check(issue: Issue) -> Iterator[At]:
    """Yield the report's period where it ends after the issue's date."""
    day = issue.fields.issue.date
    if issue.figures and issue.figures.period.unfinished(day):
        yield At(("report", "period"), f"数据的期间 {issue.figures.period} 到出刊那天（{chinese_date(day)}）"
                                       "还没有结束，请核对 period 和 date")


RULE = Rule("period-after-date", Severity.WARNING, Issue, check)
