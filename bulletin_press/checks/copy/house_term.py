"""没有用本刊统一的写法。

publication.toml 的 [terms] 里左边的词应写成右边的；编印单位和会员的名称，漏了一个字的也指出来。

误：大连市贸易协会召开会员大会（名称是大连市数字贸易协会的）
正：大连市数字贸易协会召开会员大会
依据：GB/T 15834—2011之外的本刊用词表；同一名称全刊一致。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from bulletin_press.checks.rule import At, Rule
from bulletin_press.diagnostics import Severity
from bulletin_press.issue import Issue
from bulletin_press.lexicon import Lexicon, Word

MIN_NAME = 6


def check(issue: Issue) -> Iterator[At]:
    """Yield each term that the publication writes otherwise, and each name with a character left out."""
    terms = issue.workspace.publication.terms
    house = Lexicon({wrong: Word(use=right, unless=(right,) if wrong in right else ())
                     for wrong, right in terms.items() if wrong.strip() and wrong != right})
    names = Lexicon(_variants(issue))
    for passage in issue.passages:
        for hit in house.find(passage.words):
            yield At.within(passage, hit.start, hit.end, f"“{hit.text}”本刊写作“{hit.word.use}”", hit.word.use)
        for hit in names.find(passage.words):
            # No suggestion: a name is a matter for who bears it.
            yield At.within(passage, hit.start, hit.end, f"“{hit.text}”与“{hit.word.use}”差一个字，名称要一致")


def _variants(issue: Issue) -> dict[str, Word]:
    """Each full name with one inner character left out, unless that is a name too."""
    workspace = issue.workspace
    members = chain((one.name for one in issue.fields.member), (entry.name for entry in workspace.members.values()))
    names = {name for name in (workspace.publication.publication.organiser, *members) if name and len(name) >= MIN_NAME}
    known = names | set(workspace.publication.terms) | set(workspace.publication.terms.values())
    found = {name[:at] + name[at + 1 :]: name for name in sorted(names) for at in range(1, len(name) - 1)
             if name[at] not in "（）()"}
    return {variant: Word(use=name) for variant, name in found.items()
            if variant not in known and not any(variant in other for other in known)}


RULE = Rule("house-term", Severity.WARNING, Issue, check, fix=True)
