"""各部分相加不等于整体。

同一个整体的两种分法（如按企业性质、按业务结构）合计应当相等，写明整体的，合计应等于整体。
各数四舍五入带来的尾差不算。

误：ITO 77174.16、BPO 23970.09、KPO 3082.90，外资 78283.45、内资 14813.28、港澳台商 11030.42
正：ITO 77174.16、BPO 23970.09、KPO 3082.90，外资 78283.45、内资 14813.28、港澳台商 11130.42
依据：国家统计局《统计数据质量管理办法》的平衡关系审核。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import joined, plain
from bulletin_press.report.definition import Whole
from bulletin_press.report.facts import Interval, value_interval


def check(data: Data) -> Iterator[At]:
    """Yield each set of parts whose sum differs from another's, or from the whole."""
    for whole in data.definition.wholes:
        for measure in data.definition.adding(whole):
            yield from _differing(data, whole, measure)


def _differing(data: Data, whole: Whole, measure: str) -> Iterator[At]:
    """Each complete set against the first one given."""
    first: tuple[str, Interval, Decimal] | None = None
    for items in whole.sets:
        given = [figure for item in items if (figure := data.figures.find(measure, item))]
        if len(given) < len(items):
            continue
        total = sum((figure.value for figure in given), start=Decimal(0))
        names, interval = joined([data.definition.name_of(item) for item in items]), value_interval(given)
        if first is None:
            first = names, interval, total
        elif interval.apart(first[1]):
            label = data.definition.measures[measure].label
            yield At(given[-1].value_path,
                     f"{label}：{names}合计{plain(total)}，与{first[0]}的{plain(first[2])}对不上，"
                     f"相差{plain(total - first[2])}")


RULE = Rule("parts-do-not-sum", Severity.ERROR, Data, check)
