"""本年前几期读不到，跨期的检查没有做。

有几条规则要拿前几期的数来比（cumulative-falls、unit-slip、base-drifts、month-outlier、hidden-reversal）。
前几期不在刊物文件夹里，或其中有一期打不开，这些规则就不作声，这里只提一句。

误：第8期的文件夹旁边没有前几期
正：前几期的文件夹都放在 publication.toml 旁边
依据：没有前几期的数，不能说与前几期一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.diagnostics import Severity
from bulletin_press.issue import Issue


def check(issue: Issue) -> Iterator[At]:
    """Yield one finding where earlier reports of the year are broken, or the earlier issues are not there."""
    figures = issue.figures
    # A month alone and January are compared with nothing.
    if figures is None or figures.period.single or figures.period.month == 1:
        return
    if not figures.figures and not figures.rankings:
        return
    broken = [name for name, found in issue.earlier_figures.items() if found is None]
    if broken:
        yield At(("report", "period"), f"{'、'.join(broken)} 的数据月报读不出来，没有拿来比较；"
                                       f"请运行 press check {broken[0]} 看看毛病在哪里")
    elif issue.fields.issue.number > 1 and not issue.earlier_this_year:
        yield At(("report", "period"), "刊物文件夹里没有今年前几期，与前几期比较的检查没有做")


RULE = Rule("unreadable-earlier-issue", Severity.INFO, Issue, check)
