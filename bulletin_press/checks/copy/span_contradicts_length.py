"""起止与时长、时期的名称对不上。

止不能早于起；写了起止又写了几天、几年，要数得上（首尾都算，或只算一头）；上半年是1—6月，三季度末是9月30日，
“十四五”是2021—2025年。

误：展会9月1日至5日举行，为期6天。
误：赛事3月10日开始，到3月16日结束，历时十天。
误：公司连续5年（2018—2021年）入选百强。
误：“十四五”时期（2020—2025年）是关键期。
正：展会9月1日至5日举行，为期5天。
正：赛事3月10日开始，到3月16日结束，历时七天。
正：公司连续4年（2018—2021年）入选百强。
正：“十四五”时期（2021—2025年）是关键期。
依据：公历；国民经济和社会发展五年规划的起止年份。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

DASH = r"[ \t]?(?:—|－|-|–|～|~|(?:起|持续|一直|开始)?，?(?:至|到))[ \t]?"
# 9月6日开幕，9月10日闭幕: from the day on which a thing begins to that on which it ends.
BEGUN = r"(?:正式)?(?:开始|开幕|出发|启程|开班|启动|开赛|开展)(?:[^，。；\d]{0,6})，(?:将|并|拟|预计)?(?:至|到|于)?"
YEARS = lazy(rf"(?<!\d)(?P<first>(?:19|20)\d\d)年?{DASH}(?P<last>(?:19|20)\d\d)(?=年)年?")
DAYS = lazy(rf"(?:(?P<y1>\d{{4}})年)?(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号]?{DASH}"
            r"(?:(?P<y2>\d{4})年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})[日号]")
FROM = lazy(rf"(?P<first>(?:(?P<y1>\d{{4}})年)?(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号]){BEGUN}"
            r"(?:(?P<y2>\d{4})年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})[日号](?=闭幕|结束|返回|截止|结业|收官|落幕|返程|圆满)")
WORKDAYS = lazy(r"(?P<days>\d{1,2}|[一两二三四五六七八九十]{1,2})个工作日，?[（(]?(?:从|自|即|为)?\Z")
LENGTH = lazy(r"(?:为期|历时|共|会期|展期|持续|活动时间|工期)(?P<days>\d{1,3}|[一两二三四五六七八九十]{1,2})[ ]?天")
LENGTH_AHEAD = lazy(r"(?:为期|历时|会期|展期|工期)(?P<days>\d{1,3}"
                    r"|[一两二三四五六七八九十]{1,2})[ ]?天(?=[（(，](?:从|自|于)?\Z)")
CONSECUTIVE = lazy(rf"连续(?P<n>\d{{1,2}}|[一两二三四五六七八九十]{{1,2}})年[（(](?P<first>\d{{4}})年?{DASH}(?P<"
                   rf"last>\d{{4}})年?[）)]")
PLANS = {"九五": 1996, "十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
PLAN = lazy(rf"“?(?P<plan>十[一二三四五]五|十五|九五)”?(?:时期|期间|规划)?[（(](?P<span>(?P<first>\d{{4}})年?"
            rf"{DASH}(?P<last>\d{{4}})年?)[）)]")
PERIOD = lazy(r"(?P<name>上半年|下半年|前三季度|[第]?[一二三四]季度|全年)[（(](?P<span>(?P<first>\d{1,2})月?"
              rf"{DASH}(?P<last>\d{{1,2}})月份?)[）)]")
MONTHS = {"上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9), "全年": (1, 12), "一季度": (1, 3), "二季度": (4, 6),
          "三季度": (7, 9), "四季度": (10, 12)}
LAST_DAY = lazy(r"(?P<name>上半年|[第]?[一二三四]季度|年|前三季度)[末底][（(](?P<day>(?P<month>\d{1,2})月(?P<d>"
                r"\d{1,2})日)[）)]")
LAST_DAYS = {3: 31, 6: 30, 9: 30, 12: 31}
TERM = lazy(r"自(?P<y>\d{4})年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?起[^。；]{0,10}?有效期(?:为"
            r"|限为)?(?P<n>\d{1,2}|[一两二三四五六七八九十])年"
            r"[^。；\d]{0,6}至(?P<until>(?P<y2>\d{4})年(?P<m2>\d{1,2})月)")
NUMBERS = {char: number for number, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
CUE = lazy(r"\d[日号]正?式?[开出启]|\d[ 年月日号]{0,3}(?:[起持一开][续直始]?)?，?[—－\-–～~至到]|[末底][（(]\d"
           r"|有效期|连续")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each stretch of time that ends before it begins or is not as long as is said."""
    text = copy.words
    if not CUE.search(text):
        return
    for match in YEARS.finditer(text):
        if int(match["first"]) > int(match["last"]):
            yield Mark(*match.span(), f"从{match['first']}年到{match['last']}年，前后颠倒了")
    yield from _days(text)
    for match in CONSECUTIVE.finditer(text):
        years = int(match["last"]) - int(match["first"]) + 1
        if years > 0 and _number(match["n"]) != years:
            yield Mark(match.start(), match.end("n") + 1, f"{match['first']}—{match['last']}年是{years}年")
    for match in PLAN.finditer(text):
        begun = PLANS[match["plan"]]
        if (int(match["first"]), int(match["last"])) not in ((begun, begun + 4), (begun - 1, begun + 4)[:0]):
            yield Mark(*match.span("span"), f"“{match['plan']}”是{begun}—{begun + 4}年")
    for match in PERIOD.finditer(text):
        months = MONTHS[match["name"].removeprefix("第")]
        if (int(match["first"]), int(match["last"])) != months:
            yield Mark(*match.span("span"), f"{match['name']}是{months[0]}—{months[1]}月")
    for match in LAST_DAY.finditer(text):
        month = MONTHS.get(match["name"].removeprefix("第"), (1, 12))[1]
        if (int(match["month"]), int(match["d"])) != (month, LAST_DAYS[month]):
            yield Mark(*match.span("day"), f"{match['name']}末是{month}月{LAST_DAYS[month]}日")
    yield from _terms(text)


def _days(text: str) -> Iterator[Mark]:
    found = list(DAYS.finditer(text))
    begun = {match.start() for match in found}
    for match in (*found, *(one for one in FROM.finditer(text) if one.start() not in begun)):
        year = int(match["y1"] or 2001)
        later = int(match["y2"] or year)
        month = int(match["m2"] or match["m1"])
        try:
            first, last = date(year, int(match["m1"]), int(match["d1"])), date(later, month, int(match["d2"]))
        except ValueError:
            continue  # impossible-date speaks of it
        if last < first and not (match["m2"] and not match["y2"] and first.month - last.month >= 6):
            yield Mark(*match.span(), "结束的日子在开始之前")
            continue
        said = LENGTH.search(text, match.end(), match.end() + 30)
        said = said or LENGTH_AHEAD.search(text, max(0, match.start() - 14), match.start())
        days = (last - first).days + 1
        worked = WORKDAYS.search(text, max(0, match.start() - 12), match.start())
        if worked and 0 < days < _number(worked["days"]):
            yield Mark(*worked.span("days"), f"{match.group()}一共{days}天")
        if said and days > 0 and not re.search("[。；]", text[match.end() : max(match.end(), said.start())]) \
                and _number(said["days"]) not in (days, days - 1):
            yield Mark(*said.span(), f"{match.group()}是{days}天")


def _terms(text: str) -> Iterator[Mark]:
    """Terms of so many years from a month to a month: the last is the one before, or the same."""
    for match in TERM.finditer(text):
        months = (int(match["y2"]) - int(match["y"])) * 12 + int(match["m2"]) - int(match["m"])
        if months not in (_number(match["n"]) * 12, _number(match["n"]) * 12 - 1):
            yield Mark(*match.span("until"), f"从{match['y']}年{match['m']}月起的{match['n']}年，不到这个月为止")


def _number(words: str) -> int:
    """A count of days or years, in digits or in words to 99."""
    if words.isdecimal():
        return int(words)
    tens, has_ten, units = words.rpartition("十")
    return (NUMBERS.get(tens, 1) if has_ten else 0) * 10 + NUMBERS.get(units, 0)


RULE = Rule("span-contradicts-length", Severity.WARNING, Copy, check, needs="0效连", cues=(CUE,))
