"""部分大于整体。

一个市场、一类企业、一种业务都不会超过总额；欧盟不会小于荷兰。

误：总额 102670.76，其中外资企业 154971.35
正：总额 102670.76，其中外资企业 54971.35
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.diagnostics import Severity
from bulletin_press.numerals import joined, plain
from bulletin_press.report.facts import typed_interval
from bulletin_press.report.figures import Figure


def check(data: Data) -> Iterator[At]:
    """Yield each part larger than an item, a ranked name or a total that contains it."""
    for measure, item, name, figure in data.figures.every():
        within = data.definition.items[item].within
        whole = data.figures.figures.get((measure, within)) if within else None
        if within and whole:
            yield from _compared(data.label(measure, item, name), figure,
                                 data.label(measure, within), whole)
    yield from _overlapping(data)
    yield from _summed(data)


def _compared(part_name: str, part: Figure, whole_name: str, whole: Figure) -> Iterator[At]:
    # Half up: the interval's upper end itself would have been rounded further up.
    if typed_interval(part.value).low >= typed_interval(whole.value).high:
        yield At(part.value_path, f"{part_name}{plain(part.value)}大于{whole_name}{plain(whole.value)}")


def _overlapping(data: Data) -> Iterator[At]:
    """A ranked name inside another ranked name, or inside an item."""
    for overlap in data.definition.overlaps:
        for measure in data.definition.measures:
            ranking = data.figures.rankings.get((measure, overlap.ranking), ())
            wholes = [(ranked.name, ranked.figure) for ranked in ranking if ranked.name == overlap.whole]
            figure = data.figures.figures.get((measure, overlap.item)) if overlap.item else None
            if overlap.item and figure:
                wholes.append((data.label(measure, overlap.item), figure))
            for name, whole in wholes:
                for ranked in ranking:
                    if ranked.name in overlap.parts:
                        yield from _compared(data.label(measure, overlap.ranking, ranked.name),
                                             ranked.figure, name, whole)


def _summed(data: Data) -> Iterator[At]:
    """A set of parts that together pass the item containing their whole."""
    for whole in data.definition.wholes:
        for measure in whole.measures or data.definition.measures:
            limit = data.figures.figures.get((measure, whole.within)) if whole.within else None
            for items in whole.partitions:
                figures = [figure for item in items if (figure := data.figures.figures.get((measure, item)))]
                if limit is None or len(figures) < 2:
                    continue
                interval = typed_interval(figures[0].value)
                for figure in figures[1:]:
                    interval += typed_interval(figure.value)
                each = all(figure.value <= limit.value for figure in figures)
                if each and interval.low >= typed_interval(limit.value).high:
                    names = joined([data.definition.items[item].short or data.definition.items[item].label
                                    for item in items])
                    total = plain(sum((figure.value for figure in figures[1:]), start=figures[0].value))
                    yield At(figures[-1].value_path, f"{names}{data.definition.measures[measure].label}合计{total}，"
                                                     f"大于总额{plain(limit.value)}")


RULE = Rule("part-exceeds-whole", Severity.ERROR, Data, check)
