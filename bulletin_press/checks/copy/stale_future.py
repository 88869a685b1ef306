"""“将于”的日子在出刊时已经过去。

稿子写在活动之前，月刊出在活动之后；读者拿到时“将于7月1日举行”已是旧闻，应改成已经发生的说法。

误：展会将于7月20日开幕（8月26日出刊）
正：展会将于8月31日开幕，展会7月1日已经开幕
依据：新闻编辑的时效核对；以出刊日期为准。
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy

S = r"[ \t]?"
FUTURE = lazy(
    rf"(?:即?将[于在]|拟[于在]|定于|计划[于在]|预计将?[于在]?|有望[于在]){S}"
    rf"(?:(?P<year>\d{{4}}){S}年|(?P<word>[今明去本]年))?{S}"
    rf"(?:(?P<month>\d{{1,2}}){S}月(?:{S}(?P<day>\d{{1,2}}){S}[日号]|[上中下]旬|[初中底末])?"
    rf"|本月{S}(?P<here>\d{{1,2}}){S}[日号]"
    r"|(?P<half>[上下]半年|年?[底末内]|第?[一二三四]季度))?(?!的?基础|以来)")
# A text without any of these speaks of no such future.
CUE = lazy(r"(?:[将拟定划望][于在]|预计将?[于在]?)[ \t]?[\d今明去本年上下第一二三四]")
ENDS = {"上半年": 6, "一季度": 3, "二季度": 6, "三季度": 9, "四季度": 12}
# A month without a year that lies further back is next year's.
REACH = timedelta(days=183)
# A monthly prints what is a month old; of a day without a year that lies further back the year is not sure.
SURE = timedelta(days=45)


def check(issue: Issue) -> Iterator[At]:
    """Yield each future that was past when the issue came out."""
    today = issue.fields.issue.date
    for passage in issue.passages:
        for match in FUTURE.finditer(passage.words) if CUE.search(passage.words) else ():
            day = _meant(match, today)
            if day and day < today and (match["year"] or match["word"] or today - day < REACH):
                sure = match["year"] or match["word"] or today - day <= SURE
                found = At.within(passage, *match.span(),
                                  f"出刊日期是{today.month}月{today.day}日，“{match.group()}”已经过去")
                yield found if sure else replace(found, severity=Severity.INFO)


def _meant(match: re.Match[str], today: date) -> date | None:
    """The last day that the words allow; None where they name none."""
    shift = {"明年": 1, "去年": -1}.get(match["word"] or "", 0)
    year = int(match["year"]) if match["year"] else today.year + shift
    if match["here"]:
        month, day = today.month, int(match["here"])
    elif match["month"]:
        month, day = int(match["month"]), int(match["day"] or 31)
    elif match["half"] or match["year"]:
        month, day = ENDS.get((match["half"] or "").removeprefix("第"), 12), 31
    else:
        return None
    if not (1 <= month <= 12 and 1 <= year <= 9999 and day >= 1):
        return None
    return date(year, month, min(day, monthrange(year, month)[1]))


RULE = Rule("stale-future", Severity.WARNING, Issue, check)
