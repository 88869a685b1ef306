"""上半年、下半年与全年，各季与半年加不起来。

一句里写了上半年、下半年和全年的同一个数，两个半年加起来是全年；各季也是。

误：上半年实现税收3.2亿元，下半年实现税收3.6亿元，全年实现税收7.8亿元
正：上半年实现税收3.2亿元，下半年实现税收3.6亿元，全年实现税收6.8亿元
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.amounts import Amount, sentences
from bulletin_press.language.script import lazy

CUE = lazy("半年|季度")
NAME = lazy(r"(?P<name>上半年|下半年|全年|第?一季度|第?二季度|第?三季度|第?四季度)(?P<of>[^，。；、\d]{0,12})\Z")
OTHER = lazy("增|降|减|比|较|同比|环比|计划|预计|目标|其中|均|占")
SUMS = (("全年", ("上半年", "下半年")), ("全年", ("一季度", "二季度", "三季度", "四季度")),
        ("上半年", ("一季度", "二季度")), ("下半年", ("三季度", "四季度")))


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each sum of the year or half of it that its parts do not make up."""
    for sentence in sentences(copy.words) if CUE.search(copy.words) else ():
        known: dict[str, Amount] = {}
        for one, gap in zip(sentence.amounts, sentence.between, strict=False):
            match = NAME.search(gap)
            if match and not OTHER.search(match["of"]) and one.unit not in ("%", "百分点", "倍", "") and not one.hedge:
                known.setdefault(match["name"].removeprefix("第"), one)
        for whole, parts in SUMS:
            if whole not in known or not all(name in known for name in parts):
                continue
            total, several = known[whole], [known[name] for name in parts]
            exact = sum(one.value for one in several)
            slack = total.half + sum(one.half for one in several)
            if all(one.unit == total.unit for one in several) and abs(exact - total.value) > slack:
                yield Mark(sentence.start + total.start, sentence.start + total.end,
                           f"{'、'.join(parts)}加起来是{total.shown(exact)}，请核对")


RULE = Rule("periods-do-not-sum", Severity.WARNING, Copy, check, needs="0", cues=(CUE,))
