"""定型的词语里，数字写成了阿拉伯数字。

“第三产业”“一系列”“二手车”“三农”是词，里面的数字用汉字。

误：第3产业增加值增长6.1%，出台了1系列措施
误：带动2手车交易，统1部署，共建1带1路
正：第三产业增加值增长6.1%，出台了一系列措施
正：带动二手车交易，统一部署，共建一带一路，第3项产业政策，1个系列
依据：GB/T 15835—2011《出版物上数字用法》4.2.1、4.2.3：定型的含数字的词语用汉字数字。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

WORD = lazy(r"(?<![\d.])(?:第(?P<a>[123])产业|(?P<b>1)(?:系列(?!产品|车|机)|揽子|带1路|方面(?!军)|般(?=[^\d])"
            r"|定(?=[要会能程])|律(?=[^师])|"
            r"把手|体化|站式|直(?=以来|[在都是])|些(?=[^\d]))|(?P<j>[1345])(?=[如帆举心席臂脉丝目花湖面番世言]"
            r"(?:既往|风顺|[两多]得|[1一]意|之地|之力|相承|不苟|了然|八门|[4四]海|[8八]方|[5五]次|同堂|为定))"
            r"|(?P<c>2)手(?:车|房|货|市场|设备|烟)|(?P<d>3)农(?=问题|工作"
            r"|领域|[，。；、])|"
            r"(?:党的|中共)(?P<f>20|19|18|17)大(?![门型学厅会])|(?<=“)(?P<h>1[0-5])(?=五”)"
            r"|(?<![\d第前一二三四.、至到—～-])(?P<i>[1-4])(?=季度)|(?P<g>1[0-5])(?=五”?(?:规划|时期|期间|计划"
            r"|末|开局))|"
            r"(?<=[统单同唯专])(?P<e>1)(?=[部规标管安指协领战认组收支采供思意步的]))")
HANZI = {"1": "一", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七", "8": "八",
         "9": "九", "20": "二十", "19": "十九", "18": "十八", "17": "十七",
         "10": "十", "11": "十一", "12": "十二", "13": "十三", "14": "十四", "15": "十五"}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each word with a figure in it."""
    for match in copy.finds(WORD):
        kind = str(match.lastgroup)
        typed = match.group()
        yield Mark(*match.span(kind), f"“{typed}”是定型的词，数字用汉字", HANZI[match[kind]])
        if typed.endswith("带1路"):
            yield Mark(match.end() - 2, match.end() - 1, f"“{typed}”是定型的词，数字用汉字", "一")


RULE = Rule("word-with-figure", Severity.WARNING, Copy, check, needs="0", cues=(WORD,))
