"""数的单位、数词或符号写了两遍。

改数字时只换了数，把单位又打了一遍。

误：新增投资额达2600万元元
误：利用外资3.2亿亿美元，同比增长8.5%%，占45个%
正：新增投资额达2600万元，利用外资3.2亿美元
正：同比增长8.5%，3万亿元，1200个个体户
依据：GB/T 15835—2011《出版物上数字用法》5.1.3；编辑的通读。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

UNIT = lazy(r"[0-9][ \t]?[余多]?(?:[百千万亿]{1,2}[余多]?(?P<counted>吨|人次|人|亩|平方米|标准箱|"
            r"家|公里)(?P=counted)(?![均力才数口家户庭次])|"
            r"(?P<degree>℃)[度℃]|(?P<worded>度[ ]?(?:℃|°C)|摄氏度[ ]?(?:℃|°C))|(?P<sign>[%％‰]{2,}|个[%％]|[%％]个?百分点|亿万(?!富翁|年)|万万|亿亿|千千|百百)"
            r"|(?P<money>[万亿]*(?:元|美元|欧元|日元|港元))(?:元|美元|万元|亿元)"
            r"|(?P<named>(?:㎡|m²|m2)[ ]?平方米|平方米[ ]?(?:㎡|m²)|(?:kg|KG|㎏)[ ]?(?:公斤|千克)|(?:公斤"
            r"|千克)[ ]?(?:kg|KG|㎏)"
            r"|(?:km|㎞)[ ]?(?:公里|千米)|(?:公里|千米)[ ]?km|t吨|吨t(?![A-Za-z])|(?:m³|m3)[ ]?立方米|立方米[ ]?m³"
            r"|cm[ ]?厘米"
            r"|mm[ ]?毫米|m[Ll][ ]?毫升|kWh[ ]?千瓦时|hm²[ ]?公顷|h小时|[￥¥]元)"
            r"|(?P<unit>家|名|项|台|套|件|吨|亩|米|公里|人次|平方米|标准箱|TEU|GB|TB|KB|MB|℃|天)(?P=unit)(?![户具电庭政居装纺禽畜乐教长里]))")


# 日处理能力50吨/日: a day is told twice.
RATE = lazy(r"(?P<each>[日月年])(?:均|处理|产|加工|供[水气热电]|生产|吞吐|发电|用电|用水"
            r"|排放)[^，。；\d]{0,8}[0-9][\d.,]*[万亿]*[\u4e00-\u9fffA-Za-z]{1,3}"
            r"(?P<twice>[/／](?P=each))(?![\u4e00-\u9fff]?人)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each unit that stands twice behind a number."""
    for match in copy.finds(UNIT):
        typed = match.group()[1:].strip()
        start = match.end() - len(typed)
        sign = typed[-1] if typed[0] in (typed[-1], "个") and "百分点" not in typed else None
        yield Mark(start, match.end(), f"单位重复了：“{typed}”",
                   ("℃" if match["worded"] else None) or match["unit"] or match["money"] or match["degree"] or sign)
    for match in copy.finds(RATE) if "/" in copy.words or "／" in copy.words else ():
        yield Mark(*match.span("twice"), f"前面有了“{match['each']}”，这里多余", "")


RULE = Rule("doubled-unit", Severity.WARNING, Copy, check, needs="0", cues=(UNIT, RATE))
