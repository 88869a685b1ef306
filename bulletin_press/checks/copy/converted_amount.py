"""同一个数换了单位，两边不相等。

“1.2亿元（即12000万元）”两边要一样；亩与公顷、平方米，公里与里，斤与公斤、吨，按换算率核对。

误：总投资1.2亿元（即1200万元）
误：基地面积150亩（合1.2公顷）
正：总投资1.2亿元（即12000万元），基地面积150亩（合10公顷）
正：300万元（约合42万美元）、120亩（约8公顷）
依据：《中华人民共和国法定计量单位》；1公顷=15亩，1亩≈666.7平方米。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

SCALES = {"": 1.0, "十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "万亿": 1e12, "百万": 1e6, "千万": 1e7}
# In square metres, metres, kilograms, yuan.
UNITS = {"亩": ("m2", 666.67), "公顷": ("m2", 1e4), "平方米": ("m2", 1.0), "平方公里": ("m2", 1e6),
         "平方千米": ("m2", 1e6), "顷": ("m2", 66667.0), "米": ("m", 1.0), "公里": ("m", 1e3), "千米": ("m", 1e3),
         "里": ("m", 500.0), "海里": ("m", 1852.0), "吨": ("kg", 1e3), "公斤": ("kg", 1.0), "千克": ("kg", 1.0),
         "斤": ("kg", 0.5), "克": ("kg", 1e-3), "元": ("元", 1.0), "美元": ("美元", 1.0), "人": ("人", 1.0),
         "小时": ("h", 1.0), "天": ("h", 24.0), "分钟": ("h", 1 / 60), "千瓦": ("kW", 1.0), "兆瓦": ("kW", 1e3)}
NAMES = "|".join(sorted(UNITS, key=len, reverse=True))
EQUAL = lazy(rf"(?<![\d.,])(?P<a>\d{{1,9}}(?:\.\d{{1,4}})?)(?P<s>万亿|百万|千万"
             rf"|[百千万亿]?)(?P<u>{NAMES})[（(，]?(?P<link>即|合|约合|折合|也就是|相当于|约|＝|=)(?P<near>约|近)?"
             rf"(?P<b>\d{{1,9}}(?:\.\d{{1,4}})?)(?P<t>万亿|百万|千万|[百千万亿]?)(?P<v>{NAMES})(?![\u4e00-\u9fff]{{0,"
             rf"2}}[/每])")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each amount that is given a second time in another unit, and is another."""
    for match in copy.finds(EQUAL):
        (kind, one), (other, two) = UNITS[match["u"]], UNITS[match["v"]]
        if kind != other or (match["s"], match["u"]) == (match["t"], match["v"]):
            continue
        first = float(match["a"]) * SCALES[match["s"]] * one
        second = float(match["b"]) * SCALES[match["t"]] * two
        if first <= 0 or second <= 0:
            continue
        far = 0.12 if match["near"] or match["link"] in ("约合", "约", "相当于") else 0.06
        # Three figures may have been rounded to one.
        if not 1 - far <= second / first <= 1 + far:
            shown = f"{first / two / SCALES[match['t']]:.4g}"
            yield Mark(match.start("b"), match.end("v"), f"与前面的数不相等：应为{shown}{match['t']}{match['v']}")


RULE = Rule("converted-amount", Severity.WARNING, Copy, check, needs="即合约是当=＝", cues=(EQUAL,))
