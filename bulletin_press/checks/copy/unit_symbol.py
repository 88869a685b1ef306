"""计量单位的符号大小写不对。

单位符号的大小写有规定：千米是km，千克是kg，千瓦时是kW·h，兆赫是MHz，大写的K是开尔文。组合单位或全用符号，
或全用汉字：m/s，米/秒。

误：产业园距市中心15KM，占地20KM²
误：每箱重25KG，功率30KW
误：额定速度1.75米/s，车速60km/小时
正：产业园距市中心15km，每箱重25kg，功率30kW
正：额定速度1.75米/秒，车速60km/h，单价30元/kg
正：存储512KB，速率100Mbps，身高1.8m
依据：GB 3100—1993《国际单位制及其应用》6.1、6.2：单位符号的字母用小写，来源于人名的首字母大写；《中华人民共和国法定计量单位使用方法》：
组合单位里不同时用单位符号和中文符号。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

RIGHT = {"KM": "km", "Km": "km", "kM": "km", "KG": "kg", "Kg": "kg", "kG": "kg", "KW": "kW", "Kw": "kW", "kw": "kW",
         "KW·h": "kW·h", "Kw·h": "kW·h", "kw·h": "kW·h", "KW·H": "kW·h", "kW·H": "kW·h",
         "Mw": "MW", "Gw": "GW", "Mwh": "MW·h", "Gwh": "GW·h",
         "KWH": "kW·h", "KWh": "kW·h", "Kwh": "kW·h", "kwh": "kW·h", "MHZ": "MHz", "Mhz": "MHz",
         "GHZ": "GHz", "Ghz": "GHz",
         "KHZ": "kHz", "Khz": "kHz", "KHz": "kHz", "HZ": "Hz", "hz": "Hz", "CM": "cm", "Cm": "cm",
         "MM": "mm", "Mm": "mm",
         "ML": "mL", "Ml": "mL", "KV": "kV", "Kv": "kV", "kv": "kV", "KVA": "kVA", "MW·H": "MW·h", "MWH": "MW·h",
         "C°": "℃", "c°": "℃", "°c": "℃", "oC": "℃", "KPA": "kPa", "KPa": "kPa", "MPA": "MPa", "Mpa": "MPa", "HM²": ""
            "hm²", "KM²": "km²", "Km²": "km²"}
SYMBOL = lazy(r"(?<=[0-9])([ \t]?)(" + "|".join(sorted(map(str, RIGHT), key=len, reverse=True)) + r")(?![A-Za-z0-9·])")
# 米/s, km/小时: what has a symbol and a Chinese name of the other. 元, 人, 次 have no symbols.
CHINESE = ("立方米|平方米|平方公里|立方厘米|平方厘米|公里|千米|厘米|毫米|微米|米|公斤|千克|毫克|微克|克|吨|毫升|升"
           "|千瓦时|千瓦|兆瓦|瓦|牛|千焦|焦|小时|分钟|公顷")
LATIN = "km|cm|mm|m[23²³]?|kg|mg|μg|g|t|mL|ml|L|kW|MW|W|kJ|J|hm²"
COMBINED = lazy(rf"(?<=[0-9万])[ ]?(?P<first>(?:{CHINESE})[/／](?:s|h|min|kg|g|t|L|mL|m[23²³]?|km²?|hm²|kW)(?![A-Za-z\d/])"
                rf"|(?:{LATIN})[/／](?:秒|小时|时|分钟|分|平方米|立方米|米|公里|千米|千克|公斤|吨|升|毫升|公顷)(?![一-龥]?人))")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each symbol of a unit in the wrong case behind a number."""
    for match in copy.finds(SYMBOL):
        yield Mark(*match.span(2), f"单位符号“{match[2]}”应写作“{RIGHT[match[2]]}”", RIGHT[match[2]])
    for match in copy.finds(COMBINED) if "/" in copy.words or "／" in copy.words else ():
        yield Mark(*match.span("first"), f"“{match['first']}”一半是符号、一半是汉字，请用同一种")


RULE = Rule("unit-symbol", Severity.WARNING, Copy, check, needs="0", cues=(SYMBOL, COMBINED))
