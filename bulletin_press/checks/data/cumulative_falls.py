"""累计数比前几个月还小。

1月至某月的累计数只增不减。小于前一期，多半是漏了一位、抄错一行，或期间填错了。差一万倍的由 unit-slip 说。

误：1—5月签约额 405832.99，1—6月签约额 42826.44
正：1—5月签约额 405832.99，1—6月签约额 442826.44
依据：累计数的定义；部门修订前期数据的，在 [allow] 里写明。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import plain
from bulletin_press.report.facts import typed_interval


def check(data: Data) -> Iterator[At]:
    """Yield each cumulative figure below the latest earlier one of the same year."""
    for measure, item, name, figure in data.figures.every():
        last = data.last(measure, item, name)
        if last is None or figure.revised or not data.definition.measures[measure].accumulates:
            continue
        report, before = last
        # Rounding never changes an order: values typed to the same decimals compare as they stand.
        falls = typed_interval(figure.value).high <= typed_interval(before.value).low
        if falls and not data.unit_slipped(measure, item, name, figure):
            yield At(figure.value_path,
                     f"{data.label(measure, item, name)}累计{plain(figure.value)}，反而小于"
                     f"{report.figures.period.words('mofcom')}的{plain(before.value)}（{report.issue}）")


RULE = Rule("cumulative-falls", Severity.ERROR, Data, check)
