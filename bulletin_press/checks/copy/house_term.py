"""没有用本刊统一的写法。

publication.toml 的 [terms] 里左边的词应写成右边的；编印单位、会员、以前各期和本期的来源，名称多一字、少一字、
错一字的也指出来；月报的指标（执行额）在文中写成“执行金额”的，同样要统一。

误：大连市贸易协会召开会员大会（名称是大连市数字贸易协会的）
误：接包合同执行金额增长（月报写作接包合同执行额的）
正：大连市数字贸易协会召开会员大会
正：接包合同执行额增长
依据：GB/T 15834—2011之外的本刊用词表；同一名称全刊一致，以名录、以前各期为准。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.sections.member import MemberFields
from bulletin_press.language.script import is_han
from bulletin_press.language.spelling import Spelling, Spellings
from bulletin_press.publication.lexicon import Lexicon, Word

AMOUNT, SUM = "额", "金额"
# 预算执行金额 is another matter.
OTHERWISE = ("预算", "资金", "支出")


def check(issue: Issue) -> Iterator[At]:
    """Yield each term that the publication writes otherwise, and each name that is nearly another."""
    terms = issue.workspace.publication.terms
    house = Lexicon({wrong: Word(use=right, unless=(right,) if wrong in right else ())
                     for wrong, right in terms.items() if wrong.strip() and wrong != right})
    measures = Lexicon({wrong: word for wrong, word in _measures(issue).items() if wrong not in terms})
    names = _names(issue).among(issue.pairs)
    for passage, hit in issue.hits(house):
        yield At.within(passage, hit.start, hit.end, f"“{hit.text}”本刊写作“{hit.word.use}”", hit.word.use)
    # No suggestion for what follows: it may be a quotation, and a name is a matter for who bears it.
    for passage, hit in issue.hits(measures):
        yield At.within(passage, hit.start, hit.end, f"“{hit.text}”在数据月报里写作“{hit.word.use}”，名称要一致")
    for passage in issue.passages:
        for miss in names.near_misses(passage.words):
            typed, one = passage.words[miss.start : miss.end], miss.spelling
            yield At.within(passage, miss.start, miss.end, f"“{typed}”与{one.origin}“{one.name}”差一个字，名称要一致")


def _measures(issue: Issue) -> dict[str, Word]:
    """The other way of naming the report's measures: 执行金额 for 执行额."""
    measures = issue.definition.measures.values() if issue.definition else ()
    labels = {label for measure in measures for label in (measure.label, measure.short) if label}
    return {label.removesuffix(AMOUNT) + SUM: Word(use=label, unless=tuple(
                before + label.removesuffix(AMOUNT) + SUM for before in OTHERWISE))
            for label in sorted(labels) if label.endswith(AMOUNT) and not label.endswith(SUM)}


def _names(issue: Issue) -> Spellings:
    """Every name that is written one way: first the publication's own, then as earlier issues wrote it."""
    workspace, definition = issue.workspace, issue.definition
    publication = workspace.publication
    own = [publication.publication.organiser, *(entry.name for entry in workspace.members.values()),
           *publication.terms, *publication.terms.values(),
           *(measure.label for measure in (definition.measures.values() if definition else ()))]
    # 港澳台投资企业 is as good as 港澳台商投资企业.
    items = [name for item in (definition.items.values() if definition else ())
             if all(map(is_han, name := re.sub("（.*）", "", item.label)))]
    before = [Spelling(name, f" {one.name} 所用的", strict=name in one.sources)
              for one in issue.printed_before for name in sorted(one.bearers | one.sources)]
    typed = Counter(part for passage in issue.passages if passage.key == "source"
                    for part in re.split("[、，；/ ]", passage.words))
    here = [Spelling(name, "本期别处的", strict=True) for name, _ in typed.most_common()]
    members = [Spelling(member.name) for _, member in issue.each(MemberFields) if member.name]
    return Spellings([*map(Spelling, own), *(Spelling(name, strict=True) for name in items)],
                     [*before, *members, *here])


RULE = Rule("house-term", Severity.WARNING, Issue, check, fix=True)
