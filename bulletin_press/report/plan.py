"""Which facts are said, in which sentence: what was not given drops out here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bulletin_press.report.definition import Definition, Sentence
from bulletin_press.report.facts import Rate, RateChange, change_between, derived_month, rate_of
from bulletin_press.report.figures import Figure, ReportFigures


@dataclass(frozen=True)
class Fact:
    """One statement: the measure of an item (or of a ranked name), its rate and its change."""

    measure: str
    item: str
    value: Decimal
    rate: Rate | None
    change: RateChange | None = None
    name: str | None = None


@dataclass(frozen=True)
class PlannedSentence:
    """A sentence of the definition with the facts that it states, by measure, never empty."""

    sentence: Sentence
    groups: tuple[tuple[Fact, ...], ...]


@dataclass(frozen=True)
class PlannedParagraph:
    """A paragraph's lead and its sentences, never empty."""

    lead: str
    sentences: tuple[PlannedSentence, ...]


def _fact(figures: ReportFigures, earlier: ReportFigures | None, key: tuple[str, str],
          *, change: bool) -> Fact | None:
    figure = figures.figures.get(key)
    if figure is None:
        return None
    rate = rate_of(figure)
    before = earlier.figures.get(key) if earlier and change else None
    return Fact(*key, figure.value, rate, change_between(rate, rate_of(before)) if before else None)


def _month_fact(figures: ReportFigures, earlier: ReportFigures | None,
                key: tuple[str, str]) -> Fact | None:
    now: Figure | None = figures.figures.get(key)
    before = earlier.figures.get(key) if earlier else None
    month = derived_month(now, before) if now and before else None
    return Fact(*key, month.value, month.rate) if month else None


def _groups(sentence: Sentence, figures: ReportFigures, earlier: ReportFigures | None,
            *, change: bool, month: bool) -> Iterator[tuple[Fact, ...]]:
    consecutive = (month and earlier is not None and earlier.period.before(figures.period)
                   and earlier.period.month + 1 == figures.period.month)
    for measure in sentence.measures:
        if sentence.form == "ranking":
            ranking = [ranked for item in sentence.items
                       for ranked in figures.rankings.get((measure, item), ())]
            yield tuple(Fact(measure, sentence.items[0], ranked.figure.value, rate_of(ranked.figure),
                             name=ranked.name) for ranked in ranking)
        elif sentence.form == "month":
            facts = (_month_fact(figures, earlier, (measure, item)) for item in sentence.items)
            yield tuple(fact for fact in facts if fact) if consecutive else ()
        else:
            facts = (_fact(figures, earlier, (measure, item), change=change) for item in sentence.items)
            yield tuple(fact for fact in facts if fact)


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
    if earlier and not earlier.period.before(figures.period):
        earlier = None
    paragraphs = []
    for paragraph in definition.paragraphs:
        sentences = []
        for sentence in paragraph.sentences:
            groups = tuple(group for group in _groups(sentence, figures, earlier,
                                                      change=change, month=month) if group)
            if groups:
                sentences.append(PlannedSentence(sentence, groups))
        if sentences:
            paragraphs.append(PlannedParagraph(paragraph.lead, tuple(sentences)))
    return tuple(paragraphs)
