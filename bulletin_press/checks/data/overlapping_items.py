"""排名里同时列了整体和它的部分。

欧盟包含荷兰，两者并列在“前三大市场”里会让读者以为互不相干。确要并列的，在 [allow] 里写明。

误：日本、欧盟、荷兰
正：日本、荷兰、德国
依据：统计分组互不重叠的原则。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity


def check(data: Data) -> Iterator[At]:
    """Yield each ranked name whose whole stands in the same ranking."""
    for (_, item), ranking in data.figures.rankings.items():
        for overlap in data.definition.overlaps:
            if overlap.ranking == item and any(overlap.is_whole(ranked.name) for ranked in ranking):
                for ranked in ranking:
                    if overlap.holds(ranked.name):
                        yield At(ranked.name_path, f"{ranked.name}属于{overlap.whole}，两者并列在同一个排名里")


RULE = Rule("overlapping-items", Severity.WARNING, Data, check)
