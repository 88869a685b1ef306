"""“从”与破折号、连接号混用；连接号写成了“一”。

“从……到……”已经说明起止，中间用“到”“至”，不用连接号；日期之间的一字线不是汉字“一”。

误：从大连——上海的航线已经开通。
误：展会时间：9月1日一9月3日。
正：从大连到上海的航线，大连—上海航线，9月1日—9月3日。
正：从业——他这样说。
依据：GB/T 15834—2011《标点符号用法》4.13：连接号的形式和用法。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

SPAN = lazy(
    r"(?<![服听任自])从(?!业|事|而|来|此|严|前)(?P<from>[\u4e00-\u9fff]{2,5}|\d[\d年月日时:：.]{0,10})(?P<dash>——|[—～~–-])(?=(?:[\u4e00-\u9fff]{2,5}|\d[\d年月日时:：.]{0,10})(?:的?(?:航线|铁路|公路|高铁|航班|班列|线路|路段|航程)|[，。]|期间|举[办行]|，|止))"
    r"|(?P<one>(?<=[日月时年\d])一(?=\d{1,4}[月日时年:：]))")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each dash that a word has made needless, and each hanzi typed for one."""
    for match in copy.finds(SPAN):
        if match["one"]:
            yield Mark(*match.span("one"), "这里写的是汉字“一”，起止之间用一字线", "—")
        else:
            yield Mark(*match.span("dash"), "前面用了“从”，这里用“到”", "到")


RULE = Rule("from-with-dash", Severity.WARNING, Copy, check, cues=(SPAN,))
