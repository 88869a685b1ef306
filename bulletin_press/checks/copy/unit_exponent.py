"""平方米、立方米的符号没有用上标。

m2 应写作 m²（或平方米），m3 应写作 m³。

误：人均住房面积38.6m2，日供水3万m3
误：规划面积12km2
正：人均住房面积38.6m²，日供水3万m³，规划面积12km²
正：38.6平方米，编号CM2，5cm
依据：GB 3101—1993《有关量、单位和符号的一般原则》3.2.2：指数用上标。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

EXPONENT = lazy(r"(?<=[\d万亿余多/每 ])(?P<unit>[kcdm]?m|hm|KM|Km|M|㎡)(?P<power>[23])(?![\dA-Za-z.%])")
RAISED = {"2": "²", "3": "³"}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each power of a metre that stands on the line."""
    for match in copy.finds(EXPONENT):
        before = copy.words[max(0, match.start() - 2) : match.start()]
        # mg/m3: behind the stroke there is a unit.
        if (match["unit"] == "M" and not before[-1:].isdigit()) or (before[-1:] != "/" and not any(
                char.isdigit() or char in "万亿余多" for char in before)):
            continue
        meant = match["unit"].lower() + RAISED[match["power"]]
        yield Mark(*match.span(), f"指数用上标：{meant}", meant)


RULE = Rule("unit-exponent", Severity.WARNING, Copy, check, needs="23", cues=(EXPONENT,))
