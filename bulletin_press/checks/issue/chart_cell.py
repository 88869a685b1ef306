"""要画成图的表格里有一格不是数，或与同一列的单位不同。

画图要比长短、高低：一格里只写一个数，“约45”“45至50”画不出来，这一格会空着；没有公布的写“—”，图上照样留空、注明。
一列只能有一个单位：12亿与3000万画在一起，3000万反而长。单位写在表头的括号里最清楚：合同额（亿元）。

误：chart = "bars" 的表格里写“| 2021年 | 约45.5 |”，或一列里有“1.2亿元”又有“3000万元”
正：“| 2021年 | 45.5 |”，“约”写进正文；单位统一成亿元，写在表头
依据：同一单位的数才能比长短；本刊的写法，见使用说明“填写”一章。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.plotting import cell_faults
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.sections.furnishing import FurnishedFields, table_of


def check(issue: Issue) -> Iterator[At]:
    """Yield each cell that a chart cannot draw."""
    for path, fields in issue.each(FurnishedFields):
        for where, chart in fields.asked(path):
            table = table_of(fields, chart, where, (*path, "body"))
            if chart.kind == "timeline" or table.grid is None:
                continue
            for fault in cell_faults(table.grid):
                message = f"“{fault.text}”不是一个数，画不进图里；没有公布的写“—”" if fault.unit is None else \
                    f"这一列的单位是{fault.unit}，“{fault.text}”用了另一个：一列只用一个单位，图上才能比"
                characters = None if table.rows else (fault.start, fault.end)
                yield At(table.at(fault.row, fault.column), message, characters=characters)


RULE = Rule("chart-cell", Severity.ERROR, Issue, check)
