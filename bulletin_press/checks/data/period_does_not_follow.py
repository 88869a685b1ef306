"""数据的期间接不上上一期。

月报一期接一期：上一期报1—5月，这一期就报1—6月。期间与上一期重复、往回走、跳过了月份、由累计变成当月（或相反），
或离出刊太久，多半是 period 没有改，或改错了。中间停了刊的，按停的月数算；1月常与2月合报，从上年直接到2月的不算。

误：7月这期报 2022-05，8月这期还是 2022-05（或 2022-07、2021-06、2022-06/month）
正：8月这期报 2022-06
依据：月报逐月编报；最多隔几个月可在 thresholds.toml 里改。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.numerals import Period

PATH = ("report", "period")


def check(issue: Issue) -> Iterator[At]:
    """Yield the period where it cannot follow the last issue's, or lies long before the issue."""
    if issue.figures is None or issue.figures.period.unfinished(issue.fields.issue.date):
        return
    now, day = issue.figures.period, issue.fields.issue.date
    last = issue.last_report
    if last is None:
        behind = day.year * 12 + day.month - _number(now)
        if behind > issue.thresholds.period_months:
            yield At(PATH, f"数据的期间 {now} 离出刊已经{behind}个月，请核对 period")
        return
    before = last.figures.period
    fault = _fault(before, now, issue.months_since(last.issue))
    if fault:
        yield At(PATH, f"上一期（{last.issue}）报的是 {before}，这一期写 {now}：{fault}，请核对 period",
                 _following(before))


def _fault(before: Period, now: Period, months: int) -> str | None:
    """What is wrong with a period that comes a number of months after another; None where it may follow."""
    if now.single != before.single:
        return "由累计变成了当月" if now.single else "由当月变成了累计"
    step = _number(now) - _number(before)
    if step == 0:
        return "与上一期重复"
    if step < 0:
        return "比上一期还早"
    # January and February are often reported as one.
    allowed = max(months, 1) + (before.month == 12 and now.month == 2)
    return f"跳过了{step - 1}个月" if step > allowed else None


def _following(before: Period) -> str | None:
    """The period that comes next; after December there are two that may."""
    return None if before.month == 12 else f'"{before.next()}"'


def _number(period: Period) -> int:
    return period.year * 12 + period.month


RULE = Rule("period-does-not-follow", Severity.WARNING, Issue, check)
