"""叹号、问号叠用。

只有声音极大、感情极强的话才叠用叹号；简报、通知、新闻里一个就够。对话里的不算。

误：本次评选结果令人振奋！！
误：成效显著？？
正：本次评选结果令人振奋！
正：大家高呼：“太好了！！！”
依据：GB/T 15834—2011《标点符号用法》4.2.3.3、4.3.3.3：不需要时不叠用。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

STACKED = lazy(r"！{2,}|？{2,}")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each run of one mark outside quotations."""
    text = copy.words
    for match in copy.finds(STACKED) if "！！" in text or "？？" in text else ():
        if text.count("“", 0, match.start()) <= text.count("”", 0, match.start()):
            yield Mark(*match.span(), f"“{match.group()}”留一个就够", match.group()[0])


RULE = Rule("stacked-exclamation", Severity.WARNING, Copy, check, needs="！？", cues=(STACKED,))
