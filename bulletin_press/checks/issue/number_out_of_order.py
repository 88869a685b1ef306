"""期号重了，或没有接着上一期。

期号在一年里一期一期往上编。与本年别的一期相同，或不比上一期大，多半是抄了上期的文件，忘了改期号。
有 label 的增刊（文件夹名里没有月份）不占期号，不算在内；跳过几号不提。

误：第8期之后的一期，又写 number = 8
正：number = 9
依据：期号是一期的名字，读者和存档都靠它。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue


def check(issue: Issue) -> Iterator[At]:
    """Yield the number where it is not above those of the regular issues of the year before this one."""
    mark = issue.mark
    if mark.special:
        return
    run = [other for other in issue.marks_before if other.year == mark.year and not other.special]
    same = next((other for other in run if other.number == mark.number), None)
    if same:
        yield At(("issue", "number"), f"期号重了：{same.name} 已经是第{same.number}期", str(run[0].number + 1))
    elif run and run[0].number > mark.number:
        yield At(("issue", "number"), f"上一期（{run[0].name}）是第{run[0].number}期，这一期的期号要比它大",
                 str(run[0].number + 1))


RULE = Rule("number-out-of-order", Severity.WARNING, Issue, check)
