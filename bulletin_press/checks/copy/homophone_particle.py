"""虚词的同音字、形近字写错了。

“已”与“以”“己”、“于”与“与”、“既”与“即”、“至”与“只”、“像”与“象”，单字没有词可查，看前后的话才知道是哪个。

误：目前以有三十多家企业报名，年会将与12月8日举行。
误：这项改革即减轻了负担，又提高了效率，不能再象过去那样等客上门。秘书处己将名单报送主管部门。
误：象往年一样，参观结束候，代表门进行了座谈，报名表请发只邮箱。
正：目前已有三十多家企业报名，年会将于12月8日举行。
正：这项改革既减轻了负担，又提高了效率，出口额与去年12月相比持平。
正：以有利于会员为原则，立即行动，自己将名单送到，印象深刻，从正门进入，专门人才有报告会可听。
依据：《现代汉语词典》（第7版）“已”“于”“既”“至”“像”各条。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

FIGURE = "[0-9一二三四五六七八九十百千几数两]"
DATE = (r"(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|初|份)|"
        r"[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日|[上中下]旬|底|初)"
        r"|\d{4}年\d|(?:本|下|上)月|近日|日前|今日|明年|今年|年[内底]|月底)(?!相|同期|持平|基本|一样|[，、]"
        r"|的?(?:数|水平))")
DONE = ("(?:正式(?:上线|启动|投[产入]|实施|开工|成立|入驻|发布|运营|签|挂牌)|"
        "全部(?:完成|到位|建成|整改|售|缴)|基本(?:完成|建成|形成)"
        f"|有{FIGURE}{{1,8}}[余多]?[万亿]?[家个名人项位所款批]|(?:连续|累计|超过|达到?){FIGURE}|顺利(?:完成|通过"
        f"|实现)|陆续(?:到|完|开|进|投|建))")
# What each is typed for; each begins behind the character itself, so that no other place of a text is looked at.
WORDS = {
    "已": ("yi", rf"(?<=以)(?<![可予加足是所难得借给用何致据聊]以)(?={DONE})|(?<=己)(?<![自知律克一舍异利责切为身]己)"
          r"(?=将|经[^济营验]|于|有\S|完成|建成|成为|达|全部|正式|开始|被|形成|累计|由|签|收到|连续|通过|基本"
        r"|启动|投入|超过|在)"),
    "于": ("yu", rf"(?:(?<=[将定拟已]与)|(?<=计划与))(?={DATE})"),
    "既": ("ji", r"(?<=即)(?<![立随当旋在亦若]即)(?!便(?!于[^，。；：]{2,16}，又)"
        r"|[将使日可刻时席位墨食令兴为是有如])(?=[^，。；：即]{2,16}，"
        r"[又也](?!称|叫|名|就是))"),
    "至": ("zhi", r"(?:(?<=[发送寄降升]只)|(?<=(?:报送|提交|提高|延长|延期|增加|反馈)只))"
          r"(?=协会|秘书处|邮箱|会务|指定|\d|下午|明[天年]|我会|本会|组委会|各)"),
    "后": ("hou", "(?<=(?:结束|会议|完成|座谈|讨论|检查|审议|培训|参观|投产|考察|建成|活动|验收|闭幕|开幕"
        "|比赛)候)(?=[，。])"),
    "们": ("men", "(?<=(?:代表|学员|员工|专家|选手|业家|老师|学生|同志|领导|观众|客商|老人|孩子|愿者|师傅|同行"
        "|嘉宾|来宾|朋友)门)"
          "(?![口前外面店类厅窗框户锁板票派诊禁卫铃楼槛卡市会])"),
    "像": ("xiang", "(?<=象)(?:(?<=[，。；就好不很再能要会]象)|(?<![\u4e00-\u9fff]象))"
          "(?=往[年常]|以[往前]|平[时常]|过去|去年|从前|这样|[^，。；]{1,6}(?:一样|那样|似的))"),
    "由于": ("youyu", r"(?<=由)(?<![\u4e00-\u9fff]由)与(?=[^，。；]{2,24}，)"),
}
TYPED = lazy("[以己与即只候门象由](?:" + ""
        "|".join(f"(?P<{group}>{pattern})" for group, pattern in WORDS.values()) + ")")
MEANT = {group: word for word, (group, _) in WORDS.items()}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each character that stands for another of its sound or looks, with that."""
    for match in copy.finds(TYPED):
        meant = MEANT[str(match.lastgroup)]
        yield Mark(*match.span(), f"“{match.group()}”疑为“{meant}”之误", meant)


RULE = Rule("homophone-particle", Severity.WARNING, Copy, check, needs="以己与即只候门象", cues=(TYPED,))
