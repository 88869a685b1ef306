"""两个指标的同比一模一样。

两个不同的数同比精确到小数都相同，往往是抄表时抄串了行。核对无误的，在 [allow] 里写明。整数的同比常会碰巧相同，
不算；零也不算；价格之类的指数和比率升降的幅度都小，常会相同，也不算。

误：荷兰 −20.08%，“一带一路”沿线国家 −20.08%
正：荷兰 −20.08%，“一带一路”沿线国家 −20.18%
依据：抄录数据的校对经验。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import decimals


def check(data: Data) -> Iterator[At]:
    """Yield each growth typed before, in the same digits; whole numbers are too common."""
    seen: dict[Decimal, str] = {}
    for measure, item, name, figure in data.figures.every_given():
        if not figure.growth or decimals(figure.growth) < data.thresholds.identical_decimals:
            continue
        if data.definition.measures[measure].stands:
            continue
        label = data.label(measure, item, name)
        if figure.growth in seen:
            yield At(figure.growth_path,
                     f"{label}的同比{figure.growth:f}%与{seen[figure.growth]}相同，请核对是否抄串了行")
        else:
            seen[figure.growth] = label


RULE = Rule("identical-growth", Severity.WARNING, Data, check)
