"""农历的月、日用了阿拉伯数字。

农历的月、日用汉字：正月十五、八月十五、腊月二十三；干支纪年、朝代年号也用汉字。

误：农历3月初三举行开茶仪式，正月15闹元宵
误：腊月23打扫门前街面
正：农历三月初三举行开茶仪式，正月十五闹元宵，腊月二十三打扫门前街面
正：农历壬寅年，2022年正月，农历新年2月1日
依据：GB/T 15835—2011《出版物上数字用法》4.2.1：非公历纪年用汉字数字。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import chinese_number
from bulletin_press.language.script import lazy

MONTH = "[正一二三四五六七八九十冬腊]"
LUNAR = lazy(rf"(?:农历|阴历|夏历|旧历)(?:[一-龥]{{2}}年)?闰?(?:(?P<month>\d{{1,2}})月(?:初?[一二三四五六七八九十廿]"
             rf"{{1,3}}|(?P<day>\d{{1,2}})日?)?"
             rf"|{MONTH}月(?P<late>\d{{1,2}})日?)"
             r"|(?<![\d一-龥])?(?<!于)(?:正月|腊月|冬月)(?P<named>\d{1,2})(?![\d.])日?"
             r"|初(?P<first>\d)(?=[，。、；至到（]|[上下]午|晚|早)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each month or day of the Chinese calendar in Arabic figures."""
    for match in copy.finds(LUNAR):
        for key, most in (("month", 12), ("day", 30), ("late", 30), ("named", 30), ("first", 10)):
            if match[key] and 1 <= int(match[key]) <= most:
                number = chinese_number(int(match[key])) if key != "month" or match[key] != "1" else "正"
                if key in ("day", "late", "named") and int(match[key]) <= 10:
                    number = "初" + number
                yield Mark(*match.span(key), f"农历的月、日用汉字：{number}", number)


RULE = Rule("lunar-numeral", Severity.WARNING, Copy, check, needs="0", cues=(LUNAR,))
