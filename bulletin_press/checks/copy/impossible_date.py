"""日历上没有的日期，或星期与日期对不上。

2月30日、13月，多半是打错了一位；写了年份的，星期几也按日历核对。

误：会议定于2月30日召开
误：2022年8月26日（星期四）下午
正：会议定于2月28日召开，农历2月30日
正：2022年8月26日（星期五）下午，2024年2月29日
依据：公历；GB/T 7408—2005《数据元和交换格式 信息交换 日期和时间表示法》。
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterator
from datetime import date

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import read_chinese_number
from bulletin_press.language.script import lazy

S = r"[ \t]?"
DATE = lazy(
    rf"(?:(?P<year>\d{{4}}){S}年{S})?(?P<month>\d{{1,2}}){S}月"
    rf"(?:{S}(?P<day>\d{{1,2}}){S}[日号]?(?:{S}[—－～~至到-]{{1,2}}{S}(?P<last>\d{{1,2}}){S}(?=[日号]))?(?P<unit>[日号])"
    rf"(?:{S}[（(，,]?{S}(?:也?就?是|即)?(?:[上下本这]个?(?=星期|周[一二三四五六日天][，。）)开举上下晚]|礼拜))?(?:星期|周|礼拜)"
    rf"(?P<weekday>[一二三四五六日天]))?)?")
ISO = lazy(r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>3[01]|[0-2]\d)(?![\d.-])")
# The numbers that a date may begin with.
NUMBER = lazy(r"(?<![0-9])[0-9]++(?:[ \t]?[年月]|-)")
# 2024年3月8日是星期六; 第5季度.
SAID = lazy(r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号](?:是|为|恰逢|正值|正逢"
            r"|适逢)(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])(?!年)")
QUARTER = lazy(r"第?(?P<quarter>[5-9五六七八九])季度")
# 13月上旬, 今年13月: of a number alone it may be a length (保修24月).
MONTH_AFTER = lazy("[ ]?(?:[上中下]旬|份|初|底|末)")
MONTH_BEFORE = ("今年", "明年", "去年", "本年", "当年", "次年")
WORDS = lazy(r"(?<![一二三四五六七八九十年个第])(?P<month>[一二三四五六七八九"
             r"十]{1,3})月(?P<day>[一二三四五六七八九十]{1,3})[日号]")
MONTH_IN_WORDS = lazy("(?<![一二三四五六七八九十百千万年个第])(?P<month>十[三四五六七八九]"
                      "|[二三四五六七八九]十[一二三四五六七八九]?)月(?:[上中下]旬|初|底|末|份)")
LUNAR = ("农历", "阴历", "旧历")
NAMES = "一二三四五六日"


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each date that no calendar has, and each weekday that is not the date's."""
    for quarter in copy.finds(QUARTER) if "季度" in copy.words else ():
        yield Mark(*quarter.span(), "一年只有四个季度")
    for said in SAID.finditer(copy.words) if "是" in copy.words or "逢" in copy.words or "值" in copy.words else ():
        month = int(said["month"])
        if 1 <= month <= 12 and 1 <= int(said["day"]) <= monthrange(2000, month)[1]:
            yield from _faults(said)
    read = 0
    for match in copy.finds(WORDS):
        if not copy.words.endswith(LUNAR, 0, match.start()):
            yield from _in_words(match)
    for match in copy.finds(MONTH_IN_WORDS):
        yield Mark(match.start(), match.end("month") + 1, f"没有{match['month']}月")
    for number in NUMBER.finditer(copy.words):
        if not copy.words.endswith(LUNAR, 0, number.start()) and number.start() >= read:
            found = DATE.match(copy.words, number.start()) or ISO.match(copy.words, number.start())
            if found and copy.words[max(0, number.start() - 1) : number.start()] not in ("-", ".", "/"):
                read = found.end()
                yield from _faults(found)


def _faults(match: re.Match[str]) -> Iterator[Mark]:
    parts = match.groupdict()
    year, month = int(parts["year"] or 2000), int(parts["month"])
    if not 1 <= month <= 12 or year == 0:
        if parts["day"] or parts["year"] or MONTH_AFTER.match(match.string, match.end()) \
                or match.string.endswith(MONTH_BEFORE, 0, match.start()):
            yield Mark(match.start("month"), match.end(), f"没有{month}月")
        return
    days = monthrange(year, month)[1]
    wrong = [number for number in (parts["day"], parts.get("last")) if number and not 1 <= int(number) <= days]
    if wrong:
        leap = f"（{year}年）" if month == 2 and parts["year"] and not isleap(year) else ""
        # Of 29 February the year may be wrong as well.
        start = match.start() if month == 2 and parts["year"] and "29" in wrong else match.start("month")
        yield Mark(start, match.end(), f"{month}月{leap}只有{days}天，没有{wrong[0]}日")
    elif parts.get("weekday") and parts["year"] and not parts.get("last"):
        real = NAMES[date(year, month, int(parts["day"])).weekday()]
        if real != parts["weekday"].replace("天", "日"):
            at, end = match.start("weekday"), match.end("weekday")
            words = 2 if match.string[at - 2 : at] in ("星期", "礼拜") else 1
            yield Mark(at - words, end, f"{year}年{month}月{parts['day']}日是星期{real}，"
                                              f"不是星期{parts['weekday']}")


def _in_words(match: re.Match[str]) -> Iterator[Mark]:
    """A date in Chinese numerals that no year has."""
    month, day = read_chinese_number(match["month"]), read_chinese_number(match["day"])
    if not 1 <= month <= 12:
        yield Mark(*match.span(), f"没有{match['month']}月")
    elif day > (days := monthrange(2000, month)[1]):
        yield Mark(*match.span(), f"{match['month']}月只有{days}天，没有{match['day']}日")


RULE = Rule("impossible-date", Severity.ERROR, Copy, check, needs="月-季",
            cues=(DATE, ISO, QUARTER, WORDS, MONTH_IN_WORDS))
