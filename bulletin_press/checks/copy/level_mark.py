"""层次序数后面的标点不对。

“一”“二”后面用顿号；“第一”“首先”后面用逗号；“一是”后面什么也不用。

误：一，总体要求
误：第一、加强监测。首先、统一认识
正：一、总体要求；第一，加强监测；首先，统一认识
正：一是加强监测；第一、二、三产业；第一、第二名
依据：GB/T 15834—2011《标点符号用法》附录B.3.2：带“第”的序数、“首先”后用逗号，“一”“二”后用顿号。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

START = r"(?:^|(?<=[。；：]))[ \t\u3000]?"
LEVEL = lazy(START + r"(?:(?P<bare>[一二三四五六七八九十]{1,3})(?P<comma>[，,.．])(?=[\u4e00-\u9fff]{2})"
             r"|(?P<ordinal>第[一二三四五六七八九十]|首先|其次|再次|最后)(?P<stop>、)(?!第?[一二三四五六七八九十]))")
CUE = lazy("[一二三四五六七八九十][，,.．、]|[先次后]、")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each level's number with a mark that is not its own."""
    for match in copy.finds(LEVEL) if CUE.search(copy.words) else ():
        if match["bare"]:
            yield Mark(match.start("bare"), match.end(), f"层次序数“{match['bare']}”后面用顿号", match["bare"] + "、")
        else:
            yield Mark(match.start("ordinal"), match.end(), f"“{match['ordinal']}”后面用逗号", match["ordinal"] + "，")


RULE = Rule("level-mark", Severity.WARNING, Copy, check, cues=(LEVEL,))
