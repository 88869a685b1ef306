"""部分大于整体。

一个市场、一类企业、一种业务都不会超过总额；欧盟不会小于荷兰。好几个部分都大于同一个整体的，多半是整体
抄错了，只在整体那里说一次。

误：总额 102670.76，其中外资企业 154971.35
正：总额 102670.76，其中外资企业 54971.35
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.diagnostics import Severity
from bulletin_press.numerals import joined, plain
from bulletin_press.positions import KeyPath
from bulletin_press.report.definition import Whole
from bulletin_press.report.facts import typed_interval, value_interval
from bulletin_press.report.figures import Figure


@dataclass(frozen=True)
class _Excess:
    """A part that is larger than its whole, each with what messages call it."""

    part: Figure
    part_name: str
    whole: Figure
    whole_name: str


def check(data: Data) -> Iterator[At]:
    """Yield each part larger than what contains it; where several are, that one in their stead."""
    wholes: dict[KeyPath, list[_Excess]] = {}
    for found in [*_within_items(data), *_overlapping(data)]:
        wholes.setdefault(found.whole.path, []).append(found)
    for excesses in wholes.values():
        larger = [one for one in excesses if _larger(one.part.value, one.whole.value)]
        if len(larger) > 1:
            names = joined([one.part_name for one in larger])
            yield At(larger[0].whole.value_path,
                     f"{larger[0].whole_name}{plain(larger[0].whole.value)}比其中的{len(larger)}项都小"
                     f"（{names}），多半是它抄错了")
        for one in excesses:
            if len(larger) == 1 and one is larger[0]:
                yield At(one.part.value_path,
                         f"{one.part_name}{plain(one.part.value)}大于{one.whole_name}{plain(one.whole.value)}")
            elif one not in larger and one.part.previous is not None and one.whole.previous is not None:
                yield At((*one.part.path, "previous"), f"{one.part_name}上年同期{plain(one.part.previous)}大于"
                                                       f"{one.whole_name}上年同期{plain(one.whole.previous)}")
    for spec in data.definition.wholes:
        for measure in spec.measures or data.definition.measures:
            yield from _summed(data, spec, measure)


def _larger(part: Decimal, whole: Decimal) -> bool:
    # Rounding never changes an order: values typed to the same decimals compare as they stand.
    return typed_interval(part).low >= typed_interval(whole).high


def _excess(part: Figure, part_name: str, whole: Figure, whole_name: str) -> Iterator[_Excess]:
    earlier = part.previous is not None and whole.previous is not None and _larger(part.previous, whole.previous)
    if earlier or _larger(part.value, whole.value):
        yield _Excess(part, part_name, whole, whole_name)


def _within_items(data: Data) -> Iterator[_Excess]:
    """An item, or a ranked name, inside an item."""
    for measure, item, name, figure in data.figures.every():
        within = data.definition.items[item].within
        whole = data.figures.find(measure, within) if within else None
        # A part in another unit is unit-slip's matter.
        if within and whole and not data.unit_slipped(measure, item, name, figure):
            yield from _excess(figure, data.label(measure, item, name), whole, data.label(measure, within))


def _overlapping(data: Data) -> Iterator[_Excess]:
    """A ranked name inside another ranked name, or inside an item."""
    for overlap in data.definition.overlaps:
        for measure in data.definition.measures:
            ranking = data.figures.rankings.get((measure, overlap.ranking), ())
            wholes = [(ranked.name, ranked.figure) for ranked in ranking if overlap.is_whole(ranked.name)]
            figure = data.figures.find(measure, overlap.item) if overlap.item else None
            if overlap.item and figure:
                wholes.append((data.label(measure, overlap.item), figure))
            for name, whole in wholes:
                for ranked in ranking:
                    if overlap.holds(ranked.name):
                        yield from _excess(ranked.figure, data.label(measure, overlap.ranking, ranked.name),
                                           whole, name)


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
