"""把港澳台与国家并列。

香港、澳门、台湾是中国的地区，与各国并列时统称“国家和地区”。地区名见词表 regions.toml。

误：产品出口到日本、韩国、香港等国家
误：主要来源国为美国、台湾和德国
误：公司在美国、台湾、新加坡等国设立研发中心
误：港商回国投资的热情很高，公司与香港、澳门及其他国家的客户往来
正：产品出口到日本、韩国、中国香港等国家和地区
正：公司在美国、新加坡等国和中国台湾设立研发中心
正：港商来内地投资的热情很高
正：香港与内地同为一个国家，业务遍及12个国家（地区）和香港
依据：国务院新闻办公室、新华社关于涉港澳台用语的规定。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.passages import Passage
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy

CLAUSE = lazy("[^，。；！？（）]+")
SUMMED = lazy(r"(?<=[一-龥])(?:[两三四五六七八九十]|\d{1,2})个国家(?![和或与及、]?地区|[（(]地区|级)|(?:等|这"
            r"|在内的)[^、，。；等]{0,6}?国家(?![和或与及、]?地区|[（(]地区|级|和区域)"
              r"|(?:等(?:[一二三四五六七八九十]|\d{1,3}个?)?"
            r"|(?<=[一-龥])[两三四五六七八九十])国(?![家际内有产外务民企资情防庆宾])")
HEADED = lazy(r"国家(?:包括|有|为|是|分别为|分别是|依次为|：)"
                    r"|(?:来源|目的|出口|进口|投资|贸易伙伴)国(?!家)(?:包括|有|为|是|：)?")
# Who comes from there is no foreigner, and who goes there does not leave the country or come home to it.
ABROAD = lazy(r"(?:港澳台|港澳|港台|香港|澳门|台湾|[港澳台](?=[商胞]))(?:地区)?(?:人士|同胞|居民|客商|青年|学生"
              r"|企业家|商|胞)"
              r"[^，。；！？、]{0,5}?(?:外宾|外国人|归国|回国)"
              r"|(?:外国人?|外宾)[^，。；！？、]{0,3}(?:即|包括|含)港澳台|(?:香港|澳门|台湾"
            r"|港澳台?)(?:地区)?出国[游线团行]|(?:出国|出境国)(?:到|赴|去|前往)(?:香港"
              r"|澳门|台湾)|(?:赴|到|去|前往)(?:香港|澳门|台湾|港澳台?)(?:地区)?[^，。；、]{0,6}出国"
              r"|(?:香港|澳门|台湾|港澳台?)籍?(?:外宾|外商(?![投协独联]))|(?:香港|澳门|台湾"
            r"|港澳台?)(?:地区)?(?:、[一-龥]{2,6}){0,4}等(?:国外|外国)(?![一-龥]{0,6}(?:和|与|及))")
# 香港、澳门及其他国家; 台湾与世界其他国家.
OTHERS = lazy(r"(?:香港|澳门|台湾|港澳台?)(?:地区)?(?:、[一-龥]{2,8}){0,8}(?:和|及|以及|与|等)(?:世界|海外"
              r"|全球)?(?:上的?)?(?:其他|其它|别的)(?P<land>国家)(?!和地区|（地区）|及地区|与地区|或地区)")
# 台湾与内地 is said of 香港 and 澳门; 香港与国内 takes them for abroad.
MAINLAND = lazy(r"(?:台湾(?:地区)?[和与同及](?P<a>内地)|(?P<b>内地)[和与同及]台湾|(?:香港|澳门"
                r"|港澳)(?:地区)?[和与同及](?P<c>国内|中国(?!香港|澳门|台湾))|(?P<d>国内"
                r"|(?<!在)中国)[和与同及](?:香港|澳门|港澳)(?!大学|中文)|(?:香港|澳门|港澳)(?:地区)?(?:与|和|同"
                r"|及)(?P<e>大陆)|(?P<f>大陆)(?:与|和|同|及)(?:香港|澳门|港澳))")
# Offices of the authorities there are not called as those of a state.
OFFICES = lazy(r"(?:台湾|台北|台方)[^，。；、“”]{0,6}?(?P<office>总统府?|副总统|行政院长?|立法院长?|监察院长?"
               r"|司法院长?|考试院长?|国防部长?|外交部长?|经济部长?|财政部长?|内政部长?|央行行长|国安局|陆委会主委"
               r"|中央银行|国会|政府(?!主管))")
RIGHT = {"a": "大陆", "b": "大陆", "c": "内地", "d": "内地", "e": "内地", "f": "内地"}
FOREIGN = lazy("外[宾商]|外国|[归回出]国|国外")
JOINED = lazy(r"(?:[、和与及]|^|[到往自从为是有括：对向在赴与“‘《])\Z")


def check(issue: Issue) -> Iterator[At]:
    """Yield each list of countries that a region stands in."""
    regions = issue.lexicon("regions")
    for passage in issue.passages:
        for match in ABROAD.finditer(passage.words) if FOREIGN.search(passage.words) else ():
            yield At.within(passage, *match.span(), "港澳台是中国的地区，来去不说出国、回国，人不称外宾")
        yield from _called(passage)
        told = "国" in passage.words and any(word in passage.words for word in regions.words)
        for clause in CLAUSE.finditer(passage.words) if told else ():
            text, start = clause.group(), clause.start()
            if not SUMMED.search(text) and not HEADED.search(text):
                continue
            hits = [hit for hit in regions.find(text) if JOINED.search(text[max(0, hit.start - 1) : hit.start])
                    and (text[hit.end : hit.end + 1] in ("、", "和", "与", "及", "等", "") or hit.start)]
            summed, headed = SUMMED.search(text), HEADED.search(text)
            for hit in hits:
                if summed and hit.end <= summed.start() and (hit.end == summed.start() or "、" in text[hit.start :]):
                    yield At.within(passage, start + hit.start, start + summed.end(),
                                    f"“{hit.text}”是地区，与国家并列时写“国家和地区”")
                    break
                if headed and headed.end() <= hit.start and re.search("[、和与及]", text[headed.end() :]):
                    yield At.within(passage, start + headed.start(), start + hit.end,
                                    f"“{hit.text}”是地区，与国家并列时写“国家和地区”")
                    break


def _called(passage: Passage) -> Iterator[At]:
    """Regions among other countries, the mainland under the other name, offices as if of a state."""
    text = passage.words
    if not ("台" in text or "港" in text or "澳门" in text):
        return
    for match in OTHERS.finditer(text) if "国家" in text else ():
        yield At.within(passage, *match.span("land"), "港澳台是中国的地区，写“国家和地区”", "国家和地区")
    for match in MAINLAND.finditer(text):
        key = next(key for key in RIGHT if match[key])
        yield At.within(passage, *match.span(key), "与台湾对举的称大陆，与港澳对举的称内地", RIGHT[key])
    for match in OFFICES.finditer(text) if "台" in text else ():
        yield At.within(passage, *match.span("office"), "台湾当局的机构和职务不这样称，写“台湾地区……机构”“负责人”，或"
                                                        "加引号")


RULE = Rule("regions-with-countries", Severity.WARNING, Issue, check)
