"""部分大于整体。

一个市场、一类企业、一种业务都不会超过总额；欧盟不会小于荷兰。好几个部分都大于同一个整体的，多半是整体
抄错了，只在整体那里说一次。

误：总额 102670.76，其中外资企业 154971.35
正：总额 102670.76，其中外资企业 54971.35
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import joined, plain
from bulletin_press.report.containment import Key, contained
from bulletin_press.report.definition import Whole
from bulletin_press.report.facts import typed_interval, value_interval
from bulletin_press.report.figures import Figure


def check(data: Data) -> Iterator[At]:
    """Yield each part larger than what contains it; where several are, that one in their stead."""
    parts: dict[Key, list[Key]] = {}
    for part, whole in contained(data.figures, data.definition):
        parts.setdefault(whole, []).append(part)
    for whole, within in parts.items():
        yield from _exceeding(data, within, whole)
    for spec in data.definition.wholes:
        for measure in data.definition.adding(spec, bounded=True):
            yield from _summed(data, spec, measure)


def _exceeding(data: Data, parts: Sequence[Key], whole: Key) -> Iterator[At]:
    limit, limit_name = _given(data, whole), data.label(*whole)
    # A part in another unit is unit-slip's matter.
    larger = [key for key in parts if _larger(_given(data, key).value, limit.value)
              and not data.unit_slipped(*key, _given(data, key))]
    names = joined([data.label(*key) for key in larger])
    if len(larger) > 1:
        yield At(limit.value_path, f"{limit_name}{plain(limit.value)}比其中的{len(larger)}项都小（{names}），"
                                   "多半是它抄错了")
    elif larger:
        part = _given(data, larger[0])
        yield At(part.value_path, f"{names}{plain(part.value)}大于{limit_name}{plain(limit.value)}")
    for key in parts:
        part = _given(data, key)
        if key not in larger and part.previous is not None and limit.previous is not None and \
                _larger(part.previous, limit.previous):
            yield At((*part.path, "previous"), f"{data.label(*key)}上年同期{plain(part.previous)}大于"
                                               f"{limit_name}上年同期{plain(limit.previous)}")


def _given(data: Data, key: Key) -> Figure:
    figure = data.figures.find(*key)
    assert figure
    return figure


def _larger(part: Decimal, whole: Decimal) -> bool:
    # Rounding never changes an order: values typed to the same decimals compare as they stand.
    return typed_interval(part).low >= typed_interval(whole).high


def _summed(data: Data, spec: Whole, measure: str) -> Iterator[At]:
    """Parts that together pass the item containing their whole, and a bloc that passes the whole."""
    limit = data.figures.find(measure, spec.within) if spec.within else None
    label = data.definition.measures[measure].label
    for items in spec.partitions:
        figures = [figure for item in items if (figure := data.figures.find(measure, item))]
        total = plain(sum((figure.value for figure in figures), start=Decimal(0)))
        if limit and len(figures) > 1 and all(figure.value <= limit.value for figure in figures) and \
                value_interval(figures).low >= typed_interval(limit.value).high:
            names = joined([data.definition.name_of(item) for item in items if data.figures.find(measure, item)])
            yield At(figures[-1].value_path, f"{names}{label}合计{total}，大于总额{plain(limit.value)}")
        for item in spec.blocs if len(figures) == len(items) else ():
            bloc = data.figures.find(measure, item)
            # Past the containing item it has been reported already.
            if bloc and typed_interval(bloc.value).low > value_interval(figures).high and not (
                    limit and bloc.value > limit.value):
                yield At(bloc.value_path, f"{data.label(measure, item)}{plain(bloc.value)}大于{spec.label}{total}")
                return


RULE = Rule("part-exceeds-whole", Severity.ERROR, Data, check)
