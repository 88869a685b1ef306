"""数字里用了全角的数字、逗号或小数点。

阿拉伯数字、千分位逗号、小数点和百分号都用半角；全角逗号会把一个数读成两个数。

误：实现营业收入4，400万元
误：占比３．５%
正：实现营业收入4,400万元
正：占比3.5%，比上年提高2个百分点
依据：GB/T 15835—2011《出版物上数字用法》5.2：阿拉伯数字用正体半角。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

# Groups of three behind a full-width comma; or any number, looked at below.
NUMBER = lazy(
    r"(?<![0-9０-９.．,，])[0-9０-９]{1,3}(?:[，,][0-9０-９]{3})+(?:[.．][0-9０-９]++)?％?(?![0-9０-９])"
    r"|(?<![0-9０-９])[0-9０-９]++(?>(?:[.．][0-9０-９]++)*)％?")
# A text without any of these is not looked at further.
CANDIDATE = lazy("[０-９．％]|[0-9]，[0-9]")
FULL = lazy("[０-９，．％]")
NAMES = (("０１２３４５６７８９", "数字"), ("，", "逗号"), ("．", "小数点"), ("％", "百分号"))
HALF = str.maketrans("０１２３４５６７８９，．％", "0123456789,.%")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each number with a full-width digit, comma or point in it."""
    for match in NUMBER.finditer(copy.words) if CANDIDATE.search(copy.words) else ():
        number = match.group()
        if FULL.search(number) and not number.startswith("，"):
            names = [name for chars, name in NAMES if any(char in chars for char in number)]
            yield Mark(*match.span(), f"“{number}”里的{'、'.join(names)}是全角的，应为半角", number.translate(HALF))


RULE = Rule("fullwidth-in-number", Severity.WARNING, Copy, check, fix=True, cues=(CANDIDATE,))
