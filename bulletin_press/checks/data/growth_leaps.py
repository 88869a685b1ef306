"""同比与同一指标的其他项目不合拍，多半抄错。

数值合乎前几个月的步子，由同比倒推的上年当月数却离群，当月的同比也跟着离群：多半是同比抄错（颠倒了两位、
漏了小数点）。正负号反了的由 sign-turned 说，两行对调的由 growths-exchanged 说，与别的数相同的由 identical-growth 说。

误：上期累计同比 12.87%，这期 21.58%，倒推的当月同比成了 97.8%，其余各项的当月同比都与累计相近
正：这期 12.58%
依据：上年同期数 = 本期数 ÷（1 + 同比）；界限可在 thresholds.toml 里改。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import decimals
from bulletin_press.report.facts import gained_growth
from bulletin_press.report.slips import Slip, SlipKind


def check(data: Data) -> Iterator[At]:
    """Yield each growth that makes last year's month leap where the value does not."""
    typed = Counter(figure.growth for _, _, _, figure in data.figures.every())
    for slip in data.slips:
        growth = slip.gain.now.growth
        if slip.kind is not SlipKind.GROWTH or growth is None:
            continue
        if typed[growth] > 1 and decimals(growth) >= data.thresholds.identical_decimals:
            continue
        if growth == slip.gain.earlier.growth:  # growth-not-updated
            continue
        advice = f"，改成{slip.meant:f}%就合拍了" if slip.meant is not None else ""
        yield At(slip.gain.now.growth_path,
                 f"{slip.gain.label}同比{growth:f}%多半抄错：{_consequence(slip)}{advice}；请核对原表",
                 f"{slip.meant:f}" if slip.meant is not None else None)


def _consequence(slip: Slip) -> str:
    """What the growth would mean, were it right."""
    stretch, month = slip.gain.stretch, gained_growth(slip.gain.now, slip.gain.earlier)
    if slip.gain.base_falls or month is None:
        return f"照它倒推，上年{stretch.words}反而少了"
    way = "增长" if month.middle > 0 else "下降"
    return f"照它倒推，{stretch.words}同比{way}约{abs(month.middle):.0f}%，与其他项目相差悬殊"


RULE = Rule("growth-leaps", Severity.WARNING, Data, check)
