"""西文字母用了全角。

全角的字母每个占一个汉字的宽度，词排散了，也查找不到；西文一律用半角。

误：论文请以Ｗｏｒｄ格式投递
误：入会可加ＱＱ群
正：论文请以Word格式投递
正：入会可加QQ群
依据：CY/T 154—2017《中文出版物夹用英文的编辑规范》：夹用的英文用半角字符。
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

LETTERS = lazy("[Ａ-Ｚａ-ｚ]+(?:[　 ]?[Ａ-Ｚａ-ｚ]+)*")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each run of full-width letters."""
    for match in copy.finds(LETTERS):
        half = unicodedata.normalize("NFKC", match.group())
        yield Mark(*match.span(), f"“{match.group()}”是全角字母，应为半角的{half}", half)


RULE = Rule("fullwidth-letter", Severity.WARNING, Copy, check, fix=True, cues=(LETTERS,))
