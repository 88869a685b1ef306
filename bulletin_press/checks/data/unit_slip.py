"""单位抄错，差了一万倍。

与上一期比，大约是一万倍或一万分之一：多半是把美元当成了万美元，或把亿美元当成了万美元。

误：1—5月 405832.99，1—6月 44.28
正：1—5月 405832.99，1—6月 442826.44
依据：一份月报只用一个单位（publication.toml 的 [report] unit）；倍数可在 thresholds.toml 里改。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import plain
from bulletin_press.report.added_months import AddedMonths


def check(data: Data) -> Iterator[At]:
    """Yield each figure that differs from its newest earlier one by about the factor of a unit."""
    for measure, item, name, figure in data.figures.every():
        last = data.last(measure, item, name)
        if last is None:
            continue
        report, earlier = last
        stretch = AddedMonths(report.figures.period, data.figures.period)
        if data.slipped(figure, earlier, stretch):
            factor = f"{data.thresholds.unit_factor:f}"
            way = f"约{factor}倍" if figure.value > earlier.value else f"约1/{factor}"
            yield At(figure.value_path,
                     f"{data.label(measure, item, name)}{plain(figure.value)}是上期（{report.issue}）"
                     f"{plain(earlier.value)}的{way}，多半是单位抄错了")


RULE = Rule("unit-slip", Severity.ERROR, Data, check)
