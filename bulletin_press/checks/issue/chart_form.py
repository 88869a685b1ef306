"""表格不适合画成所写的图。

条形（bars）宜在 20 项以内，柱形（columns）宜在 16 项以内，时间轴（timeline）宜在 12 件以内，再多就看不清名称。
折线（line）说的是变化，至少要两个数；一个数用条形。一张图里比较的数列最多四列，多出的不画。

误：kind = "line" 的表格只有一行；kind = "columns" 的表格有 30 行
正：一行的数写进正文，或用条形；30 行的用折线，或只留前十
依据：排版通例：图上各项的名称要看得清；本刊的写法，见使用说明“填写”一章。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.plots import MOST_SERIES
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.sections.furnishing import FurnishedFields, table_of

_MOST = {"bars": ("条形", 20), "columns": ("柱形", 16), "line": ("折线", 48), "timeline": ("时间轴", 12)}


def check(issue: Issue) -> Iterator[At]:
    """Yield each chart whose table has more or less than its form shows well."""
    for path, fields in issue.each(FurnishedFields):
        for where, chart in fields.asked(path):
            grid = table_of(fields, chart, where, (*path, "body")).grid
            if grid is None:
                continue
            (name, most), rows, series = _MOST[chart.kind], len(grid.rows), len(grid.head) - 1
            if rows > most:
                yield At(where, f"表格有 {rows} 行，画成{name}看不清；{name}宜在 {most} 行以内")
            elif chart.kind == "line" and rows < 2:
                yield At(where, "折线要两个以上的数；只有一行的用 bars")
            if chart.kind != "timeline" and series > MOST_SERIES:
                yield At(where, f"表格有 {series} 列数，图里只画前 {MOST_SERIES} 列")


RULE = Rule("chart-form", Severity.WARNING, Issue, check)
