"""并列的词语之间标点不对。

并列的词语之间用顿号，前后一致；“等”字前面、“了”字后面不用点号；分号后面不接“及”“和”。

误：客商来自德国，法国，意大利等国。产品销往美国、日本，韩国等国家。
误：产品销往日本、韩国。等国家。会议听取了、工作报告。
误：由于近期气温下降、各企业要提前储煤。走访了河北、山东，河南三省的企业。
误：参加人员：会长、副会长、秘书长；及各分会负责人。
正：客商来自德国、法国、意大利等国。
正：由于近期气温下降，各企业要提前储煤。走访了河北、山东、河南三省的企业。
正：会议听取了工作报告，看了、听了、记了。
正：讨论了规划，研究了方案等事项。
依据：GB/T 15834—2011《标点符号用法》4.5、4.6、附录B.1.5：顿号、分号的用法。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import read_chinese_number
from bulletin_press.language.script import lazy

PLACE = ("(?:[\u4e00-\u9fff]{1,5}?(?:国|亚|[利兰士典麦威牙本坡宁西京津海州庆汉圳连阳岛波都安门春昌沙明锡])|"
         "[\u4e00-\u9fff]{2}[省市县区])")
LISTED = lazy(
    rf"(?:来自|覆盖|涵盖|销往|远销|出口到|遍及|分布在|走访了?|赴|前往|到|和|有){PLACE}(?P<first>，)"
    rf"{PLACE}[，、](?:{PLACE}[，、])?{PLACE}等"
    rf"|(?:来自|覆盖|涵盖|销往|远销|出口到|遍及|分布在|走访了?|赴|前往){PLACE}(?:、{PLACE}){{0,3}}(?P<later>，)"
    rf"{PLACE}(?:、{PLACE}){{0,3}}等"
    r"|(?:包括|涉及|经营|从事|涵盖)[\u4e00-\u9fff]{2,5}(?P<mixed>，)[\u4e00-\u9fff]{2,5}、[\u4e00-\u9fff]{2,5}等(?=["
    r"\u4e00-\u9fff\d。，])"
    r"|(?:涵盖|包括|分为|设有|囊括|分(?![析享别管工公发布红类支成明清析配担步期头摊拨]))[\u4e00-\u9fff]{2,6}(?P<row>，)[\u4e00-\u9fff]{2,6}，(?:[\u4e00-\u9fff]{2,6}，)"
    r"{0,6}[\u4e00-\u9fff]{2,6}(?:等)?[两三四五六七八九十\d]{1,2}(?:大类|个|类|种|项|大|道|门|处|位|名|家)"
    # 来自成都，重庆，西安的十余家企业
    r"|(?:来自|分布[于在]|销往|发往|运往|远销)[\u4e00-\u9fff]{2,4}(?P<placed>，)[\u4e00-\u9fff]{2,4}，[\u4e00-\u9fff]{2,4}(?:的(?=[\d一二三四五六七八九十几百数多近]|企业|代表|客商|嘉宾|专家|会员|选手|学员|同行|厂商|参展)|等)"
    # 要加强原料管理、供应商的资质也要核对
    r"|(?<![一-龥])[一-龥]{0,8}(?:要|应|须|应当|必须|需要)(?:加强|严格|重视|做好|落实|强化|规范|完善|提高|抓好|严把|注意|保持|健全)[一-龥]{2,10}(?P<also>、)(?=[一-龥]{2,8}?(?:的[一-龥]{2,4})?(?:也|还|则|更)(?:要|应|须|需|必须|可|不))"
    r"|一、[^，。；、：]{2,20}(?P<levels>、)(?=二、)|(?P<then>、)(?=但是|但(?=[一-龥])(?![书凡愿])|因此|所以(?!然)|然而|从而|于是|不过(?!关)|而且|并(?![列购且网非行])[\u4e00-\u9fff]{2})|"
    r"(?P<bracket>、)(?=（(?![一二三四五六七八九十\d]))"
    r"|(?P<etc>[。；，])(?=等(?!一[等下会])(?:荣誉|称号|奖项|资质|国家|地区|国|地|城市|省份|产品|行业|领域|企业|单位|部门|\d|"
    r"[一二两三四五六七八九十几多]))"
    r"|(?P<did>(?<=[取过论究阅看议开办立定订展成问到署])了、)(?![^，。；、]{0,12}了)(?=[\u4e00-\u9fff《“])"
    r"|(?:包括|分别为|分别是|来自|主要有|分为)(?P<verb>[、；。])(?=[\u4e00-\u9fff])"
    r"|(?P<and>；)(?=(?:及(?!时|格)|和(?![谐平睦解记]))[\u4e00-\u9fff]{2,10}。)"
    r"|(?<![^，。；\n])(?:由于|因为|虽然|为了|如果|尽管|随着)[^，。；、！？：“”（）]{4,30}(?P<clause>、)(?=[^，。；、！？：“”（）]{5,60}[。；])"
    r"|[（(][一二三四五1-5]）[^；。，（）]{2,30}(?P<item>，)(?=[（(][二三四五六2-6]）[^；。（）]{2,40}；)")
PROVINCE = ("(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东"
            "|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)")
NATION = ("(?:美国|英国|法国|德国|日本|韩国|意大利|加拿大|澳大利亚|俄罗斯|印度|巴西|泰国|越南|新加坡|马来西亚"
          "|印度尼西亚|西班牙|荷兰)")
# 上海江苏、浙江和安徽: two names with nothing between, before more of them;
# 北京、天津，河北三地: a comma before the last.
TOUCHING = lazy(rf"(?<!、)(?P<one>{PROVINCE})(?P<two>(?!(?P=one)){PROVINCE})(?=(?:、{PROVINCE}){{1,12}}(?:[和及与等，。"
                rf"]|以及|[三四五六七八九]))"
                rf"|(?<=、)(?P<one_>{PROVINCE})(?P<two_>(?!(?P=one_)){PROVINCE})(?=[、和及与]|以及|等|[三四五六七八九][省地市])"
                rf"|(?P<nation>{NATION})(?P<next>(?!(?P=nation)){NATION})(?=、{NATION})")
LAST_COMMA = lazy(rf"(?P<row>{PROVINCE}(?:省|市)?(?:、{PROVINCE}(?:省|市)?){{1,12}})，(?P<last>{PROVINCE}(?:省|市)?)"
                  r"(?P<n>[三四五六七八九])(?:个)?(?:省|市|区|地|兄弟)")
# 审议通过了报告、选举产生了理事会，并表彰了先进: clauses of a verb each.
CLAUSES = lazy(r"(?<![一-龥《“])(?:[一-龥]{0,8}?)(?:通过|产生|听取|审议|表彰|部署|总结|参观|走访|发布|签署|观摩"
               r"|举行|召开|选举|讨论|宣读|颁发|通报|启动|考察|介绍|回顾|分析|交流)了"
               r"(?:[一-龥\d]|《[^《》]{2,30}》){4,20}(?P<mark>、)(?:[一-龥]{0,4}?)(?:通过|产生|听取|审议|表彰|部署|总结|参观|走访|发布|签署|观摩|举行|召开|选举|讨论|宣读|颁发|通报|启动|考察|介绍|回顾|分析|交流)了"
               r"(?:[一-龥\d]|《[^《》]{2,30}》){4,24}(?=[，。])")
# Three provinces in a row, of which the last number tells how many there are.
SEVERAL = lazy(r"(?:来自|覆盖|涵盖|销往|远销|出口到|遍及|分布在|走访了?|考察了?|到访|赴|前往"
               r"|到)(?P<row>[一-龥]{2,4}?(?:[，、][一-龥]{2,4}?){1,8}?)"
               r"(?:等|这)?(?P<count>[两三四五六七八九十])(?:个)?(?:省|市|县|区|国|地|镇|乡|村)(?![委政民场])"
               r"|(?:涵盖|包括|分为|设有|设置了?|囊括|分(?![析享别管工公发布红类支成明清析配担步期头摊拨]))(?P<things>[一-龥]{2,8}?(?:[，、][一-龥]{2,8}?){1,8}?)(?:等|这)?"
               r"(?P<of>[两三四五六七八九十])(?:大类|个|类|种|项|大)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each mark that does not belong between things in a row."""
    several = [mark for match in copy.finds(SEVERAL) for mark in _several(match)]
    told = {mark.start for mark in several}
    for match in copy.finds(LISTED):
        kind = str(match.lastgroup)
        if kind == "placed" and match.start(kind) in told:
            continue
        if kind in ("first", "later", "mixed", "row", "placed"):
            yield Mark(*match.span(kind), "并列的词语之间用顿号", "、")
        elif kind == "then":
            word = "并" if copy.words.startswith("并", match.end()) else "连词"
            yield Mark(*match.span(kind), f"“{word}”前面用逗号" if word == "并" else "分句之间用逗号", "，")
        elif kind in ("clause", "also"):
            yield Mark(*match.span(kind), "分句之间用逗号", "，")
        elif kind in ("item", "levels"):
            yield Mark(*match.span(kind), "各项之间用分号，这里也用分号", "；")
        elif kind == "and":
            yield Mark(*match.span(kind), "“及”“和”连接的是并列的词语，前面不用分号")
        elif kind == "did":
            yield Mark(match.start(kind) + 1, match.end(kind), "动词与宾语之间不用顿号", "")
        else:
            yield Mark(*match.span(kind), f"这里不用“{match[kind]}”", "")
    for match in copy.finds(TOUCHING):
        second = next(match.start(name) for name in ("two", "two_", "next") if match[name])
        yield Mark(*match.span(), "并列的地名之间漏了顿号", f"{match.string[match.start() : second]}、"
                                                       f"{match.string[second : match.end()]}")
    for match in copy.finds(LAST_COMMA):
        if match.end("row") not in told and match["row"].count("、") + 2 == read_chinese_number(match["n"]):
            yield Mark(match.end("row"), match.start("last"), "并列的词语之间用顿号", "、")
    for match in copy.finds(CLAUSES) if copy.words.count("了") > 1 and "、" in copy.words else ():
        yield Mark(*match.span("mark"), "分句之间用逗号", "，")
    yield from several


def _several(match: re.Match[str]) -> Iterator[Mark]:
    """The commas of a row that is followed by the number of what stands in it."""
    key, count = ("row", "count") if match["row"] else ("things", "of")
    marks = [at for at in range(*match.span(key)) if match.string[at] in "，、"]
    commas = [at for at in marks if match.string[at] == "，"]
    # Things with commas alone may be clauses: 分析形势，部署任务，提出三个要求.
    counted = read_chinese_number(match[count].replace("两", "二"))
    if len(marks) + 1 == counted and (key == "row" or len(commas) < len(marks)):
        for at in commas:
            yield Mark(at, at + 1, "并列的词语之间用顿号", "、")


RULE = Rule("mark-in-list", Severity.WARNING, Copy, check, cues=(LISTED, SEVERAL, TOUCHING, LAST_COMMA, CLAUSES))
