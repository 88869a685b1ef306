"""固定的说法里漏了字、多了字，或者字写倒了。

“以人民为中心”漏成“以人民为心”，“进一步”写成“进一一步”：固定的说法少一个字、多一个字都看得出来。说法列在 phrases.txt。

误：我们始终坚持以人民中心，进一一步完善档案，推动高量发展。
误：优化自由贸试验区布局
正：坚持以人民为中心，进一步完善档案
正：推动高质量发展，优化自由贸易试验区布局
依据：历年政府工作报告、五年规划纲要的通用提法（templates/checks/phrases.txt）；编辑的通读。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.phrases import phrases


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each set phrase that lost a character, doubled one, or turned two round."""
    text = copy.words
    for slip in phrases().slips(text):
        typed = text[slip.start : slip.end]
        yield Mark(slip.start, slip.end, f"“{typed}”像是“{slip.phrase}”之误", slip.phrase)


RULE = Rule("incomplete-phrase", Severity.WARNING, Copy, check)
