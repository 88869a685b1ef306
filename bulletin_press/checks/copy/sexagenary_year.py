"""干支、生肖与年份对不上。

2022年是壬寅年、虎年，2023年是癸卯年、兔年；干支、生肖按年份推算。正月以前的公历日期可以属于上一年。

误：2022年是农历癸卯年
误：2023年（龙年）春节
正：2022年是农历壬寅年，2023年（兔年）春节
正：2022年1月，牛年岁末，辛丑牛年
依据：GB/T 33661—2017《农历的编算和颁行》：干支纪年。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

STEMS, BRANCHES, BEASTS = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥", "鼠牛虎兔龙蛇马羊猴鸡狗猪"
PAIR = rf"(?P<stem>[{STEMS}])(?P<branch>[{BRANCHES}])"
DATED = lazy(rf"(?<!\d)(?P<year>(?:18|19|20)\d\d)年(?P<gap>[^。，；\d]{{0,6}}?)(?:{PAIR}(?P<beast>[{BEASTS}])?年"
             rf"|(?<=[是为（(农历春节“])(?P<alone>[{BEASTS}])年)")
ALONE = lazy(rf"(?<![一-龥]\d){PAIR}(?P<beast>[{BEASTS}])年")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each name of a year in the cycle of sixty, and each beast, that is another year's."""
    told: set[int] = set()
    for match in copy.finds(DATED):
        at = int(match["year"]) - 4
        right = STEMS[at % 10] + BRANCHES[at % 12]
        said = match["stem"] + match["branch"] if match["stem"] else ""
        key = "stem" if match["stem"] else "alone"
        if (said and said != right) or (match["alone"] and match["alone"] != BEASTS[at % 12]):
            told.add(match.start(key))
            yield Mark(match.start(key), match.end(), f"{match['year']}年是{right}{BEASTS[at % 12]}年")
    for match in copy.finds(ALONE):
        beast = BEASTS[BRANCHES.index(match["branch"])]
        if match["beast"] != beast and match.start() not in told:
            yield Mark(*match.span("beast"), f"{match['stem']}{match['branch']}年属{beast}", beast)
        elif STEMS.index(match["stem"]) % 2 != BRANCHES.index(match["branch"]) % 2 and match.start() not in told:
            yield Mark(match.start("stem"), match.end("branch"), "没有这个干支，请核对")


RULE = Rule("sexagenary-year", Severity.WARNING, Copy, check, needs="年", cues=(DATED, ALONE))
