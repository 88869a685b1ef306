"""部首字符混在汉字里。

从 PDF 复制来的“⽅”“⻓”等是部首字符，样子与汉字相同，却不是汉字：查不到、字库里多半没有。

误：为了⽅便⽤户，⾏业⻓期向好
正：为了方便用户，行业长期向好
依据：Unicode 的康熙部首、部首补充两区；对应的汉字照兼容分解和 EquivalentUnifiedIdeograph.txt。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Lettering, Mark, Rule
from bulletin_press.diagnostics import Severity
from bulletin_press.fonts import load_manifest
from bulletin_press.radicals import RADICAL, hanzi_of


def check(lettering: Lettering) -> Iterator[Mark]:
    """Yield each radical that stands for a hanzi that the theme's fonts have."""
    for match in RADICAL.finditer(lettering.text):
        hanzi = hanzi_of(match.group())
        if hanzi and not any(load_manifest().missing(hanzi, lettering.families)):
            yield Mark(*match.span(), f"“{match.group()}”是部首字符，应为“{hanzi}”", hanzi)


RULE = Rule("radical-character", Severity.ERROR, Lettering, check, waivable=False, fix=True)
