"""总说之后、分说之前，用了分号或句号。

“抓好三项工作：一是……”先总后分，中间用冒号。

误：下半年将抓好三项工作；一是压降成本，二是清收欠款，三是稳定团队。
误：主要有两点建议；第一，加强培训；第二，完善标准。
正：下半年将抓好三项工作：一是压降成本，二是清收欠款，三是稳定团队。
正：工作已经完成；一是按时，二是保质。
依据：GB/T 15834—2011《标点符号用法》4.7.3.1：冒号用于总说性话语之后，提示下文。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

SAID = lazy(r"(?:[两二三四五六七八九十几]|[2-9]|以下|如下)(?:大|个|项|点|条|件|方面|步|类"
            r"|种)?[\u4e00-\u9fff]{0,8}(?P<mark>；)(?=一是|第一[，、]|首先)"
            r"|(?:以下|如下|下列)(?:[\u4e00-\u9fff]{0,3}(?:材料|文件|条件|事项|要求|内容|资料|证件|信息|手续|单证|产品|服务))(?P<list>；)(?=[^；。]{2,30}[、；])"
            # 通过了三项决议；调整会费标准、增设软件分会、聘任副秘书长。
            r"|(?:了|有|为|以下|如下)(?:[两二三四五六七八九十]|[2-9])(?:大|个|项|点|条|件|类|种|份|名|家|位|部)[一-龥]{2,6}"
            r"(?P<sum>；)(?=[一-龥《》]{2,16}、[一-龥《》]{2,16}(?:、|和|以及)[一-龥《》]{2,20}。)")

# 具体安排如下。第一天报到: what was announced follows at once.
BELOW = lazy(r"(?:安排|日程|内容|措施|步骤|流程|要求|分工|名单|标准|议程|赛程|方案|做法|经验|建议|意见|条件|程序"
             r"|办法|事项|原因|特点)"
             r"如下(?P<full>。)(?=第一|一是|首先|上午|下午|一、|1[.、．]|（一）|\d{1,2}月\d{1,2}日|[一-龥]{2,8}：)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each semicolon between what is announced and its first part."""
    for match in copy.finds(BELOW):
        yield Mark(*match.span("full"), "后面分说，这里用冒号", "：")
    for match in copy.finds(SAID) if "；" in copy.words else ():
        yield Mark(*match.span(str(match.lastgroup)), "后面分说，这里用冒号", "：")


RULE = Rule("announced-with-semicolon", Severity.WARNING, Copy, check, cues=(SAID, BELOW))
