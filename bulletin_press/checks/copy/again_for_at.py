"""“在”写成了“再”。

“在”说地点、时间、情形，“再”说又一次。后面是时间、会议、过程的，前面是“稳定”“保持”“集中”的，都用“在”。

误：他再座谈会上作了发言
误：订货会日前再杭州落下帷幕
误：产量稳定再1.3万亿斤以上
误：论坛将再厦门举行，请再每月十日之前报送
正：他在座谈会上作了发言，再次提出建议
正：订货会日前在杭州落下帷幕，日前再获表彰
正：论坛将在厦门举行，请在每月十日之前报送
正：再过三年，产量再上台阶，不再增加
依据：《现代汉语词典》（第7版）“再”“在”各条。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

PLACED = lazy(r"(?<![一不也正])(?P<zai>再)(?!度|次|过|有|用|开|召|办|回|到|上)[\u4e00-\u9fff]{0,6}?"
              r"(?:会上|会议上|大会上|论坛上|仪式上|活动中|过程中|工作中|期间|基础上|背景下|领导下|支持下|推动下"
        r"|指导下)(?=[，、作发致表宣强指提介，。]|$)"
              r"|(?:稳定|保持|控制|集中|停留|维持|分布|体现|落实|定|设|建|位于?|存)(?P<kept>再)(?=[\d“]"
        r"|[\u4e00-\u9fff]{1,5}(?:以上|以内|以下|左右|地区|方面))"
              r"|(?<=[前日将拟])(?P<place>再)(?=(?:北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|宁波|成都|武汉"
        r"|西安|长沙|郑州|济南|青岛|大连|沈阳|长春|哈尔滨"
              r"|合肥|福州|厦门|南昌|南宁|海口|贵阳|昆明|兰州|银川|西宁|太原|石家庄|呼和浩特|乌鲁木齐|拉萨|香港"
        r"|澳门|无锡|温州|义乌|东莞|佛山|珠海"
              r"|烟台|会展中心|国际会|人民大会堂|[我本全]?[省市县]"
        r"|[^，。；再在次]{1,4}[省市县区镇村])[^，。；]{0,14}?(?:举行|召开|落幕|落下|举办|开幕|闭幕|启动|成立|签"
        r"|揭|开馆|圆满))"
              r"|(?<![一不])(?P<dated>再)(?=(?:19|20)\d\d年|\d{1,2}月\d{1,2}日|每[月季年周][^，。；]{0,5}(?:之?前"
        r"|以前|[底末]前?|[上中下]旬))")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each 再 before a place, a time, a state."""
    for match in copy.finds(PLACED) if "再" in copy.words else ():
        yield Mark(*match.span(str(match.lastgroup)), "这里说的是时间、地点或情形，用“在”", "在")


RULE = Rule("again-for-at", Severity.WARNING, Copy, check, needs="再", cues=(PLACED,))
