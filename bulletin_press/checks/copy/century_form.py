"""世纪、年代的写法混用了两种数字。

“20世纪90年代”用阿拉伯数字；世纪与年代只用一种数字，“上世纪8十年代”一个数里就有两种。

误：这项技术早在二十世纪90年代就已引进
误：20世纪九十年代、上世纪8十年代、公元一九二六年
正：这项技术早在20世纪90年代就已引进，上世纪80年代、上个世纪八十年代
正：二十世纪九十年代、21世纪初
依据：GB/T 15835—2011《出版物上数字用法》4.1.2、4.3：同类数字形式一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

AGE = lazy(r"(?P<century>[12]\d|十[六七八九]|二十一?)(?P<word>世纪)(?P<decade>[1-9]0|[二三四五六七八九]十)年代"
           r"|(?:世纪)?(?<![\d.])(?P<mixed>[2-9]十|[二三四五六七八九]0)年代|(?P<spelt>[二三四五六七八九][零〇])年代")
# The common era is written in figures.
ERA = lazy("公元(?P<before>前)?(?P<year>[一二三四五六七八九〇零]{2,4})(?=年)")
WORDS = {"十六": "16", "十七": "17", "十八": "18", "十九": "19", "二十": "20", "二十一": "21"}
FIGURES = str.maketrans("一二三四五六七八九〇零", "12345678900")
DECADES = {f"{char}十": f"{n}0" for n, char in enumerate("二三四五六七八九", 2)}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each century and decade in two kinds of figures."""
    for match in copy.finds(ERA):
        year = match["year"].translate(FIGURES)
        yield Mark(*match.span("year"), f"公历的年份用阿拉伯数字：{year}年", year)
    for match in copy.finds(AGE):
        if match["spelt"]:
            ten = match["spelt"][0]
            yield Mark(*match.span("spelt"), f"年代写“{ten}十年代”，或20世纪{'二三四五六七八九'.index(ten) + 2}0年代")
        elif match["mixed"]:
            first = match["mixed"][0]
            meant = f"{first if first.isdecimal() else '二三四五六七八九'.index(first) + 2}0"
            yield Mark(*match.span("mixed"), f"年代用一种数字：{meant}年代", meant)
        elif match["century"].isdecimal() != match["decade"].isdecimal():
            century = WORDS.get(match["century"], match["century"])
            decade = DECADES.get(match["decade"], match["decade"])
            yield Mark(match.start(), match.end("decade"), f"世纪、年代用一种数字：{century}世纪{decade}年代",
                       f"{century}世纪{decade}")


RULE = Rule("century-form", Severity.WARNING, Copy, check, needs="代元", cues=(AGE, ERA))
