"""数后面漏了单位。

金额写到“亿”“万”就断了，漏了元、美元；增长、下降的小数后面漏了百分号。单位不写，读者只能猜。

误：实现进出口总额1280亿，同比增长6.1%
误：同比增长14.3，其中离岸执行额3607亿元
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
        r"税收|[税货借尾贷余欠购赔罚备程]款|经费|贷款|存款|外资|市值|估值|营收|GDP|生产总值|补贴|奖金|总值|人民币|资产|薪酬|年薪|预算|成本)")
NEAR = (r"(?:总计|共计|合计|累计|分别|已经|已|约|近|超过|超|逾|达到|达|为|突破|共|仅|是|增至|增加到|高达|实现|"
        r"完成|增长到|首次|:|："
        r"|规模|[（(])*")
MONEY = lazy(rf"{SUMS}{NEAR}[ \t]?(?P<number>\d[\d,.]*[ \t]?[余多]?[万千百]?[亿万])"
             r"(?:余|多)?(?=[，。；、！？）)]|$|以上[，。；]|左右[，。；])")
RATE = lazy(r"(?:(?:同比|环比|比上年|较上年)[^，。；\d]{0,4}?)(?:增长|下降|上升|增加|减少|回落|提高|回升|下滑|"
            r"减)[了约近]?[ \t]?"
            r"(?P<number>\d{1,3}\.\d{1,2})(?=[，。；、！？）]|和|$)")
LIST = lazy(r"(?:[、和与至到—～-]\d[\d.,]*[ \t]?[万亿千百]*(?:[元]|[美欧日港]元|人民币)|[、和]\d+(?:\.\d+)?[%％])")
CUE = lazy("[万亿0-9](?:[，。；、！？）)]|$|以上|左右|和)")
AHEAD = 40


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each sum without a currency, each rate without its sign."""
    if not CUE.search(copy.words):
        return
    for match in MONEY.finditer(copy.words):
        if not _shared(copy.words, match.end("number")):
            number = match["number"]
            yield Mark(*match.span("number"), f"“{number}”后面漏了元、美元等单位")
    for match in RATE.finditer(copy.words):
        if not _shared(copy.words, match.end("number")):
            number = match["number"]
            yield Mark(*match.span("number"), f"“{number}”后面漏了百分号", f"{number}%")


def _shared(text: str, end: int) -> bool:
    """Whether a list of figures goes on that has its unit at the end: 300万、500万元."""
    return text[end : end + 1] in ("、", "和", "与", "至") and bool(LIST.search(text, end, end + AHEAD))


RULE = Rule("missing-unit", Severity.WARNING, Copy, check, needs="0万亿", cues=(MONEY, RATE))
