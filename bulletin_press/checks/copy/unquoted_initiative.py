"""“一带一路”要加引号。

“一带一路”是“丝绸之路经济带”和“21世纪海上丝绸之路”的简称，见于文件都加引号；书名号里、引文里的照原样。

误：我市对一带一路沿线国家的执行额增长较快
正：我市对共建“一带一路”国家的执行额增长较快
依据：GB/T 15834—2011 4.8（具有特殊含义的词语用引号）；《推动共建丝绸之路经济带和21世纪海上丝绸之路的愿景与行动》。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

WORD = lazy("(?<![“‘《])一带一路(?![”’》])")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each 一带一路 that stands outside all quotation and title marks."""
    if "一带一路" not in copy.words:
        return
    for match in copy.finds(WORD):
        ahead = copy.words[: match.start()]
        if all(ahead.rfind(opener) <= ahead.rfind(closer) for opener, closer in ("“”", "‘’", "《》", "「」")):
            yield Mark(*match.span(), "“一带一路”要加引号", "“一带一路”")


RULE = Rule("unquoted-initiative", Severity.WARNING, Copy, check, needs="带", cues=(WORD,))
