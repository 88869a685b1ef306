"""累计在增长，当月却在下降（或相反）。

累计同比会盖住最近一个月的转折。由两期倒推的当月同比与累计同比方向相反，先核对两期的数；属实的，
文中宜点出当月的变化。两者都离零不到一个百分点的不算。
同一指标的几项一起转折，只提一次。

误：1—6月签约额同比增长164.14%，其实6月当月下降22.3%，只字未提
正：核对无误，另写一句当月的走势，或在 [allow] 里写明
依据：当月同比由两期累计数和同比倒推；已计入四舍五入，说不准的不提。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import joined
from bulletin_press.report.facts import Interval, gained_growth, growth_interval
from bulletin_press.report.gains import Gain


def check(data: Data) -> Iterator[At]:
    """Yield, for each measure and way, the first figure whose month surely moved against its cumulative rate."""
    for turned in _reversals(data).values():
        gain, ways, whole, month = turned[0]
        others = joined([other.label for other, *_ in turned[1:]])
        yield At(gain.now.rate_path,
                 f"{gain.label}累计同比{ways[0]}{_amount(whole, gain.now.growth)}，倒推的{gain.stretch.words}"
                 f"却{ways[1]}{_amount(month)}" + (f"；{others}也是这样" if others else "")
                 + "，请核对；属实的宜在文中说明")


def _reversals(data: Data) -> dict[tuple[str, str], list[tuple[Gain, tuple[str, str], Interval, Interval]]]:
    """Each gain that turned, with the ways, the cumulative rates and the month's; by measure and way."""
    found: dict[tuple[str, str], list[tuple[Gain, tuple[str, str], Interval, Interval]]] = {}
    points = data.thresholds.reversal_points
    for gain in data.unexplained:
        whole, month = growth_interval(gain.now), gained_growth(gain.now, gain.earlier)
        if whole is None or month is None or gain.now.value < gain.earlier.value:
            continue
        if whole.low >= points and month.high <= -points:
            ways = "增长", "下降"
        elif whole.high <= -points and month.low >= points:
            ways = "下降", "增长"
        else:
            continue
        found.setdefault((gain.measure, ways[0]), []).append((gain, ways, whole, month))
    return found


def _amount(growth: Interval, typed: Decimal | None = None) -> str:
    """A rate without its sign: as typed, or to one decimal where that is sure, or roughly."""
    sure = typed if typed is not None else growth.agreed(1)
    return f"约{abs(growth.middle):.0f}%" if sure is None else f"{abs(sure):f}%"


RULE = Rule("hidden-reversal", Severity.WARNING, Data, check)
