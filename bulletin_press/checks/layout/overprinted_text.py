"""两处文字印在了一起。

名称、题目太长，或版式里有定死位置的内容，就会压到旁边的字上，两处都读不成。把太长的改短，或换一个容得下的版式。

误：刊名排成四行，最后一行压在期号上
正：刊名用简称，或换一个刊名可以排几行的版式
依据：排版通例：任何两处文字不得叠压。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.lines import words_at
from bulletin_press.checks.rule import At, Rule
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Severity

SHOWN = 16


def check(edition: Edition) -> Iterator[At]:
    """Yield each pair of texts that stand on each other."""
    for one in edition.pages.overlaps():
        yield words_at(edition, one.origin, one.text, f"第 {one.page} 页“{one.text[:SHOWN]}”和“{one.other[:SHOWN]}”"
                                                      "印在了一起，请把长的改短，或换一个版式")


RULE = Rule("overprinted-text", Severity.WARNING, Edition, check)
