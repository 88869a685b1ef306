"""面积、体积的单位只写了“平方”“立方”。

“平方”“立方”是算法，不是单位；面积写平方米、平方公里，体积写立方米。

误：腾出一间86平方的闲置用房
误：日处理污水3万立方，仓库1200多平方
正：腾出一间86平方米的闲置用房，日处理污水3万立方米
正：2的平方，占地5平方公里，3次平方运算
依据：《中华人民共和国法定计量单位》；GB 3101—1993《有关量、单位和符号的一般原则》。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

CUT = lazy(r"(?<=[0-9百千万亿])[多余]?[ \t]?(?P<unit>平方|立方)(?![米公千厘分毫英市里海微纳百和差数律倍根项]|关系"
           r"|运算|反比|Mm)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each area and volume without its unit."""
    for match in copy.finds(CUT):
        yield Mark(*match.span("unit"), f"单位写全：{match['unit']}米", match["unit"] + "米")


RULE = Rule("unit-cut-short", Severity.WARNING, Copy, check, needs="方", cues=(CUT,))
