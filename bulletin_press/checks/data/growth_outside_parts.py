"""整体的同比不在各部分的同比之间。

整体由几个部分组成时，整体的同比是各部分同比的加权平均，按各部分的数值和同比可以算出它应在的范围。
超出范围，不是整体的同比抄错，就是某个部分抄错。没有整体的数，两种分法推算的上年同期数对不上，也提醒一句。
范围已计入四舍五入；部分没有填全、口径不同的不算。

误：合计增长15.3%，按各部分推算应在14.71%到15.15%之间
正：合计增长14.9%
依据：同比 =（本期合计 ÷ 上年同期合计 − 1）× 100%。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import joined
from bulletin_press.report.facts import Interval, implied_growth, summed_base, value_interval
from bulletin_press.report.figures import Figure

CENT = Decimal("0.01")


def check(data: Data) -> Iterator[At]:
    """Yield each set of parts whose base cannot be that of the whole, or of the first set given."""
    for whole in data.definition.wholes:
        for measure in data.definition.adding(whole, bounded=True):
            first: tuple[Sequence[str], Sequence[Figure], Interval] | None = None
            for items in whole.sets:
                figures = [figure for item in items if (figure := data.figures.find(measure, item))]
                base = summed_base(figures) if len(figures) == len(items) else None
                if base is None or not _alike(data, (*items, *(first[0] if first else ()))):
                    continue
                if first is None:
                    first = items, figures, base
                elif _contradict(first[1], first[2], figures, base):
                    label = data.definition.measures[measure].label
                    yield _finding(label, _names(data, first[0]), first[1], _names(data, items), figures, base)


def _names(data: Data, items: Sequence[str]) -> str:
    return joined([data.definition.name_of(item) for item in items])


def _alike(data: Data, items: Sequence[str]) -> bool:
    """Whether items are of one scope: only such add up."""
    return len({data.definition.items[item].scope for item in items}) == 1


def _contradict(one: Sequence[Figure], one_base: Interval, other: Sequence[Figure], other_base: Interval) -> bool:
    """Whether bases differ where the values agree; where these differ too, parts-do-not-sum says so."""
    return (one[0].comparable == other[0].comparable and one_base.apart(other_base)
            and not value_interval(one).apart(value_interval(other)))


def _finding(label: str, whole: str, figures: Sequence[Figure], names: str, parts: Sequence[Figure],
             base: Interval) -> At:
    growth, typed_growth = implied_growth(value_interval(parts), base), _typed_growth(figures)
    # Two ways of dividing may rest on bases that were revised apart.
    severity = Severity.WARNING if parts[0].comparable or len(figures) > 1 else None
    if growth is None or typed_growth is None:
        return At(parts[-1].rate_path, f"{label}：按{names}的同比推算的上年同期数，与按{whole}推算的对不上，"
                                       "请核对各项同比", None, severity)
    if len(figures) > 1:
        return At(parts[-1].rate_path, f"{label}合计的同比，按{whole}推算{_span(typed_growth)}，按{names}推算"
                                       f"{_span(growth)}，对不上，请核对各项同比", None, severity)
    own = figures[0].growth
    typed = f"写的是{own:f}%" if own is not None else f"按上年同期数算{_span(typed_growth)}"
    return At(figures[0].rate_path, f"{whole}{label}同比{typed}，按{names}推算应{_span(growth)}，请核对",
              None, severity)


def _typed_growth(figures: Sequence[Figure]) -> Interval | None:
    """The rates that figures have together."""
    base = summed_base(figures)
    return implied_growth(value_interval(figures), base) if base else None


def _span(growth: Interval) -> str:
    """An interval of rates, outward to the cent."""
    low, high = growth.low.quantize(CENT, ROUND_FLOOR), growth.high.quantize(CENT, ROUND_CEILING)
    return f"在{low:f}%到{high:f}%之间" if low < high else f"是{low:f}%"


RULE = Rule("growth-outside-parts", Severity.ERROR, Data, check)
