"""容易写错的词。

同音、形近的字换错了，如“截止”与“截至”、“帐户”与“账户”。词表是 confusable.toml，只收拿得准的，刊物可以增删。

误：截止2022年6月底，建成基站170万个
正：截至2022年6月底建成基站170万个，报名截止日期另告
依据：《现代汉语词典》（第7版）、《第一批异形词整理表》。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue


def check(issue: Issue) -> Iterator[At]:
    """Yield each word that is written for another."""
    words = issue.lexicon("confusable")
    for passage, hit in issue.hits(words):
        yield At.within(passage, hit.start, hit.end, f"“{hit.text}”多半写错了{hit.word.advice}", hit.word.use)


RULE = Rule("confusable-word", Severity.WARNING, Issue, check, exchanges=True)
