"""关联词语不配。

“虽然”后面用“但是”，“不但”后面用“而且”，“只要”后面用“就”，“只有”后面用“才”。改稿时换了一半，前后就对不上；
“与其”少了“不如”，“之所以”少了“是因为”，话只说了一半。

误：虽然时间紧、任务重，因此大家还是按期完成了任务。
误：不但要抓好招商，但是要抓好服务。
误：只要提前申报，才能享受补贴。
正：虽然时间紧、任务重，但是大家还是按期完成了任务。
正：不但要抓好招商，而且要抓好服务。不仅出口增长，进口也增长，但是顺差缩小。
正：只有提前申报，才能享受补贴。只有两家入选，就不再公示。
依据：《现代汉语》（黄伯荣、廖序东）“复句”一章：关联词语的搭配。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

WITHIN = "[^。；！？：“”（）]"
CUE = lazy("虽然|尽管|不但|不仅|只要|只有|与其|之所以|即使|哪怕|因为|由于|如果")
# What was begun, what follows it wrongly, and what should: nothing between may have answered it already.
PAIRS = lazy(
    r"(?P<a>虽然|尽管)(?:(?!但|却|可是|然而|仍|依然|不过|也|还)[^。；！？：“”]){2,40}，(?P<a2>因此|所以|因而"
    r"|而且|并且|从而)"
    r"|(?P<b>不但|不仅(?![仅是]))(?:(?!而且|还|也|更|又|并|且|同时|反而|连|甚至|都|亦"
    r"|包括)[^。；！？：“”]){2,40}，(?P<b2>但是|但|可是|然而|因此|所以)"
    r"|(?P<c>只要)(?:(?!就|便|即|都|也|可)[^。；！？：“”，]){2,24}，才(?P<c2>能|会|可)"
    r"|(?P<d>(?<![一二三四五六七八九十])只有)(?:(?!才)[^。；！？：“”，\d一二三四五六七八九十几]){2,20}，(?P<d2>就|便)(?:能|会|可以)"
    r"|(?:^|(?<=[。；！？]))(?P<e>因为)(?:(?!所以|因此|而|故|才|就|便|使"
    r"|导致)[^。；！？：“”]){2,30}，(?P<e2>但是|但|可是|然而)"
    r"|(?P<f>即使|哪怕)(?:(?!也|都|仍|还|亦|但|依然|照样|只)[^。；！？：“”]){2,30}，(?P<f2>因此|所以|而且)")
MEANT = {"a": "但是、仍、还", "b": "而且、还、也", "c": "就", "d": "才", "e": "所以、因此", "f": "也、仍"}
HALF = lazy(rf"(?:^|(?<=[，。；！？]))(?P<first>与其)(?!他|它|她|中|余|相|有|后"
            rf"|说是){WITHIN}{{2,40}}(?=[。；！])"
            rf"|(?P<reason>之所以)(?!然)[^，。；！？：“”（）]{{2,40}}，{WITHIN}{{2,60}}(?=[。；！])")
ANSWERS = {"first": ("不如", "宁可", "宁愿", "毋宁", "何不", "莫若", "倒不"),
           "reason": ("因为", "由于", "在于", "正是", "原因", "为了", "得益", "源于", "就是", "归功", "关键", "是")}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each second half that does not belong to the first, and each first that has none."""
    text = copy.words
    if not CUE.search(text):
        return
    for match in PAIRS.finditer(text):
        kind = next(key for key in MEANT if match[key])
        typed = match[f"{kind}2"]
        yield Mark(*match.span(f"{kind}2"), f"前面用了“{match[kind]}”，后面应是{MEANT[kind]}，不是“{typed}”")
    for match in HALF.finditer(text):
        kind = str(match.lastgroup)
        if not any(answer in match.group()[len(match[kind]) :] for answer in ANSWERS[kind]):
            other = "不如" if kind == "first" else "是因为"
            yield Mark(*match.span(kind), f"“{match[kind]}”后面没有“{other}”，话没有说完")


RULE = Rule("ill-matched-conjunctions", Severity.WARNING, Copy, check)
