"""字库里没有这个字。

版式的各种字体都没有这个字符，印出来会是空框。多见于生僻的人名地名、图标和表情符号。不能放行。

误：🎉
正：啓動
依据：随附字体的字符集（fonts/manifest.json）。
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from bulletin_press.checks.rule import Lettering, Mark, Rule
from bulletin_press.fonts import load_manifest
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.radicals import hanzi_of


def check(lettering: Lettering) -> Iterator[Mark]:
    """Yield each character that no font of the theme has."""
    manifest = load_manifest()
    for index, char in manifest.missing(lettering.text, lettering.families):
        hanzi = hanzi_of(char)
        if hanzi and not any(manifest.missing(hanzi, lettering.families)):
            continue  # radical-character says so
        name = unicodedata.name(char, "")
        kind = "汉字" if name.startswith("CJK") else "字符"
        shown = char if char.isprintable() else "�"  # a control would act on the terminal
        yield Mark(index, index + 1, f"字库里没有{kind} {shown}（U+{ord(char):04X}），印出来会是空框；"
                                     f"请换用通行的写法{_common(char)}，或做成图片")


def _common(char: str) -> str:
    """The unified hanzi that a compatibility ideograph is a copy of, in words; people's names may want the copy."""
    unified = unicodedata.normalize("NFC", char)
    return f"（“{unified}”）" if unified != char and unified >= "\u3400" else ""


RULE = Rule("missing-glyph", Severity.ERROR, Lettering, check, waivable=False)
