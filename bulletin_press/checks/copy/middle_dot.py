"""间隔号用错了：节日、事件的月日之间。

汉字的月日，只有涉及一月、十一月、十二月的才用间隔号，如“一二·九”；“五四”“九一八”不用。阿拉伯数字的月日之间都用间隔号，不用小数点。

误：“五·四”青年节前夕，协会慰问青年职工。
误：“3.15”国际消费者权益日活动
误：“12.9”运动，“一二九”运动
正：“五四”青年节
正：“3·15”国际消费者权益日
正：“一二·九”运动，增长“3.15”倍
依据：GB/T 15834—2011《标点符号用法》4.14.3.4：月份和日期之间的间隔号。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

DATED = lazy(
    r"(?P<han>[三五六七八九十]·(?:一八|一三|三十|三〇|[一二三四五六七八九十]{1,2}))(?=”?(?:青年|劳动|国际|妇女|儿童|建[军党]|国庆|节|运动|事变|事件|黄金周|惨案|起义|慰问|表彰|小长假|假期|期间|勋章|讲话|前夕))"
    r"|“(?P<digits>\d{1,2}[.．]\d{1,2})(?=”(?:[^，。；“”]{0,6}(?:事件|地震|运动|晚会|特大|抗震|事故|消费|国际|护士|国庆|讲话|惨案|指示|精神|行动|世界|全国|专案|案|周年|活动|警示|购物|促销|大促)))"
    r"|(?P<none>“(?:一二九|一二八|一二一|一一七)”)(?=运动|事变|惨案|抗战)")
MEANT = {"一二九": "一二·九", "一二八": "一·二八", "一二一": "一二·一", "一一七": "一·一七"}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each date of a feast or an event that has a wrong dot."""
    for match in copy.finds(DATED):
        kind = str(match.lastgroup)
        typed = match[kind]
        if kind == "han":
            yield Mark(*match.span(kind), "不涉及一月、十一月、十二月，中间不用间隔号", typed.replace("·", ""))
        elif kind == "digits":
            yield Mark(*match.span(kind), "月日之间用间隔号", typed.replace(".", "·").replace("．", "·"))
        else:
            yield Mark(*match.span(kind), "涉及一月、十二月，月日之间用间隔号", f"“{MEANT[typed[1:-1]]}”")


RULE = Rule("middle-dot", Severity.WARNING, Copy, check, cues=(DATED,))
