"""同比的正负号反了。

照写的同比倒推，上年当月数与同一指标的其他项目相差悬殊；把正负号反过来就合拍了，多半是抄表时漏了或多了负号。

误：其余各项当月都在增长，总额同比 −11.98%，倒推的上年当月数却是月均的2.6倍
正：总额同比 11.98%
依据：上年同期数 = 本期数 ÷（1 + 同比）；界限可在 thresholds.toml 里改。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.report.slips import SlipKind


def check(data: Data) -> Iterator[At]:
    """Yield each growth that fits its siblings with the other sign alone."""
    for slip in data.slips:
        if slip.kind is SlipKind.SIGN and slip.meant is not None:
            yield At(slip.gain.now.growth_path,
                     f"{slip.gain.label}同比{slip.gain.now.growth:f}%的正负号多半反了：倒推的上年同期数与其他项目不合拍，"
                     f"改成{slip.meant:f}%就合拍了；请核对原表", f"{slip.meant:f}")


RULE = Rule("sign-turned", Severity.WARNING, Data, check)
