"""该相等的数不相等。

有些指标（或项目）之间有固定的算式：进出口 = 出口 + 进口，顺差 = 出口 − 进口。算式在月报定义的 [[identities]] 里写明。
各数四舍五入带来的尾差不算。

误：出口 120.00、进口 80.00、进出口 210.00
正：出口 120.00、进口 80.00、进出口 200.00
依据：国家统计局《统计数据质量管理办法》的平衡关系审核。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import plain
from bulletin_press.report.facts import typed_interval, value_interval
from bulletin_press.report.figures import Figure
from bulletin_press.report.identities import Identity


def check(data: Data) -> Iterator[At]:
    """Yield the result of each identity that its terms surely do not make, or the term that was typed wrong."""
    known = data.definition
    for identity in known.identities:
        if identity.between == "measures":
            sets = [[(name, item) for name in identity.names] for item in known.items]
        else:
            sets = [[(measure, name) for name in identity.names] for measure in known.measures]
        for keys in sets:
            figures = [figure for key in keys if (figure := data.figures.find(*key))]
            units = {known.measures[measure].unit for measure, _ in keys}
            if len(figures) == len(keys) and len(units) == 1:
                yield from _broken(data, identity, [data.label(*key) for key in keys], figures)


def _broken(data: Data, identity: Identity, labels: Sequence[str], figures: Sequence[Figure]) -> Iterator[At]:
    end = 1 + len(identity.plus)
    result, plus, minus = figures[0], figures[1:end], figures[end:]
    if not (value_interval(plus) - value_interval(minus)).apart(typed_interval(result.value)):
        return
    exact = sum((one.value for one in plus), Decimal(0)) - sum((one.value for one in minus), Decimal(0))
    terms = " + ".join(labels[1:end]) + "".join(f" − {label}" for label in labels[end:])
    suspects = [figure for figure in figures if id(figure) in data.explained]
    at = suspects[0] if len(suspects) == 1 else result
    likely = f"；多半是{labels[figures.index(at)]}抄错" if suspects and at is suspects[0] else ""
    yield At(at.value_path, f"{identity.label}：{labels[0]}写的是{plain(result.value)}，{terms}等于{plain(exact)}，"
                            f"相差{plain(abs(exact - result.value))}{likely}")


RULE = Rule("identity-broken", Severity.ERROR, Data, check)
