"""起止与时长、时期的名称对不上。

止不能早于起；写了起止又写了几天、几年，要数得上：为期、展期、会期首尾都算，历时、持续也可以只算一头；
上半年是1—6月，三季度末是9月30日，
“十四五”是2021—2025年。

误：展会9月1日至5日举行，为期6天。
误：公司连续5年（2018—2021年）入选百强。
误：“十四五”时期（2020—2025年）是关键期。
正：展会9月1日至5日举行，为期5天。
正：公司连续4年（2018—2021年）入选百强。
正：“十四五”时期（2021—2025年）是关键期。
误：评审会于6月8日召开，次日即6月10日考察。
正：评审会于6月8日召开，次日即6月9日考察。
误：赛事3月10日开始，到3月16日结束，历时十天。
正：赛事3月10日开始，到3月16日结束，历时七天。
依据：公历；国民经济和社会发展五年规划的起止年份。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

DASH = r"[ \t]?(?:—|－|-|–|～|~|(?:起|持续|一直|开始)?(?:至|到))[ \t]?"
# 9月6日开幕，9月10日闭幕: from the day on which a thing begins to that on which it ends.
BEGUN = (r"(?:正式)?(?:开始|开幕|出发|启程|开班|启动|开赛|开展|报到|开课|集中)(?:[^，。；、\d]{0,6})[，、](?:将|并|拟"
         r"|预计)?(?:至|到|于)?")
YEARS = lazy(rf"(?<!\d)(?P<first>(?:19|20)\d\d)年?{DASH}(?P<last>(?:19|20)\d\d)(?=年)年?")
DAYS = lazy(rf"(?:(?P<y1>\d{{4}})年)?(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号]?{DASH}"
            r"(?:(?P<y2>\d{4})年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})[日号]")
FROM = lazy(rf"(?P<first>(?:(?P<y1>\d{{4}})年)?(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号]){BEGUN}"
            r"(?:(?P<y2>\d{4})年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})[日号](?:上午|下午|中午|晚上?|傍晚)?(?=闭幕|结束|结课|离会|返回|撤展|返回|截止|结业|收官|落幕|返程|圆满)")
WORKDAYS = lazy(r"(?P<days>\d{1,2}|[一两二三四五六七八九十]{1,2})个工作日，?[（(]?(?:从|自|即|为)?\Z")
LENGTH = lazy(r"(?:为期|历时|共|会期|展期|持续|活动时间|工期|连续|一连|接连)(?P<days>\d{1,3}|[一两二三四五六七八九十]{1,2})[ ]?天")
LENGTH_AHEAD = lazy(r"(?:为期|历时|会期|展期|工期|(?:公示|公告|征集|报名|开放|展览|培训)(?:期限?|时间)(?:为|是|共)?)(?P<days>\d{1,3}"
                    r"|[一两二三四五六七八九十]{1,2})[ ]?天(?=(?:[（(]|[，,][^，。；\d]{0,8}(?:从|自|于"
                    r"|[时期]间为?)?)\Z)")
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
# 任期五年，自2021年3月起至2026年3月止; 聘期自2021年3月至2024年2月，共三年.
LASTING = ("(?:任期|有效期|聘期|合同期|租期|租赁期|服务期|质保期|合作期|试行期|执行期|建设期|期限|履职期|协议期"
           "|规划期|授权期)限?")
_N = r"(?P<n>\d{1,2}|[一两二三四五六七八九十])个?年"
_FROM_TO = (r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?起?(?:，?(?:至|到)|—|～)"
            r"(?P<until>(?P<y2>\d{4})年(?P<m2>\d{1,2})月)")
TERM_AHEAD = lazy(rf"{LASTING}(?:为|是|共|定为)?{_N}(?:[，（](?:即|从|自|由|时间为?|期限为?)?|[，（]?(?:从|自"
                  rf"|由)){_FROM_TO}")
TERM_BEHIND = lazy(rf"{LASTING}(?:为|是|从|自|由)?{_FROM_TO}(?:\d{{1,2}}日)?止?[，（](?:共|为期|为|共计|期限"
                   rf"|计)?{_N}(?![度级])")
# 自9月18日开幕，至9月16日闭幕.
OPENED = lazy(r"(?:(?P<y1>\d{4})年)?(?P<m1>\d{1,2})月(?P<d1>\d{1,2})[日号]?[^。；\d]{0,6}(?:开幕|开始|启动|开展"
              r"|开班|开赛|开工|起)[^。；\d]{0,4}(?:[，,](?:为期|展期|会期)(?P<inner>\d{1,3}"
              r"|[一两二三四五六七八九十]{1,2})天)?[，,]?"
              r"[^。；\d]{0,3}(?:至|到|于)(?:(?P<y2>\d{4})年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})[日号][^。；"
              r"\d，]{0,4}"
              r"(?:闭幕|结束|落幕|结业|收官|止|截止|完工)")
# 2023年5月开工，于2023年2月竣工.
BUILT = lazy(r"(?P<y1>(?:19|20)\d\d)年(?P<m1>\d{1,2})月[^。；，\d]{0,8}(?:开工|动工|启动|开建|奠基"
             r"|立项)[^。；\d]{0,10}[，,][^。；\d]{0,6}"
             r"(?P<y2>(?:19|20)\d\d)年(?P<m2>\d{1,2})月[^。；，\d]{0,8}(?:竣工|建成|投产|完工|投用|投运|交付|通车)")
# 2020年3月动工，2022年9月竣工，工期两年半: a stretch between two months, and how long it is said to be.
MONTH = lazy(r"(?:(?P<y>(?:19|20)\d\d)年)?(?<!\d)(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号])?(?!起?以[来后前])")
LASTED = lazy(r"(?:历时|为期|工期|用时|耗时|时长|建设周期|周期|持续)(?:为|长达|达|了)?(?P<n>\d{1,2}"
              r"|[一两二三四五六七八九十]{1,3})?(?P<unit>个半月|个月|年半|年|半年)"
              r"(?![多余来])")
HALVES = {"个半月": (1.0, 0.5), "个月": (1.0, 0.0), "年半": (12.0, 6.0), "年": (12.0, 0.0), "半年": (0.0, 6.0)}
FIVE = 5
NUMBERS = {char: number for number, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
# 6月8日召开，次日即6月9日
NEXT = lazy(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号][^。；\d]{0,24}(?P<said>次日|第二天|翌日|隔天|隔日|第三天)[，]?(?:即|[（(]即?|也就是)"
            r"(?P<day>(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})[日号])(?![至到—～-])")
CUE = lazy(r"\d[ 年月日号]{0,3}(?:[起持一开][续直始]?)?[—－\-–～~至到]|[末底][（(]\d|有效期|连续")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each stretch of time that ends before it begins or is not as long as is said."""
    text = copy.words
    yield from _works(copy)
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


def _works(copy: Copy) -> Iterator[Mark]:
    """What is told of a beginning and an end with words between them."""
    begun = {match.start() for match in DAYS.finditer(copy.words)} if "日" in copy.words else set()
    for match in (*copy.finds(OPENED), *copy.finds(FROM)):
        if match.start() not in begun:
            begun.add(match.start())
            yield from _stretch(copy.words, match)
    for match in copy.finds(BUILT):
        if (int(match["y2"]), int(match["m2"])) < (int(match["y1"]), int(match["m1"])):
            yield Mark(match.start("y2"), match.end("m2") + 1, "完工在开工之前")
    for match in copy.finds(NEXT):
        yield from _next_day(match)
    if "月" in copy.words:
        yield from _months(copy.words)


def _next_day(match: re.Match[str]) -> Iterator[Mark]:
    """What is called the next day, and is another."""
    try:
        # No year of which February has 29 days: one that is not is taken, and silence kept at its end.
        first = date(2001, int(match["m"]), int(match["d"]))
        said = date(2001, int(match["m2"] or match["m"]), int(match["d2"]))
    except ValueError:
        return
    meant = first + timedelta(days=2 if match["said"] == "第三天" else 1)
    if (meant.month, meant.day) != (said.month, said.day) and (meant.month, meant.day) != (3, 1):
        yield Mark(*match.span("day"), f"{match['m']}月{match['d']}日的{match['said']}是{meant.month}月{meant.day}日")


def _months(text: str) -> Iterator[Mark]:
    for said in LASTED.finditer(text):
        start = max((text.rfind(mark, 0, said.start()) for mark in "。；\n"), default=-1) + 1
        end = min((at for mark in "。；\n" if (at := text.find(mark, said.end())) >= 0), default=len(text))
        dates = list(MONTH.finditer(text, start, end))
        if len(dates) != 2 or (said["n"] is None) != (said["unit"] == "半年"):
            continue
        first, last = dates
        year = int(first["y"] or last["y"] or 2001)
        apart = (int(last["y"] or year) - year) * 12 + int(last["m"]) - int(first["m"])
        months, half = HALVES[said["unit"]]
        length = months * _number(said["n"] or "一") + half
        # From a month to a month may be counted with both, or a part of each; a year is seldom counted to the month.
        exact = first["d"] and last["d"]
        length_less = (int(last["d"]) - int(first["d"])) / 30 if exact else 0.0
        slack = (0.6 if exact else 0.5) + (2.0 if "年" in said["unit"] else 0.0)
        if apart > 0 and not -slack <= length - apart - length_less <= slack + 0.6:
            yield Mark(*said.span(), f"从{first.group()}到{last.group()}是{apart}个月")


def _days(text: str) -> Iterator[Mark]:
    for match in DAYS.finditer(text):
        yield from _stretch(text, match)


def _stretch(text: str, match: re.Match[str]) -> Iterator[Mark]:
    """What is wrong with a stretch from a day to a day, and with its length."""
    year = int(match["y1"] or 2001)
    later = int(match["y2"] or year)
    month = int(match["m2"] or match["m1"])
    try:
        first, last = date(year, int(match["m1"]), int(match["d1"])), date(later, month, int(match["d2"]))
    except ValueError:
        return  # impossible-date speaks of it
    if last < first and not (match["m2"] and not match["y2"] and first.month - last.month >= 6):
        yield Mark(*match.span(), "结束的日子在开始之前")
        return
    said = LENGTH.search(text, match.end(), match.end() + 30)
    ahead = None if said else LENGTH_AHEAD.search(text, max(0, match.start() - 20), match.start())
    said = said or ahead
    days = (last - first).days + 1
    worked = WORKDAYS.search(text, max(0, match.start() - 12), match.start())
    if worked and 0 < days < _number(worked["days"]):
        yield Mark(*worked.span("days"), f"{match.group()}一共{days}天")
    inner = match.groupdict().get("inner")
    if inner and _number(inner) != days > 0:
        yield Mark(match.start("inner"), match.end("inner") + 1, f"首尾都算是{days}天")
    # What lasts for days has both ends; from one day to another it may be counted without one.
    # On the day of arrival nothing may be held yet.
    arrived = "报到" in match.group() and not re.search("开课|开班|开幕|开始", match.group())
    least = 1 if said and said.group().startswith(("连续", "一连", "接连")) else days if said and not arrived and said.group().startswith(("为期", "展期", "会期")) else days - 1
    if ahead and "公" in ahead.group() and _in_workdays(first, days, _number(ahead["days"]), match["y1"] is not None):
        return
    if said and days > 0 and not re.search("[。；]", text[match.end() : max(match.end(), said.start())]) \
            and not least <= _number(said["days"]) <= days:
        yield Mark(*said.span(), f"{match.group()}是{days}天")


def _in_workdays(first: date, days: int, said: int, dated: bool) -> bool:
    """Whether a stretch may be so many working days: it does not end on a Sunday then, where its year is told."""
    if not dated:
        return said < days <= said + 2 * ((said + 4) // 5)
    every = [first + timedelta(days=n) for n in range(days)]
    return days > 1 and every[-1].weekday() < FIVE and sum(one.weekday() < FIVE for one in every) == said


def _terms(text: str) -> Iterator[Mark]:
    """Terms of so many years from a month to a month: the last is the one before, or the same."""
    for match in (*TERM.finditer(text), *TERM_AHEAD.finditer(text), *TERM_BEHIND.finditer(text)):
        months = (int(match["y2"]) - int(match["y"])) * 12 + int(match["m2"]) - int(match["m"])
        if months not in (_number(match["n"]) * 12, _number(match["n"]) * 12 - 1):
            yield Mark(*match.span("until"), f"从{match['y']}年{match['m']}月起的{match['n']}年，不到这个月为止")


def _number(words: str) -> int:
    """A count of days or years, in digits or in words to 99."""
    if words.isdecimal():
        return int(words)
    tens, has_ten, units = words.rpartition("十")
    return (NUMBERS.get(tens, 1) if has_ten else 0) * 10 + NUMBERS.get(units, 0)


RULE = Rule("span-contradicts-length", Severity.WARNING, Copy, check, needs="0效连",
            cues=(CUE, OPENED, FROM, BUILT, LASTED, NEXT, TERM_AHEAD, TERM_BEHIND))
