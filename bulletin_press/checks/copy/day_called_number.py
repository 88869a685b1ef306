"""日期写成了“几号”。

“号”是口头的说法，公文和刊物里写“日”；引号里的原话不动。

误：股东大会将于2022年9月16号下午召开
误：请于8月5号前报送
正：股东大会将于2022年9月16日下午召开，他说：“8月5号见。”
正：国办发〔2022〕18号，9月第3号公告，6月15号公路通车
依据：GB/T 15835—2011《出版物上数字用法》4.1.1；《党政机关公文格式》（GB/T 9704—2012）7.3.5：成文日期写年、月、日。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

DAY = lazy(r"(?<!\d)\d{1,2}月\d{1,2}(?P<mark>号)(?!公|线|楼|文|令|院|馆|厅|门|站|机|船|井|台|[\d〕])")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each 号 that counts a day, outside what was said."""
    text = copy.words
    for match in DAY.finditer(text):
        before = text[: match.start()]
        if before.count("“") <= before.count("”"):
            yield Mark(*match.span("mark"), "公文和刊物里的日期写“日”", "日")


RULE = Rule("day-called-number", Severity.WARNING, Copy, check, needs="号")
