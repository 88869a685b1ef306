"""表格有一行的格数与表头不同。

少一格的一行，后面补成空白，数字就错了列；多一格的一行会多出一列。空格子也要写出两边的 |。

误：表头三格“| 年份 | 规模 | 增长 |”，有一行只有两格“| 2021年 | 45.5 |”
正：“| 2021年 | 45.5 | 16.2 |”，没有数的写“| 2021年 | 45.5 | |”
依据：本刊的写法，见使用说明第三节。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.body_tables import ragged_rows
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue


def check(issue: Issue) -> Iterator[At]:
    """Yield each row of a table with more or fewer cells than its head."""
    for table, prose in issue.prose():
        for row in ragged_rows(prose.text) if prose.marked else ():
            apart = f"少了{row.head - row.cells}格" if row.cells < row.head else f"多了{row.cells - row.head}格"
            empty = "留出制表符（Tab）" if row.tabbed else "写出 |"
            yield At(prose.path, f"这一行有{row.cells}格，表头有{row.head}格，{apart}；空格子也要{empty}",
                     table=table, characters=(row.start, row.end))


RULE = Rule("ragged-table", Severity.WARNING, Issue, check)
