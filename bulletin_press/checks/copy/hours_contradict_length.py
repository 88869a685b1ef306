"""起止的钟点与时长对不上。

上午9时到11时30分是两个半小时；写了起止的时刻，又写了历时多久，两者要合得上。

误：会议从上午9时开到11时30分，历时3个半小时
正：会议从上午9时开到11时30分，历时2个半小时
依据：编校通则：数与数前后一致。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import read_chinese_number
from bulletin_press.language.script import lazy

CLOCK = (r"(?P<part{0}>上午|下午|中午|晚上|凌晨|早上|当日|次日)?(?P<h{0}>\d{{1,2}})(?:[时点](?:(?P<m{0}>\d{{1,2}})分"
         r"|(?P<half{0}>半)|整)?|[:：](?P<c{0}>[0-5]\d))")
SPAN = lazy(CLOCK.format(1) + r"[^。；\d]{0,6}?(?:至|到|—|－|-|～)[^。；\d]{0,4}?" + CLOCK.format(2) +
            r"[^。；\d]{0,16}?(?:历时|共|持续|时长|长达|为时|用时|耗时)(?:了|约)?(?P<length>(?P<n>\d{1,2}(?:\.\d)?"
            r"|[一两二三四五六七八九十]{1,2})个?(?P<more>半)?(?P<unit>小时|钟头|分钟))")
# 上午9时开始，历时两个半小时，至12时30分结束.
LENGTH_BETWEEN = lazy(CLOCK.format(1) + r"[^。；\d]{0,8}[，,](?:历时|持续|用时|时长)(?:了"
                                        r"|约)?(?P<length>(?P<n>\d{1,2}(?:\.\d)?"
                      r"|[一两二三四五六七八九十]{1,2})个?(?P<more>半)?(?P<unit>小时|钟头"
                      r"|分钟))[^。；\d]{0,8}?(?:至|到|于)[^。；\d]{0,4}?"
                      + CLOCK.format(2))
AFTERNOON = ("下午", "晚上")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each length in hours that lies not between its two times."""
    for match in (*copy.finds(SPAN), *copy.finds(LENGTH_BETWEEN)):
        first, last = _minutes(match, "1"), _minutes(match, "2")
        if match["part2"] is None and match["part1"] in AFTERNOON and last < first:
            last += 12 * 60
        if match["part2"] == "次日" or last <= first or last > 24 * 60:
            continue
        words = match["n"].replace("两", "二")
        count = float(words) if words[0].isdecimal() else float(read_chinese_number(words))
        said = (count + 0.5 * bool(match["more"])) * (1 if match["unit"] == "分钟" else 60)
        apart = last - first
        # 近3小时 may be 2 hours and three quarters; after noon may be meant where nothing says so.
        if abs(said - apart) > 20 and abs(said - apart - 12 * 60) > 20:
            hours, rest = divmod(apart, 60)
            shown = (f"{hours}小时" if hours else "") + (f"{rest}分钟" if rest else "")
            yield Mark(*match.span("length"), f"起止之间是{shown}")


def _minutes(match: re.Match[str], which: str) -> int:
    """Minutes since midnight of one of the two times."""
    hour = int(match["h" + which])
    if match["part" + which] in AFTERNOON and hour < 12:
        hour += 12
    return hour * 60 + (30 if match["half" + which] else int(match["m" + which] or match["c" + which] or 0))


RULE = Rule("hours-contradict-length", Severity.WARNING, Copy, check, needs="0", cues=(SPAN, LENGTH_BETWEEN))
