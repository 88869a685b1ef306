"""同一段里的届次、期次，有的用汉字，有的用阿拉伯数字。

“第十三届”与“第14届”在一段里并见，读起来不是一套编号；统一用一种。“第3、四季度”这样并列的也是。

误：第十三届展会有120家参展商，第14届预计超过150家。
误：公司第3、四季度的毛利率有所下滑
正：第十三届展会有120家参展商，第十四届预计超过150家。
正：公司第三、四季度的毛利率有所下滑，第一批12家、第2号公告
依据：GB/T 15835—2011《出版物上数字用法》4.3：局部体例统一。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

WORD, FIGURE = "[一二三四五六七八九十]", r"\d"
PAIR = lazy(rf"第?(?P<wrong>{FIGURE}{{1,2}})(?P<join>[、和与至])第?{WORD}{{1,3}}(?=季度|产业|届|批次?|期|条|章|节|款"
            rf"|类|等奖|年级|阶段|轮|标段|组|名|方阵|梯队|层|楼)"
            rf"|(?<!{WORD})第{WORD}{{1,3}}[、和与至]第?(?P<last>{FIGURE}{{1,2}})(?=季度|产业|届|批次?|期|条|章|节|款"
            rf"|类|等奖|年级|阶段|轮|标段|组|名|方阵|梯队|层|楼)")
TERM = lazy(rf"第{WORD}{{1,3}}届[^，。；\d第]{{0,8}}第(?P<wrong>{FIGURE}{{1,2}})(?=[次批期])")
ORDINAL = lazy(rf"第(?:(?P<word>{WORD}{{1,3}})|(?P<figure>{FIGURE}{{1,2}}))(?P<what>届|批|期|轮|季度|次)(?!{FIGURE})")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each ordinal that is not in the figures of its neighbours."""
    told: set[int] = set()
    for match in copy.finds(PAIR):
        key = "wrong" if match["wrong"] else "last"
        told.add(match.start(key))
        yield Mark(*match.span(key), "并列的序数用一种数字")
    for match in copy.finds(TERM):
        if match.start("wrong") not in told:
            told.add(match.start("wrong"))
            yield Mark(*match.span("wrong"), "与前面的第几届用一种数字")
    seen: dict[str, set[str]] = {}
    found = list(copy.finds(ORDINAL))
    for match in found:
        seen.setdefault(match["what"], set()).add("word" if match["word"] else "figure")
    for match in found:
        if match["figure"] and len(seen[match["what"]]) > 1 and match.start("figure") not in told:
            yield Mark(*match.span("figure"), f"同一段里另有用汉字的第几{match['what']}，写法要一致")


RULE = Rule("mixed-ordinals", Severity.WARNING, Copy, check, needs="0", cues=(PAIR, TERM, ORDINAL))
