"""说成已经做了，日子却在出刊以后；或者用了“昨日”。

月刊隔几周才到读者手里：“昨日”“明天”读来不知是哪一天，要写明日期；出刊以后的日子还没有到，不能说“召开了”。

误：9月5日，协会召开了会员座谈会（2022年8月26日出刊）
误：昨日，商务部召开例行新闻发布会
正：8月5日，协会召开了会员座谈会（2022年8月26日出刊）
正：8月19日，商务部召开例行新闻发布会
依据：新闻编辑的时效核对；以出刊日期为准。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy

DONE = lazy(r"(?:(?P<year>\d{4})年)?(?<![\d月—至到－-])(?P<day>(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号])"
            r"(?:[上下]午|晚|晚间|傍晚)?，[^，。；！？\n]{2,24}?(?:召开|举行|举办|开展|发布|出席|完成|签署|赴|参加|公布|组织|成立|获得|通过)了"
            r"[^。；！？\n]{0,40}[。；]")
# At the head of a sentence, where it dates the news.
RELATIVE = lazy(r"(?:(?<=[。！？\n])|\A)(?:[^，。；！？\n]{0,4}?记者)?(?P<word>昨日|昨天|明日|前日|昨晚|今晨"
                r"|明晚)(?=[，、上下]|[一-龥]{2,12}(?:召开|举行|发布|公布|获悉|开幕))")
WRITTEN = lazy("将|拟|计划|预计|定于|[一-龥]年前|去年|上年")


def check(issue: Issue) -> Iterator[At]:
    """Yield each day that is told of as past and is not, and each that only the writer knew."""
    today = issue.fields.issue.date
    for passage, match in issue.matches(DONE):
        day = _day(match["year"], match["m"], match["d"], today)
        if day and today < day and (day - today).days <= 120 and not WRITTEN.search(match.group()):
            yield At.within(passage, *match.span("day"), f"出刊日期是{today.month}月{today.day}日，这一天还没有到")
    for passage, match in issue.matches(RELATIVE):
        yield At.within(passage, *match.span("word"), f"月刊里的“{match['word']}”不知是哪一天，请写明日期")


def _day(year: str | None, month: str, day: str, today: date) -> date | None:
    try:
        return date(int(year or today.year), int(month), int(day))
    except ValueError:
        return None


RULE = Rule("day-out-of-time", Severity.WARNING, Issue, check)
