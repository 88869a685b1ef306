"""What figures mean: rates, their direction, their change, the month they imply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Literal

from bulletin_press.language.numerals import decimals, rounded
from bulletin_press.report.figures import Figure, Given

# 同比 below this, in per cent, is 基本持平 in the bureaus' releases.
NEARLY_LEVEL = Decimal("0.05")
COMPUTED_DECIMALS = 2
HUNDRED = Decimal(100)


class Direction(Enum):
    """Which way a rate points."""

    RISE = 1
    FALL = -1
    LEVEL = 0
    NEARLY = 2


@dataclass(frozen=True)
class Rate:
    """A year-on-year rate in per cent, with the decimals that it prints with."""

    value: Decimal

    @property
    def direction(self) -> Direction:
        """Rise, fall, level (exactly nought) or nearly level."""
        if self.value == 0:
            return Direction.LEVEL
        if abs(self.value) < NEARLY_LEVEL:
            return Direction.NEARLY
        return Direction.RISE if self.value > 0 else Direction.FALL


def rate_of(figure: Given, *, in_points: bool = False) -> Rate | None:
    """A figure's rate: as typed, else computed from the previous value to two decimals.

    None where neither was given, or the base is nought or below: there is no rate on nought. With ``in_points``
    it is the difference, to the decimals that were typed.
    """
    if figure.growth is not None:
        return Rate(figure.growth)
    if figure.value is None or figure.previous is None:
        return None
    if in_points:
        return Rate(figure.value - figure.previous)
    if figure.previous <= 0 or figure.value < 0:
        return None
    exact = (figure.value - figure.previous) / figure.previous * HUNDRED
    if exact == 0 or abs(exact) >= NEARLY_LEVEL:
        return Rate(rounded(exact, COMPUTED_DECIMALS))
    return Rate(exact)  # printed as 基本持平, never as a number


ChangeKind = Literal["rise-wider", "rise-narrower", "rise-same", "fall-wider", "fall-narrower",
                     "fall-same", "to-rise", "to-fall"]


@dataclass(frozen=True)
class RateChange:
    """How a rate moved against the last issue's, in percentage points (≥ 0)."""

    kind: ChangeKind
    points: Decimal


def change_between(now: Rate | None, earlier: Rate | None) -> RateChange | None:
    """The change of a rate; None where either is missing or about nought."""
    if now is None or earlier is None:
        return None
    ways = (earlier.direction, now.direction)
    points = abs(now.value - earlier.value)
    if ways == (Direction.RISE, Direction.RISE):
        wider = now.value > earlier.value
        return RateChange("rise-same" if not points else "rise-wider" if wider else "rise-narrower", points)
    if ways == (Direction.FALL, Direction.FALL):
        wider = now.value < earlier.value
        return RateChange("fall-same" if not points else "fall-wider" if wider else "fall-narrower", points)
    if ways == (Direction.FALL, Direction.RISE):
        return RateChange("to-rise", points)
    if ways == (Direction.RISE, Direction.FALL):
        return RateChange("to-fall", points)
    return None


@dataclass(frozen=True)
class Interval:
    """A closed interval of possible values."""

    low: Decimal
    high: Decimal

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __truediv__(self, number: int) -> Interval:
        """The interval divided by a number > 0."""
        return Interval(self.low / number, self.high / number)

    @property
    def middle(self) -> Decimal:
        """The value half way."""
        return (self.low + self.high) / 2

    def apart(self, other: Interval) -> bool:
        """Whether no value lies in both: the one sure contradiction."""
        return self.high < other.low or other.high < self.low

    def agreed(self, places: int) -> Decimal | None:
        """The one decimal that every value of the interval rounds to, if there is one."""
        low, high = rounded(self.low, places), rounded(self.high, places)
        return low if low == high else None


NOUGHT = Interval(Decimal(0), Decimal(0))


def typed_interval(figure: Decimal) -> Interval:
    """The exact values that a rounded figure stands for: half a unit of its last digit each way."""
    half = Decimal(5).scaleb(-decimals(figure) - 1)
    return Interval(figure - half, figure + half)


def value_interval(figures: Iterable[Figure]) -> Interval:
    """The sums that rounded figures stand for."""
    return sum((typed_interval(figure.value) for figure in figures), start=NOUGHT)


def base_interval(figure: Figure, *, exact: bool = False) -> Interval | None:
    """The values a year before that the figure's previous value, or else its growth, allows.

    A rate typed as −20.08 stands for any from −20.085 to −20.075. None where nothing is known
    of the base, or the rate is −100 % and says nothing of it. ``exact`` takes values as they were
    typed, for text that speaks of the typed values; only the rate is then rounded.
    """
    if figure.previous is not None:
        return Interval(figure.previous, figure.previous) if exact else typed_interval(figure.previous)
    if figure.growth is None:
        return None
    growth = typed_interval(figure.growth)
    value = Interval(figure.value, figure.value) if exact else typed_interval(figure.value)
    low_factor, high_factor = 1 + growth.low / HUNDRED, 1 + growth.high / HUNDRED
    if low_factor <= 0:
        return None
    return Interval(max(value.low, Decimal(0)) / high_factor, value.high / low_factor)


def summed_base(figures: Sequence[Figure]) -> Interval | None:
    """The base of several figures together; None where one is unknown.

    Growth on comparable terms (可比口径) has a base of its own making: it is not added to others.
    """
    bases = [base for figure in figures if (base := base_interval(figure))]
    if len(bases) < len(figures) or len({figure.comparable for figure in figures}) != 1:
        return None
    return sum(bases, start=NOUGHT)


def growth_interval(figure: Figure) -> Interval | None:
    """The rates, in per cent, that a figure's typed growth, or else its previous value, allows."""
    if figure.growth is not None:
        return typed_interval(figure.growth)
    base = base_interval(figure)
    return implied_growth(typed_interval(figure.value), base) if base else None


def implied_growth(value: Interval, base: Interval) -> Interval | None:
    """The rates, in per cent, from any base to any value; None where the base may be nought."""
    if base.low <= 0:
        return None
    low, high = max(value.low, Decimal(0)), max(value.high, Decimal(0))
    return Interval((low / base.high - 1) * HUNDRED, (high / base.low - 1) * HUNDRED)


@dataclass(frozen=True)
class DerivedMonth:
    """A single month as the difference of two cumulative figures: derived, never reported."""

    value: Decimal
    rate: Rate | None


def gained_growth(now: Figure, earlier: Figure) -> Interval | None:
    """The rate of what was gained between two cumulative figures, where both bases are known."""
    now_base, earlier_base = base_interval(now), base_interval(earlier)
    if now_base is None or earlier_base is None or now.comparable != earlier.comparable:
        return None
    return implied_growth(typed_interval(now.value) - typed_interval(earlier.value), now_base - earlier_base)


def derived_month(now: Figure, earlier: Figure) -> DerivedMonth | None:
    """The last month alone, from two consecutive cumulative figures; None where they fall.

    The rate is given to one decimal, and only where the rounding of the typed rates cannot
    change that decimal; none from a rate on comparable terms (可比口径) and one that is not.
    """
    value = now.value - earlier.value
    if value < 0:
        return None
    now_base, earlier_base = base_interval(now, exact=True), base_interval(earlier, exact=True)
    if now_base is None or earlier_base is None or now.comparable != earlier.comparable:
        return DerivedMonth(value, None)
    base = now_base - earlier_base
    if base.low <= 0:
        return DerivedMonth(value, None)
    low, high = (rounded((value / bound - 1) * HUNDRED, 1) for bound in (base.high, base.low))
    if low or high:
        return DerivedMonth(value, Rate(low) if low == high else None)
    # Rounds to nought: exactly level or only nearly so, never a number.
    return DerivedMonth(value, Rate((value / base.middle - 1) * HUNDRED))
