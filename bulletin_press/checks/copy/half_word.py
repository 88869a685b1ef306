"""词里漏了一个字。

“加强”剩下“加”，“提高”剩下“提”：修饰语后面只有半个动词，多半是删改、复制时丢了一个字。

误：要加共性技术攻关，持续提科技投入比重
误：积极发赛事经济，不断推政策落地见效
正：要加强共性技术攻关，持续提高科技投入比重
正：积极发展赛事经济，不断推动政策落地见效，进一步加征关税，持续推高价格，要提请审议
依据：编辑的通读：词语完整。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

BEFORE = ("(?:(?<=[需还也又更就都，。；])要|应当?|继续|持续|不断|进一步|着力|切实|大力|努力|积极|加快|全面|稳步|有效|"
          "逐步|扎实|深入|统筹|有力)")
# The rest of words that begin with each, as far as they follow such words.
RESTS = {
    "加": "强力快大深速紧密入以上工征倍班压价薪码剧重盟油固注装热收付派宽厚高长权点息持减急试分总温载盖施仓",
    "提": "高升出供倡前质速振级交起请醒名示炼取档能标效价拔携增议案及纯早鲜留到振款货存单门亮拉",
    "推": "动进行出广介荐向开翻崇迟算敲选送销举展上到至移理论测断责诿脱却波力手倒拿高低升深走演宽",
    "发": "展售挥放布起行动现出生掘扬力送声明育证货车电函文债票包射酵酬言问愤奋卡码热光运往到给微信邮改达端家酒表作威"
          "稿来榜奖掌完",
}
RESTS |= {
    "完": "善成毕备结全了工整璧好", "巩": "固", "健": "全康身步壮儿美", "服": "务从气输软用装",
    "鼓": "励舞足掌动吹劲起乐", "支": "持援撑付出部起配线教农",
    "营": "造销业商运利收养救建", "落": "实地户后到成幅差入脚选细锁叶下款座", "深": "化入刻度切受远厚造层圳海挖耕感知"
                                                      "思信查夜交加层水山绿",
}
TYPED = lazy(BEFORE + "(?:" + "|".join(f"(?P<{key}>{char})(?![{rest}])" for key, (char, rest)
                                     in zip("abcdefghijklm", RESTS.items(), strict=False)) + ")(?=[\u4e00-\u9fff]{4})")
MEANT = {"加": "加强、加快、加大", "提": "提高、提升", "推": "推动、推进", "发": "发展、发挥", "完": "完善、完成",
         "巩": "巩固", "健": "健全",
         "服": "服务", "鼓": "鼓励", "支": "支持", "营": "营造", "落": "落实", "深": "深化、深入"}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each verb of which half is left."""
    for match in TYPED.finditer(copy.words):
        kind = str(match.lastgroup)
        yield Mark(*match.span(kind), f"“{match[kind]}”后面像是漏了一个字：{MEANT[match[kind]]}？")


RULE = Rule("half-word", Severity.WARNING, Copy, check, needs="加提推发完巩健服鼓支营落深")
