"""慎用的词。

有的词对人不敬，有的与国家规定的提法不合，有的早已改称。词表是 forbidden.toml，刊物可以增删。

误：两岸三地的贸易往来
正：海峡两岸和香港、澳门的贸易往来
依据：新华社《新闻报道中的禁用词和慎用词》及涉港澳台用语的规定。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue


def check(issue: Issue) -> Iterator[At]:
    """Yield each word of the list of words to be avoided."""
    words = issue.lexicon("forbidden")
    for passage, hit in issue.hits(words):
        yield At.within(passage, hit.start, hit.end, f"“{hit.text.strip('“”')}”慎用{hit.word.advice}", hit.word.use)


RULE = Rule("forbidden-term", Severity.WARNING, Issue, check)
