"""同比与上年同期数对不上。

同时填了数值、同比和上年同期数的，三者应当吻合；尾数四舍五入之内的出入不算。
写明 comparable = true（可比口径）的只提醒。

误：数值 145607.7，上年同期 56036.3，同比 195.84
正：数值 145607.7，上年同期 56036.3，同比 159.85
依据：同比 =（本期 ÷ 上年同期 − 1）× 100%。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import decimals, plain, rounded
from bulletin_press.report.facts import HUNDRED, typed_interval


def check(data: Data) -> Iterator[At]:
    """Yield each typed growth outside the interval that value and base allow."""
    for measure, item, name, figure in data.figures.every():
        if figure.growth is None or not figure.previous or data.definition.measures[measure].unbounded:
            continue
        value, base = typed_interval(figure.value), typed_interval(figure.previous)
        low = (value.low / base.high - 1) * HUNDRED
        high = (value.high / base.low - 1) * HUNDRED
        typed = typed_interval(figure.growth)
        if typed.high < low or high < typed.low:
            exact = rounded((figure.value / figure.previous - 1) * HUNDRED, decimals(figure.growth))
            yield At(figure.growth_path,
                     f"{data.label(measure, item, name)}同比写的是{figure.growth:f}%，"
                     f"按{plain(figure.value)}和上年同期{plain(figure.previous)}算应是{exact:f}%",
                     f"{exact:f}", Severity.WARNING if figure.comparable else None)


RULE = Rule("growth-contradicts-base", Severity.ERROR, Data, check)
