"""各部分相加不等于整体。

同一个整体的两种分法（如按企业性质、按业务结构）合计应当相等，写明整体的，合计应等于整体。
各数四舍五入带来的尾差不算。

误：ITO 77174.16、BPO 23970.09、KPO 3082.90，外资 78283.45、内资 14813.28、港澳台商 11030.42
正：ITO 77174.16、BPO 23970.09、KPO 3082.90，外资 78283.45、内资 14813.28、港澳台商 11130.42
依据：国家统计局《统计数据质量管理办法》的平衡关系审核。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.diagnostics import Severity
from bulletin_press.numerals import joined, plain
from bulletin_press.report.definition import Whole
from bulletin_press.report.facts import Interval, typed_interval


def check(data: Data) -> Iterator[At]:
    """Yield each set of parts whose sum differs from another's, or from the whole."""
    for whole in data.definition.wholes:
        for measure in whole.measures or data.definition.measures:
            yield from _differing(data, whole, measure)


def _differing(data: Data, whole: Whole, measure: str) -> Iterator[At]:
    """Each complete set against the first one given."""
    sets = ([(whole.item,)] if whole.item else []) + [tuple(part) for part in whole.partitions]
    first: tuple[str, Interval, str] | None = None
    for items in sets:
        figures = [data.figures.figures.get((measure, item)) for item in items]
        given = [figure for figure in figures if figure]
        if len(given) < len(items):
            continue
        total = sum((figure.value for figure in given), start=given[0].value * 0)
        interval = typed_interval(given[0].value)
        for figure in given[1:]:
            interval += typed_interval(figure.value)
        names = joined([data.definition.items[item].short or data.definition.items[item].label
                        for item in items])
        if first is None:
            first = names, interval, plain(total)
        elif interval.high < first[1].low or first[1].high < interval.low:
            label = data.definition.measures[measure].label
            yield At(given[-1].value_path,
                     f"{label}：{names}合计{plain(total)}，与{first[0]}的{first[2]}对不上")


RULE = Rule("parts-do-not-sum", Severity.ERROR, Data, check)
