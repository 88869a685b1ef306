"""Amounts in prose: numbers with their scales and units, and what rounding and hedges leave open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bulletin_press.ground.kept import Kept
from bulletin_press.language.script import lazy

# What is among a whole that was just told belongs to its sentence.
SENTENCE = lazy(r"[^。；！？\n]+(?:[。；](?=其中)[^。；！？\n]+)*")

_MEASURES = ("家个项件名户份次台套辆艘吨人位场所只支条篇部幅款种类宗笔间栋处张批座架册公顷亩单亿万票箱袋瓶盒斤枚"
             "株颗桶块床趟匹")
# What is a measure only where no word begins with it.
_LONGER = (r"列(?![入为席出第举明车支])|头(?![等号])|例(?![如外])|双(?![方边向创重节])"
           r"|升(?![至到为幅级值高温学])|克(?!拉)"
           r"|本(?![科次报届年月期市省县区校行刊级公])"
           r"|(?:个(?:设区|地级|县级)?)?(?:[省市](?![场委级长内外民区属直政局值面井容会级域])"
           r"|县(?![级长委域城处市])|镇(?![长域级区])"
           r"|村(?![民委务级支镇庄寨]))")
_AMOUNT = lazy(
    r"(?<![\d.,A-Za-z〔\[/:：—～~])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,6})?)[ \t]?"
    r"(?P<scale>万亿|[万亿千百]?)(?P<more>[多余]?)"
    r"(?P<unit>个?百分点|%|％|倍|番|(?:美|欧|日|港|英镑|加|澳)?元|欧元|日元|人次|平方米|平方公里|公里|千米"
    r"|标准箱|标箱|天|个?工作日"
    r"|批次|立方米|毫米|厘米|公斤|千克|毫升|小时|分钟|课时|学时|兆瓦"
    r"|吨|成"
    rf"|[KMGTPEZ]B|亿?千瓦时|(?<=\d{{3}})点|(?<=\d\.\d)点|(?<=\d\.\d\d)点|{_LONGER}|[{_MEASURES}])?(?![\d.]|年代)"
    r"|(?P<tenths>[一二两三四五六七八九])成(?P<half>半|[一二三四五六七八九])?(?P<tenfold>多)?"
    r"(?![为立本员长功果交熟就都效绩份全分])"
    r"|百分之(?P<hundredths>[一二三四五六七八九十百]{1,4})(?![一-龥]?点)"
    r"|(?P<lower>[二三四五六七八九十])分之(?P<upper>[一二三四五六七八九])(?!步)"
    r"|(?P<word>[一两二三四五六七八九十]{1,2})(?P<fold>倍|番)"
    r"|(?P<equal>半数|一半)")
# What follows a number that counts no things.
_DATED = frozenset("年月日时分秒号点期条章届款级版岁星楼")
_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"两": 2, "十": 10}
_UNITS = {None: "", "％": "%", "个百分点": "百分点"}
_PLACES = frozenset("省市县镇村")
_SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "万亿": 1e12}
_ABOUT = ("约", "大约", "大概", "近约", "差不多")
_UNDER = ("近", "接近", "将近", "不足", "不到", "低于", "少于", "未到")
_OVER = ("超", "超过", "逾", "突破", "高于", "多于", "大于", "达到或超过", "不低于", "不少于")
# 签约, 最近 and 附近 end in no hedge.
_HEDGES = "|".join(sorted((*_ABOUT, *_UNDER, *_OVER), key=len, reverse=True))
_HEDGE = lazy(rf"(?<![签合履违协条契预制节公特续毁最附邻临靠])(?:{_HEDGES})了?[ \t]?\Z")
# With what such a hedge ends.
_HEDGED = frozenset("了 \t").union(word[-1] for word in (*_ABOUT, *_UNDER, *_OVER))
_AFTER = lazy("左右|上下|以上|以内|以下|有余|余")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a text, characters ``start`` to ``end``: its value in units, and half its last digit.

    ``unit`` is ``%`` for all that is a share (六成, 三分之一), ``百分点``, ``倍``, ``番`` or a measure word;
    ``hedge`` is ``about``, ``under``, ``over`` or nothing; ``scale`` is 万, 亿 as written.
    """

    start: int
    end: int
    value: float
    half: float
    unit: str
    hedge: str = ""
    scale: str = ""

    def shown(self, value: float) -> str:
        """Another value in the scale and unit of this one, as a message shows it."""
        return worth(value / _SCALES[self.scale]) + self.scale + self.unit

    @property
    def low(self) -> float:
        """The least that may stand behind the number."""
        return self.value - self.half

    @property
    def high(self) -> float:
        """The most that may stand behind the number."""
        return self.value + self.half

    def allows(self, low: float, high: float) -> bool:
        """Whether an exact value between two bounds may be written so.

        近 and 超 stand for the neighbourhood below and above, 约 for both.
        """
        below, above = self.low, self.high
        if self.hedge in ("about", "under"):
            below = min(below, self.value * 0.88 - self.half)
        if self.hedge in ("about", "over"):
            above = max(above, self.value * 1.2 + self.half * 2)
        slack = 1e-9 * max(1.0, abs(self.value))
        return high >= below - slack and low <= above + slack


def amounts(text: str) -> list[Amount]:
    """The amounts of a text in order; years, days, numbers of articles and such are none."""
    return list(_found(text))


def _found(text: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(text):
        number, scaled, more, typed = match.group("number", "scale", "more", "unit")
        if number is None:
            yield _in_words(match, text)
            continue
        start, end = match.span()
        if typed is None and not scaled and text[end : end + 1] in _DATED:
            continue
        if (start and text[start - 1] == "第") or (typed == "个" and text.startswith("月", end)):
            continue
        digits, scale = number.replace(",", ""), _SCALES[scaled]
        places = len(digits.partition(".")[2])
        half = 0.5 * 10.0 ** -places * scale
        if places == 0 and scaled in ("", "千", "百") and typed not in ("%", "％", "百分点", "个百分点", "倍"):
            # A plain count is exact; 1200 may still stand for a round number.
            half = 0.0
        unit = _UNITS.get(typed, typed)
        if unit[-1:] in _PLACES and len(unit) > 1:
            unit = unit[-1]
        hedge = "over" if more else _hedge(text, start, end)
        yield Amount(start, end, float(digits) * scale, half, unit, hedge, scaled)


def _in_words(match: re.Match[str], text: str) -> Amount:
    start, end = match.span()
    hedge = "over" if match["tenfold"] else _hedge(text, start, end)
    if match["tenths"]:
        value = _DIGITS[match["tenths"]] * 10 + (5 if match["half"] == "半" else _DIGITS.get(match["half"] or "", 0))
        return Amount(start, end, value, 0.5 if match["half"] else 3.0, "%", hedge)
    if match["hundredths"]:
        return Amount(start, end, float(_counted(match["hundredths"])), 0.5, "%", hedge)
    if match["lower"]:
        return Amount(start, end, 100 * _DIGITS[match["upper"]] / _DIGITS[match["lower"]], 2.5, "%", hedge)
    if match["equal"]:
        return Amount(start, end, 50.0, 3.0, "%", hedge or "about")
    return Amount(start, end, float(_counted(match["word"])), 0.25, match["fold"], hedge)


def _counted(words: str) -> int:
    """A number to a hundred in words: 三十五."""
    if "百" in words:
        return 100
    tens, has_ten, units = words.rpartition("十")
    return (_DIGITS[tens[-1]] if tens else 1) * 10 * bool(has_ten) + (_DIGITS[units[-1]] if units else 0)


def _hedge(text: str, start: int, end: int) -> str:
    after = _AFTER.match(text, end)
    if after:
        return {"左右": "about", "上下": "about", "以内": "under", "以下": "under"}.get(after.group(), "over")
    if not start or text[start - 1] not in _HEDGED:
        return ""
    before = _HEDGE.search(text, max(0, start - 6), start)
    if not before:
        return ""
    word = before.group().strip().removesuffix("了")
    return "about" if word in _ABOUT else "under" if word in _UNDER else "over"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence from ``start`` of its passage on, with its amounts and the words around them.

    ``between`` holds one string more than there are amounts: before the first, between two, after the last.
    """

    start: int
    text: str
    amounts: tuple[Amount, ...]
    between: tuple[str, ...]


# Several rules read the same sentences: so many characters of passages are kept.
_READ: Kept[str, tuple[Sentence, ...]] = Kept(200_000, lambda sentences: 1 + sum(len(one.text) for one in sentences))
# No sentence of prose has more amounts: what has is a table without rules.
_MOST = 40
_CUE = lazy(r"\d|[成番倍]|分之|一半|半数")


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a passage that hold an amount."""
    return _READ.made(text, lambda: tuple(_sentences(text)))


def _sentences(text: str) -> Iterator[Sentence]:
    for match in SENTENCE.finditer(text):
        found = amounts(match.group()) if _CUE.search(match.group()) else []
        if 1 <= len(found) <= _MOST:
            yield Sentence(match.start(), match.group(), tuple(found), tuple(gaps(match.group(), found)))


def gaps(text: str, found: Sequence[Amount]) -> list[str]:
    """The words before the first amount, between two, and after the last: one more than there are amounts."""
    if not found:
        return [text]
    return [text[: found[0].start], *(text[one.end : other.start] for one, other in pairwise(found)),
            text[found[-1].end :]]


def worth(number: float) -> str:
    """A number as a message shows it: at most one decimal, two where it is small."""
    return f"{number:.2f}".rstrip("0").rstrip(".") if abs(number) < 10 else f"{number:.1f}".removesuffix(".0")
