"""Planned facts as Chinese sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bulletin_press.language.numerals import Period, PeriodStyle, count_word, joined, plain, rounded
from bulletin_press.report.definition import Definition, Sentence
from bulletin_press.report.facts import HUNDRED, Direction, Rate, RateChange
from bulletin_press.report.figures import ReportFigures
from bulletin_press.report.plan import Fact, PlannedSentence, plan

_CHANGE = {
    "rise-wider": "增幅较{earlier}扩大{points}个百分点", "rise-narrower": "增幅较{earlier}回落{points}个百分点",
    "fall-wider": "降幅较{earlier}扩大{points}个百分点", "fall-narrower": "降幅较{earlier}收窄{points}个百分点",
    "rise-same": "增幅与{earlier}持平", "fall-same": "降幅与{earlier}持平",
    "to-rise": "较{earlier}由降转增", "to-fall": "较{earlier}由增转降",
}


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
class ReportText:
    """The written report: its paragraphs, and the line that the contents quote."""

    headline: str | None
    paragraphs: tuple[str, ...]


class Writer:
    """The words of one report: its measures, rates and lists as this house writes them."""

    def __init__(self, definition: Definition, style: ReportStyle, period: Period,
                 earlier: Period | None = None) -> None:
        self.definition, self.style, self.period = definition, style, period
        self.earlier = earlier.words(style.period) if earlier else ""

    # --- words ------------------------------------------------------------------------------

    def value(self, fact: Fact) -> str:
        """A value with its unit."""
        unit = self.definition.measures[fact.measure].unit or self.style.unit
        return plain(fact.value) + unit

    def amount(self, rate: Rate) -> str:
        """增长…/下降… and how much; a fall is never counted in 倍."""
        if rate.direction is Direction.FALL:
            return f"下降{plain(rate.value)}%"
        if self.style.over_100 == "times" and rate.value >= HUNDRED:
            times = rounded(rate.value / HUNDRED, 2)
            return f"增长{plain(times if times % 1 else times.to_integral())}倍"
        return f"增长{plain(rate.value)}%"

    def growth(self, rate: Rate) -> str:
        """A rate: 同比增长…, 与上年同期持平."""
        if rate.direction is Direction.LEVEL:
            return "与上年同期持平"
        if rate.direction is Direction.NEARLY:
            return "与上年同期基本持平"
        return "同比" + self.amount(rate)

    def change(self, change: RateChange) -> str:
        """How a rate moved: 降幅较…收窄…个百分点."""
        return _CHANGE[change.kind].format(earlier=self.earlier, points=plain(change.points))

    def after(self, fact: Fact) -> str:
        """What follows a value: its growth and its change, each after a comma."""
        words = "，" + self.growth(fact.rate) if fact.rate else ""
        return words + ("，" + self.change(fact.change) if fact.change else "")

    def measure(self, fact: Fact, *, note: bool = False) -> str:
        """The measure of a fact, with what its scope puts before and after it."""
        scope = self.definition.scope_of(fact.item)
        label = self.definition.measures[fact.measure].label
        if scope is None:
            return label
        return scope.prefix + label + (scope.note if note else "")

    def item(self, fact: Fact) -> str:
        """The label of a fact's item in the report's period."""
        return self.definition.items[fact.item].label_in(self.period)

    def filled(self, template: str, **fields: str) -> str:
        """A template of the definition with its placeholders filled."""
        style = self.style
        return template.format(
            according="根据" if style.lead == "根据" else "", source=style.source, region=style.region,
            short_region=style.short_region, period=self.period.dated(style.period, style.issue_date),
            month=f"{self.period.month}月", earlier=self.earlier, **fields)

    # --- lists ------------------------------------------------------------------------------

    def series(self, facts: Sequence[Fact]) -> str:
        """Values as a list, with their growth after it where that reads well, else in brackets."""
        rates = [fact.rate for fact in facts]
        if len(facts) == 1:
            return self.value(facts[0]) + self.after(facts[0])
        moving = [rate for rate in rates if rate and rate.direction in (Direction.RISE, Direction.FALL)]
        if len(moving) < len(facts):
            return joined([self.value(fact) + (f"（{self.growth(fact.rate)}）" if fact.rate else "")
                           for fact in facts])
        amounts = [self.amount(rate) for rate in moving]
        if len({rate.direction for rate in moving}) == 1:
            amounts = [amounts[0], *(amount[2:] for amount in amounts[1:])]
        return joined([self.value(fact) for fact in facts]) + "，同比分别" + joined(amounts)

    # --- forms ------------------------------------------------------------------------------

    def sentence(self, planned: PlannedSentence) -> str:
        """A sentence without its full stop."""
        sentence, groups = planned.sentence, planned.groups
        if sentence.form == "ranking":
            return self.ranking(sentence, groups)
        if sentence.form == "parallel":
            return self.parallel(groups)
        if sentence.form == "items":
            return "；".join(self.enumerated(group) for group in groups)
        first = groups[0][0]
        clauses = [self.measure(fact, note=fact is first and sentence.form == "measures")
                   + self.value(fact) + self.after(fact) for group in groups for fact in group]
        return self.filled(sentence.opening, item=self.item(first)) + "；".join(clauses)

    def enumerated(self, facts: Sequence[Fact]) -> str:
        """Item by item, the measure named once."""
        clauses = [self.item(fact) + (self.measure(fact) if fact is facts[0] else "")
                   + self.value(fact) + self.after(fact) for fact in facts]
        return "；".join(clauses)

    def parallel(self, groups: Sequence[Sequence[Fact]]) -> str:
        """Several items at once, 分别; the items are named again where they differ."""
        clauses, named = [], ""
        for facts in groups:
            items = joined([self.item(fact) for fact in facts])
            apart = "分别为" if len(facts) > 1 else ""
            clauses.append(("" if items == named else items) + self.measure(facts[0]) + apart
                           + self.series(facts))
            named = items
        return "；".join(clauses)

    def ranking(self, sentence: Sentence, groups: Sequence[Sequence[Fact]]) -> str:
        """The first n of a ranking, measure by measure."""
        clauses = []
        for facts in groups:
            template = sentence.one if len(facts) == 1 else sentence.many
            by = f"按{self.measure(facts[0])}计，" if len(groups) > 1 else ""
            clauses.append(by + self.filled(
                template, names=joined([fact.name or "" for fact in facts]),
                count=count_word(len(facts)), measure=self.measure(facts[0]), values=self.series(facts)))
        return "；".join(clauses)

    def headline(self, figures: ReportFigures) -> str | None:
        """The figure that the contents quote: the first measure given, with its growth."""
        spec = self.definition.headline
        found = plan_headline(self.definition, figures)
        if spec is None or found is None:
            return None
        growth = self.growth(found.rate) if found.rate else self.value(found)
        return self.filled(spec.text, measure=self.measure(found), growth=growth, item=self.item(found))


def plan_headline(definition: Definition, figures: ReportFigures) -> Fact | None:
    """The headline's fact: the first of its measures that was given."""
    if definition.headline is None:
        return None
    sentence = Sentence(form="measures", items=(definition.headline.item,),
                        measures=definition.headline.measures)
    one = definition.model_copy(update={"paragraphs": (definition.paragraphs[0].model_copy(
        update={"sentences": (sentence,)}),)})
    planned = plan(one, figures, None, change=False, month=False)
    return planned[0].sentences[0].groups[0][0] if planned else None


def write_report(definition: Definition, figures: ReportFigures, style: ReportStyle,
                 earlier: ReportFigures | None = None) -> ReportText:
    """Write the report.

    Args:
        definition: what is said.
        figures: this issue's figures.
        style: the house style.
        earlier: the figures of the last issue, for the change and the derived month; those of
            another year or of a later period are passed over.

    Returns:
        The paragraphs, each ending with a full stop; none where there are no figures.
    """
    usable = earlier if earlier and earlier.period.before(figures.period) else None
    writer = Writer(definition, style, figures.period, usable.period if usable else None)
    paragraphs = []
    for planned in plan(definition, figures, usable, change=style.change, month=style.month):
        sentences = [writer.sentence(sentence) for sentence in planned.sentences]
        paragraphs.append(writer.filled(planned.lead) + "".join(sentence + "。" for sentence in sentences))
    return ReportText(writer.headline(figures), tuple(paragraphs))
