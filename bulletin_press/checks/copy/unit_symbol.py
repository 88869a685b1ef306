"""计量单位的符号大小写不对。

单位符号的大小写有规定：千米是km，千克是kg，千瓦时是kW·h，兆赫是MHz，大写的K是开尔文。

误：产业园距市中心15KM，占地20KM²
误：每箱重25KG，功率30KW
正：产业园距市中心15km，每箱重25kg，功率30kW
正：存储512KB，速率100Mbps，身高1.8m
依据：GB 3100—1993《国际单位制及其应用》6.1、6.2：单位符号的字母用小写，来源于人名的首字母大写。
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


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each symbol of a unit in the wrong case behind a number."""
    for match in copy.finds(SYMBOL):
        yield Mark(*match.span(2), f"单位符号“{match[2]}”应写作“{RIGHT[match[2]]}”", RIGHT[match[2]])


RULE = Rule("unit-symbol", Severity.WARNING, Copy, check, needs="0", cues=(SYMBOL,))
