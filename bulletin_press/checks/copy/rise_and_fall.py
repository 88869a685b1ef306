"""同一个数前面说降、后面说多，或年月与所说的长短不合。

误：一季度快递业务量同比下降12.6%：全市共完成业务量3.2亿件，比上年同期多出3580万件。
误：均价由年初的每千克190元降至6月末的每千克76元，累计上涨60%。
误：项目于2021年9月开工建设，历时18个月，于2022年3月竣工。
误：利润率为3.6%，比上年的3.2%下降0.4个百分点。
误：由2021年的68家变为2023年的61家，两年间净增7家。
误：从1984年建厂到2024年迁入新址，我们整整走过了三十年的奋斗历程。
正：一季度快递业务量同比增长12.6%：全市共完成业务量3.2亿件，比上年同期多出3580万件。
正：均价由年初的每千克190元降至6月末的每千克76元，累计下降60%。
正：项目于2021年9月开工建设，历时18个月，于2023年3月竣工。
正：利润率为2.8%，比上年的3.2%下降0.4个百分点。
正：由2021年的68家变为2023年的61家，两年间净减7家。
正：从1984年建厂到2024年迁入新址，我们走过了四十年。2019年至2021年业务量下降，2022年业务量比上年多出3万件
依据：编校通则：前后文一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import read_chinese_number
from bulletin_press.language.script import lazy

FROM = lazy(r"(?:由|从)[^。；]{0,16}?(?P<a>\d[\d.,]{0,10})[^。；\d]{0,6}(?P<way>降|跌|减|升|增|涨|提高)(?:低|少|加"
            r"|长)?(?:至"
            r"|到)[^。；\d]{0,14}?"
            r"(?:\d{1,2}月[末底]的?[^。；\d]{0,6})?(?P<b>\d[\d.,]{0,10})[^。；\d]{0,8}，(?:累计|同比|总体|合计)?(?P<trend>上涨|增长|上升|提高|下降|下跌|减少|回落)了?\d")
FELL = ("降", "跌", "减")
DOWN = ("下降", "下跌", "减少", "回落")
# 2021年9月开工，历时18个月，于2022年3月竣工
MONTHS = lazy(r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月[^。；\d]{0,14}(?:历时|历经"
              r"|耗时)(?P<n>\d{1,3})个(?P<more>多)?月[^。；\d]{0,8}"
              r"(?P<y2>(?:19|20)\d\d)年(?P<m2>\d{1,2})月")
TREND = lazy(r"(?P<what>[\u4e00-\u9fff]{2,4})同比(?P<way>增长|上升|下降|减少)[ ]?\d[\d.]{0,6}%[：，]"
             r"[^。；%]{0,24}?(?P=what)[^。；%]{0,16}，(?:比|较)(?:上年|去年)(?:同期)?(?P<other>多出|增加了?|多了"
             r"|减少了?|少了)[ ]?\d")
UP = ("增长", "上升")
MORE = ("多出", "增加", "增加了", "多了")
# 利润率为2.8%，比上年的3.2%下降.4个百分点; 由68家变为61家，净减7家
POINTS = lazy(r"(?P<a>\d{1,3}(?:\.\d{1,2})?)%，?[比较](?:上年|去年)(?:同期)?的(?P<b>\d{1,3}(?:\.\d{1,2})?)%"
              r"(?P<trend>下降|上升|提高|降低|回落|提升)了?(?P<n>\d{1,3}(?:\.\d{1,2})?)个百分点")
NET = lazy(r"由[^，。；]{0,10}?(?P<a>\d{1,6})(?P<unit>[家人户个名辆台])[^，。；\d]{0,4}(?:变为|增至|减至|降至|增加到"
           r"|减少到|变成)"
           r"[^，。；]{0,10}?(?P<b>\d{1,6})(?P=unit)，[^。；\d]{0,8}净(?P<trend>增|减)(?:加|少)?了?(?P<n>\d{1,6})(?P=unit)")
YEARS = lazy(r"从(?P<first>(?:19|20)\d\d)年[^。；\d]{0,20}?[到至](?P<last>(?:19|20)\d\d)年[^。；\d]{0,30}?"
             r"(?:走过|历经|历时|跨越|度过|经历)了?(?:整整)?(?P<n>[一二三四五六七八九十]{1,3}|\d{1,3})(?P<more>[多余几]?)(?:个)?年")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each trend that what follows contradicts, and each number of years that its years do not give."""
    text = copy.words
    for match in copy.finds(TREND) if "同比" in text else ():
        if (match["way"] in UP) != (match["other"] in MORE):
            yield Mark(*match.span("way"), f"后面说的是比上年“{match['other']}”，请核对")
    for match in copy.finds(FROM):
        if (match["way"] in FELL) != (match["trend"] in DOWN):
            yield Mark(*match.span("trend"), f"前面说的是{match['way']}，这里是{match['trend']}，请核对")
    for match in copy.finds(MONTHS):
        months = (int(match["y2"]) - int(match["y"])) * 12 + int(match["m2"]) - int(match["m"])
        if not match["more"] and abs(months - int(match["n"])) > 1:
            yield Mark(match.start("n"), match.end("n") + 2, f"前后两个月份相隔{months}个月，请核对")
    for match in (*copy.finds(POINTS), *copy.finds(NET)):
        before, after = ("b", "a") if "%" in match.group() else ("a", "b")
        gap = float(match[after]) - float(match[before])
        if (gap < 0) != (match["trend"] in (*DOWN, "降低", "减")) or abs(abs(gap) - float(match["n"])) > 0.051:
            yield Mark(match.start("trend"), match.end("n"), f"前后两个数相差{abs(gap):g}，请核对升降和数目")
    for match in copy.finds(YEARS):
        told = int(match["n"]) if match["n"].isdigit() else read_chinese_number(match["n"]) or 0
        years = int(match["last"]) - int(match["first"])
        # A tenth of a round number may be left out; 多 is more.
        least, most = (told, told + 9) if match["more"] else (told - 1, told + 1)
        if not least <= years <= most:
            yield Mark(match.start("n"), match.end(), f"从{match['first']}年到{match['last']}年是{years}年，请核对")


RULE = Rule("rise-and-fall", Severity.WARNING, Copy, check, needs="0", cues=(TREND, FROM, MONTHS, POINTS, NET, YEARS))
