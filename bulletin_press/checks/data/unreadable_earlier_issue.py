"""本年前几期读不到，跨期的检查没有做。

有几条规则要拿前几期的数来比（cumulative-falls、unit-slip、base-drifts、month-outlier、hidden-reversal）。
前几期不在刊物文件夹里，或其中有一期打不开，这些规则就不作声，这里只提一句；打不开的一期登过什么，
repeated-item 和 house-term 也无从知道。刊物的第一期没有前几期，不提。

误：第8期的文件夹旁边没有前几期
正：前几期的文件夹都放在 publication.toml 旁边
依据：没有前几期的数，不能说与前几期一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue


def check(issue: Issue) -> Iterator[At]:
    """Yield one finding where earlier issues are broken, or this year's are not there."""
    broken = [one.name for one in issue.printed_before if one.broken]
    report = issue.figures
    place = ("report", "period") if report else ("issue", "number")
    if broken:
        yield At(place, f"{'、'.join(broken)} 读不出来，没有拿来比较；请运行 press check {broken[0]} 看看毛病在哪里")
        return
    # A month alone and January are compared with nothing.
    if report is None or report.period.single or report.period.month == 1:
        return
    if not report.figures and not report.rankings:
        return
    wrong = [name for name, found in issue.earlier_figures.items() if found is None]
    if wrong:
        yield At(place, f"{'、'.join(wrong)} 的数据月报有错，没有拿来比较；请运行 press check {wrong[0]} 看看")
    elif issue.fields.issue.number > 1 and issue.printed_before and not issue.earlier_this_year:
        yield At(place, "刊物文件夹里没有今年前几期，与前几期比较的检查没有做")


RULE = Rule("unreadable-earlier-issue", Severity.INFO, Issue, check)
