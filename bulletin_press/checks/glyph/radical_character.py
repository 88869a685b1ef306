"""部首字符混在汉字里。

从 PDF 复制来的“⽅”“⻓”等是部首字符，样子与汉字相同，却不是汉字：查不到、字库里多半没有。
西文的“\ufb01”是连写字符，应为 fi。

误：为了⽅便⽤户，⾏业⻓期向好
正：为了方便用户，行业长期向好
依据：Unicode 的康熙部首、部首补充两区；对应的汉字照兼容分解和 EquivalentUnifiedIdeograph.txt。
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from bulletin_press.checks.rule import Lettering, Mark, Rule
from bulletin_press.fonts import load_manifest
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.radicals import COMPATIBLE, RADICAL, hanzi_of


def check(lettering: Lettering) -> Iterator[Mark]:
    """Yield each radical that stands for a hanzi that the theme's fonts have."""
    for match in RADICAL.finditer(lettering.text):
        hanzi = hanzi_of(match.group())
        if hanzi and not any(load_manifest().missing(hanzi, lettering.families)):
            kind = "连写字符" if hanzi.isascii() else "部首字符"
            yield Mark(*match.span(), f"“{match.group()}”是{kind}，应为“{hanzi}”", hanzi)
    for match in COMPATIBLE.finditer(lettering.text):
        unified = unicodedata.normalize("NFC", match.group())
        if unified != match.group() and not any(load_manifest().missing(match.group(), lettering.families)):
            message = f"“{match.group()}”是兼容汉字（U+{ord(match.group()):04X}），查找时与“{unified}”不是一个字；" \
                      f"不是人名里特意用的，就改成“{unified}”"
            yield Mark(*match.span(), message, None, Severity.INFO)


RULE = Rule("radical-character", Severity.ERROR, Lettering, check, waivable=False, fix=True)
