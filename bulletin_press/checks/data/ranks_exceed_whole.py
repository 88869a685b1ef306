"""排名各项加起来超过了总额。

前几大市场是总额的一部分，互不重叠的几项加起来不会比总额还大。有重叠的（欧盟与荷兰）只算大的一项；
单独一项就超过总额的由 part-exceeds-whole 说。

误：总额 100.00，前三大市场 60.00、30.00、20.00
正：总额 100.00，前三大市场 50.00、30.00、10.00
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import plain
from bulletin_press.report.facts import typed_interval, value_interval
from bulletin_press.report.figures import Figure, Ranked


def check(data: Data) -> Iterator[At]:
    """Yield the last place of each ranking that together surely passes the item containing it."""
    for (measure, item), ranking in data.figures.rankings.items():
        within = data.definition.items[item].within
        limit = data.figures.find(measure, within) if within else None
        if within is None or limit is None:
            continue
        apart = _apart(data, item, ranking)
        high = typed_interval(limit.value).high
        if all(figure.value <= limit.value for figure in apart) and value_interval(apart).low > high:
            total = sum((figure.value for figure in apart), Decimal(0))
            yield At(apart[-1].value_path, f"{data.label(measure, item)}的{len(apart)}项合计{plain(total)}，大于"
                                           f"{data.label(measure, within)}{plain(limit.value)}")


def _apart(data: Data, item: str, ranking: Sequence[Ranked]) -> list[Figure]:
    """The figures of a ranking that overlap no other: not those inside another name of it."""
    overlaps = [overlap for overlap in data.definition.overlaps if overlap.ranking == item
                and any(overlap.is_whole(ranked.name) for ranked in ranking)]
    return [ranked.figure for ranked in ranking if not any(overlap.holds(ranked.name) for overlap in overlaps)]


RULE = Rule("ranks-exceed-whole", Severity.ERROR, Data, check)
