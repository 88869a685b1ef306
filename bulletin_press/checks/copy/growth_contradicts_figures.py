"""文中的增减与前后的两个数对不上。

一句话里写了从多少到多少，又写了增减的百分比、倍数或差额，三者要能互相推算；四舍五入带来的出入不算，
按可比价格、剔除因素计算的不算，别的数说得通的也不算。增长一倍是原来的两倍，翻两番是四倍；百分数之差叫百分点。

误：企业由800家增加到1200家，增长了1.5倍。
误：增速由12.1%升至14.3%，加快3.2个百分点。
误：上半年出口54亿元，比去年同期的60亿元增长10%。
正：企业由800家增加到1200家，增长了0.5倍。
正：增速由12.1%升至14.3%，加快2.2个百分点。
正：上半年出口54亿元，比去年同期的60亿元下降10%。
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核；《现代汉语词典》“倍”“番”条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import hypot, sqrt

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.amounts import Amount, Sentence, sentences, worth
from bulletin_press.language.script import lazy

RISE = r"增长|增加|上升|提高|提升|扩大|加快|上涨|上调|上浮|增幅|涨幅|增收|多|攀升|增产|增"
FALL = r"下降|减少|降低|缩减|缩小|回落|下调|下跌|下滑|放缓|收窄|压缩|缩短|降幅|跌幅|减产|减收|少|减|降"
FROM = lazy(r"(?:[由从]|自)[^，；、]{0,14}\Z")
TO = lazy(r"\A[^，；、]{0,6}(?:增|升|涨|提|扩|跃|发展|攀|降|减|跌|缩|压|回落|下调|上调|调整|调高|调低"
          r"|变)[^，；、]{0,6}"
          r"[到至为成](?:[^，；、]{0,8}\d{4}年[^，；、]{0,6})?[^，；、]{0,6}\Z|\A[^，；、]{0,4}[到至]了?\Z")
CLAIM = lazy(rf"\A(?:左右|以上|多|[^，,。；、（(\d]{{1,6}}(?=[，,（(]))?[，,（(]?[^，。；、（]{{0,10}}?(?P<mean"
             rf">年均|年平均|平均每年)?(?:复合)?"
             rf"(?P<verb>{RISE}|{FALL})(?:率|价|了|达到?|为|约|近|超过?|逾|幅度?|将近|大约|也|共|至少){{0,3}}\Z")
LAST = (r"(?:上年同期|去年同期|上年同月|去年同月|上年底|去年底|上年末|去年末|上年|去年|上季度|上月|上个月"
        r"|上周|上一周|前一周|上一交易日|前一交易日|前年"
        r"|前一年|上届|"
        r"上一届|首届|同期|上一年|上一季度|基期|年初|上次|上期|上年度|原来|此前|之前|常年|多年平均|历年)")
BEFORE = lazy(rf"[，（(](?:而|低于|高于)?{LAST}(?:(?!{RISE}|{FALL})[^，；、\d]){{0,8}}(?:为|是|的|仅|只有|有|达)?\Z")
THAN = lazy(rf"(?:[比较]|同比|相比)(?:{LAST}|\d{{4}}年(?:(?!{RISE}|{FALL})[^，；、\d]){{0,4}})"
            rf"(?:(?!{RISE}|{FALL})[^，；、\d]){{0,10}}?的?\Z")
# A，比上年增加 D，增长 X: the base is A less D.
ADDED = lazy(rf"\A[，,]?(?:[比较](?:{LAST}|\d{{4}}年)|同比)[^，；、\d]{{0,4}}?"
             r"(?P<verb>增加|减少|增产|减产|增收|减收|多|少)了?(?:盈利|支出|收入|生产|销售|完成|实现)?\Z")
# 增长 X，达到 B，增加 D: the two ways must be one.
MORE = lazy(rf"\A[，,](?:[比较](?:{LAST})|同比|净)?(?P<verb>增加|减少|增产|减产|增收|减收|多|少)了?\Z")
# 集采前单价为86元，集采后降至21.5元: a figure before something and the same after it.
ONCE = lazy(r"(?:去年|上届|上期|上次|首届|上季度?|上年|年初|期初|上月|上个月|原[来先有需为本]?|此前|以往|过去"
            r"|以前|改[革造制版]前|[一-龥]{2}(?<![目当日提空眼面跟以之此三午])前)[^，。；、\d]{0,12}\Z")
NOW = lazy(r"\A[^，。；、\d]{0,6}[，,；](?:而)?(?:今年|本年|本届|本期|本次|本季度?|现[在有为已]?|目前|如今"
           r"|到今年|[一-龥]{2,6}后|年末|期末|本月|(?=[增升降提扩缩减达]))"
           r"[^，。；、\d]{0,14}?(?P<reached>[到至为达是有])?[^，。；、\d]{0,4}\Z")
# 每吨上涨400元，由2600元涨到3000元.
AHEAD = lazy(rf"(?P<verb>{RISE}|{FALL})(?:了|近|约)?\Z")
UNLIKE = lazy("计划|目标|任务|预算|其中|占|平均|新增|增加|减少|多|少")
# 同意增资3亿元，注册资本由2亿元增加到5亿元.
RAISED, CAPITAL = lazy("[增减]资\\Z"), lazy("[，,][^，。；、\\d]{0,6}(?:注册资本|资本金"
            "|股本)[^，。；、\\d]{0,4}[由从]\\Z")
GROWN = lazy(rf"(?P<verb>{RISE}|{FALL})了?\Z")
THIS = lazy(rf"\A[^，。；、\d]{{0,4}}[，,](?:今年|本年|本年度|当年|本期"
            rf"|本月)[^，。；、\d]{{0,8}}?(?P<verb>{RISE}|{FALL})了?\Z")
LATER = lazy(rf"(?:\A|[，,]|在){LAST}[^，。；、\d]{{0,12}}\Z")
# 环比下降20%，9月份销量为1.5万辆.
MONTH_BEFORE = lazy(r"\A[，,（(](?:而)?(?:\d{1,2}月份?|上个?月)[^，。；、\d]{0,8}\Z")
OF_BASE = lazy(r"\A[，,]?(?:约|大约)?(?:是|为|相当于)[^，；、\d]{0,10}\Z")
OF_LAST = lazy(r"\A[，,](?:正好|恰好|约)?(?:是|为|相当于)(?:上年|去年|前一年|上一年|前者|(?:19"
               r"|20)\d\d年)的?(?:近|约|超过?|将近)?\Z")
FOLD = lazy(r"\A的(?:近|约|超过?|将近)?\Z")
PLAIN = lazy(rf"\A(?:左右|相比)?[，,]?(?:又|净|再|还|共|偏)?(?P<verb>{RISE}|{FALL})(?:了|近|约|超过?|幅度达|达"
             rf"|为){{0,2}}\Z")
REACHED = lazy(r"\A(?:左右)?[，,]?(?:总数|总量|总额|规模|累计)?(?:达到?|增至|升至|增加[到至]|提高[到至]|降至"
               r"|减少?[到至]|为)了?\Z")
TIMES = lazy(r"\A[，,]?(?:[^，。；、\d]{0,4}?|(?:19|20)\d\d年|[^，。；、\d]{0,3}(?:今年|本年|现在|后者"
             r"|目前))(?:正好|恰好|约|已)?(?:是|为|相当于|达到?)(?:[^，。；、]{0,12})的(?:近|约|超过?)?\Z")
OTHER_THING = lazy("\\A[，,]?(?!同比|环比|[比较与]|净|累计|共|实际|合计|年均|也就|即|总[计共量数]|规模|数量|用时"
                   "|价格)[一-龥]{2}")
YEAR = lazy(r"(\d{4})年")
# 增长8.5%，高于全省平均水平（6.2%）2.3个百分点.
AGAINST = lazy(r"\A[，,（(]?(?:比|较|高于|低于|快于|慢于|高出|超过|领先|落后)[^，。；、\d]{0,16}?[（(]?\Z")
POINTS = lazy(r"\A[）)]?[，,]?(?:水平|平均水平)?的?(?:高出?|低|快|慢|多|少|领先|落后)?了?\Z")
# Growth that is reckoned otherwise than by division of the two figures.
OTHERWISE = lazy("可比|不变价|实际增长|名义|剔除|扣除|汇率|季节|加权|按.{0,6}价格")
# What is planned is no figure; said after all of them it is of something else.
PLANNED = lazy("计划|目标|预计")
CUE = lazy(rf"(?:{RISE}|{FALL}|翻)[^，。；、]{{0,6}}[\d一两二三四五六七八九十]"
           rf"|的[^，。；、]{{0,3}}[\d一两二三四五六七八九十.]+倍")


# Verbs of a change of shares that can be meant in one way only: down, then up.
ONE_WAY = ("下降", "降低", "减少", "回落", "上升", "提高", "提升", "增加", "增长")
# 跨上18亿元台阶: no figure of anything.
STEPS = ("台阶", "大关", "关口", "门槛")


@dataclass(frozen=True)
class Claim:
    """That a figure became another, and by how much; ``word`` is the verb of it."""

    base: Amount
    now: Amount
    said: Amount
    word: str = ""
    years: int = 0


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each growth that its two figures do not give."""
    for sentence in sentences(copy.words):
        if len(sentence.amounts) < 2 or not CUE.search(sentence.text) or OTHERWISE.search(sentence.text):
            continue
        if PLANNED.search(sentence.text, 0, sentence.amounts[-1].end):
            continue
        told: set[int] = set()
        for claim in claims(sentence):
            message = _fault(claim, sentence.amounts, sentence.between[1:])
            if message and claim.said.start not in told:
                told.add(claim.said.start)
                yield Mark(sentence.start + claim.said.start, sentence.start + claim.said.end, message)


def claims(sentence: Sentence) -> Iterator[Claim]:
    """What a sentence says of growth, one claim for each way of saying it."""
    text, found, between = sentence.text, sentence.amounts, sentence.between
    for n, one in enumerate(found):
        nxt, third = (found[n + 1] if n + 1 < len(found) else None), (found[n + 2] if n + 2 < len(found) else None)
        if nxt and one.unit == nxt.unit and FROM.search(between[n]) and TO.search(between[n + 1]):
            yield from _from_to(text, found, between, n)
        elif nxt and third and one.unit == nxt.unit and BEFORE.search(between[n + 1]) and (
                said := CLAIM.match(between[n + 2])):
            yield Claim(nxt, one, third, said["verb"])
        elif nxt and third and one.unit == third.unit and BEFORE.search(between[n + 2]) and (
                said := CLAIM.match(between[n + 1])) and nxt.unit in ("%", "倍", one.unit):
            yield Claim(third, one, nxt, said["verb"])
        elif nxt and third and one.unit == nxt.unit and third.unit == "%" and (
                added := ADDED.match(between[n + 1])) and (said := CLAIM.match(between[n + 2])):
            yield Claim(_before(one, nxt, added["verb"]), one, third, said["verb"])
        elif nxt and third and one.unit == third.unit and nxt.unit == "%" and one.unit and (
                said := CLAIM.match(between[n + 1])) and (added := ADDED.match(between[n + 2])):
            yield Claim(_before(one, third, added["verb"]), one, nxt, said["verb"])
        elif nxt and third and one.unit == nxt.unit and third.unit == "倍" and OF_BASE.match(between[n + 1]) and (
                FOLD.match(between[n + 2])):
            yield Claim(nxt, one, third, "是")
        elif nxt and third and one.unit == nxt.unit and one.unit and third.unit == "倍" and OF_LAST.match(
                between[n + 2]) and _next_year(between[n], between[n + 1]) > 0:
            # 2023年新增50家，2024年新增150家，是上年的三倍.
            yield Claim(one, nxt, third, "是")
        if nxt and third and one.unit == nxt.unit and one.unit and ONCE.search(between[n]) and NOW.match(
                between[n + 1]) and not UNLIKE.search(between[n] + between[n + 1]):
            yield from _compared(found, between, n)
        if nxt and third:
            yield from _reached_by_rate(found, between, n)
        if nxt and THAN.search(between[n]):
            yield from _than(found, between, n)
        if nxt and third and one.unit == nxt.unit and one.unit and (said := CLAIM.match(between[n + 2])) \
                and (order := _next_year(between[n], between[n + 1])):
            yield Claim(one, nxt, third, said["verb"]) if order > 0 else Claim(nxt, one, third, said["verb"])
        if nxt and third and one.unit == nxt.unit == "%" and third.unit == "百分点" and AGAINST.search(
                between[n + 1]) and POINTS.match(between[n + 2]):
            yield Claim(nxt, one, third, "比")
        if nxt and one.unit == "番" and nxt.unit == "倍" and TIMES.match(between[n + 1]):
            yield Claim(one, one, nxt, "番")


def _compared(found: Sequence[Amount], between: Sequence[str], n: int) -> Iterator[Claim]:
    """What is said of the change from a figure before something to the one after it, once or twice."""
    base, now = found[n : n + 2]
    for third, gap in zip(found[n + 2 : n + 4], between[n + 2 : n + 4], strict=False):
        said = CLAIM.match(gap)
        if not said or said["mean"] or third.unit not in ("%", "倍", "番", "百分点", base.unit):
            return
        yield Claim(base, now, third, said["verb"])


def _before(now: Amount, change: Amount, verb: str) -> Amount:
    """What a figure was before it changed by another."""
    value = now.value + (change.value if re.fullmatch(FALL, verb) else -change.value)
    return replace(now, value=value, half=now.half + change.half)


def _reached_by_rate(found: Sequence[Amount], between: Sequence[str], n: int) -> Iterator[Claim]:
    """去年 A，今年增长 X，达到 B；增长 X，达到 B，增加 D；B，环比增长 X，9月 A."""
    one, rate, last = found[n : n + 3]
    if one.unit == last.unit and rate.unit == "%" and one.unit not in ("", "%"):
        if LATER.search(between[n]) and REACHED.match(between[n + 2]) and (said := THIS.match(between[n + 1])):
            yield Claim(one, last, rate, said["verb"])
        elif "环比" in between[n + 1] and MONTH_BEFORE.match(between[n + 2]) and (said := CLAIM.match(between[n + 1])):
            yield Claim(last, one, rate, said["verb"])
    if one.unit == "%" and rate.unit == last.unit and rate.unit not in ("", "%") and (
            said := GROWN.search(between[n])) and REACHED.match(between[n + 1]) and (
            more := MORE.match(between[n + 2])):
        yield Claim(_before(rate, last, more["verb"]), rate, one, said["verb"])


def _from_to(text: str, found: Sequence[Amount], between: Sequence[str], n: int) -> Iterator[Claim]:
    """由 A 增加到 B，增长 X."""
    base, now = found[n], found[n + 1]
    if n and found[n - 1].unit == base.unit and (said := AHEAD.search(between[n - 1])) and re.match("[，,][由从"
                                                                                                    "]", between[n]):
        yield Claim(base, now, found[n - 1], said["verb"])
    if n and found[n - 1].unit == base.unit and RAISED.search(between[n - 1]) and CAPITAL.fullmatch(between[n]):
        # A capital that is registered is told to the last yuan.
        was, became, more = (replace(one, half=abs(one.value) * 1e-6) for one in (base, now, found[n - 1]))
        yield Claim(was, became, more, "增")
    if n + 2 < len(found):
        said, third = CLAIM.match(between[n + 2]), found[n + 2]
        if said and third.unit == base.unit and OTHER_THING.search(between[n + 2][: said.start("verb")]):
            # 零件由70个减少到1个，焊点减少800个: of something else.
            return
        if said:
            years = YEAR.findall(text[: third.start])
            span = int(years[-1]) - int(years[-2]) if said["mean"] and len(years) > 1 else 0
            if not said["mean"] or span > 0:
                yield Claim(base, now, third, said["verb"], span)
        elif third.unit == "番" and between[n + 2].endswith(("翻了", "翻", "翻了近", "翻了约")):
            yield Claim(base, now, third, "翻")
        elif third.unit == "倍" and TIMES.match(between[n + 2]):
            yield Claim(base, now, third, "是")


def _than(found: Sequence[Amount], between: Sequence[str], n: int) -> Iterator[Claim]:
    """B，比上年的 A 增长 X；比上年的 A 增加 D，达到 C，增长 X."""
    base, said, plain = found[n], found[n + 1], PLAIN.match(between[n + 1])
    if not plain:
        return
    now = found[n - 1] if n and found[n - 1].unit == base.unit else None
    if now and said.unit in ("%", "倍", "百分点", base.unit):
        yield Claim(base, now, said, plain["verb"])
        if said.unit == base.unit and n + 2 < len(found) and found[n + 2].unit == "%" and (
                rate := CLAIM.match(between[n + 2])):
            yield Claim(base, now, found[n + 2], rate["verb"])
    if said.unit != base.unit or n + 2 >= len(found):
        return
    third = found[n + 2]
    if third.unit == base.unit and REACHED.match(between[n + 2]):
        yield Claim(base, said, third, "+" if re.fullmatch(RISE, plain["verb"]) else "-")
    elif third.unit == "%" and not now and (said2 := CLAIM.match(between[n + 2])):
        change = said.value if re.fullmatch(RISE, plain["verb"]) else -said.value
        reached = replace(base, value=base.value + change, half=base.half + said.half)
        yield Claim(base, reached, third, said2["verb"])


def _next_year(before: str, between: str) -> int:
    """Whether two clauses say the same of a year and of the next, 2020年收入 A，2021年收入 B, or of the one before.

    1 or -1 by their order, 0 where they do not.
    """
    first = re.search(r"(\d{4})年，?([^，；。\d]{0,16})\Z", before)
    second = re.match(r"[^，；。\d]{0,3}[，；](\d{4})年([^，；。\d]{0,12})\Z", between)
    if not first or not second or abs(order := int(second[1]) - int(first[1])) != 1:
        return 0
    one, two = (re.sub("为|达到?|是|实现|增至|的", "", label) for label in (first[2], second[2]))
    # 协会新增会员, then 新增: of the same.
    return order if one == two or not two or two in one else 0


def _fault(claim: Claim, found: Sequence[Amount], gaps: Sequence[str]) -> str | None:
    """What is wrong with a claim, or nothing: where other figures of the sentence give it, too."""
    base, now, said = claim.base, claim.now, claim.said
    if claim.word in ("番", "+", "-"):
        return _reached(claim)
    if base.unit != now.unit or base.value <= 0 or now.value <= 0:
        return None
    if said.unit == "百分点" or said.unit == base.unit == "%":
        return _points(claim)
    if said.unit not in ("%", "倍", "番"):
        if said.unit != base.unit or _fits_difference(base, now, said):
            return None
        apart = said.shown(abs(now.value - base.value))
        return f"与前后的数对不上：{base.shown(base.value)}与{now.shown(now.value)}相差{apart}"
    falls = bool(re.fullmatch(FALL, claim.word))
    if said.unit == "%" and falls != (now.value < base.value) and now.value != base.value:
        return f"与前后的数对不上：{base.shown(base.value)}到{now.shown(now.value)}是{'上升' if falls else '下降'}"
    if _of_the_later(base, now, claim):
        rate = worth(abs(now.value / base.value - 1) * 100)
        return f"百分比要以前一个数为基数：{base.shown(base.value)}到{now.shown(now.value)}是{rate}%"
    if _fits(base, now, claim):
        return None
    others = [one for one, behind in zip(found, gaps, strict=False)
              if one.unit == base.unit and one is not said and not behind.startswith(STEPS)][:12]
    if any(_fits(one, other, claim) for one in others for other in others if one is not other and one.value > 0):
        return None
    rate = ((now.value / base.value) ** (1 / max(claim.years, 1)) - 1) * 100
    if said.unit == "番":
        return f"与前后的数对不上：是原来的{worth(now.value / base.value)}倍，翻一番是2倍"
    if said.unit == "倍":
        times = now.value / base.value - (claim.word != "是")
        return f"与前后的数对不上：{'是' if claim.word == '是' else '增长'}{worth(times)}倍"
    return f"与前后的数对不上：{base.shown(base.value)}到{now.shown(now.value)}，{'年均' if claim.years else ''}" \
           f"{'下降' if rate < 0 else '增长'}{worth(abs(rate))}%"


def _fits(base: Amount, now: Amount, claim: Claim) -> bool:
    """Whether two figures give the growth, in per cent, 倍 or 番."""
    if base.low <= 0 or now.low < 0:
        return True
    (low, high), said = _quotient(base, now), claim.said
    if said.unit == "番":
        return 2 ** said.value * 0.85 <= high and low <= 2 ** said.value * 1.2
    if said.unit == "倍":
        # 增长 with a multiple is the increase alone.
        less = 0 if claim.word == "是" else 1
        return said.allows(low - less, high - less)
    power = 1 / max(claim.years, 1)
    sign = -1 if re.fullmatch(FALL, claim.word) else 1
    rates = (sign * (low ** power - 1) * 100, sign * (high ** power - 1) * 100)
    return said.allows(min(rates), max(rates))


def _quotient(base: Amount, now: Amount) -> tuple[float, float]:
    """Between what the quotient of two rounded figures lies, but for one case in twenty.

    Both errors of rounding seldom go to their ends, one up and one down: twice their common deviation is enough.
    """
    fine, finer = _halves(base, now)
    times = now.value / base.value
    slack = 2 / sqrt(3) * hypot(finer, times * fine) / base.value
    return times - slack, times + slack


def _halves(base: Amount, now: Amount) -> tuple[float, float]:
    """Half the last digits of two figures: one beside a finer one was as a rule as fine, 6亿元 beside 7.2亿元."""
    if base.scale != now.scale or not base.half or not now.half:
        return base.half, now.half
    return (min(base.half, now.half),) * 2


def _of_the_later(base: Amount, now: Amount, claim: Claim) -> bool:
    """Whether a rate is to the point that of the change to the later figure, and far from that to the earlier."""
    said = claim.said
    if said.unit != "%" or said.hedge or base.hedge or now.hedge or claim.years:
        return False
    change = abs(now.value - base.value) * 100
    return abs(change / now.value - said.value) <= said.half * 1.001 and abs(
        change / base.value - said.value) > max(2.0, 4 * said.half)


def _fits_difference(base: Amount, now: Amount, said: Amount) -> bool:
    """Whether a figure is the difference of two, as far as all were rounded."""
    change, (fine, finer) = abs(now.value - base.value), _halves(base, now)
    if base.half == now.half == said.half > 0 and not (base.hedge or now.hedge or said.hedge):
        # 由6.8亿元降至5.9亿元，减少0.8亿元: all to one place, a reader takes the one from the other.
        return abs(change - said.value) < said.half
    return said.allows(change - fine - finer, change + fine + finer)


def _points(claim: Claim) -> str | None:
    """A difference of shares; one in per cent may be of either kind, and is unclear where it is the difference."""
    base, now, said = claim.base, claim.now, claim.said
    if base.unit != "%":
        return None
    exact = worth(abs(now.value - base.value))
    if claim.word in ONE_WAY and now.value != base.value and (now.value < base.value) != (claim.word in ONE_WAY[:4]):
        way = "下降" if now.value < base.value else "上升"
        return f"与前后的数对不上：{base.shown(base.value)}到{now.shown(now.value)}是{way}"
    if said.unit == "%":
        if _fits_difference(base, now, said) and not _fits(base, now, claim):
            return f"两个百分数之差要说百分点：{exact}个百分点"
        return None if _fits(base, now, claim) else f"与前后的数对不上：相差{exact}个百分点"
    return None if _fits_difference(base, now, said) else f"与前后的数对不上：相差{exact}个百分点"


def _reached(claim: Claim) -> str | None:
    """What was reached by adding; what was multiplied by doubling."""
    base, change, said = claim.base, claim.now, claim.said
    if claim.word == "番":
        exact = 2.0 ** base.value
        return None if said.allows(exact * 0.9, exact * 1.1) else f"翻{worth(base.value)}番是原来的{worth(exact)}倍"
    total = base.value + (change.value if claim.word == "+" else -change.value)
    slack = base.half + change.half
    return None if said.allows(total - slack, total + slack) else f"与前后的数对不上：应为{said.shown(total)}"


RULE = Rule("growth-contradicts-figures", Severity.WARNING, Copy, check, needs="0成番倍分半", cues=(CUE,))
