"""What cumulative figures gained since an earlier report, beside the mean month before it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bulletin_press.language.numerals import Period
from bulletin_press.report.facts import Interval


@dataclass(frozen=True)
class AddedMonths:
    """The months from one cumulative period to a later one of the same year: usually one month."""

    earlier: Period
    now: Period

    @property
    def months(self) -> int:
        """How many months were added, at least one."""
        return self.now.month - self.earlier.month

    @property
    def words(self) -> str:
        """The added months in words: 6月当月, or 5—6月 where an issue between is missing."""
        return f"{self.now.month}月当月" if self.months == 1 else f"{self.earlier.month + 1}—{self.now.month}月"

    @property
    def each(self) -> str:
        """What the mean of several added months is called, nothing for a single one."""
        return "" if self.months == 1 else "月均"

    @property
    def before(self) -> str:
        """The earlier period in words: 1—5月."""
        return "1月" if self.earlier.month == 1 else f"1—{self.earlier.month}月"

    def surely_beyond(self, gained: Interval, total: Interval, ratio: Decimal) -> bool:
        """Whether an added month is more than ``ratio`` times the mean month before, or less than its inverse.

        Args:
            gained: what the added months brought together.
            total: the earlier cumulative value.
            ratio: at least 1.

        Only where the rounding of what was typed cannot change the answer, and the mean is above nought.
        """
        month, mean = gained / self.months, total / self.earlier.month
        return mean.low > 0 and (month.low > ratio * mean.high or month.high * ratio < mean.low)

    def slipped(self, now: Decimal, earlier: Decimal, factor: Decimal, tolerance: Decimal) -> bool:
        """Whether two cumulative values differ by about ``factor``, as when one is in another unit.

        About: put back into the unit, the later one is no further than ``tolerance`` times from the
        earlier value, or from that value carried on at the same pace.
        """
        if not now or not earlier:
            return False
        most = tolerance * self.now.month / self.earlier.month
        return any(tolerance * ratio >= 1 and ratio <= most
                   for ratio in (now / earlier / factor, now / earlier * factor))
