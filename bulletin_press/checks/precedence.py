"""One fault, one finding: of the rules that speak of the same characters the surest alone is heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter

from bulletin_press.ground.diagnostics import Finding, Severity, Span

# Each row is of one kind of fault, with the rules that may tell it from the surest to the least sure: what looks
# a thing up comes before what reckons, and that before what guesses by the company that words keep.
_ROWS = (
    # A wrong word or character.
    ("law-title", "treaty-name", "congress-form", "organ-name", "organ-level", "organisation-name", "place-name",
     "old-unit", "mixed-numerals", "doubled-unit", "incomplete-phrase", "twin-character", "confusable-word",
     "homophone-in-context", "homophone-particle", "wrong-preposition", "half-word",
     "lost-character", "word-left-out", "wrong-character"),
    ("doubled-unit", "confusable-word", "doubled-word", "word-left-out"),
    ("broken-off", "word-left-out"),
    ("redundant-words", "negation-slip"),
    ("redundant-words", "mixed-construction"),
    ("forbidden-term", "regions-with-countries"),
    # Numbers, units, days.
    ("doubled-unit", "percent-for-points"),
    ("lunar-numeral", "unit-cut-short", "missing-unit", "stale-future"),
    ("impossible-date", "impossible-time", "span-contradicts-length", "untimely-day"),
    ("impossible-date", "stale-future"),
    ("approximate-twice",),
    # Figures that contradict each other.
    ("fall-in-multiples", "growth-contradicts-figures", "rise-and-fall", "ill-matched-words"),
    ("span-contradicts-length", "rise-and-fall"),
    ("attendance", "votes-do-not-sum", "parts-contradict-whole", "periods-do-not-sum", "balance-broken",
     "total-after-parts", "ratio-of-whole"),
    ("mean-contradicts-total", "growth-contradicts-figures", "reckoned-amount"),
    ("plan-rate", "share-contradicts-figures"),
    ("title-contradicts-body", "title-unlike-body"),
    # Marks, addresses, what was left behind.
    ("level-mark", "enumeration-comma-misuse"),
    ("event-date-form", "middle-dot"),
    ("document-number", "unbalanced-pair"),
    ("mark-after-opening", "misplaced-mark"),
    ("field-code", "doubled-mark"),
    ("draft-remnant", "unfinished", "unread-markup"),
    ("reprint-remnant", "screen-call", "unread-markup"),
    ("broken-address", "schemeless-url"),
)
_GRADES = tuple(Severity)


@cache
def rows_of() -> Mapping[str, tuple[int, frozenset[int]]]:
    """The rules that are in some row: each with its place in an order that all rows keep to, and its rows.

    Raises:
        graphlib.CycleError: two rows are in no one order.
    """
    before = dict[str, set[str]]()
    for row in _ROWS:
        for name, surer in zip(row, (None, *row), strict=False):
            before.setdefault(name, set()).update({surer} if surer else ())
    order = TopologicalSorter(before).static_order()
    return {name: (place, frozenset(number for number, row in enumerate(_ROWS) if name in row))
            for place, name in enumerate(order)}


def surest(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without those that a surer one tells already, in whatever order.

    What is graded higher is heard first, then what stands further left in a row; of one rule's own, what says how
    to put it right and then what marks more. Rules that share no row tell of different faults, wherever they stand.
    """
    files = defaultdict[str, list[Finding]](list)
    for one in findings:
        if one.rule in rows_of():
            files[one.span.file].append(one)
        else:
            yield one
    for several in files.values():
        yield from _heard(several)


def _heard(several: list[Finding]) -> Iterator[Finding]:
    """Those of one file that no surer one meets."""
    known = rows_of()
    told = defaultdict[int, list[tuple[Span, frozenset[int]]]](list)  # by each line that they go over
    for one in sorted(several, key=lambda one: (_GRADES.index(one.severity), known[one.rule][0],
                                                one.suggestion is None, -len(one.marked), one.span)):
        lines, rows = range(one.span.line, one.span.end_line + 1), known[one.rule][1]
        if not any(rows & others and _meet(one.span, span) for line in lines for span, others in told[line]):
            yield one
            for line in lines:
                told[line].append((one.span, rows))


def _meet(one: Span, other: Span) -> bool:
    """Whether two stretches of one file are the same or have a character in common."""
    return one == other or ((one.line, one.column) < (other.end_line, other.end_column)
                            and (other.line, other.column) < (one.end_line, one.end_column))
