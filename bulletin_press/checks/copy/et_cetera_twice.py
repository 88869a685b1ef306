"""“等”与省略号叠用，或“等”写了两次。

省略号就是“等”，二者用一个；一串列举只收一次尾。

误：参展企业来自日本、韩国、新加坡……等国家
误：参会的有银行、保险、律所等……
误：包括云计算、大数据等等服务等
正：来自日本、韩国、新加坡等国家
正：他等……他等了很久
正：云计算、大数据等等。
依据：GB/T 15834—2011《标点符号用法》4.11.3：省略号后面不再用“等”“等等”。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

WITH_DOTS = lazy(r"(?:…{1,2}|\.{3,6})[ \t]?等(?![待候级到])等?|"
                 r"(?<!他)(?<!她)(?<!我)(?<!们)(?<=[\u4e00-\u9fff”》])等等?(?:…{1,2}|\.{3,6})")
TWICE = lazy(r"、[^，。；：！？]{1,24}?(?P<first>等等?)(?![待候级到于同保])"
             r"[\u4e00-\u9fff]{1,8}(?<![平高同均中初对])(?P<last>等)(?=[，。；]|$)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each list that is ended twice."""
    if "等" not in copy.words:
        return
    for match in copy.finds(WITH_DOTS):
        yield Mark(*match.span(), "省略号就是“等”，留一个", "等" if copy.words[match.end() : match.end() + 1] else None)
    for match in copy.finds(TWICE):
        yield Mark(*match.span("last"), "前面已经用“等”收尾，这里不再用")


RULE = Rule("et-cetera-twice", Severity.WARNING, Copy, check, needs="等", cues=(WITH_DOTS, TWICE))
