"""Which figures were probably typed wrong, and what was probably meant.

A value typed wrong makes the month and the month a year before that it implies leap together; a rate typed wrong
makes the latter leap alone, and the month's rate the other way. A month that was really large does neither: its value
leaps, last year's stays.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from itertools import combinations

from bulletin_press.language.numerals import decimals
from bulletin_press.report.gains import Departure, Gain, Siblings

# What is tried must be inside its siblings again, two growths in each other's place well inside; a rate's base must
# lean the way that the rate explains.
INSIDE, WELL_INSIDE, LEANS = 3.0, 2.0, 2.0


class SlipKind(Enum):
    """What was typed wrong: the value; the growth, its sign, or two growths in each other's place."""

    VALUE = "value"
    GROWTH = "growth"
    SIGN = "sign"
    EXCHANGE = "exchange"


@dataclass(frozen=True)
class Slip:
    """A figure that was probably typed wrong.

    ``meant`` is the number that was probably meant, where exactly one correction puts the figure back among its
    siblings; ``other`` has the growth that belongs to this one (``EXCHANGE``); ``usual`` is the cumulative value at
    the siblings' pace.
    """

    gain: Gain
    kind: SlipKind
    meant: Decimal | None = None
    other: Gain | None = None
    usual: Decimal | None = None


@dataclass(frozen=True)
class Limits:
    """Deviations from the siblings that are too many: of a growth, of a value, of a value without a rate.

    A value has the wider limit: single items have a season of their own, which moves the month of both years. Nothing
    bears out a value without a rate.
    """

    growth: float = 3.5
    value: float = 4.5
    alone: float = 5


def slips(gains: Sequence[Gain], limits: Limits) -> tuple[Slip, ...]:
    """The figures that were probably typed wrong, in the order of ``gains``.

    Args:
        gains: the figures of a report with their earlier ones.
        limits: how far from its siblings a figure may lie.
    """
    rising = tuple(gain for gain in gains if gain.now.value > gain.earlier.value)
    siblings = Siblings(rising)
    departures = [(gain, siblings.departure(gain)) for gain in rising]
    found = _exchanges(rising, departures, limits.growth)
    paired = {id(one) for slip in found for one in (slip.gain, slip.other)}
    for gain, departure in departures:
        if id(gain) in paired:
            continue
        if _value_is_wrong(departure, limits):
            meant = _value_meant(rising, gain, alone=departure.base is None)
            found.append(Slip(gain, SlipKind.VALUE, meant, None, siblings.usual_value(gain)))
        elif gain.now.growth is not None and _growth_is_wrong(gain, departure, limits.growth):
            found.append(_growth_slip(rising, gain))
    order = {id(gain): at for at, gain in enumerate(gains)}
    return tuple(sorted(found, key=lambda slip: order[id(slip.gain)]))


def _value_is_wrong(departure: Departure, limits: Limits) -> bool:
    value, base, step = departure.value, departure.base, departure.step
    if value is None:
        return False
    if base is None or step is None:
        return abs(value) > limits.alone
    return abs(value) > limits.value and abs(base) > limits.value and value * base > 0


def _growth_is_wrong(gain: Gain, departure: Departure, far: float) -> bool:
    value, base, step = departure.value, departure.base, departure.step
    if gain.base_falls:
        return value is not None and abs(value) <= far
    if value is None or base is None or step is None:
        return False
    # A month that was really large moves the step as well, but not last year's base.
    return abs(step) > far and abs(base) > max(LEANS, 2 * abs(value)) and base * step < 0


def _exchanges(gains: tuple[Gain, ...], departures: Sequence[tuple[Gain, Departure]], far: float) -> list[Slip]:
    """The pair of growths that leap apart as typed, together too far, and are both usual in the other's place."""
    steps = [(gain, one.step) for gain, one in departures if gain.now.growth is not None and one.step]
    found = []
    for (gain, step), (other, other_step) in combinations(steps, 2):
        alike = gain.measure == other.measure or (gain.item, gain.name) == (other.item, other.name)
        if not alike or step * other_step > 0 or math.hypot(step, other_step) <= far * math.sqrt(2) \
                or gain.now.growth == other.now.growth:
            continue
        tried = {id(gain): _with_growth(gain, other.now.growth), id(other): _with_growth(other, gain.now.growth)}
        if _fit(gains, tried, WELL_INSIDE):
            found.append(Slip(gain, SlipKind.EXCHANGE, other.now.growth, other))
    # Of several partners none is certain.
    return found if len(found) == 1 else []


def _growth_slip(gains: tuple[Gain, ...], gain: Gain) -> Slip:
    growth = gain.now.growth or Decimal(0)
    meant = _only(tried for tried in (-growth, *transposed(growth), *pointed(growth))
                  if _fit(gains, {id(gain): _with_growth(gain, tried)}))
    return Slip(gain, SlipKind.SIGN if meant == -growth else SlipKind.GROWTH, meant)


def _value_meant(gains: tuple[Gain, ...], gain: Gain, *, alone: bool) -> Decimal | None:
    """The value that was probably meant; without a rate to bear it out, only a lost point is a good guess."""
    value = gain.now.value
    candidates = (*pointed(value), *(() if alone else transposed(value)))
    return _only(tried for tried in candidates if tried >= gain.earlier.value
                 and _fit(gains, {id(gain): replace(gain, now=replace(gain.now, value=tried))}))


def _only(candidates: Iterable[Decimal]) -> Decimal | None:
    found = list(candidates)
    return found[0] if len(found) == 1 else None


def _fit(gains: tuple[Gain, ...], tried: Mapping[int, Gain], inside: float = INSIDE) -> bool:
    """Whether some gains, tried in the place of others (by identity), are usual among all."""
    siblings = Siblings([tried.get(id(gain), gain) for gain in gains])
    for gain in tried.values():
        departure = siblings.departure(gain)
        # A growth that is tried must have a base to be judged by: −820 % has none.
        judged = (departure.value,) if gain.now.growth is None else (departure.value, departure.base, departure.step)
        if any(one is None or abs(one) > inside for one in judged):
            return False
    return True


def _with_growth(gain: Gain, growth: Decimal | None) -> Gain:
    return replace(gain, now=replace(gain.now, growth=growth, previous=None))


def transposed(number: Decimal) -> Iterator[Decimal]:
    """A number with two neighbouring digits exchanged, each way that makes another number of as many digits."""
    digits, places = list(number.as_tuple().digits), decimals(number)
    digits = [0] * (places + 1 - len(digits)) + digits
    for at in range(len(digits) - 1):
        tried = [*digits[:at], digits[at + 1], digits[at], *digits[at + 2:]]
        if tried != digits and (tried[0] or len(tried) == places + 1):
            yield Decimal((number.as_tuple().sign, tuple(tried), -places))


def pointed(number: Decimal) -> Iterator[Decimal]:
    """A whole number with a decimal point before its last digit or its last two: the point was lost."""
    if not decimals(number):
        yield number.scaleb(-1)
        yield number.scaleb(-2)
