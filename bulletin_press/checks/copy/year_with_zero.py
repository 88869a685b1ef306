"""汉字年份里的“零”应写“〇”。

用汉字写年份、编号，“0”写作“〇”；“零”用于计量，如一百零五。

误：二零二二年是关键的一年
正：二〇二二年是关键的一年，一百零五年，二零一路公交车
依据：GB/T 15835—2011《出版物上数字用法》5.3：“0”用作编号、年份时写“〇”。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

YEAR = lazy("(?<![一二三四五六七八九十百千万零〇])[一二][零Ｏ○oO0一二三四五六七八九〇]{3}(?= ?(?:[—至到、]|年))")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each year in words with another sign than 〇 for nought."""
    for match in copy.finds(YEAR) if "年" in copy.words else ():
        typed = match.group()
        meant = "".join("〇" if char in "零Ｏ○oO0" else char for char in typed)
        if meant != typed:
            yield Mark(*match.span(), f"汉字年份“{typed}”里的“0”写作“〇”；也可以用阿拉伯数字", meant)


RULE = Rule("year-with-zero", Severity.WARNING, Copy, check, fix=True, needs="年", cues=(YEAR,))
