"""像表格，却排不成表格的几行。

从 Excel、Word 粘贴来的表格，格与格之间是制表符，接连的两行以上会排成表格；只有一行的排不成，用空格对齐的认不准，
第一行就是数字的缺表头。

误：只有一行“规模以上工业增加值⇥120.60⇥15.9”（⇥ 是制表符）
正：| 指标 | 数额 |，下面 | 规模以上工业增加值 | 120.60 |
依据：本刊的写法，见使用说明第三节。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.body_tables import loose_columns
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue

_MESSAGES = {
    "lone": "这一行里有制表符（Tab），单独一行排不成表格，会排成空格；要排表格，写成 | 甲 | 乙 | 这样的几行",
    "spaced": "这几行像是用空格对齐的表格，排出来对不齐；请写成 | 甲 | 乙 | 这样的几行，或从 Excel 里重新复制",
    "headless": "这张表的第一行就有数字，会当作表头来排；请在上面加一行表头",
}


def check(issue: Issue) -> Iterator[At]:
    """Yield each line or row that looks like a table and is read as none, or without its head."""
    for table, prose in issue.prose():
        for found in loose_columns(prose.text) if prose.marked else ():
            yield At(prose.path, _MESSAGES[found.fault], table=table, characters=(found.start, found.end))


RULE = Rule("loose-columns", Severity.WARNING, Issue, check)
