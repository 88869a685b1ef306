"""报名截止的日子在活动之后。

“9月28日前报名，9月16日开幕”：报名、报到、回执的期限晚于活动，总有一个日子写错了。

误：参展企业须在9月28日前提交报名表，展会将于9月16日在厦门开幕
正：参展企业须在8月28日前提交报名表，展会将于9月16日在厦门开幕
依据：编辑的通读：日期前后一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

WHAT = "报名|参展|参赛|参会|回执|报到|缴费|预订"
LIMIT = lazy(rf"(?:{WHAT})[^。；\n]{{0,14}}?(?P<until>(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号])(?=之?前|以前|截止"
             rf"|止|为止|，)"
             rf"[^。；\n\d]{{0,24}}，[^。；\n\d]{{0,14}}[于定]"
             r"(?P<day>(?P<m2>\d{1,2})月(?P<d2>\d{1,2})[日号])[^。；，\n]{0,14}(?:开幕|举行|举办|召开|开班|开赛|开始|开营|开课)")
# A month further than this is another year's.
HALF = 6


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each day until which one may register that comes after the event."""
    for match in copy.finds(LIMIT):
        limit, event = (int(match["m1"]), int(match["d1"])), (int(match["m2"]), int(match["d2"]))
        if limit > event and limit[0] - event[0] < HALF:
            yield Mark(*match.span("until"), f"活动在{match['day']}，报名的期限却在它后面")


RULE = Rule("deadline-after-event", Severity.WARNING, Copy, check, needs="0", cues=(LIMIT,))
