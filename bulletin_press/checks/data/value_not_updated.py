"""数值还是上一期的。

累计数与上一期一模一样，等于这个月一点没有：多半是照着上期改数，漏改了这一行，或整块没有改。当月确实为零的，
在 [allow] 里写明。

误：1—5月 10000.00，1—6月还是 10000.00
正：1—6月 12000.00
依据：累计数的定义；抄录数据的校对经验。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import joined, plain

# As many names as a message can bear.
NAMED = 6


def check(data: Data) -> Iterator[At]:
    """Yield, for each measure, the first value that is the last issue's; it names the rest."""
    for measure in data.definition.measures:
        left = [gain for gain in data.gains if gain.measure == measure and gain.left]
        if len(left) == 1:
            (gain,) = left
            yield At(gain.now.value_path, f"{gain.label}{plain(gain.now.value)}与{gain.stretch.before}的一模一样，"
                                          "多半忘了改；请核对原表")
        elif left:
            names = joined([gain.label for gain in left[:NAMED]]) + ("等" if len(left) > NAMED else "")
            yield At(left[0].now.value_path, f"{names}{len(left)}项的数值与{left[0].stretch.before}的一模一样，"
                                             "多半忘了改；请核对原表")


RULE = Rule("value-not-updated", Severity.WARNING, Data, check)
