"""由同比倒推的上年当月数不合常理。

同比和数值合起来，可以倒推上年同期数；两期相减，就是上年当月数。它成了负数，或与前几个月的月均相差
三倍以上，多半是某一期的同比抄错，或前后口径变了。总额减去各部分余下的那块（如在岸）也这样核对。

误：在岸上年1—5月合计约5699，6月一个月却有约14654
正：上年6月与前几个月大体相当，或在文中说明口径有变
依据：上年同期数 = 本期数 ÷（1 + 同比）；倍数可在 thresholds.toml 里改。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import rounded
from bulletin_press.report.added_months import AddedMonths
from bulletin_press.report.definition import Whole
from bulletin_press.report.facts import Interval, base_interval, summed_base
from bulletin_press.report.figures import ReportFigures
from bulletin_press.toml.positions import KeyPath

WHOLE_FROM = 10


def check(data: Data) -> Iterator[At]:
    """Yield each item, and each rest of a whole, whose implied base leaps from one issue to the next."""
    for gain in data.unexplained:
        now, earlier = base_interval(gain.now), base_interval(gain.earlier)
        # A value that falls is cumulative-falls' matter.
        if gain.now.value >= gain.earlier.value and now and earlier and gain.now.comparable == gain.earlier.comparable:
            yield from _compared(data, gain.label, gain.now.rate_path, gain.stretch, now, earlier)
    for whole in data.definition.wholes:
        for measure in data.definition.adding(whole, bounded=True):
            if whole.within and whole.rest:
                yield from _rest(data, whole, measure, whole.within, whole.rest)


def _rest(data: Data, whole: Whole, measure: str, within: str, rest: str) -> Iterator[At]:
    """What the containing item holds beyond the whole."""
    label = rest + data.definition.measures[measure].label
    for items in whole.sets:
        now = rest_base(data.figures, measure, within, items)
        containing = data.figures.find(measure, within)
        if now is None or containing is None:
            continue
        if any(id(data.figures.find(measure, item)) in data.explained for item in (within, *items)):
            return
        if now.high < 0:
            yield At(containing.rate_path,
                     f"由同比倒推，{whole.label}上年同期比{data.label(measure, within)}还多约"
                     f"{_rounded(-now.middle)}，余下的{label}就成了负数，请核对各项同比和口径")
            return
        for report in data.earlier:
            if (earlier := rest_base(report.figures, measure, within, items)) is not None:
                stretch = AddedMonths(report.figures.period, data.figures.period)
                yield from _compared(data, label, containing.rate_path, stretch, now, earlier)
                return


def rest_base(figures: ReportFigures, measure: str, within: str, items: tuple[str, ...]) -> Interval | None:
    """The implied base of an item less that of some parts; None where one is unknown."""
    typed = [figures.find(measure, item) for item in (within, *items)]
    given = [figure for figure in typed if figure]
    if len(given) < len(typed) or summed_base(given) is None:
        return None
    whole, parts = base_interval(given[0]), summed_base(given[1:])
    return whole - parts if whole and parts else None


def _compared(data: Data, label: str, path: KeyPath, stretch: AddedMonths, now: Interval,
              earlier: Interval) -> Iterator[At]:
    gained = now - earlier
    before = f"由同比倒推，{label}上年{stretch.before}{_about(earlier)}，"
    if gained.high < 0:
        yield At(path, f"{before}再加上{stretch.words}反而少了约{_rounded(-gained.middle)}：累计数不会减少，"
                       "请核对两期的同比和口径")
    elif stretch.surely_beyond(gained, earlier, data.thresholds.base_ratio):
        yield At(path, f"{before}{stretch.words}却{_about(gained)}，请核对两期的同比和口径")


def _about(base: Interval) -> str:
    return f"约{_rounded(base.middle)}" if base.middle >= 0 else f"成了负数（约−{_rounded(-base.middle)}）"


def _rounded(amount: Decimal) -> str:
    """An amount ≥ 0 as words about it need it: whole, or to two decimals where it is small."""
    return f"{rounded(amount, 0 if amount >= WHOLE_FROM else 2):f}"


RULE = Rule("base-drifts", Severity.WARNING, Data, check)
