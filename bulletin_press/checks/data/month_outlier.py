"""当月数与前几个月相差悬殊。

两期累计数相减得到当月数。它是前几个月月均的三倍以上，或不到三分之一，可能是这一期抄错，也可能确有
大额合同集中入账。属实的在 [allow] 里写明。

误：KPO 1—5月 1698.11（月均339.62），6月当月 1384.79
正：核对原表，6月确有集中结算的，写明理由保留
依据：时间序列的异常值审核；倍数可在 thresholds.toml 里改。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import plain, rounded
from bulletin_press.report.facts import typed_interval


def check(data: Data) -> Iterator[At]:
    """Yield each figure whose added month stands far from the mean month before it."""
    for gain in data.unexplained:
        now, earlier, stretch = typed_interval(gain.now.value), typed_interval(gain.earlier.value), gain.stretch
        value = gain.now.value - gain.earlier.value
        # Below nought it is cumulative-falls that speaks.
        if value < 0 or not stretch.surely_beyond(now - earlier, earlier, data.thresholds.month_ratio):
            continue
        mean = gain.earlier.value / stretch.earlier.month
        times = value / stretch.months / mean
        share = f"是{{}}的{rounded(times, 2):f}倍" if times > 1 else f"只有{{}}的{rounded(times * 100, 1):f}%"
        yield At(gain.now.value_path,
                 f"{gain.label}{stretch.words}{plain(value)}，{stretch.each}"
                 + share.format(f"{stretch.before}月均{rounded(mean, 2):f}") + "，请核对")


RULE = Rule("month-outlier", Severity.WARNING, Data, check)
