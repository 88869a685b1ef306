"""疑有错字：音同、音近、形近的字换错了。

拼音输入选错了字，或扫描、手写认错了字，整个词就不通了，如“推动高制量发展”。按字词模型（spelling/）看上下文，改一个字会通顺得多的才指出来；
拿不太准的只作提示。本期别处也这样写的、以前各期和名录、[terms] 里有的、引号和书名号里的、人名地名，都不疑；
刊物常用的新词可以写进 templates/checks/familiar.toml。

误：推动高制量发展取得新成效。
误：进一步扩大对外开方。
正：推动高质量发展取得新成效。
正：进一步扩大对外开放。
依据：《出版物汉字使用管理规定》、《图书质量管理规定》附件（错别字计错）。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.passages import Passage
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.familiar import Familiar
from bulletin_press.language.wrong_characters import Suspect, wrong_characters

# By the curve in bench/spelling.md: 0.1 and 0.3 alarms in 1,000 characters of news that was right.
SURE, UNSURE = 0.45, -0.06


def check(issue: Issue) -> Iterator[At]:
    """Yield each character that was probably typed for another."""
    looking, found = wrong_characters(), list[tuple[Passage, Suspect]]()
    for passage in issue.passages:
        found += [(passage, suspect) for suspect in looking.suspects(passage.words) if suspect.certainty > UNSURE]
    if not found:
        return
    familiar = Familiar(issue.words, _others(issue), issue.lexicon("familiar").words)
    for passage, suspect in found:
        if not familiar.protects(passage.words, suspect):
            yield _marked(passage, suspect)


def _marked(passage: Passage, suspect: Suspect) -> At:
    text = passage.words
    typed = text[suspect.left : suspect.right]
    meant = text[suspect.left : suspect.start] + suspect.instead + text[suspect.end : suspect.right]
    at = At.within(passage, suspect.start, suspect.end, f"“{typed}”疑为“{meant}”之误", suspect.instead)
    return at if suspect.certainty > SURE else replace(at, severity=Severity.INFO)


def _others(issue: Issue) -> str:
    """What the publication has settled or printed before."""
    workspace = issue.workspace
    terms = workspace.publication.terms
    listed = (part for entry in workspace.members.values() for part in (entry.name, entry.intro, entry.contact) if part)
    before = (part for one in issue.printed_before for part in (*one.sentences, *one.names, *one.sources))
    return "\n".join((*terms, *terms.values(), *listed, *before))


RULE = Rule("wrong-character", Severity.WARNING, Issue, check)
