"""数字的分节不是三位一节。

千分号每三位一节，12500写作12,500；“1,2500”“12,50”多半是漏了或多了一位，看不出原来是多少。

误：共接待客商1,2500人次
误：实现产值1.250.000元
正：共接待客商12,500人次，实现产值1,250,000元
正：2021,2022年，（1,2500）为坐标
依据：GB/T 15835—2011《出版物上数字用法》5.1.1.1：四位以上的整数三位分节。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

MEASURE = (r"(?=[ \t]?[余多]?[ \t]?[百千万亿]{0,2}[余多]?(?:人次|人|家|个|名|项|件|户|元|美元|欧元|吨|辆|套|台|平方米"
           r"|亩|公里|标准箱|吨公里|千瓦|度|条|份|场|TEU))")
GROUPED = lazy(rf"(?<![\d.,，])(?P<number>\d{{1,5}}(?:[,，]\d{{1,5}}){{1,4}}){MEASURE}"
               rf"|(?<![\d.])(?P<dots>\d{{1,3}}(?:\.\d{{3}}){{2,3}}){MEASURE}")
GROUP = 3


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each number whose groups are not of three figures."""
    for match in copy.finds(GROUPED):
        if match["dots"]:
            yield Mark(*match.span("dots"), "分节用“,”，“.”是小数点", match["dots"].replace(".", ","))
            continue
        # After a comma of its own a sentence may go on with a figure; so may a list of years.
        first, *groups = match["number"].replace("，", ",").split(",")
        short = "，" in match["number"] and (len(first) > GROUP or any(len(group) < GROUP for group in groups))
        years = len(first) == len("2022") and first[:2] in ("19", "20")
        if not short and not years and (len(first) > GROUP or any(len(group) != GROUP for group in groups)):
            yield Mark(*match.span("number"), "分节要三位一节，请核对是多少")


RULE = Rule("digit-grouping", Severity.WARNING, Copy, check, needs=",，.", cues=(GROUPED,))
