"""“过半”“半数以上”与前面的两个数对不上。

200家中的90家不到一半，不能说“超过半数”；“全部”“无一”也要与数相合。

误：受访的200家企业中有90家表示订单增加，超过半数
误：60名代表中，32名来自民营企业，不到一半
正：受访的200家企业中有110家表示订单增加，超过半数
正：60名代表中，28名来自民营企业，不到一半
依据：编校通则：数与数前后一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

MORE = ("超过了?(?:[^，。；\\d]{1,6}的)?(?:半数|一半|二分之一|五成)"
        "|过半|半数以上|一半以上|大半|多半|大多数|绝大多数|绝大部分|大部分")
LESS = "不到一半|不足一半|不到半数|不足半数|未过半|没有过半|不足五成|不到五成"
PART = lazy(rf"(?P<n>\d{{1,6}})(?P<unit>[家名人户个件项份台位只篇所])(?P<gap>[^。；\d]{{0,14}}?(?:中|里|当中"
            rf"|其中|，(?=[有已]))[，有的]?[^。；\d]{{0,8}}?)(?P<m>\d{{1,6}})(?P=unit)"
            rf"(?P<rest>[^。；\d]{{0,26}}?)[，（](?:已|占比?|占了|达到?|约占|占总数的?|所占比例)?(?:(?P<more>{MORE})"
            rf"|(?P<less>{LESS}))")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each word of a majority that is none, and of a minority."""
    for match in copy.finds(PART):
        whole, part = int(match["n"]), int(match["m"])
        key = "more" if match["more"] else "less"
        if part <= whole and (2 * part <= whole if key == "more" else 2 * part >= whole):
            yield Mark(*match.span(key), f"{part}是{whole}的{100 * part / whole:.0f}%，请核对")


RULE = Rule("most-of-them", Severity.WARNING, Copy, check, needs="半五大", cues=(PART,))
