"""各部分相加不等于整体。

同一个整体的两种分法（如按企业性质、按业务结构）合计应当相等，写明整体的，合计应等于整体。
各数四舍五入带来的尾差不算。

误：ITO 77174.16、BPO 23970.09、KPO 3082.90，外资 78283.45、内资 14813.28、港澳台商 11030.42
正：ITO 77174.16、BPO 23970.09、KPO 3082.90，外资 78283.45、内资 14813.28、港澳台商 11130.42
依据：国家统计局《统计数据质量管理办法》的平衡关系审核。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import joined, plain
from bulletin_press.report.definition import Whole
from bulletin_press.report.facts import Interval, value_interval
from bulletin_press.report.figures import Figure
from bulletin_press.report.slips import Slip, SlipKind


def check(data: Data) -> Iterator[At]:
    """Yield each set of parts whose sum differs from another's, or from the whole."""
    for whole in data.definition.wholes:
        for measure in data.definition.adding(whole):
            yield from _differing(data, whole, measure)


def _differing(data: Data, whole: Whole, measure: str) -> Iterator[At]:
    """Each complete set against the first one given."""
    label = data.definition.measures[measure].label
    for first, other in _broken(data, whole, measure):
        suspect = _suspect(data, (*first.given, *other.given))
        likely = f"；多半是{suspect.gain.label}{plain(suspect.gain.now.value)}抄错" if suspect else ""
        yield At((suspect.gain.now if suspect else other.given[-1]).value_path,
                 f"{label}：{other.names}合计{plain(other.total)}，与{first.names}的{plain(first.total)}对不上，"
                 f"相差{plain(other.total - first.total)}{likely}")


@dataclass(frozen=True)
class _Set:
    """The figures of a set of parts that was given in full, their names, and what they add up to."""

    names: str
    given: Sequence[Figure]
    interval: Interval
    total: Decimal


def _broken(data: Data, whole: Whole, measure: str) -> Iterator[tuple[_Set, _Set]]:
    first: _Set | None = None
    for items in whole.sets:
        given = [figure for item in items if (figure := data.figures.find(measure, item))]
        if len(given) < len(items):
            continue
        one = _Set(joined([data.definition.name_of(item) for item in items]), given, value_interval(given),
                   sum((figure.value for figure in given), start=Decimal(0)))
        if first is None:
            first = one
        elif one.interval.apart(first.interval):
            yield first, one


def _suspect(data: Data, figures: Sequence[Figure]) -> Slip | None:
    """The one figure of some that was probably typed wrong by other signs."""
    among = {id(figure) for figure in figures}
    found = [slip for slip in data.slips if slip.kind is SlipKind.VALUE and id(slip.gain.now) in among]
    return found[0] if len(found) == 1 else None


def suspects(data: Data) -> set[int]:
    """The figures, by identity, that this rule names as the likely cause of a wrong sum."""
    return {id(suspect.gain.now) for whole in data.definition.wholes
            for measure in whole.measures or data.definition.measures
            for first, other in _broken(data, whole, measure)
            if (suspect := _suspect(data, (*first.given, *other.given)))}


RULE = Rule("parts-do-not-sum", Severity.ERROR, Data, check)
