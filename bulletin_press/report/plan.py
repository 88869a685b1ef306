"""Which facts are said, in which sentence: what was not given drops out here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bulletin_press.language.numerals import Period
from bulletin_press.report.containment import contained
from bulletin_press.report.definition import Definition
from bulletin_press.report.facts import Rate, RateChange, change_between, derived_month, rate_of
from bulletin_press.report.figures import Given, PublishedMonth, ReportFigures
from bulletin_press.report.relations import (
    contribution_of,
    difference_of,
    gap_to,
    share_change_of,
    share_of,
    sum_of,
)
from bulletin_press.report.sentence import Sentence, Statement


@dataclass(frozen=True)
class Fact:
    """What is stated of the measure of an item, or of a ranked name.

    ``change`` is how its rate moved against the earlier report, ``moved`` how its value did (of an index or a rate).
    ``numbers`` holds what else is known of it, by statement; ``says`` what is said, in order. ``turned`` tells that
    its sign changed within the year: 1 to above nought, −1 to below.
    """

    measure: str
    item: str
    value: Decimal | None
    rate: Rate | None
    change: RateChange | None = None
    name: str | None = None
    moved: Decimal | None = None
    numbers: Mapping[Statement, Decimal] = field(default_factory=dict)
    month: PublishedMonth | None = None
    comparable: bool = False
    base: str | None = None
    turned: int = 0
    note: str = ""
    says: tuple[Statement, ...] = ()

    def states(self, statement: Statement) -> bool:
        """Whether there is anything to say of a kind."""
        match statement:
            case "value":
                return self.value is not None
            case "growth":
                return self.rate is not None or bool(self.turned)
            case "change":
                return self.change is not None or self.moved is not None
            case "month":
                return self.month is not None
            case "note":
                return bool(self.note)
            case _:
                return statement in self.numbers


@dataclass(frozen=True)
class RankingSum:
    """What the places of a ranking come to together; None what cannot be said."""

    value: Decimal | None
    share: Decimal | None


@dataclass(frozen=True)
class PlannedSentence:
    """A sentence of the definition with the facts that it states, by measure, never empty.

    ``published`` tells that a sentence of single months speaks of such as their source published.
    """

    sentence: Sentence
    groups: tuple[tuple[Fact, ...], ...]
    published: bool = False
    sums: tuple[RankingSum, ...] = ()


@dataclass(frozen=True)
class PlannedParagraph:
    """A paragraph's lead and its sentences, never empty; ``number`` is its place in the definition, from 0."""

    lead: str
    sentences: tuple[PlannedSentence, ...]
    number: int = 0


def comparable_before(earlier: Period, now: Period) -> bool:
    """Whether a report may be held against a later one: both cumulative, or both of a month, in one year."""
    return earlier.single == now.single and earlier.year == now.year and earlier.month < now.month


@dataclass(frozen=True)
class _Planner:
    definition: Definition
    figures: ReportFigures
    earlier: ReportFigures | None
    change: bool
    month: bool

    def sentences(self, specs: Sequence[Sentence]) -> Iterator[PlannedSentence]:
        said = False
        for spec in specs:
            found = list(self._planned(spec))
            if spec.follows and not said:
                # 其中 needs something to be of.
                alone = spec.model_copy(update={"of_which": False, "join": None, "subject": spec.named_subject})
                found = [replace(planned, sentence=alone) for planned in found]
            yield from found
            said = said if spec.follows else bool(found)

    def _planned(self, spec: Sentence) -> Iterator[PlannedSentence]:
        figures = self.figures.spans.get(spec.span) if spec.span else self.figures
        if figures is None:
            return
        if spec.form == "month":
            yield from self._months(spec, figures)
            return
        rankings = [[place.figure for item in spec.items for place in figures.ranking(measure, item)]
                    for measure in spec.measures] if spec.form == "ranking" else []
        groups = [self._ranking(spec, figures, measure) if spec.form == "ranking" else
                  tuple(fact for item in spec.items if (fact := self._fact(spec, figures, measure, item)))
                  for measure in spec.measures]
        if spec.form == "tally":
            # A count of some is no count of all.
            groups = [group for group in groups if len(group) == len(spec.items)
                      and all(fact.states(spec.counted) for fact in group)]
        if spec.over == "measures":
            facts = [fact for group in groups for fact in group]
            groups = [tuple(fact for fact in facts if fact.item == item) for item in spec.items]
        kept = tuple(group for group in groups if group)
        sums = tuple(self._sum(spec, figures, measure, places) for measure, places in
                     zip(spec.measures, rankings, strict=True) if places) if rankings else ()
        if kept:
            yield PlannedSentence(spec, kept, sums=sums)

    def _months(self, spec: Sentence, figures: ReportFigures) -> Iterator[PlannedSentence]:
        """The months that were published, and after them those that are derived: never in one breath."""
        consecutive = (self.month and self.earlier is not None and self.earlier.period.before(figures.period)
                       and self.earlier.period.month + 1 == figures.period.month and figures is self.figures)
        published, derived = list[tuple[Fact, ...]](), list[tuple[Fact, ...]]()
        for measure in spec.measures:
            typed = [(item, month) for item in spec.items
                     if (given := figures.given(measure, item)) and (month := given.month)]
            published.append(tuple(_said(spec, Fact(measure, item, month.value, _typed_rate(month)))
                                   for item, month in typed))
            others = [item for item in spec.items if item not in [one for one, _ in typed]] if consecutive else []
            derived.append(tuple(fact for item in others if (fact := self._derived(spec, figures, measure, item))))
        for groups, of_source in ((published, True), (derived, False)):
            if kept := tuple(group for group in groups if group):
                yield PlannedSentence(spec, kept, of_source)

    def _derived(self, spec: Sentence, figures: ReportFigures, measure: str, item: str) -> Fact | None:
        now, before = figures.find(measure, item), self.earlier.find(measure, item) if self.earlier else None
        if now is None or before is None or not self.definition.measures[measure].accumulates or now.revised:
            return None
        month = derived_month(now, before)
        return _said(spec, Fact(measure, item, month.value, month.rate)) if month else None

    def _ranking(self, spec: Sentence, figures: ReportFigures, measure: str) -> tuple[Fact, ...]:
        facts = []
        for item in spec.items[:1]:
            for place in figures.ranking(measure, item):
                fact = self._stated(spec, figures, (measure, item), place.figure, None)
                facts.append(_said(spec, replace(fact, name=place.name)))
        return tuple(fact for fact in facts if fact.says)

    def _fact(self, spec: Sentence, figures: ReportFigures, measure: str, item: str) -> Fact | None:
        given = figures.given(measure, item)
        if given is None:
            return None
        earlier = self.earlier if spec.says_change(self.change) and figures is self.figures else None
        fact = _said(spec, self._stated(spec, figures, (measure, item), given,
                                        earlier.given(measure, item) if earlier else None))
        return fact if fact.says and set(fact.says) != {"note"} else None

    def _stated(self, spec: Sentence, figures: ReportFigures, key: tuple[str, str], given: Given,
                before: Given | None) -> Fact:
        """All that is known of a figure."""
        measure = self.definition.measures[key[0]]
        rate = rate_of(given, in_points=measure.in_points)
        change, moved = None, None
        if before and measure.stands and given.value is not None and before.value is not None:
            moved = given.value - before.value
        elif before and (given.comparable, given.base) == (before.comparable, before.base):
            change = change_between(rate, rate_of(before, in_points=measure.in_points))
        turned = 0
        if given.growth is None and given.value is not None and given.previous is not None and measure.signed:
            turned = (given.previous < 0 < given.value) - (given.value < 0 < given.previous)
        whole = self._whole(spec, figures, key)
        numbers: dict[Statement, Decimal | None] = {
            "mom": given.mom, "share": share_of(given, whole if spec.say else None),
            "share_change": share_change_of(given, whole if spec.say else None),
            "gap": gap_to(given, whole) if spec.say else None,
            "contribution": contribution_of(given, whole if spec.say else None),
            "difference": difference_of(given, apart=bool(measure.negative))}
        return Fact(*key, given.value, rate, change, None, moved,
                    {name: number for name, number in numbers.items() if number is not None},
                    given.month, given.comparable, given.base or spec.base, turned, given.note)

    def _whole(self, spec: Sentence, figures: ReportFigures, key: tuple[str, str]) -> Given | None:
        """What shares, gaps and contributions are of."""
        of = spec.of or self.definition.items[key[1]].within
        return figures.given(key[0], of) if of and of != key[1] else None

    def _sum(self, spec: Sentence, figures: ReportFigures, measure: str, places: Sequence[Given]) -> RankingSum:
        """The sum of a ranking and its share: as published, else reckoned where no place lies in another."""
        key = (measure, spec.items[0])
        published = figures.given(measure, spec.total) if spec.total else None
        names = {(key[0], key[1], place.name) for place in figures.ranking(*key)}
        nested = any(part in names and whole in names for part, whole in contained(figures, self.definition))
        value = published.value if published else None
        if value is None and not nested and self.definition.measures[measure].adds_up:
            value = sum_of(places)
        share = published.share if published else None
        if share is None and not nested and places and all(place.share is not None for place in places):
            share = sum((place.share for place in places if place.share is not None), start=Decimal(0))
        whole = self._whole(spec, figures, key)
        if share is None and value is not None:
            share = share_of(Given(value, None, None, (), (), ()), whole)
        return RankingSum(value, share)


def _typed_rate(month: PublishedMonth) -> Rate | None:
    return None if month.growth is None else Rate(month.growth)


def _said(spec: Sentence, fact: Fact) -> Fact:
    """A fact with what its sentence says of it."""
    says = spec.said
    if spec.change is True and "change" not in says:
        says = (*says, "change")
    level = fact.rate is not None and not fact.rate.value and "growth" in says
    return replace(fact, says=tuple(statement for statement in says if fact.states(statement)
                                    # 与上年同期持平 is said once.
                                    and not (statement == "difference" and level and not fact.numbers[statement])))


def plan(definition: Definition, figures: ReportFigures, earlier: ReportFigures | None,
         *, change: bool, month: bool) -> tuple[PlannedParagraph, ...]:
    """Lay out the report.

    Args:
        definition: the paragraphs and sentences.
        figures: this issue's figures.
        earlier: those of an earlier comparable period, where there is one.
        change: state each rate's change against ``earlier``.
        month: state the month between the two, where they are consecutive.
    """
    if earlier and not comparable_before(earlier.period, figures.period):
        earlier = None
    planner = _Planner(definition, figures, earlier, change, month)
    paragraphs = []
    for number, paragraph in enumerate(definition.paragraphs):
        if sentences := tuple(planner.sentences(paragraph.sentences)):
            paragraphs.append(PlannedParagraph(paragraph.lead, sentences, number))
    return tuple(paragraphs)


def headline_fact(definition: Definition, figures: ReportFigures) -> Fact | None:
    """The headline's fact: the first of its measures that was given."""
    spec = definition.headline
    for measure in spec.measures if spec else ():
        given = figures.given(measure, spec.item) if spec else None
        if spec and given and (given.value is not None or given.growth is not None):
            rate = rate_of(given, in_points=definition.measures[measure].in_points)
            return Fact(measure, spec.item, given.value, rate, comparable=given.comparable, base=given.base)
    return None
