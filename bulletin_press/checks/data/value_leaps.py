"""数值与同一指标的其他项目不合拍，多半抄错。

各项的当月数与前几个月月均之比，受同样的季节影响，大体同进退。某一项离群，由同比倒推的上年当月数也一起离群，
多半是数值抄错（颠倒了两位、错了一位、漏了小数点）；真是当月多签了，上年当月数不会跟着变。没有同比的数，离得更远才说。

误：总额 382340.09（其余各项当月都与前几个月月均相当，它是1.96倍，上年当月数也是）
正：总额 328340.09
依据：Iglewicz 和 Hoaglin（1993）以中位数和绝对中位差审核离群值；界限可在 thresholds.toml 里改。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.data.parts_do_not_sum import suspects
from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import plain, rounded
from bulletin_press.report.slips import SlipKind


def check(data: Data) -> Iterator[At]:
    """Yield each value that leaps away from its siblings, and takes last year's month along."""
    # Where a sum shows it, parts-do-not-sum names it.
    told = suspects(data)
    for slip in data.slips:
        if slip.kind is not SlipKind.VALUE or id(slip.gain.now) in told:
            continue
        gain, stretch = slip.gain, slip.gain.stretch
        mean = gain.earlier.value / stretch.earlier.month
        times = rounded((gain.now.value - gain.earlier.value) / stretch.months / mean, 2)
        if slip.meant is not None:
            advice = f"，若是{plain(slip.meant)}就合拍了"
        elif slip.usual is not None:
            advice = f"，照它们的步子应在{rounded(slip.usual, 0):f}上下"
        else:
            advice = ""
        yield At(gain.now.value_path,
                 f"{gain.label}{plain(gain.now.value)}多半抄错：{stretch.words}{stretch.each}是{stretch.before}月均的"
                 f"{times:f}倍，与其他项目相差悬殊{advice}；请核对原表",
                 f"{slip.meant:f}" if slip.meant is not None else None)


RULE = Rule("value-leaps", Severity.WARNING, Data, check)
