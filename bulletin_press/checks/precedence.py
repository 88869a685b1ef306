"""One fault, one finding: of the rules that speak of the same characters the surest alone is heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

from bulletin_press.ground.diagnostics import Finding, Severity, Span


@dataclass(frozen=True)
class Row:
    """Rules that may tell one fault, from the surest to the least sure.

    What looks a thing up comes before what reckons, and that before what guesses by the company that words keep.
    A rule is silent where what it marks lies within what a surer one marks; with ``touching`` wherever they have a
    character in common: the same word, or the same figures, with more or less round them.
    """

    names: tuple[str, ...]
    touching: bool = False


def _rows(*rows: str, touching: bool = False) -> tuple[Row, ...]:
    return tuple(Row(tuple(row.split()), touching) for row in rows)


_ROWS = (
    *_rows(
        # A wrong word or character.
        "law-title treaty-name congress-form organ-name organ-level organisation-name place-name old-unit "
        "mixed-numerals incomplete-phrase twin-character confusable-word homophone-in-context homophone-particle "
        "wrong-preposition doubled-unit half-word lost-character wrong-character",
        "doubled-word doubled-unit",
        "percent-for-points doubled-unit",
        "broken-off word-left-out",
        "redundant-words negation-slip",
        # Units and days.
        "lunar-numeral unit-cut-short missing-unit",
        "impossible-date impossible-time untimely-day span-contradicts-length",
        # Figures that contradict each other.
        "fall-in-multiples growth-contradicts-figures rise-and-fall ill-matched-words",
        "span-contradicts-length rise-and-fall",
        "attendance votes-do-not-sum parts-contradict-whole periods-do-not-sum balance-broken total-after-parts "
        "ratio-of-whole",
        "mean-contradicts-total growth-contradicts-figures reckoned-amount",
        "plan-rate share-contradicts-figures",
        "title-contradicts-body title-unlike-body",
        # Marks and addresses.
        "enumeration-comma-misuse level-mark",
        "event-date-form middle-dot",
        "document-number unbalanced-pair",
        "mark-after-opening misplaced-mark",
        "field-code doubled-mark",
        "broken-address schemeless-url",
        touching=True),
    *_rows(
        "confusable-word doubled-word word-left-out",
        "redundant-words mixed-construction",
        "forbidden-term regions-with-countries",
        "draft-remnant unfinished unread-markup",
        "reprint-remnant screen-call unread-markup"),
)
# Rules that may mark one thing twice: with what is round it, and without.
_TWICE = frozenset({"screen-call", "treaty-name"})
_GRADES = tuple(Severity)


@dataclass(frozen=True)
class _Standing:
    """Where a rule stands: its place in an order that all rows keep to, and its rows with how they silence."""

    place: int
    touching: frozenset[int]
    within: frozenset[int]


@dataclass(frozen=True)
class _Told:
    finding: Finding
    standing: _Standing
    kept: bool

    def silences(self, other: Finding, standing: _Standing) -> bool:
        """Whether it tells what another finding, of a rule's standing, would."""
        if other.rule == self.finding.rule:
            return other.rule in _TWICE and _touch(other.span, self.finding.span)
        # What was looked at and kept says nothing about what is surer.
        if self.kept and standing.place < self.standing.place:
            return False
        if self.standing.touching & standing.touching and _touch(other.span, self.finding.span):
            return True
        return bool(self.standing.within & standing.within) and _lies(other.span, self.finding.span)


@cache
def standings() -> Mapping[str, _Standing]:
    """The rules that are in some row.

    Raises:
        graphlib.CycleError: two rows are in no one order.
    """
    before = dict[str, set[str]]()
    for row in _ROWS:
        for name, surer in zip(row.names, (None, *row.names), strict=False):
            before.setdefault(name, set()).update({surer} if surer else ())

    def rows(name: str, *, touching: bool) -> frozenset[int]:
        return frozenset(at for at, row in enumerate(_ROWS) if name in row.names and row.touching == touching)

    return {name: _Standing(place, rows(name, touching=True), rows(name, touching=False))
            for place, name in enumerate(TopologicalSorter(before).static_order())}


def surest(findings: Iterable[Finding], kept: Callable[[Finding], bool] = lambda _: False) -> Iterator[Finding]:
    """The findings without those that a surer one tells already, in whatever order.

    What is graded higher is heard first, then what stands further left in a row; of one rule's own, what says how
    to put it right and then what marks more. Rules that share no row tell of different faults, wherever they stand.

    Args:
        findings: what was found.
        kept: whether a finding was looked at and kept: it silences none of a surer rule.
    """
    files = defaultdict[str, list[Finding]](list)
    for one in findings:
        if one.rule in standings():
            files[one.span.file].append(one)
        else:
            yield one
    for several in files.values():
        yield from _heard(several, kept)


def _heard(several: list[Finding], kept: Callable[[Finding], bool]) -> Iterator[Finding]:
    """Those of one file that no surer one tells."""
    known = standings()
    told = defaultdict[int, list[_Told]](list)  # by each line that they go over
    for one in sorted(several, key=lambda one: (_GRADES.index(one.severity), known[one.rule].place,
                                                one.suggestion is None, -len(one.marked), one.span)):
        lines, standing = range(one.span.line, one.span.end_line + 1), known[one.rule]
        if not any(other.silences(one, standing) for line in lines for other in told[line]):
            yield one
            for line in lines:
                told[line].append(_Told(one, standing, kept(one)))


def _touch(one: Span, other: Span) -> bool:
    """Whether two stretches of one file are the same or have a character in common."""
    return one == other or ((one.line, one.column) < (other.end_line, other.end_column)
                            and (other.line, other.column) < (one.end_line, one.end_column))


def _lies(one: Span, other: Span) -> bool:
    """Whether a stretch lies within another."""
    return (other.line, other.column) <= (one.line, one.column) \
        and (one.end_line, one.end_column) <= (other.end_line, other.end_column)
