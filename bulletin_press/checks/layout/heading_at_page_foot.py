"""标题孤零零地落在页末。

标题和它的正文分在两页（或两栏），读者翻过去就找不到题目。删改前面几行，或调一调图片的大小，让标题跟着正文走。

误：一页的最后一行是小标题，正文从下一页开始
正：小标题下面至少跟着两行正文
依据：书刊排版通例：不排背题，即标题落在页末而下无正文。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.lines import heading_at
from bulletin_press.checks.rule import At, Rule
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Severity


def check(edition: Edition) -> Iterator[At]:
    """Yield each heading whose text begins on the next page or in the next column."""
    for heading in edition.pages.headings():
        if heading.alone:
            yield heading_at(edition, heading, f"标题“{heading.text[:20]}”落在第 {heading.page} 页的页末，"
                                               "正文在下一页或下一栏；删改前面几行，让它们在一起")


RULE = Rule("heading-at-page-foot", Severity.WARNING, Edition, check)
