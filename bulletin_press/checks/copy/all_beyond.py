"""“均超过”“都不足”与前面列的数对不上。

列了几个数，又说“均超过10%”，每一个都要超过；有一个不到，就不能说“均”。

误：三地分别增长12.1%、8.2%和15.3%，均超过10%
正：三地分别增长12.1%、10.2%和15.3%，均超过10%
依据：编校通则：数与数前后一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.amounts import sentences
from bulletin_press.language.script import lazy

CUE = lazy("(?:均|都|全部|皆)[^，。；、0-9]{0,6}[0-9]")
OVER = lazy(r"\A[，,]?(?:增速|增幅|占比|涨幅|规模|金额|得分)?(?:均|都|全部|皆)(?:已|分别)?(?:超过?了?|高于|大于"
            r"|突破了?|逾|在)\Z")
UNDER = lazy(r"\A[，,]?(?:增速|增幅|占比|涨幅|规模|金额|得分)?(?:均|都|全部|皆)(?:仍)?(?:不足|低于|不到|小于|未达到?"
             r"|未超过|不超过)\Z")
JOINED = lazy(r"\A(?:、|和|与|及|以及)[^，。；、\d]{0,10}\Z")
ABOVE, BELOW = lazy(r"以上|上方"), lazy(r"以下|以内")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each bound of all figures of a list that one of them does not keep."""
    for sentence in sentences(copy.words) if CUE.search(copy.words) else ():
        found, between = sentence.amounts, sentence.between
        for n in range(2, len(found)):
            bound, behind = found[n], sentence.text[found[n].end : found[n].end + 2]
            over = OVER.match(between[n])
            under = UNDER.match(between[n])
            if over and between[n].endswith("在"):
                over, under = (over, None) if ABOVE.match(behind) else (None, over if BELOW.match(behind) else None)
            if not over and not under:
                continue
            listed = [found[n - 1]]
            for k in range(n - 1, 0, -1):
                if not JOINED.match(between[k]):
                    break
                listed.append(found[k - 1])
            if len(listed) < 2 or any(one.unit != bound.unit for one in listed):
                continue
            out = [one for one in listed if (one.high < bound.value if over else one.low > bound.value)]
            if out:
                yield Mark(sentence.start + out[-1].start, sentence.start + out[-1].end,
                           f"后面说都{'超过' if over else '不到'}{bound.shown(bound.value)}，请核对")


RULE = Rule("all-beyond", Severity.WARNING, Copy, check, needs="均都全皆", cues=(CUE,))
