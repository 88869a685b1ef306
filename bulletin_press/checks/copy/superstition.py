"""迷信的话。

看风水、算命、择黄道吉日、改运、开光，除了批评、考证的，不登。

误：开工仪式请大师看了风水，选了黄道吉日
误：会员可请大师开光，改运招财
正：开工仪式定在3月6日
正：破除看风水、算命等封建迷信
依据：《出版管理条例》第二十五条：出版物不得含有宣扬邪教、迷信的内容。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

WORD = lazy(r"(?:看|瞧|测|算|调|改|请)[了过一个些好]{0,2}风水|风水(?:先生|大师|师傅|先师|极佳|不好|好，|轮流转|命理)"
            r"|黄道吉日|算[了过一]{0,2}卦|算命(?:先生)?|测字算命|生辰八字|八字(?:相合|不合|命理|相克)|大师开光"
            r"|开光(?:法会|仪式|的)|改运(?=[，。、；]|招财|势|的)|转运(?:珠|符|手链)|驱[邪鬼]|神灵?保佑|菩萨(?:保佑"
            r"|显灵)|佛祖保佑|财神爷?保佑|祖宗显灵|老天爷?(?:显灵|保佑)|"
            r"命[里中]注定(?:的)?|旺夫|克夫|克妻|本命年(?:要|需|宜)(?:穿|戴|避)|跳大神|通灵|占卜|占星|星座运势|塔罗"
            r"|血光之灾|辟邪(?:消灾)?|消灾(?:解难|避祸)|面相(?:极佳|大师|学)|阴宅|龙脉风水|吉时已到|良辰吉日")
AGAINST = lazy("破除|反对|打击|抵制|整治|严禁|禁止|迷信|骗|批评|揭露|不得|不信|取缔|涉嫌|谎称|假称|考证|民俗|非遗"
               "|古代|旧时|著作|研究")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each word of superstition where nothing around it is said against it."""
    text = copy.words
    for match in copy.finds(WORD):
        start = max(text.rfind("。", 0, match.start()), -1) + 1
        end = text.find("。", match.end())
        if not AGAINST.search(text, start, end if end >= 0 else len(text)):
            yield Mark(*match.span(), f"“{match.group().rstrip('，的')}”是迷信的话，请删去或改写")


RULE = Rule("superstition", Severity.WARNING, Copy, check, cues=(WORD,))
