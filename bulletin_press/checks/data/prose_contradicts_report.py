"""文中的数与月报的数不一样。

资讯、动态里说到本地区同一期间、同一项目、同一指标的数，应当与这一期数据月报的数一致。单位不同的换算以后再比，
四舍五入带来的出入不算；写“约”“近”“超过”的不算；地区、期间没有写明的不算。

误：月报上半年服务外包合同签约额442826.44万美元，资讯写“上半年，大连市服务外包合同签约额42.28亿美元”
正：上半年，大连市服务外包合同签约额44.28亿美元
依据：一期之内前后一致；两处来源不同的，在 [allow] 里写明。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.numerals import plain
from bulletin_press.language.script import lazy
from bulletin_press.report.facts import Interval, typed_interval
from bulletin_press.report.figures import Figure

SENTENCE = lazy("[^。；！？]+")
YEAR = lazy(r"(?<!\d)(\d{4})年")
AMOUNT = r"(?:\s|为|达到?|是|累计|共|（[^（）]{0,10}）){0,3}(\d{1,12}(?:,\d{3})*(?:\.\d{1,6})?)\s?([万亿]{0,2})"
SCALES = {"": 0, "万": 4, "亿": 8, "万亿": 12}
_HEADS = ("，", "、", "：", "累计", "完成", "实现", "年", "月", "月份", "承接", "共", "的")
UNIT = lazy(r"([万亿]{0,2})(.+)")


def check(issue: Issue) -> Iterator[At]:
    """Yield each amount of a sentence on this place, period, item and measure that the report gives otherwise."""
    report, definition, settings = issue.figures, issue.definition, issue.workspace.publication.report
    unit = UNIT.match(settings.unit)
    if report is None or definition is None or unit is None or unit[1] not in SCALES:
        return
    known: dict[str, Figure] = {}
    for (measure, item), figure in report.figures.items():
        spec, what = definition.items[item], definition.measures[measure]
        if what.unit in (None, settings.unit):
            known |= {name + label: figure for name in (spec.label_in(report.period), spec.short) if name
                      for label in (what.label, what.short) if label and name + label in issue.words}
    bare = {label: figure for (measure, item), figure in report.figures.items()
            if definition.items[item].within is None and definition.measures[measure].unit in (None, settings.unit)
            for label in (definition.measures[measure].label, definition.measures[measure].short)
            if label and label in issue.words}
    known = bare | known
    if not known:
        return
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    amount = lazy(f"({names}){AMOUNT}{re.escape(unit[2])}")
    places = [place for place in (settings.region, settings.short_region) if place]
    words = {report.period.words("mofcom"), report.period.words("nbs").removesuffix("份")}
    # 6月 is neither that of 1—6月 nor that of 16月.
    period = lazy(f"(?<![\\d—–～~-])(?:{'|'.join(map(re.escape, words))})")
    for passage in issue.passages:
        for sentence in SENTENCE.finditer(passage.words):
            text = sentence.group()
            if not any(place in text for place in places) or not period.search(text) \
                    or any(int(year) != report.period.year for year in YEAR.findall(text)):
                continue
            for found in amount.finditer(text):
                # The measure alone is that of the whole, where nothing before it says of what else.
                ahead = text[: found.start()]
                if found[1] in bare and ahead and not ahead.endswith((*places, *words, *_HEADS)):
                    continue
                figure, number = known[found[1]], Decimal(found[2].replace(",", ""))
                if found[3] in SCALES and _scaled(number, found[3]).apart(_scaled(figure.value, unit[1])):
                    start, end = (sentence.start() + at for at in (found.start(2), found.end()))
                    yield At.within(passage, start, end, f"{found[1]}写的是{text[found.start(2):found.end()]}，这一期的"
                                                         f"数据月报是{plain(figure.value)}{settings.unit}，请核对")


def _scaled(number: Decimal, scale: str) -> Interval:
    """The exact amounts that a number in tens of thousands or hundreds of millions stands for."""
    typed = typed_interval(number)
    return Interval(typed.low.scaleb(SCALES[scale]), typed.high.scaleb(SCALES[scale]))


RULE = Rule("prose-contradicts-report", Severity.WARNING, Issue, check)
