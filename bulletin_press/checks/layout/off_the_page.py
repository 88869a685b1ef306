"""文字或图片伸到了纸外。

伸出纸边的字印不出来，屏幕上也看不到。多半是太长而又不能转行的名称、网址、表格，或版式里定死的位置。

误：报头里的一行名称比纸还宽
正：名称分成两行，或用简称
依据：排版通例：文字不出纸边；图片出血不超过裁切的余量（3～4毫米）。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.lines import words_at
from bulletin_press.checks.rule import At, Rule
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Severity

SHOWN = 16


def check(edition: Edition) -> Iterator[At]:
    """Yield each text that leaves its page, and each picture that does so by more than a bleed."""
    for one in edition.pages.strays():
        what = f"文字“{one.text[:SHOWN]}”" if one.text else "图片"
        yield words_at(edition, one.origin, one.text, f"第 {one.page} 页有{what}伸到了纸外，请改短、转行，或缩小")


RULE = Rule("off-the-page", Severity.WARNING, Edition, check)
