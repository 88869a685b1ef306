"""部分大于整体。

一个市场、一类企业、一种业务都不会超过总额；欧盟不会小于荷兰。

误：总额 102670.76，其中外资企业 154971.35
正：总额 102670.76，其中外资企业 54971.35
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.diagnostics import Severity
from bulletin_press.numerals import joined, plain
from bulletin_press.report.definition import Whole
from bulletin_press.report.facts import typed_interval, value_interval
from bulletin_press.report.figures import Figure


def check(data: Data) -> Iterator[At]:
    """Yield each part larger than an item, a ranked name or a whole that contains it."""
    for measure, item, name, figure in data.figures.every():
        within = data.definition.items[item].within
        whole = data.figures.find(measure, within) if within else None
        if within and whole:
            yield from _compared(data.label(measure, item, name), figure, data.label(measure, within), whole)
    yield from _overlapping(data)
    for spec in data.definition.wholes:
        for measure in spec.measures or data.definition.measures:
            yield from _summed(data, spec, measure)


def _compared(part_name: str, part: Figure, whole_name: str, whole: Figure) -> Iterator[At]:
    # Rounding never changes an order: values typed to the same decimals compare as they stand.
    if typed_interval(part.value).low >= typed_interval(whole.value).high:
        yield At(part.value_path, f"{part_name}{plain(part.value)}大于{whole_name}{plain(whole.value)}")
    elif part.previous is not None and whole.previous is not None and \
            typed_interval(part.previous).low >= typed_interval(whole.previous).high:
        yield At((*part.path, "previous"),
                 f"{part_name}上年同期{plain(part.previous)}大于{whole_name}上年同期{plain(whole.previous)}")


def _overlapping(data: Data) -> Iterator[At]:
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
                        yield from _compared(data.label(measure, overlap.ranking, ranked.name),
                                             ranked.figure, name, whole)


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
