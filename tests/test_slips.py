"""Figures beside their siblings: noise is seldom accused, what was typed wrong is put right."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from decimal import Decimal

import pytest

from bulletin_press.language.numerals import Period
from bulletin_press.report.added_months import AddedMonths
from bulletin_press.report.figures import Figure
from bulletin_press.report.gains import Gain, Siblings
from bulletin_press.report.slips import Limits, SlipKind, pointed, slips, transposed

D = Decimal


def year(rng: random.Random, season: float, step: float, items: int = 9, months: int = 6) -> list[Gain]:
    """The gains of a measure whose months differ by these deviations (logarithms), of the season and of the rates."""
    common = [math.exp(rng.gauss(0, 0.2)) for _ in range(months)]
    found = []
    for item in range(items):
        level, rate = rng.uniform(500, 20000), 1 + rng.gauss(8, 4) / 100
        base = [level * one * math.exp(rng.gauss(0, season)) for one in common]
        value = [one * rate * math.exp(rng.gauss(0, step)) for one in base]
        now, earlier = (figure(sum(value[:k]), sum(base[:k])) for k in (months, months - 1))
        found.append(Gain(str(item), now, earlier, AddedMonths(Period(2022, months - 1), Period(2022, months)),
                          "m", str(item)))
    return found


def figure(value: float, base: float) -> Figure:
    return Figure(D(f"{value:.2f}"), D(f"{(value / base - 1) * 100:.2f}"), None, (), (), ())


@pytest.mark.parametrize(("season", "step"), [(0.03, 0.02), (0.15, 0.05), (0.3, 0.3)])
@pytest.mark.parametrize("months", [2, 6, 12])
def test_noise_is_seldom_accused(season: float, step: float, months: int) -> None:
    rng = random.Random(7)
    accused = sum(bool(slips(year(rng, season, step, months=months), Limits())) for _ in range(100))
    assert accused <= 4


def test_a_sign_is_put_right_and_a_large_month_is_not_touched() -> None:
    rng = random.Random(8)
    for _ in range(30):
        gains = year(rng, 0.03, 0.02)
        one = gains[4]
        if not one.now.growth or abs(one.now.growth) < 4:
            continue
        turned = replace(one, now=replace(one.now, growth=-one.now.growth))
        (slip,) = [slip for slip in slips([*gains[:4], turned, *gains[5:]], Limits()) if slip.gain is turned]
        assert slip.kind is SlipKind.SIGN
        assert slip.meant == one.now.growth
        # A contract signed this month adds to the value, and to the rate what it must.
        base = one.now.value / (1 + one.now.growth / 100)
        large = one.now.value + one.earlier.value
        real = replace(one, now=replace(one.now, value=large, growth=round((large / base - 1) * 100, 2)))
        assert not [slip for slip in slips([*gains[:4], real, *gains[5:]], Limits()) if slip.gain is real]


def test_the_order_and_the_unit_of_the_siblings_do_not_matter() -> None:
    gains = year(random.Random(9), 0.03, 0.02)
    wrong = replace(gains[0], now=replace(gains[0].now, value=gains[0].now.value * 2))
    gains = [wrong, *gains[1:]]
    assert {slip.gain.item for slip in slips(gains, Limits())} == {"0"}
    assert {slip.gain.item for slip in slips(gains[::-1], Limits())} == {"0"}
    alone = Siblings(gains[:2]).departure(gains[0])
    assert (alone.value, alone.base, alone.step) == (None, None, None)


def test_corrections() -> None:
    assert list(transposed(D("12.58"))) == [D("21.58"), D("15.28"), D("12.85")]
    assert list(transposed(D("-8.76"))) == [D("-7.86"), D("-8.67")]
    assert list(transposed(D("0.50"))) == [D("5.00"), D("0.05")]
    assert list(transposed(D("10.5"))) == [D("15.0")]  # 01.5 is no number
    assert list(pointed(D("1198"))) == [D("119.8"), D("11.98")]
    assert not list(pointed(D("11.98")))
