"""What follows from the issues before: a new issue's number, the period of its report, whether it has one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bulletin_press.issue.issue import Issue
from bulletin_press.language.numerals import Period
from bulletin_press.publication.workspace import named_months

# 9—10期, 第9、10期合刊: how many numbers a combined issue counts for.
_NUMBERS = re.compile(r"(\d{1,4})\s*[-—–~～、，,/至和与]\s*第?\s*(\d{1,4})\s*期")
# So many of the last issues tell how far the figures are behind.
_TELLING = 4


@dataclass(frozen=True)
class Numbering:
    """A new issue's number, and, after a combined issue, what else it may be."""

    number: int
    other: int | None = None


def _regular(earlier: Sequence[Issue]) -> list[Issue]:
    """The issues that stand in the run of numbers, newest first."""
    return [issue for issue in earlier if not issue.mark.special]


def numbering(earlier: Sequence[Issue], name: str, day: date) -> Numbering:
    """Number a new issue within its year.

    A special issue takes no number of its own, it repeats the last. A combined issue takes one number or two:
    two where its label says so, or where the year's numbers are the months'; else one.

    Args:
        earlier: the issues before it that can be read, newest first.
        name: its folder's name.
        day: its date.
    """
    months, run = named_months(name), _regular(earlier)
    if not run:
        return Numbering(day.month if months else 1)
    last = run[0]
    number = last.mark.number if last.mark.day.year == day.year else 0
    if not months:
        return Numbering(max(1, number))
    combined = named_months(last.name)
    if not number or len(combined) < 2:
        return Numbering(number + 1)
    said = _NUMBERS.search(last.fields.issue.label or "")
    if said and int(said[1]) <= number <= int(said[2]):
        return Numbering(int(said[2]) + 1)
    by_month = months[0].month
    if by_month == number + 1:
        return Numbering(number + 1)
    if number in (combined[0].month, combined[-1].month) and _numbers_are_months(run[1:], day.year):
        return Numbering(by_month, number + 1)
    return Numbering(number + 1, by_month)


def _numbers_are_months(run: Sequence[Issue], year: int) -> bool:
    """Whether a year's issues of one month are numbered as their months; False where there are none."""
    single = [(issue.mark.number, months[0].month) for issue in run
              if len(months := named_months(issue.name)) == 1 and months[0].year == year]
    return bool(single) and all(number == month for number, month in single)


def next_period(earlier: Sequence[Issue], name: str, day: date) -> Period:
    """The period of a new issue's report: as many months behind the issue as those before.

    A combined issue counts as of its last month. No period is printed twice; a period of single months stays
    one of single months.
    """
    months = named_months(name)
    reports = [(issue, issue.figures.period) for issue in _regular(earlier) if issue.figures]
    if not reports:
        found = next((issue.figures.period.next() for issue in earlier if issue.figures), None)
        return found or _shifted(Period(day.year, day.month), -2)
    last = reports[0][1]
    lags = [_months_between(period, named[-1]) for issue, period in reports[:_TELLING]
            if (named := named_months(issue.name))]
    if not months or not lags:
        return last.next()
    counted = Counter(lags).most_common()
    usual = next(lag for lag in lags if (lag, counted[0][1]) in counted)
    period = _shifted(Period(months[-1].year, months[-1].month, last.single), -usual)
    period = max(period, last.next(), key=lambda one: (one.year, one.month))
    return period.next() if _without_january(period, [one for _, one in reports]) else period


def _without_january(period: Period, before: Sequence[Period]) -> bool:
    """Whether a period is a January whose figures came with February's the year before."""
    if period.month != 1 or period.single:
        return False
    told = {(one.year, one.month) for one in before}
    return (period.year - 1, 2) in told and (period.year - 1, 1) not in told


def _months_between(period: Period, month: Period) -> int:
    return (month.year - period.year) * 12 + month.month - period.month


def _shifted(period: Period, months: int) -> Period:
    year, month = divmod(period.year * 12 + period.month - 1 + months, 12)
    return Period(max(1, year), month + 1, period.single)


def without_report(earlier: Sequence[Issue]) -> bool:
    """Whether the last two issues had no report (the last, where it is the only one): the next has none either."""
    last = _regular(earlier)[:2]
    return bool(last) and not any(isinstance(issue.table.values.get("report"), dict) for issue in last)
