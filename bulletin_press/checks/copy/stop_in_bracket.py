"""句中的括号里用了句号。

注释句中词语的括号，里面的句号去掉；注释整句的括号放在句号之后，里面才有句号。

误：企业可通过平台申报（流程见附件。）。
误：《方案》（以下简称“方案”。）已经印发
正：企业可通过平台申报（流程见附件）。
正：会议到此结束。（完。）方案（第一条。第二条。）已印发
依据：GB/T 15834—2011《标点符号用法》4.9.3：句内括号末尾不用句号。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

INSIDE = lazy(r"(?<=[^。！？…）\s])（[^（）。！？\n]{1,80}(?P<stop>[。；，、])）(?=[，。；：、\u4e00-\u9fff]|$)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each stop before the closing bracket of a note within a sentence."""
    for match in copy.finds(INSIDE) if "）" in copy.words else ():
        yield Mark(*match.span("stop"), f"句中的括号里末尾不用“{match['stop']}”", "")


RULE = Rule("stop-in-bracket", Severity.WARNING, Copy, check, fix=True, needs="）", cues=(INSIDE,))
