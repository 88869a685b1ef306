"""Scales from nought, or with nought among them."""

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


def steps_about(least: Decimal, most: Decimal, count: int = 4) -> tuple[Decimal, ...]:
    """Round values from at most ``least`` to at least ``most``, nought among them.

    Args:
        least: the smallest value to show, 0 or less.
        most: the largest, 0 or more; not both may be nought.
        count: about how many steps.
    """
    if not least:
        return steps(most, count)
    step = steps(max(most, -least), max(1, round(count * float(max(most, -least) / (most - least)))))[1]
    below, above = -(least // step) + (1 if least % step else 0), most // step + (1 if most % step else 0)
    return tuple(step * at for at in range(-int(below), int(above) + 1))
