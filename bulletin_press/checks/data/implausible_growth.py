"""同比大得或小得不寻常。

翻一番以上、降九成以上，往往是上年基数很低，也可能是小数点或正负号抄错。核对原表；属实的，文中最好说明
上年基数，并在 [allow] 里写明。

误：同比增长1073.29%（小数点抄错了位）
正：同比增长107.329%，或核对后写明上年基数低
依据：国家统计局《统计数据质量管理办法》的异常值审核；界限可在 thresholds.toml 里改。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.report.facts import rate_of
from bulletin_press.report.slips import SlipKind


def check(data: Data) -> Iterator[At]:
    """Yield each rate, typed or computed from the previous value, at or past the limits."""
    limits = data.thresholds
    # What growth-leaps shows to be wrong needs no second word.
    slipped = {id(slip.gain.now) for slip in data.slips if slip.kind is SlipKind.GROWTH}
    for measure, item, name, figure in data.figures.every_given():
        rate = None if data.definition.measures[measure].unbounded else rate_of(figure)
        if rate is None or id(figure) in slipped or limits.growth_low < rate.value < limits.growth_high:
            continue
        way = "增长" if rate.value > 0 else "下降"
        yield At(figure.rate_path, f"{data.label(measure, item, name)}同比{way}{abs(rate.value):f}%，少见；"
                                   "请核对小数点、正负号和上年基数")


RULE = Rule("implausible-growth", Severity.WARNING, Data, check)
