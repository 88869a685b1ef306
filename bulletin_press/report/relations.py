"""What figures are to one another: shares of a whole, gaps to it, what a part adds to its growth."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bulletin_press.language.numerals import rounded
from bulletin_press.report.facts import HUNDRED, base_interval, rate_of
from bulletin_press.report.figures import Figure, Given

SHARE_DECIMALS = 1
# A share that rounds to nought or to the whole, and is neither, takes more decimals, up to these.
MOST_SHARE_DECIMALS = 4


def share_of(part: Given, whole: Given | None) -> Decimal | None:
    """A part's share in per cent: as typed, else of the whole's value, to one decimal.

    More decimals where one would print nothing (0.0) or everything (100.0); None of nothing at all.
    """
    if part.share is not None:
        return part.share
    if not part.value or whole is None or not whole.value or not 0 <= part.value <= whole.value:
        return None
    exact = part.value / whole.value * HUNDRED
    shares = (rounded(exact, places) for places in range(SHARE_DECIMALS, MOST_SHARE_DECIMALS + 1))
    return next((share for share in shares if share and (share < HUNDRED or exact == HUNDRED)), None)


def share_change_of(part: Given, whole: Given | None) -> Decimal | None:
    """How a share moved within the year, in points: as typed, else where all four values were."""
    if part.share_change is not None:
        return part.share_change
    if whole is None or part.value is None or part.previous is None or not whole.value or not whole.previous:
        return None
    now, before = part.value / whole.value, part.previous / whole.previous
    return rounded((now - before) * HUNDRED, SHARE_DECIMALS) if 0 <= now <= 1 and 0 <= before <= 1 else None


def difference_of(figure: Given, *, apart: bool) -> Decimal | None:
    """How much a value is above that of the year before.

    Args:
        figure: the figure.
        apart: below nought it goes by another name (亏损) and is printed without its sign: then how much that is
            above the one before; None where that was no deficit.
    """
    if figure.value is None or figure.previous is None:
        return None
    if not apart or figure.value >= 0:
        return figure.value - figure.previous
    return figure.previous - figure.value if figure.previous <= 0 else None


def gap_to(part: Given, whole: Given | None) -> Decimal | None:
    """The points that a part's growth is above its whole's; None where the terms of the two differ."""
    if whole is None or (part.comparable, part.base) != (whole.comparable, whole.base):
        return None
    own, other = rate_of(part), rate_of(whole)
    return own.value - other.value if own and other else None


def contribution_of(part: Given, whole: Given | None) -> Decimal | None:
    """The points that a part adds to its whole's growth: as typed, else its increment over the whole's base.

    To one decimal, and only where the rounding of the typed rates cannot change that.
    """
    if part.contribution is not None:
        return part.contribution
    if not isinstance(part, Figure) or not isinstance(whole, Figure) or part.comparable or whole.comparable \
            or part.value < 0 or whole.value < 0:
        return None
    own, base = base_interval(part, exact=True), base_interval(whole, exact=True)
    if own is None or base is None or base.low <= 0:
        return None
    gains = (part.value - own.high, part.value - own.low)
    quotients = [gain / bound * HUNDRED for gain in gains for bound in (base.low, base.high)]
    low, high = rounded(min(quotients), 1), rounded(max(quotients), 1)
    return low if low == high else None


def sum_of(figures: Sequence[Given]) -> Decimal | None:
    """What figures add up to; None where one has no value."""
    values = [figure.value for figure in figures if figure.value is not None]
    return sum(values, start=Decimal(0)) if values and len(values) == len(figures) else None
