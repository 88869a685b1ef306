"""换了行，却接成了一段的几行。

正文里空一行才另起一段；以句号等收尾的一行，或以“一、”“1.”“（一）”、空两格开头的一行，也另起一段。别的行接着上一行排，
上一行若比别的行短得多，多半不是要接的。

误：“大连市数字贸易协会”下一行紧接着“秘书处”
正：两行之间空一行
依据：本刊的写法，见使用说明第三节。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.line_groups import joined_in_doubt
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue


def check(issue: Issue) -> Iterator[At]:
    """Yield the first line of each run that was joined to a short one."""
    for table, prose in issue.prose():
        for start, end in joined_in_doubt(prose.text) if prose.marked else ():
            yield At(prose.path, "这一行接着上一行排成了一段；是另一段，就在前面空一行，是一句话，就与上一行连起来写",
                     table=table, characters=(start, end))


RULE = Rule("joined-lines", Severity.INFO, Issue, check)
