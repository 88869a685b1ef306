"""A measure over all issues: what each said of each item, and the months that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bulletin_press.language.numerals import Period
from bulletin_press.report.definition import Definition
from bulletin_press.report.facts import Rate, derived_month, rate_of
from bulletin_press.report.figures import EarlierReport, Figure

PUBLISHED, DERIVED = "公布", "推算"


@dataclass(frozen=True)
class SeriesRow:
    """An item in one period: cumulative value and rate, those of the month, and where the month is from.

    Values in the measure's unit, rates in per cent; None is not known. ``source`` is ``PUBLISHED`` or ``DERIVED``, ""
    where there is no month. ``issue`` is the last issue that spoke of the period.
    """

    item: str
    period: Period
    cumulative: Decimal | None
    growth: Rate | None
    month: Decimal | None
    month_growth: Rate | None
    source: str
    issue: str


def series(definition: Definition, reports: Sequence[EarlierReport], measure: str) -> tuple[SeriesRow, ...]:
    """A measure by item, then month.

    Args:
        definition: what the report's items are called.
        reports: the issues' reports, oldest first: of two for one period the later counts.
        measure: the measure's key.
    """
    said: dict[tuple[str, str | None], dict[Period, tuple[str, Figure]]] = {}
    for report in reports:
        for own, item, name, figure in report.figures.every():
            if own == measure:
                said.setdefault((item, name), {})[report.figures.period] = (report.issue, figure)
    order = list(definition.items)
    return tuple(row for item, name in sorted(said, key=lambda key: order.index(key[0]))
                 for row in _rows(name or definition.name_of(item), said[item, name]))


def _rows(label: str, said: dict[Period, tuple[str, Figure]]) -> Iterator[SeriesRow]:
    for year, month in sorted({(period.year, period.month) for period in said}):
        cumulative, alone = Period(year, month), Period(year, month, True)
        issue, whole = said.get(cumulative, ("", None))
        own_issue, single = said.get(alone, ("", None))
        value, growth, source = _month(whole, single, said.get(Period(year, month - 1), ("", None))[1], month)
        yield SeriesRow(label, cumulative, whole.value if whole else None, rate_of(whole) if whole else None,
                        value, growth, source, issue or own_issue)


def _month(whole: Figure | None, single: Figure | None, before: Figure | None,
           month: int) -> tuple[Decimal | None, Rate | None, str]:
    """The month alone: as it was published, January's own, or the difference of two cumulative values."""
    published = single or (whole if month == 1 else None)
    if published:
        return published.value, rate_of(published), PUBLISHED
    derived = derived_month(whole, before) if whole and before else None
    return (derived.value, derived.rate, DERIVED) if derived else (None, None, "")
