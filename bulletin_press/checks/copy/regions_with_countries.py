"""把港澳台与国家并列。

香港、澳门、台湾是中国的地区，与各国并列时统称“国家和地区”。地区名见词表 regions.toml。

误：产品出口到日本、韩国、香港等国家
误：主要来源国为美国、台湾和德国
误：公司在美国、台湾、新加坡等国设立研发中心
误：港商回国投资的热情很高
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
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy

CLAUSE = lazy("[^，。；！？（）]+")
SUMMED = lazy(r"(?:等|这|在内的)[^、，。；等]{0,6}?国家(?![和或与及、]?地区|[（(]地区|级|和区域)"
              r"|等(?:[一二三四五六七八九十]|\d{1,3}个?)?国(?![家际内有产外务民企资情防庆宾])")
HEADED = lazy(r"国家(?:包括|有|为|是|分别为|分别是|依次为|：)"
                    r"|(?:来源|目的|出口|进口|投资|贸易伙伴)国(?!家)(?:包括|有|为|是|：)?")
# Who comes from there is no foreigner, and who goes there does not leave the country or come home to it.
ABROAD = lazy(r"(?:港澳台|港澳|港台|香港|澳门|台湾|[港澳台](?=[商胞]))(?:地区)?(?:人士|同胞|居民|客商|青年|学生"
              r"|企业家|商|胞)"
              r"[^，。；！？、]{0,5}?(?:外宾|外国人|归国|回国)"
              r"|(?:外国人?|外宾)[^，。；！？、]{0,3}(?:即|包括|含)港澳台|(?:出国|出境国)(?:到|赴|去|前往)(?:香港|澳门|台湾)")
FOREIGN = lazy("外宾|外国人|[归回出]国")
JOINED = lazy(r"(?:[、和与及]|^|[到往自从为是有括：对向“‘《])\Z")


def check(issue: Issue) -> Iterator[At]:
    """Yield each list of countries that a region stands in."""
    regions = issue.lexicon("regions")
    for passage in issue.passages:
        for match in ABROAD.finditer(passage.words) if FOREIGN.search(passage.words) else ():
            yield At.within(passage, *match.span(), "港澳台是中国的地区，来去不说出国、回国，人不称外宾")
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


RULE = Rule("regions-with-countries", Severity.WARNING, Issue, check)
