"""时间的起止没有用一字线。

年、月、日、时、星期的起止用一字线“—”，不用两个短横、半字线、浪纹线或两字长的破折号。

误：今年1--5月
误：6月22 日-24 日
正：今年1—5月
正：2022-07-08、GB/T 15834-2011、工期3～5年、400-820-8820
依据：GB/T 15834—2011《标点符号用法》4.13：一字线标示时间、地域等相关项目间的起止。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

DASH = r"[ \t\u3000]*(?P<dash>[-－–~～〜∼−‐‑‒―─]{1,4}|——|(?<=[ \t\u3000])—|—(?=[ \t\u3000]))[ \t\u3000]*"
S = r"[ \t\u3000]?"
DAY = rf"(?:\d{{4}}{S}年{S})?(?:\d{{1,2}}{S}月{S})?\d{{1,2}}{S}日"
SPANS = [lazy(rf"(?<![\d.\-—～~/A-Za-z])(?:{left}){DASH}(?:{right})") for left, right in (
    # 2012-2021年, 2012年-2021年, 2022年6月-2023年5月
    (rf"\d{{4}}{S}年?", rf"\d{{4}}{S}(?:年|财年|学年)"),
    # 1-5月, 1月-5月; never 3-5个月
    (rf"(?:\d{{4}}{S}年{S})?\d{{1,2}}{S}月?份?", rf"(?:\d{{4}}{S}年{S})?\d{{1,2}}{S}月(?:份|{S}\d{{1,2}}{S}日)?"),
    # 8月22-24日, 22日-24日, 6月30日-7月2日; 3-5日 alone may be a length of time
    (rf"(?:\d{{4}}{S}年{S})?\d{{1,2}}{S}月{S}\d{{1,2}}|{DAY}", DAY),
    (rf"\d{{1,2}}{S}[时点]", rf"\d{{1,2}}{S}[时点]"),
    (r"\d{1,2}[:：]\d{2}", r"\d{1,2}[:：]\d{2}"),
    (r"(?:周|星期)[一二三四五六日天]", r"(?:周|星期)[一二三四五六日天]"),
)]
# A text without any of these is not looked at further.
CANDIDATE = lazy("[0-9年月份日时点一二三四五六天][ \t\u3000]*(?:[-－–~～〜∼−‐‑‒―─]|——|[ \t\u3000]—|—[ \t\u3000])")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each span of time with another dash than one 一字线."""
    if not CANDIDATE.search(copy.words):
        return
    found: dict[int, re.Match[str]] = {}
    for span in SPANS:
        for match in span.finditer(copy.words):
            # Of two readings of one dash the longer is meant.
            known = found.get(match.start("dash"))
            if known is None or len(match.group()) > len(known.group()):
                found[match.start("dash")] = match
    for match in found.values():
        text, at = match.group(), match.start("dash") - match.start()
        left, right = text[:at].rstrip(), text[at + len(match["dash"]) :].lstrip()
        yield Mark(*match.span(), f"时间的起止用一字线“—”，这里写的是“{match['dash']}”" if match["dash"] != "—" else
                   "一字线两边不空格", f"{left}—{right}")


RULE = Rule("time-span-dash", Severity.WARNING, Copy, check, fix=True, needs="-－–~～〜∼−‐‑‒―─—", cues=(CANDIDATE,))
