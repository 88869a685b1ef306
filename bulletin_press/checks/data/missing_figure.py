"""上期有、这期没有的数。

上一期报了的指标，这一期没有填：可能是忘了去掉行首的 #，也可能是漏抄了一行。排名比前几期每一期都短的也算。

误：上期有知识流程外包执行额，这期没有
正：两期的项目一致
依据：月报项目前后一致，读者才能比较。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import joined


def check(data: Data) -> Iterator[At]:
    """Yield, for each measure, the items that the last comparable issue gave and this one lacks."""
    now = data.figures.keys
    if not now:
        yield At(("report", "period"), "[report] 写了期间，却没有一个数；填好的行要去掉行首的 #")
        return
    for earlier in data.earlier[:1]:
        before = [(measure, item) for measure in data.definition.measures for item in data.definition.items
                  if (measure, item) in earlier.figures.keys]
        for measure, spec in data.definition.measures.items():
            items = [data.definition.items[item] for key, item in before
                     if key == measure and (key, item) not in now]
            if items:
                typed = any(key == measure for key, _ in now)
                names = joined([item.short or item.label for item in items])
                yield At(("report", measure) if typed else ("report",),
                         f"{spec.label}：上期（{earlier.issue}）有{names}，这期没有填")
        yield from _short_rankings(data)


def _short_rankings(data: Data) -> Iterator[At]:
    """Each ranking that has fewer places than all the issues of the year that gave it."""
    for (measure, item), ranking in data.figures.rankings.items():
        before = [len(places) for report in data.earlier if (places := report.figures.rankings.get((measure, item)))]
        if before and len(ranking) < min(before):
            yield At(("report", measure, item), f"{data.label(measure, item)}：上期（{data.earlier[0].issue}）列了"
                                                f"{before[0]}项，这期只有{len(ranking)}项，请看有没有漏行")


RULE = Rule("missing-figure", Severity.WARNING, Data, check)
