"""数与旁边的词对不上。

增长的没有降幅，下降的没有增幅；与上年同期比叫同比，与上月、上季比叫环比；4387个没有超过4400个；同一个数
一处是元、一处是美元，必有一处不对。

误：5G专网项目4387个，超过4400个。
误：执行额同比增长3.2%，降幅较1—5月收窄0.4个百分点。
误：离岸执行额较上年同期环比增长6.1%。
正：5G专网项目4387个，超过4300个。
正：执行额同比增长3.2%，增幅较1—5月收窄0.4个百分点。
正：离岸执行额较上年同期增长6.1%，比上月环比增长2%。
依据：国家统计局《主要统计指标解释》“同比”“环比”条；一段之内前后一致。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.amounts import Amount, Sentence, sentences
from bulletin_press.language.script import lazy

CUE = lazy("[超逾不突低降增涨跌环同多高少未][过了到破足于幅比达]|[美欧日]元")
BEYOND = lazy(r"\A(?:左右)?[，,、](?:已|目前|首次|将|总数|一举){0,2}(?:超过了?|突破了?|逾|多于|高于)\Z")
REACHED = lazy(r"\A(?:大关)?[，,](?:目前|已)?(?:达到?|为|增至)\Z")
SHORT = lazy(r"\A(?:左右)?[，,、](?:还|仅|仍|尚){0,2}(?:不到|不足|低于|少于|未达到?)\Z")
RISEN = r"(?:增长|上升|增加|提高|上涨)(?:了|约|近|超过?)?"
FALLEN = r"(?:下降|减少|降低|下滑|下跌)(?:了|约|近|超过?)?"
NUMBER = r"\d{1,6}(?:\.\d{1,4})?(?:%|％|倍)"
TAIL = r"(?=(?:较|比|同比|环比|扩大|收窄|回落|进一步|继续|为|达))"
TREND = lazy(rf"{RISEN}{NUMBER}，(?P<falls>降幅){TAIL}|{FALLEN}{NUMBER}，(?P<rises>增幅|增速|涨幅){TAIL}")
# The basis is named and the word is of the other one.
BASIS = lazy(r"[较比](?:上年|去年)(?:同期|同月|同季)[^，。；\d]{0,8}?(?P<year>环比)"
             r"|[较比](?:上个?月|上季度?|上个?季度)[^，。；\d]{0,8}?(?P<month>同比)")
BEYOND_CUE = lazy(r"(?:超过|突破|逾|多于|高于|不到|不足|低于|少于|未达)[^。]{0,2}\d")
TURNED = {"降幅": "增幅", "增幅": "降幅", "增速": "降幅", "涨幅": "跌幅"}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each word that a figure beside it gives the lie."""
    text = copy.words
    if not CUE.search(text):
        return
    for match in BASIS.finditer(text):
        word = "year" if match["year"] else "month"
        right = "同比" if word == "year" else "环比"
        yield Mark(*match.span(word), f"“{match[word]}”与所比的时期不合，应为“{right}”", right)
    for match in TREND.finditer(text):
        word = "falls" if match["falls"] else "rises"
        yield Mark(*match.span(word), f"前面说的是{'增长' if word == 'falls' else '下降'}，没有{match[word]}",
                   TURNED[match[word]])
    for sentence in sentences(text):
        if BEYOND_CUE.search(sentence.text):
            yield from _beyond(sentence)
    if "美元" in text or "欧元" in text or "日元" in text:
        yield from _currencies(text)


def _beyond(sentence: Sentence) -> Iterator[Mark]:
    found, between, at = sentence.amounts, sentence.between, sentence.start
    for n in range(1, len(found)):
        one, other = found[n - 1], found[n]
        if one.unit != other.unit or not one.unit:
            continue
        if one.hedge == "over" and REACHED.match(between[n]) and other.high < one.value:
            yield Mark(at + other.start, at + other.end, f"{other.shown(other.value)}没有超过{one.shown(one.value)}")
        if one.hedge:
            continue
        start = other.start - len(between[n].lstrip("，,、已目前首次将总数一举还仅仍尚"))
        if BEYOND.match(between[n]) and one.high < other.value:
            yield Mark(at + start, at + other.end, f"{one.shown(one.value)}没有超过{other.shown(other.value)}")
        elif SHORT.match(between[n]) and one.low > other.value:
            yield Mark(at + start, at + other.end, f"{one.shown(one.value)}多于{other.shown(other.value)}")


def _currencies(text: str) -> Iterator[Mark]:
    """The same figure, of three digits or more, once in one currency and once in another."""
    known: dict[tuple[float, str], Amount] = {}
    for sentence, one in ((part, one) for part in sentences(text) for one in part.amounts):
        if not one.unit.endswith("元") or len(re.sub(r"[^1-9]", "", sentence.text[one.start : one.end])) < 3:
            continue
        digits = sentence.text[one.start : one.end].removesuffix(one.unit)
        first = known.setdefault((one.value, digits), one)
        if first.unit != one.unit and "折合" not in text:
            yield Mark(sentence.start + one.start, sentence.start + one.end, f"前面写的是"
                f"{first.shown(first.value)}，币种不一样，请核对")


RULE = Rule("figure-contradicts-words", Severity.WARNING, Copy, check, cues=(CUE,))
