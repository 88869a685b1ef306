"""代表大会、全会、政协会议的名称写错了。

党的全国代表大会称“次”（第二十次全国代表大会），中央委员会、人大、政协称“届”；人大、政协的“主任”是常委会主任，
“人大委员长”是全国人大常委会委员长。传达学习的全会，是这一届的。

误：中国共产党第二十届全国代表大会胜利召开
误：市人大副主任、第十四次全国人民代表大会代表出席
误：2024年下半年，学习贯彻党的十九届三中全会精神
正：中国共产党第二十次全国代表大会胜利召开
正：市人大常委会副主任、第十四届全国人民代表大会代表出席
正：2024年下半年，学习贯彻党的二十届三中全会精神
依据：《中国共产党章程》《全国人民代表大会组织法》《中国人民政治协商会议章程》；日期见 events.toml。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.period_words import PAST, sentence_around, year_of
from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.passages import Passage
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy
from bulletin_press.publication.authority import Events

N = "(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})"
PARTY = lazy(rf"第?{N}(?P<mark>届)(?:党的)?(?:中国共产党)?全国代表大会|中国共产党(?:章程)?第{N}(?P<mark2>次)中央委员"
             rf"会|党的(?P<mark3>第{N}届代表大会)")
TERM = lazy(rf"第{N}(?P<mark>次)(?:全国人民代表大会|全国人大|全国政协|中国人民政治协商会议|全国委员会)(?!第)")
OFFICE = lazy("(?<![一-龥]代表)(?:[省市县区]|自治区|全国|自治州)人大(?P<office>(?:副)?(?:主任|委员长))(?!委员会)")
COUNCIL = lazy("(?:[省市县区国]|人民)(?P<name>政治协商委员会|政协会议委员会)")
PLENUM = lazy("(?P<term>十[八九]|二十)(?P<kind>届)(?P<n>[一二三四五六七])中全会")
STUDY = lazy("学习|贯彻|传达|宣讲|落实")
TERMS = {"十八": (2012, 2017), "十九": (2017, 2022), "二十": (2022, 2027)}
CUE = lazy(f"{N}届|{N}次|人大|政协|协商")


def check(issue: Issue) -> Iterator[At]:
    """Yield each name of a congress or its offices that is of another form, and each plenum of another term."""
    for passage in issue.holding(CUE):
        text = passage.words
        for match in PARTY.finditer(text) if "代表大会" in text or "中央委员会" in text else ():
            key = next(key for key in ("mark", "mark2", "mark3") if match[key])
            right = {"mark": "次", "mark2": "届"}.get(key) or match[key].replace("届", "次全国")
            yield At.within(passage, *match.span(key), "党的全国代表大会称“次”，中央委员会称“届”", right)
        for match in TERM.finditer(text):
            yield At.within(passage, *match.span("mark"), "人大、政协称“届”", "届")
        for match in OFFICE.finditer(text):
            yield At.within(passage, *match.span("office"), f"人大的{match['office'].removeprefix('副')}是常委会的",
                            "常委会" + match["office"])
        for match in COUNCIL.finditer(text):
            yield At.within(passage, *match.span("name"), "应为“政治协商会议”", "政治协商会议")
        yield from _plenums(issue, text, passage)


def _plenums(issue: Issue, text: str, passage: Passage) -> Iterator[At]:
    """Plenums that had not met in the year of a sentence, or that an earlier term held."""
    for match in PLENUM.finditer(text) if "中全会" in text else ():
        year, sentence = year_of(text, *match.span()), sentence_around(text, *match.span())
        if year is None or PAST.search(sentence):
            continue
        met = issue.facts("events", Events).meetings.get(match.group())
        last = TERMS[match["term"]][1]
        if met and met.year > year:
            yield At.within(passage, *match.span(), f"{match.group()}在{met.year}年召开，与时间不合")
        elif year > last and STUDY.search(sentence) and not any(
                term in sentence for term, (first, _) in TERMS.items() if first >= last):
            yield At.within(passage, *match.span(), f"{year}年已不是{match['term']}届中央委员会，请核对是哪次全会")


RULE = Rule("congress-form", Severity.WARNING, Issue, check, exchanges=True)
