"""句子里缺了词。

“同比”后面漏了增长、下降；“通过……，使……”没有主语；“加大”“推动”后面漏了宾语。

误：离岸执行额3607亿元，同比14.3%。
误：通过本次培训，使会员企业提高了合规意识。
误：在市商务局支持下，使对接会取得成功。
误：企业要加大，推动业务向高端延伸。
误：为推动行业高质量发展更大贡献。
正：同比增长14.3%
正：本次培训使会员企业提高了意识
正：力度要加大，增速同比提高2个百分点
正：通过审核，使用电子证书
正：为行业发展作出更大贡献，为大会的召开和协会的发展积极贡献力量
依据：《现代汉语》（黄伯荣、廖序东）“句子成分残缺”一节；统计用语的通例。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

RATE = lazy(r"(?P<word>同比|环比|比上年同期|比去年同期|较上年同期)[ \t]?(?P<rate>\d+(?:\.\d+)?[%％])(?!的?(?:增|"
            r"降|减|涨|跌))")
SUBJECT = lazy(r"(?:^|(?<=[。；！？]))(?:近年来，|今年以来，|日前，|据介绍，)?"
               r"(?:(?P<by>(?:通过|经过|由于|随着)[^。；！？：]{2,40}|(?:根据|按照|经(?![常济营贸理历]))"
               r"[^，。；！？：]{2,25})"
               r"|(?P<under>在)[^，。；！？：]{2,30}(?:下|中|后|之后|时|之际))，"
               r"(?P<makes>使得?|让|令)(?![用命馆节者团劲步路利座位出])[\u4e00-\u9fff]{2,}")
# 通过实训使员工熟悉了流程: without a comma.
JOINED = lazy(r"(?:^|(?<=[。；！？]))(?P<by>通过|经过)(?![^，。；：]{0,20}[来以而])[^，。；！？：]{2,20}?(?P<makes>使)"
              r"(?![用命馆节者团劲步得])[^，。；]{3,}(?=[，。；])")
# 为种植户的管理水平，协会: what is to be raised.
RAISE = lazy(r"(?:^|(?<=[。；]))为(?![了更促推提增扩加改优强进实确保降缩稳做抓培打建扎全切充不适满解发巩深规完维弥补节"
             r"检考有展达争尽继坚防避减使让满帮支引])"
             r"[^，。；：、]{2,14}(?:水平|能力|质量|效率)，")
MAKES = lazy("，[使让令]")
TRANSITIVE = "加大|构建|打造|采取|制定|开展|促使|履行|营造|搭建"
OBJECT = lazy(rf"(?:要|应|将|需|须|应当)(?:继续|进一步|着力|积极|不断|持续)?(?P<verb>{TRANSITIVE})(?=[，。；])")
# 截至6底: the month.
MONTH = lazy(r"(?:截至|截止|到|至|于|从|自)(?P<month>1[0-2]|[1-9])(?=[底初末](?:[，。；]|[\u4e00-\u9fff]{0,2}，))")
# 为行业发展更大贡献: what is to be done with it.
GIVE = lazy(r"(?<=为)[^，。；：为出]{2,24}(?:发展|建设|振兴|进步|繁荣|事业|复兴|腾飞|转型|转型升级|目标|局面)"
            r"(?P<what>(?:新的)?(?:更大|新的?|积极|应有的?|较大|突出|重要)的?贡献)(?=[，。；！])")
CLAUSE = lazy("[，。；：、！？]")
REACH = 12
MEANT = lazy("力度|影响|冲击|投入|压力|难度|差距|风险|支持|力量|规模|比重|范围|活动|项目|工作|工程|计划|政策|措施|"
             "行动|依法|按|据|由|可|被|所")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each clause that lacks its verb, its subject or its object."""
    text = copy.words
    if "比" in text:
        for match in copy.finds(RATE):
            yield Mark(*match.span(), f"“{match['word']}”与“{match['rate']}”之间漏了增长、下降之类的词")
    if MAKES.search(text):
        for match in copy.finds(SUBJECT):
            by = match["under"] or match["by"][:1 if match["by"][0] == "经" and match["by"][1] != "过" else 2]
            yield Mark(*match.span("makes"), f"前面用了“{by}”，这句就没有主语：删去“{by}”或“{match['makes']}”")
    for match in copy.finds(JOINED) if "使" in text else ():
        yield Mark(*match.span("makes"), f"前面用了“{match['by']}”，这句就没有主语：删去“{match['by']}”或“使”")
    for match in copy.finds(RAISE):
        yield Mark(match.start(), match.end() - 1, "“为”后面漏了提高、增强之类的动词")
    for match in copy.finds(MONTH):
        yield Mark(*match.span("month"), f"“{match['month']}”后面漏了“月”", f"{match['month']}月")
    for match in copy.finds(GIVE) if "贡献" in text else ():
        yield Mark(*match.span("what"), "“贡献”前面漏了“作出”", f"作出{match['what']}")
    for match in copy.finds(OBJECT):
        subject = CLAUSE.split(text[max(0, match.start() - REACH) : match.start()])[-1]
        if not MEANT.search(subject):
            yield Mark(*match.span("verb"), f"“{match['verb']}”后面漏了宾语")


RULE = Rule("missing-word", Severity.WARNING, Copy, check, cues=(RATE, SUBJECT, OBJECT, MONTH, JOINED, RAISE, GIVE))
