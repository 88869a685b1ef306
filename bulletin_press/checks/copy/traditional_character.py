"""简体文字里夹了繁体字。

多半是从港台网页、旧稿粘贴来的。人名、商号确用繁体的，在 [allow] 里写明；整句都是繁体的引文不算。

误：扩大服務出口
误：與会代表就數字贸易展开讨论
正：扩大服务出口
正：总经理陈喆、王堃，乾坤，瞭望
依据：《通用规范汉字表》（国务院2013年公布）附件1；《国家通用语言文字法》第十一条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy
from bulletin_press.language.traditional import simplified

RUN = lazy("[\u4e00-\u9fff]+")
# Where so large a part of a clause is traditional it is a quotation.
QUOTED, LONG = 0.3, 6


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each run of traditional characters in a simplified text."""
    known = simplified()
    if not _any_of().search(copy.words):
        return
    for clause in RUN.finditer(copy.words):
        places = [at for at in range(*clause.span()) if copy.words[at] in known]
        if len(clause.group()) >= LONG and len(places) > QUOTED * len(clause.group()):
            continue
        while places:
            end = next((n for n, at in enumerate(places) if at - places[0] != n), len(places))
            start, stop = places[0], places[end - 1] + 1
            typed = copy.words[start:stop]
            meant = "".join(known[char] for char in typed)
            yield Mark(start, stop, f"“{typed}”是繁体字，规范字是“{meant}”", meant)
            places = places[end:]


@cache
def _any_of() -> re.Pattern[str]:
    return lazy(f"[{''.join(simplified())}]")


RULE = Rule("traditional-character", Severity.WARNING, Copy, check)
