"""平均数或单价，与总数、个数对不上。

写了多少家、一共多少，又写了平均每家多少，三者要能互相推算；每家多少、多少家、一共多少也一样。

误：120家企业共吸纳就业3.6万人，平均每家200人。
误：每家企业补贴5万元，20家企业共补贴10万元。
正：120家企业共吸纳就业3.6万人，平均每家300人。
正：每家企业补贴5万元，20家企业共补贴100万元。
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.amounts import Amount, sentences, worth
from bulletin_press.language.factors import EACH as OF_EACH
from bulletin_press.language.factors import products
from bulletin_press.language.script import lazy

CUE = lazy("每|[亩日年月家户人周村场]均|[亩日年月]产")
EACH = lazy(r"(?:平均)?每(?P<what>家|户|人|个|名|台|件|项|场|次|箱|吨|亩|斤|袋|盒|瓶|辆|套|张|册|本"
            r"|公斤)(?P<of>[^，。；、\d]{0,12})\Z"
            r"|[户人场](?P<mean>均)[^，。；、\d]{0,4}\Z")
COUNTS = {"人": ("人", "名"), "名": ("人", "名"), "户": ("户", "家"), "家": ("家", "户")}
# 1至8月累计成交…，月均成交…
MONTHS = lazy(r"(?<!\d)(?P<from>\d{1,2})月?[至到—～-](?P<to>\d{1,2})月|(?P<half>[上下]半年)"
              r"|(?P<three>前三季度)|前(?P<first>\d{1,2})个月|(?P<years>[两二三四五六七八九十]|\d{1,2})年(?:来"
              r"|间)?(?=累计|共|总计|合计)")
MONTHLY = lazy(r"(?:月均|年均|(?:平均)?每[月年])[^，。；、\d]{0,6}\Z")
# What a price or a yield makes when there are so many.
MADE = lazy(r"(?:收入|产值|金额|销售额|成本|费用|产量|支出|利润|补贴|货款|营业额|成交额)[^，。；、\d]{0,6}\Z")
SUMMED = lazy(r"(?:共|总|合计|累计|总计)[^，。；、\d]{0,10}\Z")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each mean that is not the total by the count, or total that is not their product."""
    for sentence in sentences(copy.words) if CUE.search(copy.words) else ():
        text, found, between = sentence.text, sentence.amounts, sentence.between
        if monthly := _monthly(text, found, between):
            yield Mark(sentence.start + monthly[0].start, sentence.start + monthly[0].end, monthly[1])
        told = False
        for n, one in enumerate(found):
            each = EACH.search(between[n])
            if each is None or len(found) != 3 or one.unit in ("%", "百分点", "倍", ""):
                continue
            if faulty := _fault(text, found, between, n, each):
                amount, start, message = faulty
                told = True
                yield Mark(sentence.start + start, sentence.start + amount.end, message)
        alone = not told and not monthly and len(found) > 1
        for product in products(sentence) if alone and OF_EACH.search(text) else ():
            if not product.fits:
                each_, total, number = product.each, product.total, product.count
                wrong, start = (total, total.start) if total.start > each_.start else (each_, product.start)
                meant = total.shown(product.made) if wrong is total else each_.shown(
                    each_.value * total.value / product.made)
                yield Mark(sentence.start + start, sentence.start + wrong.end,
                           f"与前后的数对不上：按{each_.shown(each_.value)}、{worth(number)}，应为{meant}")


def _monthly(text: str, found: Sequence[Amount], between: Sequence[str]) -> tuple[Amount, str] | None:
    """The mean of a month that is not the sum of some by their number, and what is wrong with it."""
    spans = list(MONTHS.finditer(text)) if "月" in text or "年" in text else []
    means = [n for n in range(1, len(found)) if MONTHLY.search(between[n])]
    if len(spans) != 1 or len(means) != 1:
        return None
    span, mean = spans[0], found[means[0]]
    # 年均 belongs to years, 月均 to months.
    if bool(span["years"]) != ("年" in between[means[0]].rpartition("，")[2]):
        return None
    count = _periods(span)
    totals = [one for n, one in enumerate(found[: means[0]])
              if one.unit == mean.unit and one.start > span.end() and SUMMED.search(between[n])]
    if len(totals) != 1 or not mean.unit or mean.unit == "%" or count < 2:
        return None
    total = totals[0]
    if mean.allows(total.low / count, total.high / count):
        return None
    shown = mean.shown(total.value / count)
    unit, counted = ("年", "年") if span["years"] else ("月", "个月")
    return mean, f"与前后的数对不上：{count}{counted}共{total.shown(total.value)}，{unit}均{shown}"


def _periods(span: re.Match[str]) -> int:
    """How many months, or years, a stretch of time has."""
    if years := span["years"]:
        return int(years) if years.isdecimal() else "一二三四五六七八九十".index(years.replace("两", "二")) + 1
    if span["first"]:
        return int(span["first"])
    return 6 if span["half"] else 9 if span["three"] else int(span["to"]) - int(span["from"]) + 1


def _fault(text: str, found: Sequence[Amount], between: Sequence[str], n: int,
           each: re.Match[str]) -> tuple[Amount, int, str] | None:
    """The figure that is wrong, where its words begin and what is wrong with it."""
    what, mean = each["what"] or text[found[n].start - len(between[n]) + each.start()], found[n]
    others = [one for k, one in enumerate(found) if k != n]
    counts = [one for one in others if one.unit in COUNTS.get(what, (what,)) and not one.hedge]
    totals = [k for k, one in enumerate(found) if k != n and one.unit == mean.unit and one not in counts[:1]]
    if not counts or len(totals) != 1:
        return None
    count, total = counts[0], found[totals[0]]
    # 茶园6000亩、…户均茶园4亩: of the same thing.
    noun = re.sub("[为约达是有到近]", "", between[n][each.end("mean") :]) if each["mean"] else ""
    same = len(noun) > 1 and noun in between[totals[0]]
    made = n == 0 and MADE.search(between[totals[0]])
    if count is total or count.value <= 1 or not (same or made or SUMMED.search(between[totals[0]])):
        return None
    if total.value < mean.value and n > totals[0]:
        return None
    if n > totals[0]:
        exact = total.value / count.value
        if mean.allows(total.low / count.high, total.high / max(count.low, 1)):
            return None
        start = mean.start - len(between[n]) + each.start()
        given = f"{total.shown(total.value)}，{count.shown(count.value)}"
        return mean, start, f"与前后的数对不上：{given}，平均{mean.shown(exact)}"
    exact = mean.value * count.value
    if mean.hedge or total.allows(mean.low * count.low, mean.high * count.high):
        return None
    return total, total.start, f"与前后的数对不上：应为{total.shown(exact)}"


RULE = Rule("mean-contradicts-total", Severity.WARNING, Copy, check, needs="0成番倍分半", cues=(CUE,))
