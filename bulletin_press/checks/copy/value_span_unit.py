"""数值的起止只在后面写了百分号或万。

前一个数没有写百分号、万、亿，读者会把它当成个位数：“4～6%”成了从4到6%，“5～10万”成了从5到10万。

误：增速预计为4～6%
误：年交易额5～10万元，含水率5%～8
正：增速预计为4%～6%，年交易额5万～10万元
正：气温25～30℃，工期3～5年，10万～20万人
依据：GB/T 15835—2011《出版物上数字用法》5.1.4：附加符号和数位词在范围两端都写。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

SPAN = lazy(
    r"(?<![\d.,\-－–—～~/:A-Za-z第])(\d{1,12}(?:\.\d{1,6})?)[ \t]?"
    r"(?:(?:--?|[－–—～~〜∼])[ \t]?(\d{1,12}(?:\.\d{1,6})?)[ \t]?(%|％|‰|万亿?|亿|千万|百万)"
    r"|至[ \t]?(\d{1,12}(?:\.\d{1,6})?)[ \t]?(%|％|‰|万亿?|亿))(?![\d])")
# 5%—8: the second end lacks it.
BACK = lazy(r"(?<![\d.\-－–—～~])(?P<low>\d{1,3}(?:\.\d{1,3})?)(?P<unit>[%％‰])[ \t]?(?P<link>--?|[－–—～〜∼至])[ \t]?"
            r"(?P<high>\d{1,3}(?:\.\d{1,3})?)(?=[，。；、）]|之间|区间|左右|的|不等|区间)")
# 10年至15之间: of years, days or money.
BARE = lazy(r"(?<![\d.\-－–—～~])(?P<low>\d{1,4}(?:\.\d{1,3})?)(?P<unit>年|天|元|吨|米|公里|小时|℃"
            r"|岁)(?P<link>[－–—～至到])(?P<high>\d{1,4}(?:\.\d{1,3})?)"
            r"(?=之间|不等)")
# A text without any of these is not looked at further.
LINK = lazy("[0-9%％‰][ \t]?[-－–—～~〜∼至]")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each span of values whose first end lacks the sign or the numeral of the second."""
    for match in copy.finds(SPAN) if LINK.search(copy.words) else ():
        low, high, unit = match[1], match[2] or match[4], match[3] or match[5]
        link = "至" if match[4] else "～"
        yield Mark(*match.span(), f"前一个数也要带“{unit}”", f"{low}{unit}{link}{high}{unit}")
    for match in copy.finds(BARE) if "之间" in copy.words or "不等" in copy.words else ():
        yield Mark(*match.span(), f"后一个数也要带“{match['unit']}”", match.group() + match["unit"])
    for match in copy.finds(BACK) if "%" in copy.words or "％" in copy.words or "‰" in copy.words else ():
        yield Mark(*match.span(), f"后一个数也要带“{match['unit']}”", match.group() + match["unit"])


RULE = Rule("value-span-unit", Severity.WARNING, Copy, check, needs="0", cues=(SPAN, BACK, BARE))
