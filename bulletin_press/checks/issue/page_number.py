"""从 PDF 带来的页码。

PDF 里复制的文字，每一页的页码夹在中间。“- 12 -”“第12页 共30页”和断开一句话的数字不印出来；拿不准的照原样印。

误：……基本原则与总体（换行）- 12 -（换行）要求，……
正：……基本原则与总体要求，……
依据：页码是原来那份文件的，不属于稿件。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.line_groups import page_numbers_of
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue


def check(issue: Issue) -> Iterator[At]:
    """Yield each line that holds a page number alone."""
    for table, prose in issue.prose():
        for start, end, left_out in page_numbers_of(prose.text) if prose.marked else ():
            message = "这是从 PDF 带来的页码，没有印出来；请删去这一行" if left_out else \
                "这像是从 PDF 带来的页码，会印出来；是页码就删去这一行，不是就与上一行连起来写"
            yield At(prose.path, message, table=table, characters=(start, end))


RULE = Rule("page-number", Severity.WARNING, Issue, check)
