"""完成计划的百分比与两个数对不上。

完成投资18亿元，年度计划20亿元，是90%；写了计划数、完成数和完成率，三者要能互相推算。

误：全年完成投资18亿元，完成年度计划20亿元的85%
误：全年目标为500家，已完成450家，完成率95%
正：全年完成投资18亿元，完成年度计划20亿元的90%
正：全年目标为500家，已完成450家，完成率90%
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.amounts import Amount, sentences, worth
from bulletin_press.language.script import lazy

CUE = lazy("计划|目标|任务|预算|完成率|达标率|的[^，。]{0,3}[0-9]")
PLANNED = lazy(r"(?:计划|目标|任务|预算|指标)(?:数|额|量|总额|投资)?[^，。；、\d增降减提]{0,4}\Z")
OF = lazy(r"\A的(?:约|近|超过?)?\Z")
RATE = lazy(r"(?:完成率|达标率|执行率|完成(?:全年|年度)?(?:计划|目标|任务|预算)的?)(?:为|达到?|约|超过?)?\Z")
OTHER = lazy("增|降|减|比|较|同比")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each share of a plan that what was done does not give."""
    for sentence in sentences(copy.words) if CUE.search(copy.words) else ():
        found, between = sentence.amounts, sentence.between
        for n in range(2, len(found)):
            read = _read(found, between, n)
            if read is None or found[n].unit != "%":
                continue
            plan, done = read
            low, high = 100 * done.low / plan.high, 100 * done.high / plan.low
            exact = 100 * done.value / plan.value
            # 18 of 20 may stand for 17.6 of 20.4: two figures that leave so much open are taken as they are.
            near = min(high - exact, exact - low) > 2 and abs(found[n].value - exact) > 2.5
            if not found[n].allows(low, high) or (near and not found[n].hedge and exact == round(exact, 1)):
                yield Mark(sentence.start + found[n].start, sentence.start + found[n].end,
                           f"与前后的数对不上：{done.shown(done.value)}是{plan.shown(plan.value)}的{worth(exact)}%")


def _read(found: Sequence[Amount], between: Sequence[str], n: int) -> tuple[Amount, Amount] | None:
    """The plan and what was done of it, before a share."""
    one, other = found[n - 2], found[n - 1]
    if one.unit != other.unit or one.unit in ("%", "倍", "百分点", "") or min(one.value, other.value) <= 0:
        return None
    if OTHER.search(between[n - 1] + between[n]):
        return None
    if PLANNED.search(between[n - 1]) and OF.match(between[n]):
        return other, one
    if PLANNED.search(between[n - 2]) and RATE.search(between[n]):
        return one, other
    return None


RULE = Rule("plan-rate", Severity.WARNING, Copy, check, needs="0", cues=(CUE,))
