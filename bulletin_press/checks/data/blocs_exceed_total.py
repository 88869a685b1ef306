"""有重叠的几组加起来超过了整体。

“一带一路”沿线国家与RCEP国家有重叠的成员，相加会重复计算。合计超过整体就是明证：文中不要相加，
也不要写“两者合计占……”。

误：“一带一路”沿线国家和RCEP国家合计236208.87，占离岸合计的112%
正：两者分别写，不相加
依据：统计分组互不重叠的才能相加。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import joined, plain
from bulletin_press.report.definition import Whole
from bulletin_press.report.facts import typed_interval, value_interval
from bulletin_press.report.figures import Figure


def check(data: Data) -> Iterator[At]:
    """Yield the last of each set of overlapping blocs that together surely pass their whole."""
    for whole in data.definition.wholes:
        for measure in data.definition.adding(whole, bounded=True):
            blocs = {item: figure for item in whole.blocs if (figure := data.figures.find(measure, item))}
            parts = whole_figures(data, whole, measure)
            if len(blocs) < 2 or not parts:
                continue
            limit = value_interval(parts)
            alone = all(typed_interval(figure.value).low <= limit.high for figure in blocs.values())
            if alone and value_interval(blocs.values()).low > limit.high:
                names = joined([data.definition.name_of(item) for item in blocs])
                total = sum(figure.value for figure in list(blocs.values())[1:])
                yield At(list(blocs.values())[-1].value_path,
                         f"{names}{data.definition.measures[measure].label}相加是"
                         f"{plain(next(iter(blocs.values())).value + total)}，"
                         f"超过{whole.label}的{plain(sum((part.value for part in parts[1:]), parts[0].value))}："
                         "两者有重叠，文中不能相加")


def whole_figures(data: Data, whole: Whole, measure: str) -> list[Figure]:
    """The figures that make up a whole: of the first set that was given in full."""
    for items in whole.sets:
        figures = [figure for item in items if (figure := data.figures.find(measure, item))]
        if len(figures) == len(items):
            return figures
    return []


RULE = Rule("blocs-exceed-total", Severity.INFO, Data, check)
