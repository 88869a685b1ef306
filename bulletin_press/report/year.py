"""The course of a year: an item's cumulative figures by month, and the months that they imply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bulletin_press.language.numerals import Period
from bulletin_press.report.facts import Interval, Rate, base_interval, derived_month, rate_of
from bulletin_press.report.figures import Figure, ReportFigures
from bulletin_press.report.measure import Measure

# A base that may lie anywhere in more than this share of itself is not shown.
VAGUE = Decimal("0.05")


@dataclass(frozen=True)
class YearPoint:
    """A figure of a period: cumulative to its month or, ``month``, of that alone, published or ``derived``.

    ``base`` is the same a year before, as far as it is known well enough: ``typed_base``, where it
    was typed, or what the rate implies; a rate on comparable terms (可比口径) implies a base on such terms.
    """

    period: Period
    value: Decimal
    rate: Rate | None
    base: Decimal | None
    typed_base: Decimal | None = None
    comparable: bool = False
    derived: bool = False
    month: bool = False


@dataclass(frozen=True)
class YearPoints:
    """Cumulative figures, ascending, never empty; and the months between two consecutive ones."""

    cumulative: tuple[YearPoint, ...]
    months: tuple[YearPoint, ...]


def year_points(reports: Sequence[ReportFigures], measure: str, item: str, spec: Measure,
                last_year: Sequence[ReportFigures] = ()) -> YearPoints | None:
    """An item's figures over a year; None where no report gave any, or one is below nought.

    A month that was published wins over the difference of two reports; a stock, an index and a rate have no months.

    Args:
        reports: cumulative reports of one year, newest first: of two to one month the first counts.
        measure: the measure.
        item: the item, no ranking.
        spec: the measure's definition.
        last_year: the cumulative reports of the year before, as they were printed: a base that agrees with the
            rate is taken from there, exactly; one that does not has been revised since, and the rate implies it.
    """
    printed = {report.period.month: figure for report in last_year if (figure := report.find(measure, item))}
    newest = {report.period.month: report for report in reversed(reports)}
    given = {month: (newest[month].period, figure) for month in sorted(newest)
             if (figure := newest[month].find(measure, item))}
    given = {month: (period, _based(figure, printed.get(month))) for month, (period, figure) in given.items()}
    if not given or any(figure.value < 0 for _, figure in given.values()):
        return None
    months = (_month(period, figure, given[month - 1][1] if month - 1 in given else None)
              for month, (period, figure) in given.items()) if spec.accumulates else ()
    return YearPoints(tuple(_cumulative(period, figure, spec) for period, figure in given.values()),
                      tuple(point for point in months if point))


def _based(figure: Figure, before: Figure | None) -> Figure:
    """A figure with the base that was printed a year before, where it had none and the printed one agrees."""
    if before is None or figure.previous is not None or figure.base or figure.comparable or figure.revised:
        return figure
    implied = base_interval(figure)
    if implied is None or not implied.low <= before.value <= implied.high:
        return figure
    return replace(figure, previous=before.value)


def _cumulative(period: Period, figure: Figure, spec: Measure) -> YearPoint:
    typed = Interval(figure.previous, figure.previous) if figure.previous is not None else None
    base = typed if spec.in_points or figure.base else base_interval(figure, exact=True)
    return YearPoint(period, figure.value, rate_of(figure, in_points=spec.in_points), _known(base),
                     figure.previous, figure.comparable)


def _month(period: Period, now: Figure, before: Figure | None) -> YearPoint | None:
    if now.month and now.month.value is not None:
        return YearPoint(period, now.month.value, None if now.month.growth is None else Rate(now.month.growth), None,
                         month=True)
    if before is None or now.revised:
        return None
    derived = derived_month(now, before)
    if derived is None:
        return None
    bases = base_interval(now, exact=True), base_interval(before, exact=True)
    base = typed = None
    if bases[0] and bases[1] and now.comparable == before.comparable:
        base = _known(bases[0] - bases[1])
    if base is not None and now.previous is not None and before.previous is not None:
        typed = now.previous - before.previous
    return YearPoint(period, derived.value, derived.rate, base, typed, now.comparable, derived=True, month=True)


def _known(base: Interval | None) -> Decimal | None:
    """The middle of a base; None where rounding leaves it too vague to be drawn, or below nought."""
    if base is None or base.low < 0 or base.high - base.low > VAGUE * base.middle:
        return None
    return base.middle
