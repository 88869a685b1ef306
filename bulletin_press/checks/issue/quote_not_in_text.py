"""摘出来排大的话，正文里没有。

quote 是从正文摘出来的一句，读者会到正文里找它；改了正文没有改 quote，或摘的时候改了字，两处就对不上。

误：正文写“数据正在成为可计量的生产要素”，quote 写“数据已经成为生产要素”
正：quote 与正文一字不差，可以只摘半句
依据：编辑通例：引文与原文一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.markup import blocks_of, stretches
from bulletin_press.document.tree import plain_text
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.sections.furnishing import FurnishedFields

_ENDS = "，。；：、！？,.;:!?“”\"… "


def check(issue: Issue) -> Iterator[At]:
    """Yield each pull quote whose words are not in the body."""
    for path, fields in issue.each(FurnishedFields):
        if fields.quote and not _said(fields.quote, fields, (*path, "body")):
            yield At((*path, "quote"), "正文里没有这句话：摘出来的话要与正文一字不差")


def _said(quote: str, fields: FurnishedFields, path: tuple[str | int, ...]) -> bool:
    words = "".join(quote.split()).strip(_ENDS)
    return any(words in "".join(plain_text(text).split())
               for block in blocks_of(fields.body, path) for text in stretches(block))


RULE = Rule("quote-not-in-text", Severity.WARNING, Issue, check)
