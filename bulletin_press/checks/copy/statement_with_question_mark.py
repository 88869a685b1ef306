"""陈述句用了问号。

“不知道能否”“问大家是否”“讨论了如何”：疑问词在句子里，整句并不发问，用句号或逗号。

误：主持人问大家是否愿意参加下一期培训班？
误：会议研究了如何降低物流成本？
正：主持人问大家是否愿意参加下一期培训班。你知道怎样申报吗？
正：他问：“什么时候交货？”企业该如何应对？
依据：GB/T 15834—2011《标点符号用法》4.2.3、附录B.1.2：句子虽有疑问词，全句并非疑问语气，不用问号。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

STATED = lazy(
    r"(?:^|(?<=[。！；，：]))(?![你您请我]|是不是|谁|难道|那么|究竟|企业该)[^，。？！：；“”]{0,16}"
    r"(?:不知道|不清楚|不明白|询问了?|了解(?:各|会员|企业|相关)|调查(?:各|会员|企业)|摸清|征询|正在研究|讨论了|研究了|介绍了|说明了|取决于|明确了|探讨了|分析了|解释了|考察了|了解了|梳理了|交流了|回答了|想知道|问(?:我|他|她|大家|企业|代表|记者|客户)们?)"
    r"[^，。？！：；“”]{0,16}(?:是否|如何|怎样|什么|为什么|为何|谁|哪|能否|多少|何时|怎么)[^，。？！：；“”吗呢]{1,24}(?P<mark>？)(?!”)"
    r"|(?:能否|是否|如何|怎样)[^，。？！：；“”]{2,20}(?P<part>？)(?=取决于|关键|要看|决定着?|直接(?:关系|影响))"
    # 企业普遍关心新标准何时实施
    r"|(?:^|(?<=[。！；，：]))(?![你您请我]|谁|难道|那么|究竟)[^，。？！：；“”]{2,16}(?:关心|关注|担心|担忧|记录了|统计了|询问|打听|咨询|核实|比较了|汇报了|讲述了|演示了|了解到)[^，。？！：；“”吗呢]{0,12}"
    r"(?:是否|如何|怎样|什么|为何|能否|多少|何时|何地|哪些|怎么)[^，。？！：；“”吗呢]{1,20}(?P<cared>？)(?!”)"
    # 究竟能带动多少，还需要时间来判断
    r"|(?:是否|如何|怎样|究竟|能否|多少|什么)[^。？！]{2,30}，[^。？！，吗呢]{0,6}(?:需要|有待|尚待|仍需|还需|要看|取决于|值得)"
    r"[^。？！，吗呢什哪怎谁几]{2,24}(?P<end>？)(?!”)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each question mark at the end of a statement."""
    for match in copy.finds(STATED) if "？" in copy.words else ():
        yield Mark(*match.span(str(match.lastgroup)), "整句不是发问，不用问号", "，" if match["part"] else "。")


RULE = Rule("statement-with-question-mark", Severity.WARNING, Copy, check, needs="？", cues=(STATED,))
