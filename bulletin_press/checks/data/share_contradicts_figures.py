"""文中的占比与旁边的两个数对不上。

一句话里既有总数和其中的一部分，又有占比，三者要能互相推算；四舍五入带来的出入不算。

误：共1108项任务，其中已完成911项，占六成左右。
误：吸纳从业人员1440万人，其中大学及以上学历927万人，占74.4%。
正：共1108项任务，其中已完成911项，占八成以上。
正：承接RCEP成员国执行额877亿元，增长8.9%，占离岸执行额的24.3%。
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import rounded
from bulletin_press.language.script import lazy
from bulletin_press.report.facts import HUNDRED, Interval, typed_interval

SENTENCE = lazy("[^。；！？]+")
FIGURE = lazy(
    r"(?<![\d.\-—～第])(\d{1,12}(?:,\d{3})*(?:\.\d{1,6})?)[ \t]?"
    r"([万亿]{0,2}(?:美元|元|人次|人|家|项|个|件|名|户|台|笔|份|吨))")
DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")}
SHARE = lazy(
    r"(?:占比?|比重|比例|完成率|达标率|合格率)(?P<whole>[^，。；、\d一二三四五六七八九]{0,10}?)"
    r"(?P<percent>\d{1,3}(?:\.\d{1,4})?)[ \t]?%"
    r"|(?<![增长降升涨减高低少跌])(?P<near>近|约|超过?|逾|不足|不到)?"
    r"(?P<tenths>[一二三四五六七八九])成(?P<half>半|[一二三四五六七八九])?(?P<more>左右|上下|以上|多)?(?![为立本员长功果交熟就都效绩份])")
CUE = lazy(r"[占比重例率][^，。；、\d一二三四五六七八九]{0,10}\d|[一二三四五六七八九]成")
# What a share may be of without being named: the whole just given.
PLAIN = lazy(r"(?:全部|总数|总额|总量|其|合计|总体)?(?:的|比|为|约|近|达|到|超过?|了|比重|比例|在)*\Z")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each share that is not the quotient of the two figures of its sentence."""
    for sentence in SENTENCE.finditer(copy.words) if CUE.search(copy.words) else ():
        shares = list(SHARE.finditer(sentence.group())) if CUE.search(sentence.group()) else []
        figures = FIGURE.findall(sentence.group()) if shares else []
        if len(figures) != 2 or len(shares) != 1 or figures[0][1] != figures[1][1]:
            continue
        whole, part = (Decimal(number.replace(",", "")) for number, _ in figures)
        share = shares[0]
        named = (share["whole"] or "").removeprefix("比").rstrip("的")
        if not part or part > whole or not re.search("其中|中[，有]|占|当中", sentence.group()) or not (
                PLAIN.match(share["whole"] or "") or (named and named in sentence.group()[: share.start()])):
            continue
        low = typed_interval(part).low / typed_interval(whole).high * HUNDRED
        high = typed_interval(part).high / typed_interval(whole).low * HUNDRED
        claimed = _claimed(share)
        if high < claimed.low or claimed.high < low:
            start = sentence.start() + share.start()
            exact = rounded(part / whole * HUNDRED, 1)
            yield Mark(start, sentence.start() + share.end(), f"“{share.group()}”与前后的数对不上：{figures[1][0]}占"
                                                              f"{figures[0][0]}的{exact:f}%")


def _claimed(share: re.Match[str]) -> Interval:
    """The shares, in per cent, that the words allow."""
    if share["percent"]:
        exact = typed_interval(Decimal(share["percent"]))
        # 近30%, 约30% and 超过30% stand for their neighbourhood.
        loose = 5 if re.search("近|约|超|逾|不足|不到", share["whole"] or "") else 0
        return Interval(exact.low - loose, exact.high + loose)
    half = share["half"]
    tens = Decimal(DIGITS[share["tenths"]] * 10 + (5 if half == "半" else DIGITS.get(half or "零", 0)))
    if share["more"] in ("多", "以上") or share["near"] in ("超", "超过", "逾"):
        return Interval(tens, HUNDRED if share["more"] == "以上" else tens + 10)
    if share["near"] in ("不足", "不到", "近"):
        return Interval(tens - 10, tens)
    return Interval(tens - 5, tens + 5)


RULE = Rule("share-contradicts-figures", Severity.WARNING, Copy, check)
