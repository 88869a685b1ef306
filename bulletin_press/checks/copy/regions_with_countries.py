"""把港澳台与国家并列。

香港、澳门、台湾是中国的地区，与各国并列时统称“国家和地区”。地区名见词表 regions.toml。

误：产品出口到日本、韩国、香港等国家
误：主要来源国为美国、台湾和德国
正：产品出口到日本、韩国、中国香港等国家和地区
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
SUMMED = lazy(r"(?:等|这|在内的)[^、，。；等]{0,6}?国家(?![和或与及、]?地区|[（(]地区|级|和区域)")
HEADED = lazy(r"国家(?:包括|有|为|是|分别为|分别是|依次为|：)"
                    r"|(?:来源|目的|出口|进口|投资|贸易伙伴)国(?!家)(?:包括|有|为|是|：)?")
JOINED = lazy(r"(?:[、和与及]|^|[到往自从为是有括：对向“‘《])\Z")


def check(issue: Issue) -> Iterator[At]:
    """Yield each list of countries that a region stands in."""
    regions = issue.lexicon("regions")
    listing = [passage for passage in issue.passages if "国" in passage.words] if regions.words else []
    for passage in listing:
        for clause in CLAUSE.finditer(passage.words):
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
