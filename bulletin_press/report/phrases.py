"""Statements as words: each a verb and an amount, so that several may share what they have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from bulletin_press.language.numerals import Period, PeriodStyle, joined, plain, rounded
from bulletin_press.report.definition import Definition
from bulletin_press.report.facts import HUNDRED, Direction, Rate, RateChange
from bulletin_press.report.measure import CLIMBING, Measure, Verbs
from bulletin_press.report.plan import Fact
from bulletin_press.report.sentence import SPANS, Sentence, Statement

_YEAR = re.compile(r"\d{4}\Z")
_FROM_JANUARY = re.compile(r"\{(?:months|period)\}")
# 比重为A becomes 比重分别为A、B.
_LINK = re.compile(r"[为是达]\Z")


@dataclass(frozen=True)
class ReportStyle:
    """What the publication decides about its report's words."""

    region: str
    short_region: str
    source: str
    unit: str
    issue_date: date
    period: PeriodStyle = "mofcom"
    over_100: Literal["percent", "times"] = "percent"
    lead: Literal["显示", "根据"] = "显示"
    change: bool = False
    month: bool = False


@dataclass(frozen=True)
class Phrase:
    """A statement: ``before`` + ``verb`` + ``amount``: 同比, 增长, 3.4%.

    Of several side by side, ``listed`` stands before the amounts instead (占全行业的比重分别为). One that is
    ``whole`` (与上年同期持平) has no amount to be set beside others.
    """

    before: str
    verb: str = ""
    amount: str = ""
    listed: str | None = None
    whole: bool = False

    @property
    def text(self) -> str:
        """The statement alone."""
        return self.before + self.verb + self.amount

    def without(self, words: str) -> Phrase:
        """The statement without words that it begins with and that were said."""
        return Phrase(self.before.removeprefix(words), self.verb, self.amount, self.listed, self.whole)


def side_by_side(phrases: Sequence[Phrase], last: str = "和") -> str | None:
    """Statements of one kind as one: 同比分别增长A、B和下降C; None where they cannot be.

    Args:
        phrases: two or more.
        last: what joins the last two.
    """
    if any(phrase.whole for phrase in phrases) or len({phrase.before for phrase in phrases}) > 1:
        return None
    first = phrases[0]
    if first.listed is not None:
        return first.listed + listed([phrase.amount for phrase in phrases], last)
    same = len({phrase.verb for phrase in phrases}) == 1
    amounts = [phrase.amount if same and index else phrase.verb + phrase.amount
               for index, phrase in enumerate(phrases)]
    return f"{first.before}分别{listed(amounts, last)}"


def listed(words: Sequence[str], last: str = "和") -> str:
    """A list: A、B和C, or A、B、C where ``last`` is 、."""
    return joined(words) if last == "和" else "、".join(words[:-1]) + (last if len(words) > 1 else "") + words[-1]


class Phraser:
    """The words of one report: its values, rates and what else is said of a figure, as this house writes them."""

    def __init__(self, definition: Definition, style: ReportStyle, period: Period,
                 earlier: Period | None = None) -> None:
        self.definition, self.style, self.period, self.before = definition, style, period, earlier

    def earlier(self, measure: Measure | None = None, spec: Sentence | None = None) -> str:
        """What the earlier report's period is called: 1—5月; of a stock 5月末, of an index 5月.

        An index that its sentence gives of all months from January (1—6月，…) is held against the like.
        """
        before = self.before
        if before is None:
            return ""
        if measure and measure.kind == "index" and spec and _FROM_JANUARY.search(spec.opening):
            return before.months if before.single else before.words(self.style.period)
        if before.single:
            return "上月" if before.month + 1 == self.period.month else f"{before.month}月"
        if measure and measure.kind in ("stock", "index"):
            return f"{before.month}月" + ("末" if measure.kind == "stock" else "")
        return before.words(self.style.period)

    def value(self, fact: Fact) -> str:
        """A value with its unit; below nought with its sign, unless its name says so."""
        measure = self.definition.measures[fact.measure]
        if fact.value is None:
            return ""
        if not fact.value and measure.zero:
            return measure.zero
        sign = "-" if fact.value < 0 and not measure.negative else ""
        return sign + plain(fact.value) + self.definition.unit_of(fact.measure, self.style.unit)

    def link(self, fact: Fact) -> str:
        """What stands between a measure's name and its value: 为, or nothing."""
        measure = self.definition.measures[fact.measure]
        if fact.value is None or (not fact.value and measure.zero):
            return ""
        below = fact.value < 0 and not measure.negative
        return measure.link or ("为" if below or measure.stands else "")

    def amount(self, rate: Rate) -> str:
        """增长…/下降… and how much; a fall is never counted in 倍."""
        phrase = self._rate(rate, GROWTH)
        return phrase.verb + phrase.amount

    def _rate(self, rate: Rate, measure: Measure, before: str = "") -> Phrase:
        verbs, falls = measure.moves, rate.direction is Direction.FALL
        if measure.in_points:
            return Phrase(before, verbs.fall if falls else verbs.rise, plain(rate.value) + measure.points)
        if not falls and self.style.over_100 == "times" and rate.value >= HUNDRED:
            times = rounded(rate.value / HUNDRED, 2)
            return Phrase(before, verbs.rise, f"{plain(times if times % 1 else times.to_integral())}倍")
        return Phrase(before, verbs.fall if falls else verbs.rise, f"{plain(rate.value)}%")

    def growth(self, rate: Rate, measure: Measure | None = None, base: str | None = None,
               *, comparable: bool = False) -> Phrase:
        """A rate: 同比增长…, 与上年同期持平; on comparable terms 按可比口径同比…."""
        against = "上年同期" if base is None else f"{base}年同期" if _YEAR.match(base) else base
        terms = "按可比口径" if comparable else ""
        if rate.direction is Direction.LEVEL:
            return Phrase(f"{terms}与{against}持平", whole=True)
        measure = measure or GROWTH
        if rate.direction is Direction.NEARLY and not measure.in_points:
            return Phrase(f"{terms}与{against}基本持平", whole=True)
        return self._rate(rate, measure, terms + ("同比" if base is None else f"比{against}"))

    def change(self, change: RateChange, verbs: Verbs, earlier: str) -> Phrase:
        """How a rate moved: 降幅较…收窄…个百分点."""
        way, _, how = change.kind.partition("-")
        if way == "to":
            up, down = verbs.marks
            turned = f"由{down}转{up}" if how == "rise" else f"由{up}转{down}"
            return Phrase(f"较{earlier}{turned}", whole=True)
        size = verbs.risen if way == "rise" else verbs.fallen
        if how == "same":
            return Phrase(f"{size}与{earlier}持平", whole=True)
        verb = "扩大" if how == "wider" else "回落" if way == "rise" else "收窄"
        return Phrase(f"{size}较{earlier}", verb, f"{plain(change.points)}个百分点")

    def statement(self, statement: Statement, fact: Fact, spec: Sentence, *, comparable: bool = False) -> Phrase:
        """What a fact says of one kind; never asked of what it does not state."""
        measure = self.definition.measures[fact.measure]
        number = fact.numbers.get(statement, Decimal(0))
        match statement:
            case "value":
                return Phrase(self.link(fact), "", self.value(fact), listed="分别为")
            case "growth":
                if fact.turned:
                    return Phrase(measure.turns[fact.turned < 0], whole=True)
                return self.growth(fact.rate or Rate(Decimal(0)), measure, fact.base, comparable=comparable)
            case "change" if fact.change:
                return self.change(fact.change, measure.moves, self.earlier(measure, spec))
            case "change":
                earlier = self.earlier(measure, spec)
                return _moved(f"较{earlier}", f"与{earlier}持平",
                              fact.moved or Decimal(0), measure.steps, measure.points)
            case "note":
                return Phrase(fact.note, whole=True)
            case "month":
                return self._month(fact, measure)
            case "mom":
                return _moved("环比", "环比持平", number, measure.moves,
                              measure.points if measure.in_points else "%")
            case "share":
                return self._share(fact, spec, number)
            case "difference":
                unit = measure.points if measure.stands else self.definition.unit_of(fact.measure, self.style.unit)
                words = measure.steps if measure.stands else _MORE
                return _moved("比上年同期", "与上年同期持平", number, words, unit)
            case _:
                return self._of_whole(statement, fact, spec, number)

    def _month(self, fact: Fact, measure: Measure) -> Phrase:
        month = fact.month
        if month is None:
            return Phrase("", whole=True)
        one = Fact(fact.measure, fact.item, month.value, None)
        parts = [self.value(one)] if month.value is not None else []
        if month.growth is not None:
            parts.append(self.growth(Rate(month.growth), measure).text)
        return Phrase(f"{self.period.month}月当月" + "，".join(parts), whole=True)

    def whole(self, spec: Sentence, fact: Fact, *, named: bool = False) -> str:
        """What the whole of a fact is called; empty where nobody asked for it, unless it is to be ``named``."""
        of = spec.of or self.definition.items[fact.item].within
        if spec.whole is not None:
            return self.filled(spec.whole)
        return self.definition.items[of].label_in(self.period) if of and (spec.say or named) else ""

    def _share(self, fact: Fact, spec: Sentence, share: Decimal) -> Phrase:
        whole, amount = self.whole(spec, fact), f"{plain(share)}%"
        if template := spec.words.get("share"):
            before, after = self._around_amount(template, whole)
            return Phrase(before, "", amount + after, listed=_LINK.sub("", before) + "分别为")
        if whole:
            return Phrase(f"占{whole}的", "", amount, listed=f"占{whole}的比重分别为")
        return Phrase("占比", "", amount, listed="占比分别为")

    def _around_amount(self, template: str, whole: str) -> tuple[str, str]:
        """A definition's own words for a statement, before its amount and after."""
        before, _, after = self.filled(template, whole=whole, amount="\0").partition("\0")
        return before, after

    def _of_whole(self, statement: Statement, fact: Fact, spec: Sentence, number: Decimal) -> Phrase:
        """A change of share, a gap to the whole, a contribution to its growth: all in points."""
        whole, amount = self.whole(spec, fact, named=True), f"{plain(number)}个百分点"
        template = spec.words.get(statement)
        falls = statement == "gap" and fact.rate is not None and fact.rate.value < 0
        # 高出全行业 behind a fall would be a deeper one.
        if template and number > 0 and not falls:
            before, after = self._around_amount(template, whole)
            return Phrase(before, "", amount + after, listed=f"{before}分别")
        if statement == "share_change":
            return _moved("比重较上年同期", "比重与上年同期持平", number, CLIMBING, "个百分点")
        if statement == "gap":
            whole = whole or "总体"
            if falls and fact.rate and fact.rate.value < number:  # the whole fell, too
                return _moved("降幅", f"降幅与{whole}相同", number, _beside_fall(whole), "个百分点")
            return _moved("增速", f"增速与{whole}持平", number, _beside(whole), "个百分点")
        whole, measure = whole or "总体", self.definition.measures[fact.measure]
        if measure.kind == "index":
            # What a price adds to the price level is no growth.
            return _moved(f"影响{whole}", f"对{whole}没有影响", number, measure.moves, "个百分点")
        if not number:
            return Phrase(f"对{whole}增长没有拉动", whole=True)
        return Phrase("", f"拉动{whole}增长" if number > 0 else f"下拉{whole}增长", amount)

    def filled(self, template: str, span: str | None = None, **fields: str) -> str:
        """A template of the definition with its placeholders filled; ``span`` is another span than the report's."""
        style = self.style
        period = SPANS[span].words if span else self.period.dated(style.period, style.issue_date)
        return template.format(
            according="根据" if style.lead == "根据" else "", source=style.source, region=style.region,
            short_region=style.short_region, period=period, month=f"{self.period.month}月", months=self.period.months,
            earlier=self.earlier(), **fields)


def _beside(whole: str) -> Verbs:
    return Verbs(rise=f"高出{whole}", fall=f"低于{whole}", risen="增幅", fallen="降幅")


def _beside_fall(whole: str) -> Verbs:
    return Verbs(rise=f"小于{whole}", fall=f"大于{whole}", risen="增幅", fallen="降幅")


def _moved(before: str, level: str, number: Decimal, verbs: Verbs, unit: str) -> Phrase:
    if not number:
        return Phrase(level, whole=True)
    return Phrase(before, verbs.rise if number > 0 else verbs.fall, plain(number) + unit)


GROWTH = Measure(label="增长")
_MORE = Verbs(rise="增加", fall="减少", risen="增幅", fallen="降幅")
