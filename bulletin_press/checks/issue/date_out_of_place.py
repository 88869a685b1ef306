"""出刊日期不合文件夹的月份，或早于上一期。

文件夹以出刊的年月命名：2022-08 里的一期在2022年8月出，合刊 2022-07-08 在7月或8月出，增刊 2022-special-1 在2022年出。
日期不在其中，或比上一期的还早，多半是抄了上期的文件，忘了改日期；日期会印在报头上。

误：文件夹 2022-08 里写 date = 2022-07-12
正：date = 2022-08-26
依据：本刊的写法，见使用说明第二节。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.numerals import Period, chinese_date
from bulletin_press.publication.workspace import named_months, valid_name


def check(issue: Issue) -> Iterator[At]:
    """Yield the date where it is not in the folder's months, or before that of the issue before."""
    if not valid_name(issue.name):
        return
    day, months = issue.fields.issue.date, named_months(issue.name)
    fits = Period(day.year, day.month) in months if months else day.year == issue.mark.year
    last = issue.marks_before[:1]
    if not fits:
        yield At(("issue", "date"), f"日期是{chinese_date(day)}，与文件夹 {issue.name} 的"
                                    f"{'月份' if months else '年份'}不合，请核对")
    elif last and day < last[0].day:
        yield At(("issue", "date"), f"日期早于上一期（{last[0].name}，{chinese_date(last[0].day)}），请核对")


RULE = Rule("date-out-of-place", Severity.WARNING, Issue, check)
