"""日子与出刊的时候、与会期对不上。

月刊里的“昨日”读者不知道是哪一天；出刊之后的日子写成了已经办过的事；“为期几天”与起止日数不符。

误：昨日，商务部召开例行新闻发布会
误：9月5日，协会召开了座谈会（这一期8月26日出刊）
误：展会9月1日至5日举行，为期6天
正：8月19日，商务部召开例行新闻发布会，昨天（8月19日）
正：8月5日，协会召开了座谈会；9月5日召开座谈会
正：展会9月1日至5日举行，为期5天
依据：编辑的通读：日期与出刊日期、与会期核对。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.numerals import read_chinese_number
from bulletin_press.language.script import lazy

RELATIVE = lazy(r"(?:^|(?<=[，。；]))(?:昨日|昨天|前天|明日|今日|今晨|昨晚)(?![的（(之、])")
DONE = lazy(r"(?<![\d年至到—～-])(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:[上下]午|晚)?[，\u4e00-\u9fff]{0,24}?"
            r"(?:召开|举行|举办|开展|发布|公布|印发|签署|签订|成立|完成|启动|组织|参加|走访|考察|通过|获得)了")
LENGTH = lazy(r"(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日?[至到—～-](?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日"
              r"[^。；\d]{0,20}?(?P<told>为期(?P<days>\d{1,2}|[一二两三四五六七八九十]{1,2})天)")
# A text without it needs no closer look.
CUE = lazy("[昨前明今][日天晨晚]")
# An earlier year, told before the day.
OTHERWISE = lazy("去年|上年|前年|将|拟|预计|年$")
NEAR = timedelta(days=120)
REACH = 12


def check(issue: Issue) -> Iterator[At]:
    """Yield each day that readers cannot place, that had not come, or that a length contradicts."""
    today = issue.fields.issue.date
    for passage in issue.passages:
        text = passage.words
        for match in RELATIVE.finditer(text) if CUE.search(text) else ():
            yield At.within(passage, *match.span(), f"“{match.group()}”读者不知道是哪一天，写明几月几日")
        for match in DONE.finditer(text) if "了" in text else ():
            day = _day(today.year, match["month"], match["day"])
            before = text[max(0, match.start() - REACH) : match.start()]
            if day and today < day < today + NEAR and not OTHERWISE.search(before):
                yield At.within(passage, match.start(), match.end("day") + 1,
                                f"出刊时{match['month']}月{match['day']}日还没有到，这里写成了已经办过")
        for match in LENGTH.finditer(text) if "为期" in text else ():
            if message := _wrong_length(match):
                yield At.within(passage, *match.span("told"), message)


def _day(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def _wrong_length(match: re.Match[str]) -> str | None:
    """What is wrong with a length in days; nothing where either way of counting gives it."""
    # A leap year, so that no day is missing; over the new year the second day is the next one's.
    first, last = _day(2000, match["m1"], match["d1"]), _day(2000, match["m2"] or match["m1"], match["d2"])
    if not first or not last or last < first:
        return None
    days, told = (last - first).days + 1, read_chinese_number(match["days"])
    return None if told in (days, days - 1) else f"起止共{days}天，这里说的是{told}天"


RULE = Rule("untimely-day", Severity.WARNING, Issue, check)
