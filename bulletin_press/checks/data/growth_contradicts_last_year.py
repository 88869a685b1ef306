"""同比、上年同期数与上年登的对不上。

上年同一期间的月报就在刊物文件夹里，同比可以按它准确地算；这一期填的上年同期数，也应当就是上年登的数。
差得出了四舍五入的范围，不是这一期抄错，就是部门修订了上年的数：修订过的，在 [allow] 里写明。可比口径的不算。

误：上年1—6月登 10000.00，这期 12000.00，同比写 22.00%
正：同比 20.00%
依据：同比 =（本期 ÷ 上年同期 − 1）× 100%。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import decimals, joined, plain, rounded
from bulletin_press.report.facts import HUNDRED, implied_growth, typed_interval
from bulletin_press.report.figures import Figure

# So many contradictions in one measure are one revision of last year's figures.
REVISION = 3


def check(data: Data) -> Iterator[At]:
    """Yield each figure that last year's issue contradicts; a whole measure that was revised once."""
    for measure in data.definition.measures:
        found = list(_contradicted(data, measure))
        if len(found) < REVISION:
            yield from (at for _, at in found)
        else:
            names = joined([label for label, _ in found])
            yield At(found[0][1].path, f"{names}这{len(found)}项与上年登的数都对不上，例如{found[0][1].message}")


def _contradicted(data: Data, measure: str) -> Iterator[tuple[str, At]]:
    report = data.a_year_before
    for own, item, name, now in data.figures.every() if report else ():
        if report is None or own != measure or now.comparable or _revised(now) or id(now) in data.explained:
            continue
        printed = report.figures.find(measure, item, name)
        if printed and printed.value and (at := _against(data.label(measure, item, name), report.issue, now, printed)):
            yield data.label(measure, item, name), at


def _revised(figure: Figure) -> bool:
    """Whether the author says that last year's figure was revised, as soon as figures can say so."""
    return bool(getattr(figure, "revised", False))


def _against(label: str, issue: str, now: Figure, printed: Figure) -> At | None:
    base = typed_interval(printed.value)
    if now.previous is not None:
        if typed_interval(now.previous).apart(base):
            return At((*now.path, "previous"), f"{label}上年同期写的是{plain(now.previous)}，上年（{issue}）登的是"
                                               f"{plain(printed.value)}；请核对，上年数修订过的请注明")
        return None
    growth = implied_growth(typed_interval(now.value), base)
    if now.growth is None or growth is None or not growth.apart(typed_interval(now.growth)):
        return None
    exact = rounded((now.value / printed.value - 1) * HUNDRED, decimals(now.growth))
    return At(now.growth_path, f"{label}同比写的是{now.growth:f}%，按上年（{issue}）登的{plain(printed.value)}算应是"
                               f"{exact:f}%；请核对，上年数修订过的请注明")


RULE = Rule("growth-contradicts-last-year", Severity.WARNING, Data, check)
