"""问句用了句号。

“吗”“呢”收尾，或以“如何”“为什么”起头、后面接着回答的，是问句，用问号；“吗”后面的逗号、句号多半是打错了。

误：企业准备好了吗。记者走访了三家会员单位。
误：如何破解人才难题。这是每家企业都要回答的问题。
误：“你为什么选择回国创业。”面对提问，他想了很久。
正：企业准备好了吗？
正：如何破解人才难题？这是每家企业都要回答的问题。
正：如何申报见附件。他说明了为什么选择回国创业。
依据：GB/T 15834—2011《标点符号用法》4.2：句末点号，问号。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

CUE = lazy("[吗呢]。|是什么。|在哪里?。|怎么办。|有哪些。|什么是|何为|何谓|(?:如何|怎样|怎么|为什么|为何|难道|何以"
           "|哪些)[^，。？！]*。")
ASKED = lazy("(?:吗|(?:什么|谁|哪|怎|如何|为何)[^，。？！；]{0,16}呢|(?:^|(?<=[。！？“：]))(?:那么，?|究竟"
             "|到底)?(?:你们?|您|我们|企业|他们)?(?:又?该|应该?|应当)?"
             "(?:如何|怎样|怎么|为什么|为何|难道|何以|什么是|何为|何谓)[^，。？！“”：；]{2,25})(?P<mark>。)"
             "(?P<after>”?(?:面对|这(?:是|个|一|些|正)|业内|专家|简单|一般|通俗|所谓|答案|对此|带着|记者问|回答)|”)?")
# 短板是什么。调研给出了答案: a sentence by itself, where nothing says that somebody knows or asks.
WHAT = lazy("(?:^|(?<=[。！？]))(?![^。？！]{0,40}(?:知道|明白|清楚|了解|说明|回答|弄|搞|告诉|思考|研究|问|讲|谈|介绍"
            "|无论|不管|不论|取决|看|"
            "懂|认识|关心|考虑|探讨|分析|解释|在意|决定|想|提醒|牢记|把握|界定|梳理|[吗呢]))"
            "[^，。？！；：“”]{3,30}(?:是什么|在哪里|怎么办|有哪些|为什么)(?P<mark>。)(?!”)")

# 出路究竟在哪里。; nobody knows or tells it.
AFTER_ALL = lazy("(?P<start>^|(?<=[。！？]))(?P<all>[^。？！“”]{0,60}?(?:究竟"
                 "|到底)(?:[^，。？！；“”]{0,8}(?:在哪里?|在何处|是什么|怎么办|怎么样|如何|为何|何在|有多[一-龥]|是谁|"
                 "怎样[一-龥]{0,6}|如何[一-龥]{1,8}|会怎样|从何而来|该怎么[一-龥]{1,6}|意味着什么|靠什么"
            "|缺什么))(?P<mark>。))(?!”)")
# 怎样才能…。不少市民提出了这个问题: the next sentence calls it a question.
CALLED = lazy("(?:^|(?<=[。！？]))[^，。？！；：“”]{0,14}(?:怎样|如何|怎么|为什么|为何|能否|是否|什么"
            "|哪[里些个])[^。？！；：“”]{2,40}(?P<mark>。)"
               "(?=[^，。？！“”]{0,14}(?:这个|这一|此|上述|同样的|类似的?)(?:问题|疑问|提问|疑惑|困惑|追问|发问)"
            "|带着(?:这|此))")
TOLD = lazy("知道|明白|清楚|了解|说明|回答|弄|搞|告诉|思考|研究|介绍|无论|不管|不论|取决|懂|认识|关心|探讨|分析"
            "|解释|提醒|界定|梳理|[看谈讲问]|吗|呢")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each full stop that ends a question."""
    text = copy.words
    for match in ASKED.finditer(text) if CUE.search(text) else ():
        if text[match.start("mark") - 1] in "吗呢" or match["after"]:
            yield Mark(*match.span("mark"), "这是问句，用问号", "？")
    told = set[int]()
    for match in WHAT.finditer(text) if CUE.search(text) else ():
        told.add(match.start("mark"))
        yield Mark(*match.span("mark"), "这是问句，用问号", "？")

    for match in copy.finds(CALLED):
        if match.start("mark") not in told and not TOLD.search(match.group()):
            told.add(match.start("mark"))
            yield Mark(*match.span("mark"), "这是问句，用问号", "？")
    for match in copy.finds(AFTER_ALL) if "究竟" in text or "到底" in text else ():
        if match.start("mark") not in told and not TOLD.search(match["all"]):
            yield Mark(*match.span("mark"), "这是问句，用问号", "？")


RULE = Rule("question-without-mark", Severity.WARNING, Copy, check, needs="。")
