"""小数点写成了别的，或小数混用了两种数字。

小数点是“.”；“3。5万元”“3·5%”“5点8%”“一.5倍”都要改。

误：平均单价为3。5万元
误：增长3·5%，是上年的一.5倍
误：增速为5点8%
正：平均单价为3.5万元，增长3.5%，是上年的1.5倍，增速为5.8%
正：下降了0.5%
正：三点五倍、上午9点30分、“3·15”晚会、5点建议
依据：GB/T 15835—2011《出版物上数字用法》5.1.1.2。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

UNIT = (r"(?:[%％‰]|个百分点|倍|[百千万亿]{1,2}(?:元|吨|人|家|亩|千瓦|美元|平方米|吨公里|辆|户|件|立方米|标准箱)|元"
        r"|美元|吨|公里|千米|米|小时|平方米|亩|千克|公斤|度|℃|亿|万)")
POINT = lazy(rf"(?<![\d.。·])\d{{1,6}}(?P<point>[。·•．・])\d{{1,3}}(?={UNIT})"
             rf"|(?<!\d)\d{{1,4}}(?P<word>点)\d{{1,2}}(?=%|％|个百分点|倍|亿|万)"
             rf"|(?<![一二三四五六七八九十百千万])(?P<mixed>[一二三四五六七八九]{{1,2}}[.．]\d{{1,2}}|\d{{1,3}}(?:\."
             rf"|点)[一二三四五六七八九]{{1,2}})(?={UNIT})")
# 6米5, 1公斤2: as people say it.
SPOKEN = lazy(r"(?<![\d.])(?P<spoken>(?P<whole>\d{1,3})(?P<unit>米|公斤|千克|吨"
              r"|斤)(?P<part>\d{1,2}))(?=[，。；、）的以左高宽长])")
# .5%: the nought before the point is written.
BARE = lazy(rf"(?<=[一-龥])(?<![一二三四五六七八九十零〇两])[ \t]?(?P<bare>\.\d{{1,3}})(?={UNIT})")
FIGURES = str.maketrans("一二三四五六七八九点．", "123456789..")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each decimal point that is none, and each decimal in two kinds of figures."""
    for match in copy.finds(SPOKEN):
        meant = f"{match['whole']}.{match['part']}{match['unit']}"
        yield Mark(*match.span("spoken"), f"口语的说法，书面写{meant}", meant)
    for match in copy.finds(BARE):
        yield Mark(*match.span("bare"), "小数点前的“0”不省", "0" + match["bare"])
    for match in copy.finds(POINT):
        if match["mixed"]:
            meant = match["mixed"].translate(FIGURES)
            yield Mark(*match.span("mixed"), f"小数用一种数字：{meant}", meant)
        elif match["word"]:
            yield Mark(*match.span("word"), "阿拉伯数字的小数用小数点", ".")
        else:
            yield Mark(*match.span("point"), f"小数点写成了“{match['point']}”", ".")


RULE = Rule("decimal-point", Severity.WARNING, Copy, check, cues=(POINT, SPOKEN, BARE))
