"""数字的写法不合规定。

日期的月、日前面不补零；年代写明世纪；“余”“多”放在数词与量词之间；五年规划的简称中间不加点；同一段里百分数的写法一致。

误：会议于2022年08月18日召开
误：80年代，该区域有企业1200家余，“十四·五”期间稳步扩大
误：占出口额的百分之二十点五，其中软件占8.3%
正：2022年8月18日，20世纪80年代、上世纪80年代，1200余家
正：“十四五”期间，“一二·九”运动，2022-08-18
正：百分之百满意，占20.5%，其中软件占8.3%；上个世纪六十年代，20世纪90年代末
依据：GB/T 15835—2011《出版物上数字用法》4.2、5.1.2、5.1.5；GB/T 15834—2011《标点符号用法》4.14。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

PADDED = lazy(r"(?:(?<=年)|(?<![\d年.:：/-]))(?P<month>0[1-9]|1[0-2])月(?P<day>0?[1-9]|[12]\d|3[01])[日号]")
DECADE = lazy(r"(?<![世纪\d])(?<!世纪)(?P<decade>[2-9]0)年代")
BEHIND = lazy(r"(?P<number>\d[\d,.]*[万亿]?)(?P<unit>家|名|人|项|个|种|台|套|件|户|次|人次|元|万元|亿元|吨|"
              r"亩)(?P<more>余)(?=[，。；、]|$)")
PLAN = lazy("(?P<open>“?)(?P<first>十[一二三四五六])[·•.・](?P<last>五)(?P<close>”?)")
WORDS = lazy("百分之[一二三四五六七八九十零〇两]{1,5}(?:点[一二三四五六七八九零〇]+)?(?!以上多数)")
# 6月份底: of the month, not of what is a month.
END = lazy(r"\d月(?P<part>份)(?=[底初末](?![期次级]))")
CUE = lazy("月|年代|余|[·•.・]五|百分之")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each numeral of a form that is not printed."""
    text = copy.words
    if not CUE.search(text):
        return
    for match in copy.finds(PADDED) if "0" in text and "月" in text else ():
        month, day = match["month"].lstrip("0"), match["day"].lstrip("0")
        if len(month) < len(match["month"]) or len(day) < len(match["day"]):
            wanted = f"{month}月{day}{match.group()[-1]}"
            yield Mark(*match.span(), f"日期里的月、日前面不补零：{wanted}", wanted)
    for match in copy.finds(END) if "月份" in text else ():
        yield Mark(*match.span("part"), "“份”字多余", "")
    for match in copy.finds(DECADE) if "年代" in text else ():
        yield Mark(*match.span(), f"“{match.group()}”没有写明世纪，如20世纪{match['decade']}年代")
    for match in copy.finds(BEHIND) if "余" in text else ():
        wanted = match["number"] + match["more"] + match["unit"]
        yield Mark(*match.span(), f"“{match['more']}”放在数词与量词之间：{wanted}", wanted)
    for match in copy.finds(PLAN) if "五" in text else ():
        wanted = match["open"] + match["first"] + match["last"] + match["close"]
        yield Mark(*match.span(), f"五年规划的简称中间不加点：{wanted}", wanted)
    if "%" in text and "百分之" in text:
        for match in copy.finds(WORDS):
            if match.group() != "百分之百":
                yield Mark(*match.span(), f"同一段里另有用“%”的，“{match.group()}”的写法要一致")


RULE = Rule("loose-numeral", Severity.WARNING, Copy, check, needs="月代余五百",
            cues=(END, PADDED, DECADE, BEHIND, PLAN, WORDS))
