"""数值的起止倒了。

“40万～30万吨”大数在前，读者不知道是减少还是写反了。年份、日期、编号、比分不算。

误：预计供应量增加40万～30万吨
误：降幅在8%～5%之间
正：预计供应量增加30万～40万吨，降幅在5%～8%之间
正：由40万吨减至30万吨，比分3～1，-2%～-5%
依据：GB/T 15835—2011《出版物上数字用法》5.1.4：表示数值的范围从起到止。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

SPAN = lazy(r"(?<![-－−–—～~\d.:：/])(?P<from>\d{1,9}(?:\.\d+)?)(?P<scale>[%％]|[千百]?万|亿|千)[～~—至][ ]?"
            r"(?P<to>\d{1,9}(?:\.\d+)?)(?P=scale)(?!\d)")
FALLING = lazy(r"(?:[从由自]|降|减|缩|压)[^，。；]{0,12}\Z")
# 上午9时至8时30分: in one part of a day the end comes later.
HOURS = lazy(r"(?:上午|下午|早上|晚上)(?P<from>\d{1,2})(?:时|点|[:：])(?:(?P<fm>\d{2})分?|(?P<half>半))?(?:至|到"
            r"|[～—~-]{1,2})(?:同日)?(?P<to>\d{1,2})(?:时|点|[:：])(?:(?P<tm>\d{2})分?|半)?(?!半)")
CUE = lazy(r"[%％万亿千][～~—至] ?\d")
LAST_SMALL = 6


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each span of values whose first end is the greater."""
    text = copy.words
    for match in copy.finds(SPAN) if CUE.search(text) else ():
        falls = FALLING.search(text, max(0, match.start() - 14), match.start())
        if float(match["from"]) > float(match["to"]) and not (falls and "至" in match.group()):
            scale = match["scale"]
            right = match.group().replace(match["from"] + scale, match["to"] + scale, 1)
            right = right[: len(match["to"] + scale) + 1] + match["from"] + scale
            yield Mark(*match.span(), "起止倒了，小的数在前", right)
    for match in copy.finds(HOURS):
        begun = int(match["from"]) * 60 + int(match["fm"] or 0) + 30 * bool(match["half"])
        ended = int(match["to"]) * 60 + int(match["tm"] or 0) + 30 * match.group().endswith("半")
        # 上午9时至1时, 晚上7点至1点: past noon or midnight the hours begin anew.
        if ended <= begun and int(match["to"]) > LAST_SMALL:
            yield Mark(*match.span(), "止的时刻不晚于起的时刻，请核对")


RULE = Rule("span-falls", Severity.WARNING, Copy, check, needs="0", cues=(SPAN, HOURS))
