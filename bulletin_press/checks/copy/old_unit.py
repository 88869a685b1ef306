"""用了不是法定计量单位的旧名。

公分、公尺、公升、华里、市斤、市尺已经不用；写厘米、米、升、千米（公里）、千克（公斤）或斤、尺。

误：茶树高约60公分，两村相距3华里
误：每亩产干茶80市斤
正：茶树高约60厘米，两村相距1.5公里，每亩产干茶40公斤
正：“公分”是旧称，记工分
依据：《国务院关于在我国统一实行法定计量单位的命令》（1984年2月27日）；GB 3100—1993《国际单位制及其应用》。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

NAMES = {"公分": "厘米", "公尺": "米", "公升": "升", "平方公尺": "平方米", "立方公尺": "立方米", "公厘": "毫米",
         "公寸": "分米"}
OTHERS = {"华里": "千米（1华里=0.5千米）", "市斤": "千克（1市斤=0.5千克）或斤", "市尺": "米", "市寸": "厘米",
          "市担": "千克", "市亩": "亩", "公亩": "平方米"}
NUMBER = r"(?<=[\d一二两三四五六七八九十百千万半几多余])[ \t]?"
UNIT = lazy(rf"{NUMBER}(?:(?P<same>{'|'.join(sorted(NAMES, key=len, reverse=True))})|(?P<other>{'|'.join(OTHERS)}))(?"
            rf"![路店街])")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each unit of old behind a number."""
    for match in copy.finds(UNIT):
        key = "same" if match["same"] else "other"
        now = NAMES.get(match[key]) if key == "same" else None
        yield Mark(*match.span(key), f"“{match[key]}”不是法定计量单位，写{now or OTHERS[match[key]]}", now)


RULE = Rule("old-unit", Severity.WARNING, Copy, check, needs="公华市", cues=(UNIT,))
