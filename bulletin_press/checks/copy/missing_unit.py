"""数后面漏了单位。

金额写到“亿”“万”就断了，漏了元、美元；增长、下降的小数后面漏了百分号。单位不写，读者只能猜。

误：实现进出口总额1280亿，同比增长6.1%
误：同比增长14.3，其中离岸执行额3607亿元
误：8月16，调研组走访了成立于2009，拥有员工120，占比达到，展会为期三，共有12企业参加。
正：8月16日，成立于2009年，为期三天，新增企业34家，1月至8月16日，共有12家企业参加
正：实现进出口总额1280亿元，同比增长14.3%，移动用户达9.7亿，观众突破3万
正：服务费由300万、500万元两笔组成，回升至14.3个百分点，销售收入1.2万亿卢布
依据：《中华人民共和国法定计量单位》；GB/T 15835—2011《出版物上数字用法》5.1.3。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

SUMS = (r"(?:[金总差余税]额|执行额|合同额|进口额|出口额|进出口额|贸易额|交易额|成交额|销售额|营业额|收入|利润|"
        r"产值|增加值|投资|资金|融资|"
        r"税收|[税货借尾贷余欠购赔罚备程]款|经费|贷款|存款|外资|市值|估值|营收|GDP|生产总值|补贴|奖金|总值|人民币|"
        r"资产|薪酬|年薪|预算|成本)")
NEAR = (r"(?:总计|共计|合计|累计|分别|已经|已|约|近|超过|超|逾|达到|达|为|突破|共|仅|是|增至|增加到|高达|实现|"
        r"完成|增长到|首次|:|："
        r"|规模|[（(])*")
MONEY = lazy(rf"{SUMS}{NEAR}[ \t]?(?P<number>\d[\d,.]*[ \t]?[余多]?[万千百]?[亿万])"
             r"(?:余|多)?(?=[，。；、！？）)]|$|以上[，。；]|左右[，。；])")
RATE = lazy(r"(?:(?:同比|环比|比上年|较上年)[^，。；\d]{0,4}?)(?:增长|下降|上升|增加|减少|回落|提高|回升|下滑|"
            r"减)[了约近]?[ \t]?"
            r"(?P<number>\d{1,3}(?:\.\d{1,2})?)(?=[，。；、！？）]|和|$)")
# 8月16，; 成立于2009，; 为期三，; 新增企业34，; 占比达到。
COUNTED = ("企业|会员|会员单位|单位|项目|人员|代表|专家|嘉宾|学员|客商|合同|活动|会议|国家|城市|设备|产品|园区|机构|"
           "院校|高校|部门|岗位|职工|员工|专利"
           "|论文|作品|稿件|问卷|提案|建议|申请|材料|案例|展商|参展商|观众|选手|志愿者|门店|网点|基地|平台")
BARE = lazy(
    r"(?<![\d./])(?P<day>(?:1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9]))(?=[，；。]|[上下]午|晚|起|至|前|[，]|在|[召举])"
    r"(?!至\d)"
    r"|(?:成立|创办|创建|始建|建立|出生|注册|毕业|投产|建成|落户|创立|组建|颁布|发布|起源|诞生|开业|获评|上市)"
    r"于(?P<year>(?:19|20)\d\d)(?=[，。；])"
    r"|(?:为期|历时|持续了?|耗时|历经|长达)(?P<length>[一二两三四五六七八九十\d]{1,3})(?=[，。；]|的(?!一))"
    rf"|(?:新增|共有|现有|拥有|吸引|发展|认定|培育|走访|接待|签约|共计|入驻|引进|收到|评出|征集|发放|回收|签订|受理|"
    rf"解答|推荐)了?[^，。；：、\d]{{0,8}}(?:{COUNTED})(?P<count>\d{{1,5}})(?=[，。；])"
    rf"|(?:共有|吸引|组织|来自|带领|共|邀请|走访|拥有|现有|新增)了?(?:近|约|超过|超|逾)?(?P<several>\d{{2,5}}[余多]?)"
    rf"(?=(?:{COUNTED}|会员企业|企业代表)(?:参加|参展|参会|完成|签约|入选|获|到会|出席|进行|通过|，|。|的代表|开展|被))"
    r"|\d(?P<more>余)(?=(?:纺织|服装|机械|电子|软件|外贸|会员|参展|重点|民营|中小|骨干|龙头|本地|制造|科技|生产|"
    r"上下游|相关)?(?:企业|单位|机构|商户|高校|院校|部门|代表|专家|嘉宾|学员|客商|职工|员工|项目))"
    r"|(?:产能|产量|销量|吞吐量|发电量|用电量|库存量|种植面积|建筑面积|占地面积|展览面积)[^，。；：\d]{0,3}(?:达到|达|"
    r"为|约|超过|突破)(?P<much>\d[\d.]{0,12}[万亿]?(?:平方)?)(?=[，。；])"
    r"|(?:发展到|增加到|增至|扩大到|减少到|减至)(?:目前的|现在的|如今的|今年的)?(?P<grown>\d[\d.]{0,12})(?=[，。；])|"
    r"\d[\d.]{0,12}[万千百]?(?P<square>平方)(?=[，。；])"
    r"|(?:占比|比重|总额|产值|销售额|收入|利润|增速|增幅|进出口额|成交额|覆盖率|合格率|面积|产量|销量)"
    r"[^，。；\d]{0,4}?(?P<reach>达到|达|升至|增至|降至|突破|超过|高达)(?=[，。；])")
WHAT = {"day": "日", "year": "年", "length": "天、年等单位", "count": "家、个、名等量词", "much": "单位",
        "grown": "单位", "square": "米", "more": "家、名等量词", "several": "家、个、名等量词", "reach": "数"}
LIST = lazy(r"(?:[、和与至到—～-]\d[\d.,]*[ \t]?[万亿千百]*(?:[元]|[美欧日港]元|人民币)|[、和]\d+(?:\.\d+)?[%％])")
AHEAD = 40


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each sum without a currency, each rate without its sign."""
    for match in copy.finds(BARE):
        kind = str(match.lastgroup)
        typed, meant = match[kind], WHAT[kind]
        yield Mark(*match.span(kind), f"“{typed}”后面漏了{meant}", typed + meant if kind in ("day", "year") else None)
    for match in copy.finds(MONEY):
        if not _shared(copy.words, match.end("number")):
            number = match["number"]
            yield Mark(*match.span("number"), f"“{number}”后面漏了元、美元等单位")
    for match in copy.finds(RATE):
        if not _shared(copy.words, match.end("number")):
            number = match["number"]
            yield Mark(*match.span("number"), f"“{number}”后面漏了百分号", f"{number}%")


def _shared(text: str, end: int) -> bool:
    """Whether a list of figures goes on that has its unit at the end: 300万、500万元."""
    return text[end : end + 1] in ("、", "和", "与", "至") and bool(LIST.search(text, end, end + AHEAD))


RULE = Rule("missing-unit", Severity.WARNING, Copy, check, cues=(MONEY, RATE, BARE))
