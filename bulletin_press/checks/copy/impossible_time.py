"""时刻、时期不可能，或起止倒了。

没有25时、75分；“上半年（1—7月）”两边对不上；止比起还早，多半是抄错了一个数。

误：开幕式定于上午25时举行，航班13时75分到达，直播7月20日19:75开始
误：展览时间为8月20日至8月18日，规划期为2025—2021年
误：上半年（1—7月）保持增长，三季度末（8月31日）前完成
正：14:45签到，下午2时30分，0—24时，上半年（1—6月）
正：三季度末（9月30日），12月28日至1月3日，22时至次日6时
正：比分25:17，每周工作40小时，2021—2025年，“十四五”时期（2021—2025年）
依据：GB/T 7408—2005《数据元和交换格式 信息交换 日期和时间表示法》；五年规划的起止年。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

CLOCK = lazy(r"(?<![\d.])(?P<hour>\d{1,2})(?:时|点)(?P<minute>\d{1,2})分(?!之)|"
             r"(?<![\d.])(?P<alone>\d{2})时(?![间期代段])"
             r"|(?P<part>上午|下午|早上|晚上|晚|中午|凌晨|时间为?：?)[ \t]?(?P<h>\d{1,2})[:：](?P<m>\d{2})(?!\d)"
             r"|月\d{1,2}[日号](?:（[^（）]{1,4}）|[上下中晚][午上])?[ \t]?(?P<h3>\d{1,2})[:：](?P<m3>\d{2})(?![\d:：])"
             r"|(?<![\d:：.])(?P<h4>\d{1,2})[:：](?P<m4>\d{2})(?=(?:准时|正式)?(?:开始|开幕|开播|开讲|举行|签到|报到|集合|出发|入场|开赛|结束|闭馆|开馆|散会|发车))"
             r"|(?<![\d:：])(?P<from>\d{1,2}[:：]\d{2})[ \t]?"
             r"[至到—～-]{1,2}[ \t]?(?P<h2>\d{1,2})[:：](?P<m2>\d{2})(?![\d:：])")
# 上午15:00; after noon hours are counted to 12 or to 24.
PART = lazy(r"(?P<part>上午|下午|凌晨|中午|早上|早晨)[ \t]?(?P<hour>\d{1,2})(?:[:：]\d{2}(?!\d)|时(?!间|期|代)"
            r"|点(?![\d.]))")
LATE = range(9, 12)
HOURS = {"下午": (0, 20), "上午": (6, 12), "凌晨": (0, 6), "中午": (11, 14), "早上": (4, 11), "早晨": (4, 11)}
DAYS = lazy(r"(?<![\d年])(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日?[至到—～~-]{1,2}(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日")
YEARS = lazy(r"(?<!\d)(?P<from>(?:19|20)\d\d)年?[至到—～~-]{1,2}(?P<to>(?:19|20)\d\d)(?!\d)")
PERIODS = {"上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9),
           "四季度": (10, 12), "前三季度": (1, 9), "全年": (1, 12)}
HALF = lazy(r"(?P<name>前三季度|[上下]半年|[一二三四]季度|全年)(?P<end>末)?[（(](?:\d{4}年)?"
            r"(?:(?P<a>\d{1,2})月?[至—～-](?P<b>\d{1,2})月|(?P<month>\d{1,2})月(?P<day>\d{1,2})日)[）)]")
PLAN = lazy(r"“?十(?P<number>[一二三四五六])五”?(?:时期|期间|"
            r"规划)?[（(](?P<from>20\d\d)年?[至—～-](?P<to>20\d\d)年?[）)]")
CUE = lazy(r"\d[时点:：]|\d日?[至到—～~-]|[末半年度时期间划五”][（(]")
FIRST_PLAN, YEARS_OF_PLAN = 2006, 5


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each time of day that no clock shows, and each span that cannot be."""
    text = copy.words
    if not CUE.search(text):
        return
    for match in CLOCK.finditer(text):
        hour = int(match["hour"] or match["alone"] or match["h"] or match["h2"] or match["h3"] or match["h4"])
        minute = int(match["minute"] or match["m"] or match["m2"] or match["m3"] or match["m4"] or 0)
        if hour > 24 or minute > 59:
            start = match.start("h3") if match["h3"] else match.start()
            yield Mark(start, match.end(), f"没有这个时刻：“{match.string[start : match.end()]}”")
    for match in PART.finditer(text):
        first, last = HOURS[match["part"]]
        if int(match["hour"]) <= 24 and not first <= int(match["hour"]) <= last:
            yield Mark(*match.span(), f"{int(match['hour'])}时不在{match['part']}")
        elif match["part"] == "下午" and int(match["hour"]) in LATE:
            yield Mark(*match.span(), f"下午没有{int(match['hour'])}时：是上午，还是晚上")
    for match in DAYS.finditer(text):
        m1, d1, m2, d2 = (int(match[key] or match["m1"]) for key in ("m1", "d1", "m2", "d2"))
        if (m2, d2) <= (m1, d1) and m1 - m2 < 6 and max(m1, m2) <= 12 and max(d1, d2) <= 31:
            yield Mark(*match.span(), "止的日子不晚于起的日子，请核对")
    for match in YEARS.finditer(text):
        if int(match["to"]) < int(match["from"]):
            yield Mark(*match.span(), "止的年份早于起的年份，请核对")
    for match in (*HALF.finditer(text), *PLAN.finditer(text)):
        if wrong := _mistaken(match):
            yield Mark(*match.span(), wrong)


def _mistaken(match: re.Match[str]) -> str | None:
    """What is wrong with the months, the day or the years that explain a period."""
    parts = match.groupdict()
    if "number" in parts:
        first = FIRST_PLAN + YEARS_OF_PLAN * "一二三四五六".index(parts["number"])
        meant = f"{first}—{first + YEARS_OF_PLAN - 1}年"
        return None if (int(parts["from"]), int(parts["to"])) == (first, first + YEARS_OF_PLAN - 1) else \
            f"“十{parts['number']}五”时期是{meant}"
    first, last = PERIODS[parts["name"]]
    if parts["a"]:
        fits = (int(parts["a"]), int(parts["b"])) == (first, last)
        return None if fits or not parts["b"] else f"{parts['name']}是{first}—{last}月"
    outside = not first <= int(parts["month"]) <= last
    if outside or (parts["end"] and int(parts["month"]) != last):
        return f"{parts['name']}到{last}月底为止，不是{parts['month']}月{parts['day']}日"
    return None


RULE = Rule("impossible-time", Severity.WARNING, Copy, check, needs="0（(", cues=(CUE,))
