"""节日与日期对不上，或者星期与今年的日子对不上。

植树节是3月12日，国庆节是10月1日；中秋、端午按当年的公历日期核对。没有写年份的星期，按出刊的那一年核对。

误：在3月5日植树节，会员单位开展植树活动
误：8月26日（星期四），协会召开理事会（2022年8月出刊）
正：在3月12日植树节，会员单位开展植树活动
正：8月26日（星期五），协会召开理事会（2022年8月出刊）
依据：《全国年节及纪念日放假办法》；GB/T 33661—2017《农历的编算和颁行》；各日期见 holidays.toml。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy
from bulletin_press.publication.authority import Holidays

DATE = r"(?:(?P<year>\d{4})年|(?P<word>[今去明]年))?(?<!\d)(?P<day>(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号])"
WEEKDAY = lazy(rf"{DATE}[ ]?[（(，,]?[ ]?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])(?![至到—－\-])")
# Feasts of the lunar calendar and the day of each.
LUNAR = {"元宵节": "正月十五", "上元节": "正月十五", "龙抬头": "二月初二", "端午节": "五月初五",
         "端午": "五月初五", "端阳节": "五月初五",
         "七夕节": "七月初七", "七夕": "七月初七", "中元节": "七月十五", "中秋节": "八月十五", "中秋": "八月十五",
         "重阳节": "九月初九", "重阳": "九月初九", "下元节": "十月十五", "腊八节": "腊月初八", "腊八": "腊月初八",
         "春节": "正月初一"}
_LUNAR_DAY = (r"(?P<{0}>(?:[正二三四五六七八九十冬腊]|十一|十二)月(?:初[一二三四五六七八九十]"
              r"|十[一二三四五六七八九]|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十))")
_FEAST = "|".join(sorted(LUNAR, key=len, reverse=True))
FEAST = lazy(_LUNAR_DAY.format("day") + rf"(?:的|是|为|即|，(?:正值|恰逢|适逢|是)|（|，)?(?:我国"
                                        rf"|中国)?(?:传统)?(?:的)?“?(?P<name>{_FEAST})"
             r"(?![节前后期假过将来临到])|(?P<named>" + _FEAST + r")(?:（|是|在|，|为"
                                                       r"|，即)(?:每年)?(?:的)?(?:农历|阴历"
                                                       r"|夏历)" + _LUNAR_DAY.format("after"))
OTHER = lazy(r"(?<!\d)(\d{4})年")
NAMES = "一二三四五六日"
SHIFT = {"去年": -1, "今年": 0, "明年": 1}


def check(issue: Issue) -> Iterator[At]:
    """Yield each holiday and each weekday that is not that day's."""
    if "月" not in issue.words:
        return
    yield from _feasts(issue)
    holidays, today = issue.facts("holidays", Holidays), issue.fields.issue.date
    pattern = _pattern((*holidays.fixed, *holidays.dated))
    for passage in issue.holding(pattern, WEEKDAY, _beside(tuple(holidays.fixed))):
        text = passage.words
        for match in pattern.finditer(text) if "节" in text or "日" in text or "元旦" in text else ():
            if right := _right(holidays, match, today):
                start, end = match.span("day")
                yield At.within(passage, start, end, f"{match['name']}是{right}", right)
        for match in _beside(tuple(holidays.fixed)).finditer(text) if "（" in text else ():
            if right := _right(holidays, match, today):
                yield At.within(passage, *match.span("day"), f"{match['name']}是{right}", right)
        for match in WEEKDAY.finditer(text):
            if match["year"] or (not match["word"] and OTHER.search(text)):
                continue  # impossible-date reads those with a year
            day = _day(match, today)
            real = NAMES[day.weekday()] if day else ""
            if day and real != match["weekday"].replace("天", "日"):
                start, end = match.span("weekday")
                yield At.within(passage, start - (2 if text[start - 2 : start] in ("星期", "礼拜") else 1), end,
                                f"{day.year}年{match['day']}是星期{real}")


def _feasts(issue: Issue) -> Iterator[At]:
    """Each feast of the lunar calendar on a day that is not its own."""
    for passage in issue.holding(FEAST):
        for match in FEAST.finditer(passage.words):
            group, name = ("day", match["name"]) if match["name"] else ("after", match["named"])
            real = LUNAR[name]
            if match[group].replace("十二月", "腊月") != real:
                yield At.within(passage, *match.span(group), f"{name}是农历{real}", real)


@lru_cache(maxsize=4)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return lazy(rf"(?<![\d—～~至到—－-]){DATE}(?:（[^（）]{{1,6}}）)?(?:是|为|即|系|恰逢|适逢|正值|当天是"
                      rf"|，是|，正值|，恰逢|——|的|（)?"
                      rf"(?:第[\d一二三四五六七八九十]{{1,4}}个|我国的?|全国的?|传统的?|“)?(?P<name>{longest})"
                      r"(?!期间|假|前|后|小长|长|档|黄金|放|将|来临|临近|活动月|主题月|晚会|慰问|联欢)")


@lru_cache(maxsize=4)
def _beside(names: tuple[str, ...]) -> re.Pattern[str]:
    """国庆节当天（10月1日）: the name first, its day in brackets."""
    longest = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return lazy(rf"(?P<name>{longest})(?:当天|当日|这一?天)?（{DATE}）")


def _right(holidays: Holidays, match: re.Match[str], today: date) -> str | None:
    """The day that a holiday falls on, where another is written."""
    said, name = (int(match["m"]), int(match["d"])), match["name"]
    if name in holidays.fixed:
        month, day = map(int, holidays.fixed[name].split("-"))
        return None if said == (month, day) else f"{month}月{day}日"
    year = int(match["year"]) if match["year"] else today.year + SHIFT.get(match["word"] or "", 0)
    real = next((one for one in holidays.dated[name] if one.year == year), None)
    if real is None or said == (real.month, real.day):
        return None
    return f"{real.month}月{real.day}日"


def _day(match: re.Match[str], today: date) -> date | None:
    """The day of a date without a year: the one that is nearest to the issue's."""
    try:
        if match["word"]:
            return date(today.year + SHIFT[match["word"]], int(match["m"]), int(match["d"]))
        days = [date(today.year + shift, int(match["m"]), int(match["d"])) for shift in (-1, 0, 1)]
    except ValueError:
        return None
    return min(days, key=lambda day: abs((day - today).days))


RULE = Rule("holiday-on-wrong-day", Severity.WARNING, Issue, check)
