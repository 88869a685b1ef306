"""两行的同比对调了。

照写的同比倒推，两项的当月同比一个偏高、一个偏低，都与其他项目不合拍；两个同比对调过来就都合拍了。

误：ITO 3.87%、BPO 7.84%（上期 7.76%、4.22%）
正：ITO 7.84%、BPO 3.87%
依据：抄录数据的校对经验；界限可在 thresholds.toml 里改。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.report.slips import SlipKind


def check(data: Data) -> Iterator[At]:
    """Yield the first of two growths that fit their siblings in each other's place alone."""
    for slip in data.slips:
        if slip.kind is SlipKind.EXCHANGE and slip.other is not None:
            gain, other = slip.gain, slip.other
            yield At(gain.now.growth_path,
                     f"{gain.label}的同比{gain.now.growth:f}%与{other.label}的{other.now.growth:f}%多半对调了："
                     "照写的倒推，两项的当月同比都与其他项目不合拍，对调过来就都合拍；请核对原表")


RULE = Rule("growths-exchanged", Severity.WARNING, Data, check)
