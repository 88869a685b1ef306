"""累计数比前几个月还小。

1月至某月的累计数只增不减。小于前一期，多半是漏了一位、抄错一行，或期间填错了。

误：1—5月签约额 405832.99，1—6月签约额 42826.44
正：1—5月签约额 405832.99，1—6月签约额 442826.44
依据：累计数的定义；部门修订前期数据的，在 [allow] 里写明。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.diagnostics import Severity
from bulletin_press.numerals import plain
from bulletin_press.report.facts import typed_interval
from bulletin_press.report.figures import ReportFigures


def check(data: Data) -> Iterator[At]:
    """Yield each cumulative figure below the latest earlier one of the same year."""
    seen: set[tuple[str, str, str | None]] = set()
    earlier = [(report, _by_key(report.figures)) for report in data.earlier]
    for measure, item, name, figure in data.figures.every():
        key = (measure, item, name)
        for report, figures in earlier:
            before = figures.get(key)
            if before is None or key in seen:
                continue
            seen.add(key)
            # Half up: the interval's upper end itself would have been rounded further up.
            if typed_interval(figure.value).high <= typed_interval(before).low:
                words = report.figures.period.words("mofcom")
                yield At(figure.value_path, f"{data.label(*key)}累计{plain(figure.value)}，"
                                            f"反而小于{words}的{plain(before)}（{report.issue}）")


def _by_key(figures: ReportFigures) -> dict[tuple[str, str, str | None], Decimal]:
    return {(measure, item, name): figure.value for measure, item, name, figure in figures.every()}


RULE = Rule("cumulative-falls", Severity.ERROR, Data, check)
