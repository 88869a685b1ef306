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

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

WITHIN = "[^。；！？：“”（）]"
CUE = lazy("虽然|尽管|不但|不仅|只要|只有|与其|之所以|即使|即便|哪怕|纵然|就算|因为|由于|如果|倘若|假如|要是|一旦|"
           "假使|既然?|无论|不论|不管|一方面")
# What was begun, what follows it wrongly, and what should: nothing between may have answered it already.
PAIRS = lazy(
    r"(?P<a>虽然|尽管)(?:(?!但|却|可是|然而|仍|依然|不过|也|还)[^。；！？：“”]){2,40}，(?P<a2>因此|所以|因而"
    r"|而且|并且|从而)"
    r"|(?P<b>不但|不仅(?![仅是]))(?:(?!而且|还|也|更|又|并|且|同时|反而|连|甚至|都|亦"
    r"|包括)[^。；！？：“”]){2,40}，(?P<b2>但是|但|可是|然而|因此|所以)"
    r"|(?P<c>只要)(?:(?!就|便|即|都|也|可)[^。；！？：“”，]){2,24}，才(?P<c2>能|会|可)"
    r"|(?P<d>(?<![一二三四五六七八九十])只有)(?:(?!才)[^。；！？：“”，\d一二三四五六七八九十几]){2,20}，(?P<d2>就|便)"
    r"(?:能|会|可以)"
    r"|(?:^|(?<=[。；！？]))(?P<e>因为)(?:(?!所以|因此|而|故|才|就|便|使"
    r"|导致)[^。；！？：“”]){2,30}，(?P<e2>但是|但|可是|然而)"
    r"|(?P<f>即使|哪怕)(?:(?!也|都|仍|还|亦|但|依然|照样|只)[^。；！？：“”]){2,30}，(?P<f2>因此|所以|而且)")
# The same with what stands between the comma and the second half.
WITH = lazy(
    r"(?P<only>(?<![一二三四五六七八九十])只有(?!在?[\d一二三四五六七八九十几]))(?:(?!才|方)[^。；！？：“”])"
    r"{2,30}，[^，。；！？：才方]{1,8}?(?P<only2>就|便)(?=[能会可])"
    r"|(?P<need>只要)(?:(?!就|便|即|都|也)[^。；！？：“”，]){2,24}，[^，。；！？：就便都也即]{1,8}(?P<need2>才)"
    r"(?=[能会可])"
    r"|(?P<lest>(?<!不)如果|倘若|假如|要是|一旦|假使)(?:(?!就|便|那)[^。；！？：“”，])"
    r"{2,24}，[^，。；！？：就便刚不]{0,6}(?P<lest2>才)(?=[能会可])"
    r"|(?P<even>即使|即便|哪怕|纵然|就算)(?:(?!也|都|仍|还|亦|但|依然|照样|只)[^。；！？：“”])"
    r"{2,24}，[^，。；！？：也都仍还亦]{0,6}"
    r"(?P<even2>但是|但|却)(?![^，。；]{0,12}[也都仍还])"
    r"|(?P<since>既然)(?:(?!就|便|那)[^。；！？：“”]){2,24}，(?P<since2>但是|但|因为|所以|因此|而且)"
    r"|(?P<more>不仅|不但)(?:(?!而且|还|也|更|又|并|且|同时|反而|连|甚至|都|亦|是)[^。；！？：“”，])"
    r"{2,24}，(?P<more2>而)(?![且是非对在与])(?=[^，。；]{1,14}[也还])"
    r"|(?P<rather>不但|不仅)(?![不没未无非])(?:(?!不|没|未|无|难|非|下降|减少)[^。；！？：“”，])"
    r"{2,20}，(?P<rather2>反而|相反)"
    r"|(?P<due>(?:^|(?<=[。；！？]))由于)(?:(?!所以|因此|因而|故|才|就|便|使|导致|但)[^。；！？：“”，])"
    r"{2,30}，(?P<due2>但是|但|可是|然而)"
    r"|(?P<neither>既)(?![然往定得成有要是])(?:(?!又|也|且|还|要)[^，。；！？：“”]){2,16}，(?P<neither2>而且|并且|"
    r"但是|所以)"
    r"|(?P<though>尽管)(?P<though2>[^，。；！？：“”]{0,16}(?:多么|怎样|如何|怎么|什么|是否|还是))"
    r"[^，。；！？：]{0,16}，[^，。；]{0,10}(?:都|总)"
    r"|(?P<however>不管|无论|不论)[^，。；！？：“”]{2,24}，(?P<however2>但是|但|却|然而|所以|因此)"
    r"|(?P<instead>宁可|宁愿|宁肯)[^，。；！？：“”]{2,24}，(?P<instead2>不如|莫如)"
    r"|(?P<because>因为|由于)[^。；！？：“”]{2,30}，(?P<because2>以便|以期)")
SHOULD = {"only": "才", "need": "就", "lest": "就、那么", "even": "也", "since": "就、那么", "more": "而且",
          "rather": "而且",
          "due": "因此、所以", "neither": "又、也", "though": "", "however": "都", "because": "所以",
          "instead": "也不，或把前面改为“与其”"}
# 无论 asks for a choice: who, how, whether, A or B, A and B.
CHOICE = lazy("(?:^|(?<=[，。；！？：]))(?P<any>无论|不论|不管)(?P<what>[^，。；！？：“”、]{3,18})"
              "，[^，。；]{0,8}(?P<all>都|总是|始终|均)(?=[\u4e00-\u9fff])")
OPEN = ("什么", "谁", "哪", "怎", "多", "如何", "何", "是", "还是", "或", "与", "和", "及", "几", "否", "大小",
        "高低", "长短", "好坏", "老",
        "男", "早晚", "不", "没", "从", "在", "对", "就", "有无", "城", "大", "上", "内", "国", "线", "东", "南",
        "贫", "新", "到", "干部",
        "刮", "春", "冬", "生", "古", "贵", "职", "亲", "种", "于", "前", "平", "发展")
# 一方面……: the other side.
SIDE = lazy("(?:^|(?<=[，。；：！？]))(?P<side>一方面)(?=[，\u4e00-\u9fff])")
SIDES = ("另一方面", "另一", "一方面", "另外", "另方面", "又一", "同时", "二方面", "一面")
MEANT = {"a": "但是、仍、还", "b": "而且、还、也", "c": "就", "d": "才", "e": "所以、因此", "f": "也、仍"}
HALF = lazy(rf"(?:^|(?<=[，。；！？]))(?P<first>与其)(?![长合签联共形建达保开并配匹竞关同互交业产生]|他|它|她|中|余"
            rf"|相|有|后|说是){WITHIN}{{2,40}}(?=[。；！])"
            rf"|(?P<reason>之所以)(?!然)[^，。；！？：“”（）]{{2,40}}，{WITHIN}{{2,60}}(?=[。；！])")
ANSWERS = {"first": ("不如", "宁可", "宁愿", "毋宁", "何不", "莫若", "倒不"),
           "reason": ("因为", "由于", "在于", "正是", "原因", "为了", "得益", "源于", "就是", "归功", "关键", "是",
                      "，一靠", "，靠", "，一来", "，一方面", "根本", "离不开", "首先")}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each second half that does not belong to the first, and each first that has none."""
    text = copy.words
    if not CUE.search(text):
        return
    for match in PAIRS.finditer(text):
        kind = next(key for key in MEANT if match[key])
        typed = match[f"{kind}2"]
        yield Mark(*match.span(f"{kind}2"), f"前面用了“{match[kind]}”，后面应是{MEANT[kind]}，不是“{typed}”")
    for match in WITH.finditer(text):
        kind = next(key for key in SHOULD if match[key])
        yield _mismatched(match, kind)
    for match in CHOICE.finditer(text):
        if not any(word in match["what"] for word in OPEN):
            yield Mark(*match.span("any"), f"“{match['any']}”后面要有“如何”“什么”“是……还是”之类的词")
    for match in SIDE.finditer(text):
        if not any(word in text[match.end() :] or word in text[: match.start()] for word in SIDES):
            yield Mark(*match.span("side"), "“一方面”后面没有“另一方面”，话没有说完",
                       severity=Severity.INFO)
    for match in HALF.finditer(text):
        kind = str(match.lastgroup)
        if not any(answer in match.group()[len(match[kind]) :] for answer in ANSWERS[kind]):
            other = "不如" if kind == "first" else "是因为"
            yield Mark(*match.span(kind), f"“{match[kind]}”后面没有“{other}”，话没有说完")


def _mismatched(match: re.Match[str], kind: str) -> Mark:
    first, typed = match[kind], match[f"{kind}2"]
    if kind == "though":
        return Mark(*match.span(kind), "后面有“如何”“怎样”，前面用“不管”，不用“尽管”", "不管")
    return Mark(*match.span(f"{kind}2"), f"前面用了“{first}”，后面应是{SHOULD[kind]}，不是“{typed}”")


RULE = Rule("ill-matched-conjunctions", Severity.WARNING, Copy, check, cues=(CUE,))
