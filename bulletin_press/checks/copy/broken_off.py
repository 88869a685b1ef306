"""话没有说完就停了。

“为企业提供”提供什么，“以需求为”为什么，“在……支持”下面少了“下”，“在致辞”后面少了“中”：多半是删改时丢了词。

误：秘书处将继续为会员企业提供。
误：要以客户需求为，持续改进工艺。在各方大力支持，大会取得成功。会长在致辞表示，要抓好落实。
误：参会人员就行业发展进行了。公司将致力于。
正：继续为会员企业提供服务，以客户需求为导向，在各方大力支持下，会长在致辞中表示。
正：资料由协会提供。大有作为。会议正在进行。
依据：《现代汉语》（黄伯荣、廖序东）“成分残缺”一节。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

C = "[^，。；：！？“”（）、]"
SAY = "(?:表示|指出|强调|说|认为|提出|要求|介绍|透露|宣布)(?=[，：])"
OFF = lazy(
    # 为企业提供。
    rf"(?:^|(?<=[，。；：]))(?P<give>(?:{C}{{0,12}}(?:将|要|继续|积极|努力|全力|能够|可以|不断|持续))?(?<![由的所])(?:为|给)(?!了){C}{{1,12}}(?<![所共一])(?:提供|带来|创造|营造|注入|赋予|送去|送上)了?)(?=[，。；])"
    # 以需求为，
    rf"|(?<![所可得足加予难])以(?![上下来前后内外及往]){C}{{2,14}}(?<![行作认成所人因更较最尤颇甚广大极稍略名何分改称视化转誉定列评能变有一不])(?P<as>为)(?=[，。；])"
    # 在大力支持，
    rf"|(?:^|(?<=[，。；]))在(?!于){C}{{1,20}}(?:(?P<under>(?:大力|共同|积极|全力|鼎力|热情|精心|正确|坚强|不懈|亲切|高度|有力)(?:支持|努力|帮助|配合|领导|指导|关怀|推动|组织|参与|"
    rf"带领|协助|重视|关心|见证))|(?:此|的|这一|上述|这种)(?P<on>基础|前提|背景|形势|情况|条件)|(?:(?:过|进)(?P<mid>程)))(?=，)"
    # 在致辞表示，
    rf"|在(?:总结|工作|主旨|开幕|闭幕|视频|书面|新年|年终|调研|本次|此次)?(?P<while>致辞|讲话|发言|报告|会议|大会|座谈会|采访|受访|调研|开幕式|启动仪式|培训班)(?={SAY})"
    rf"|接受{C}{{0,12}}(?P<asked>采访|专访)(?={SAY})"
    # 进行了。
    r"|(?P<did>(?:(?:进行|给予|予以|加以|作出|做出|展开|开展)了|具有|致力于|有利于|有助于|来自于|属于|成为|位于|着眼于|立足于|服务于|适用于|取决于|有别于|不亚于|相当于))(?=[。；])"
    r"|(?P<adverb>即将|正在|(?<=[要将应须会])进一步|陆续|共同|着力|切实|为了|以及|并且|而且|通过|由于|按照|关于|对于|随着|鉴于)(?=[。；])"
    # 协会与签订
    r"|(?P<pair>(?:协会|公司|企业|园区|平台|基地|银行|学院|大学|集团|双方|单位)(?:与|同))(?=(?:签订|签署|达成|合作|联合|举行|举办|共建))"
    r"|(?P<toward>[向给](?=(?:捐赠|赠送|发出|颁发|提交|反映|报送|提出|介绍|汇报)了))")
ENDS = {"give": "后面漏了宾语", "as": "后面漏了宾语", "under": "后面漏了“下”", "on": "后面漏了“上”或“下”", "mid": "后面漏了“中”",
        "while": "后面漏了“中”或“上”", "asked": "后面漏了“时”", "did": "后面漏了宾语", "adverb": "后面的话没有了",
        "pair": "后面漏了对方是谁", "toward": "后面漏了对象"}
# What may stand at the end all the same: before it something was named as the object.
OPEN = {"did": lazy("(?:的|得以?|已|正在?|照常|同时|分[批步期]|如期|顺利|持续|继续|依法|逐步|严格|按[^，。]{0,6}|[中内]|所|予|会议|能|将|在"
                    "|工作|活动|都|分别|公开|同步|有序|[线上]|方式)\\Z"),
        "adverb": lazy("(?:更|再|迈|近|前|跨|审议|表决|获得?|予以|顺利|一致|未|不|准予|全票|评审|考试|验收|会议|大会|正式|审核|依|可|[一有无没]|"
                       "审查|备案|已|需|能|的|得|不予|以|了|才|要|认证|检[验测]|全部|鉴定|评估|投票|批准|高票|无条件)\\Z"),
        "give": lazy("由|所|的\\Z|免费"), "pair": lazy("[的]\\Z"), "toward": lazy("(?:方|导|意|转|走|定|一|供|[^，。；]{0,2}[交发送]|志|指|倾|风|动|偏|趋)\\Z")}
BEFORE = 8


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each place where a clause stops too early."""
    text = copy.words
    for match in OFF.finditer(text):
        kind = str(match.lastgroup)
        start, end = match.span(kind)
        known = OPEN.get(kind)
        if known and known.search(text[max(0, start - BEFORE) : start] if kind != "give" else match.group()[:-2]):
            continue
        if kind == "give":
            start = end - len(match[kind].rstrip("了")[-2:]) - match[kind].endswith("了")
        yield Mark(start, end, f"“{text[start:end]}”{ENDS[kind]}")


RULE = Rule("broken-off", Severity.WARNING, Copy, check, cues=(OFF,))
