"""Scales from nought."""

from __future__ import annotations

from decimal import Decimal


def steps(most: Decimal, count: int = 4) -> tuple[Decimal, ...]:
    """Round values from nought to at least ``most``, ``count`` or one more of them after nought.

    Args:
        most: the largest value to show, > 0.
        count: about how many steps.
    """
    rough = most / count
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * factor for factor in (1, Decimal("1.5"), 2, Decimal("2.5"), 3, 4, 5, 8, 10)
                if power * factor >= rough)
    values, value = [Decimal(0)], Decimal(0)
    while value < most:
        value += step
        values.append(value)
    return tuple(values)
