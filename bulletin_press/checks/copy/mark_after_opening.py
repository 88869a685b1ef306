"""句首词语、称呼、“如下”后面的标点不对。

“据了解”“此外”“目前”后面用逗号；称呼单独成段，后面用冒号；“如下”提起下文，也用冒号。

误：据了解、该企业成立于2009年。此外；协会还组织了培训。
误：各位会员。
误：要做到以下几点；一是加强领导，二是落实责任。现将有关事项通知如下；
正：据了解，该企业成立于2009年。
正：此外，协会还组织了培训。其中：出口增长。
正：要做到以下几点：一是加强领导。现将有关事项通知如下：
依据：GB/T 15834—2011《标点符号用法》4.4、4.7.3.1、4.7.3.3：逗号与冒号的用法。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

FIRST = ("据了解|据介绍|据悉|据统计|据报道|此外|同时|因此|目前|另外|近日|日前|今年以来|截至目前|会上|会后|随后|对此|"
         "为此|然而|但是|不过|所以|与此同时|近年来"
         "|下一步|接下来|会议期间|活动期间|活动现场|期间|会前|当天|当日|未来|今后|事实上|实际上|总之|综上所述|"
         "由此可见|换句话说|首先|其次|最后|其中")
OPENED = lazy(
    rf"(?:^|(?<=[。！？；]))(?P<word>(?:{FIRST}))(?P<mark>[；。]|、(?!今后|目前|将来|未来|会[上前后]|随后|其次))"
    rf"(?=[\u4e00-\u9fff《“\d]{{2}})"
    r"|(?:^|(?<=[。！？；]))(?:据了解|据介绍|据悉|此外|因此|会上|然而|但是|不过|所以|与此同时|近年来|随后|同时)"
    r"(?P<colon>：)(?=[\u4e00-\u9fff《“\d]{2})"
    r"|(?:^|(?<=[。！？]))(?:(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[上下]午)?)(?P<date>[。；]|"
    r"、(?![\d一二三四五六七八九十当次]))(?=[\u4e00-\u9fff《“]{2})"
    r"|(?:以下|下列|如下)[^，。；：、！？“”]{0,8}(?P<list>[；，])(?=(?:一是|一、|（一）|\(一\)|1[.．、]|第一|首先|"
    r"其一))"
    r"|(?:通知|公告|告知|安排|公示|函告|说明|公布)如下(?P<then>[，；])(?=[\u4e00-\u9fff])"
    r"|(?:通知|公告|告知|说明|报告|安排|要求|公示|公布|汇报|函告|函复|答复|分述|介绍|列示)如下(?P<end>[！；，])\Z"
    r"|(?:部门|单位|企业|协会|地区|会员|公司|各地)(?P<must>：)(?=(?:要|应当|必须|务必)(?!求)[\u4e00-\u9fff])"
    r"|(?<![需重主次首简纪摘概提想只])要(?P<to>：)(?=(?:加强|做好|抓好|坚持|认真|积极|落实|严格|按照|深入|大力|进一步|"
    r"完善|强化))")
CALLED = lazy(r"(?:各位|各|尊敬的|亲爱的)[\u4e00-\u9fff、]{0,14}(?:会员|会员单位|单位|企业|代表|领导|来宾|嘉宾|同志|"
              r"朋友|理事|先生|女士|同仁|部门|们|家长|读者|客户)"
              r"(?P<mark>[，。；、])[ \t]*\Z")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each mark that does not belong after what begins a sentence."""
    text = copy.words
    if match := CALLED.match(text):
        yield Mark(*match.span("mark"), "称呼单独成段，后面用冒号", "：")
    for match in OPENED.finditer(text):
        kind = str(match.lastgroup)
        if kind in ("mark", "colon", "date"):
            yield Mark(*match.span(kind), "句首的词语后面用逗号", "，")
        elif kind in ("list", "end", "then"):
            yield Mark(*match.span(kind), "“如下”“以下”提起下文，用冒号", "：")
        else:
            yield Mark(*match.span(kind), "主语与谓语之间不用冒号", "")


RULE = Rule("mark-after-opening", Severity.WARNING, Copy, check)
