"""Other spans of the year in the same sheets: quarters, half-years, months that the report's sentences speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from bulletin_press.intake.evidence import Evidence, Gatherer
from bulletin_press.intake.grid import RawSheet
from bulletin_press.intake.labels import Span
from bulletin_press.intake.matching import Matcher, Matching
from bulletin_press.language.numerals import Period
from bulletin_press.report.asked import asked_of, spans_of
from bulletin_press.report.definition import Definition
from bulletin_press.report.figures import Key
from bulletin_press.report.sentence import SPANS


def other_spans(matcher: Matcher, gatherer: Gatherer, sheets: Sequence[RawSheet]) -> Iterator[tuple[str, Matching]]:
    """What the sheets give of the other spans that a report speaks of, each with its key (q1, h1, m5).

    Args:
        matcher: that of the report's own period.
        gatherer: the same.
        sheets: what is read.
    """
    definition, period = matcher.definition, matcher.period
    for span in spans_of(definition):
        own = Period(period.year, SPANS[span].last, single=_kind(span) == "month")
        if own.month > period.month:
            continue
        again = Gatherer(gatherer.names, own, hidden=gatherer.hidden)
        # What a sheet says of no span is of the report's period.
        found = [one for sheet in sheets for one in again.gathered(sheet) if one.span and one.month == own.month]
        theirs = replace(matcher.anew(), period=own, key=(span, _kind(span)), said=said(definition, span))
        matching = theirs.matched(found)
        asked = asked_of(definition, span)
        yield span, Matching(tuple(match for match in matching.matches if match.key[:2] in asked), matching.several)


def said(definition: Definition, span: str | None = None) -> Mapping[Key, Set[str]]:
    """What the sentences say of each figure beside its value and growth: nothing else is wanted of a sheet."""
    found: dict[Key, set[str]] = {}
    for paragraph in definition.paragraphs:
        for sentence in (one for one in paragraph.sentences if one.span == span):
            words = {"month"} if sentence.form == "month" else set(sentence.say or ())
            for key in ((measure, item) for measure in sentence.measures for item in sentence.items):
                found.setdefault(key, set()).update(words)
    return found


def without(matching: Matching, used: Sequence[Evidence]) -> Matching:
    """A matching that tells only of cells that were not used for another span."""
    places = {one.at for one in used}
    left = ((one, tuple(cell for cell in one.cells if cell.at not in places)) for one in matching.left)
    return replace(matching, left=tuple(replace(one, cells=cells) for one, cells in left if cells))


def _kind(key: str) -> Span:
    return "month" if key.startswith("m") else "quarter" if key in ("q2", "q3", "q4", "h2") else "cumulative"
