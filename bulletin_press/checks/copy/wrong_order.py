"""先后次序颠倒了。

先听取，才谈得上讨论；先审议，才通过；先发现，才解决。两件事并列，要合乎先后。

误：会议讨论并听取了工作报告。
误：大会通过并审议了章程修正案，把问题没有解决。
正：会议听取并讨论了工作报告
正：审议并通过了章程修正案，没有把问题解决。
依据：《现代汉语》（黄伯荣、廖序东）“语序不当”一节。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

# What comes later, with what comes before it.
ORDER = {
    "讨论": "听取|学习|阅读|传达", "审议": "听取|起草|提交", "通过": "审议|讨论|表决|听取|审查|起草|研究",
    "批准": "审核|审议|审查|受理|研究|申报",
    "表决": "审议|讨论", "实施": "制定|编制|出台|颁布|印发|研究|起草", "执行": "制定|签订|签署", "落实": "制定|学习|传"
                                                                         "达|研究|部署",
    "贯彻": "学习|传达|领会", "解决": "发现|研究|查找|分析|梳理|收集", "整改": "排查|查找|发现|检查",
    "改进": "发现|查找|检查",
    "完善": "建立|制定|创建", "健全": "建立", "推广": "研发|开发|总结|试点|试验|研制|提炼", "应用": "研发|开发|研制"
                                                                      "|引进",
    "生产": "设计|研发|研制|开发", "销售": "生产|研发|加工", "投产": "建成|建设|竣工", "使用": "采购|安装|建成|"
                                                                   "验收|购买",
    "发展": "继承|保护", "发布": "编制|编写|起草|制定|审核|修订", "公布": "评选|评审|审核|核实|统计",
    "颁布": "制定|起草|审议",
    "印发": "制定|起草|编制|修订", "采纳": "听取|征求|收集", "反馈": "收集|受理|汇总|处理", "处理": "受理|发现|调查",
    "表彰": "评选|评审|推荐", "录用": "考核|面试|招聘|选拔", "任命": "考察|推荐|选拔", "运营": "建设|建成|建造|设计",
    "验收": "建成|施工|完工",
    "掌握": "学习|了解|理解", "消化": "引进", "吸收": "引进|消化", "运用": "学习|掌握|理解", "巩固": "取得|建立",
    "签订": "洽谈|协商|谈判",
    "签署": "洽谈|协商|谈判", "消除": "发现|排查", "推进": "谋划|启动", "上报": "收集|汇总|核实|统计|填写",
    "出版": "编写|编辑|编印|撰写",
}
# 既 A 又 B keeps no order; 实施和制定 may be of two things.
TURNED = lazy("(?=[" + "".join(sorted({word[0] for word in ORDER})) + "])(?<![未不没可])(?:" + "|".join(
    f"{later}(?:并|并且|并及时|并善于|并认真)(?:{before})" for later, before in ORDER.items()) + ")(?=了?[\u4e00-"
                                                                                     "\u9fff《“])")
# 把问题没有解决: the negation stands before 把.
NOT_BEHIND = lazy(r"(?<![不没])(?P<take>把|被)(?P<what>(?![手关握柄戏门守脉控风])[^，。；：、！？“”没不]{1,8})"
                  r"(?P<not>没有|没|未能|不曾)"
                  r"(?=(?:及时|很好地?|真正|完全|有效)?(?:解决|完成|落实|做好|处理|办好|处置|报送|放在|当作|作为|交付|"
                  r"列入|纳入|采纳))")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each pair of verbs that is the wrong way round."""
    text = copy.words
    for match in copy.finds(TURNED) if "并" in text else ():
        typed = match.group()
        meant = typed[-2:] + "并" + typed[:2]
        yield Mark(*match.span(), f"先“{typed[-2:]}”后“{typed[:2]}”，次序颠倒了", meant)
    for match in copy.finds(NOT_BEHIND):
        yield Mark(*match.span(), f"“{match['not']}”要放在“{match['take']}”前面")


RULE = Rule("wrong-order", Severity.WARNING, Copy, check, cues=(TURNED, NOT_BEHIND))
