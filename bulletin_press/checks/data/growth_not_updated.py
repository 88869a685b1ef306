"""同比还是上一期的。

数值换了新的，同比却与上一期一模一样，精确到两位小数：多半是照着上期改数，忘了改同比。碰巧相同的，在 [allow] 里写明。

误：1—5月 274608.01，同比 11.96%；1—6月 328340.09，同比 11.96%
正：1—6月 328340.09，同比 11.98%
依据：抄录数据的校对经验；位数可在 thresholds.toml 里改。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import decimals, joined


def check(data: Data) -> Iterator[At]:
    """Yield the first growth that is the last issue's in the same digits beside another value; it names the rest."""
    left = [gain for gain in data.gains
            if gain.now.growth and gain.now.growth == gain.earlier.growth and gain.now.value != gain.earlier.value
            and min(decimals(gain.now.growth), decimals(gain.earlier.growth)) >= data.thresholds.not_updated_decimals]
    if not left:
        return
    first = left[0]
    if len(left) > 1:
        names = joined([gain.label for gain in left])
        yield At(first.now.growth_path, f"{names}这{len(left)}项的同比与{first.stretch.before}的一模一样，数值却变了，"
                                        "多半忘了改；请核对原表")
    else:
        yield At(first.now.growth_path, f"{first.label}同比{first.now.growth:f}%与{first.stretch.before}的一模一样，"
                                        "数值却变了，多半忘了改；请核对原表")


RULE = Rule("growth-not-updated", Severity.WARNING, Data, check)
