"""What figures gained since earlier reports, and how far that lies from what their siblings gained.

All items of one measure share the season: a month that is long for one is long for the others. So each figure's month
is compared with its own mean month before, and that pace with the median of its siblings' (Iglewicz and Hoaglin, 1993).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from bulletin_press.report.added_months import AddedMonths
from bulletin_press.report.facts import (
    Interval,
    base_interval,
    gained_growth,
    growth_interval,
    typed_interval,
)
from bulletin_press.report.figures import Figure

# A measure with fewer siblings has no median worth the name; fewer residuals in all have no spread.
FEWEST_SIBLINGS, FEWEST_RESIDUALS = 3, 5
# A median absolute deviation of normal noise times this is its standard deviation.
TO_DEVIATIONS = 1.4826
# In logarithms: however close a few siblings keep, months differ by 4 % and rates by a point and a half.
LEAST_SPREAD_OF_PACE, LEAST_SPREAD_OF_STEP = 0.04, 0.015


@dataclass(frozen=True)
class Gain:
    """A cumulative figure beside that of an earlier report; ``label`` names it in messages."""

    label: str
    now: Figure
    earlier: Figure
    stretch: AddedMonths
    measure: str = ""
    item: str = ""
    name: str | None = None

    @property
    def left(self) -> bool:
        """Whether the value is that of the earlier report, to the last digit."""
        return self.now.value == self.earlier.value != 0

    @property
    def base_falls(self) -> bool:
        """Whether the rates imply that last year's cumulative value fell: impossible, so a rate is wrong."""
        now, earlier = base_interval(self.now), base_interval(self.earlier)
        return bool(now and earlier and self.now.comparable == self.earlier.comparable and now.high <= earlier.low)


@dataclass(frozen=True)
class LogRange:
    """A closed interval of logarithms."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """Half way."""
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Paces:
    """Logarithms of an added month over the mean month before: of the value, and of last year's.

    ``step`` is that of the month's rate (1 + rate) over the earlier cumulative one: about value less base.
    """

    value: LogRange | None
    base: LogRange | None
    step: LogRange | None


def paces_of(gain: Gain) -> Paces:
    """The paces of a gain; None for what is not known, or not above nought."""
    now, earlier, stretch = gain.now, gain.earlier, gain.stretch
    value = _pace(typed_interval(now.value), typed_interval(earlier.value), stretch)
    bases = base_interval(now), base_interval(earlier)
    if bases[0] is None or bases[1] is None or now.comparable != earlier.comparable:
        return Paces(value, None, None)
    month, before = gained_growth(now, earlier), growth_interval(earlier)
    step = _over(_factor(month), _factor(before)) if month and before else None
    return Paces(value, _pace(bases[0], bases[1], stretch), step)


def _pace(now: Interval, earlier: Interval, stretch: AddedMonths) -> LogRange | None:
    return _over((now - earlier) / stretch.months, earlier / stretch.earlier.month)


def _factor(rate: Interval) -> Interval:
    """The factors that rates in per cent stand for."""
    return Interval(1 + rate.low / 100, 1 + rate.high / 100)


def _over(one: Interval, other: Interval) -> LogRange | None:
    if one.low <= 0 or other.low <= 0:
        return None
    return LogRange(math.log(one.low / other.high), math.log(one.high / other.low))


@dataclass(frozen=True)
class Departure:
    """How far the paces of a gain lie from those of its siblings, signed; None where that cannot be said.

    Each in deviations, by the end of the interval that is nearest: rounding departs from nothing.
    """

    value: float | None
    base: float | None
    step: float | None


@dataclass(frozen=True)
class _Norm:
    """The medians of one pace, by measure, and its spread over all of them."""

    medians: dict[str, float]
    spread: float | None

    @classmethod
    def of(cls, paces: Iterable[tuple[str, LogRange | None]], least: float) -> _Norm:
        grouped: dict[str, list[float]] = {}
        for measure, pace in paces:
            if pace:
                grouped.setdefault(measure, []).append(pace.middle)
        grouped = {measure: known for measure, known in grouped.items() if len(known) >= FEWEST_SIBLINGS}
        medians = {measure: median(known) for measure, known in grouped.items()}
        rests = [abs(one - medians[measure]) for measure, known in grouped.items() for one in known]
        if len(rests) < FEWEST_RESIDUALS:
            return cls(medians, None)
        # Each median was taken from the same figures.
        lost = len(rests) / (len(rests) - len(medians))
        return cls(medians, max(least, TO_DEVIATIONS * lost * median(rests)))

    def departure(self, measure: str, pace: LogRange | None) -> float | None:
        if pace is None or self.spread is None or measure not in self.medians:
            return None
        usual = self.medians[measure]
        return (max(pace.low - usual, 0.0) + min(pace.high - usual, 0.0)) / self.spread


class Siblings:
    """The gains of one report, each to be held against the others."""

    def __init__(self, gains: Sequence[Gain]) -> None:
        paces = [(gain.measure, paces_of(gain)) for gain in gains]
        self._value = _Norm.of(((measure, one.value) for measure, one in paces), LEAST_SPREAD_OF_PACE)
        self._base = _Norm.of(((measure, one.base) for measure, one in paces), LEAST_SPREAD_OF_PACE)
        self._step = _Norm.of(((measure, one.step) for measure, one in paces), LEAST_SPREAD_OF_STEP)

    def departure(self, gain: Gain) -> Departure:
        """How far a gain, one of these or one that is tried in its place, lies from the rest."""
        paces = paces_of(gain)
        return Departure(self._value.departure(gain.measure, paces.value),
                         self._base.departure(gain.measure, paces.base),
                         self._step.departure(gain.measure, paces.step))

    def usual_value(self, gain: Gain) -> Decimal | None:
        """The cumulative value that a gain would have at its siblings' pace."""
        usual = self._value.medians.get(gain.measure)
        if usual is None:
            return None
        mean = gain.earlier.value / gain.stretch.earlier.month
        return gain.earlier.value + mean * gain.stretch.months * Decimal(math.exp(usual))
