"""中文里用了半角标点。

中文文句里的逗号、分号、冒号、问号、叹号、句号和括号用全角；西文句子、数字、时间、比例、公式里照旧用半角。

误：增速创下新高;软件业务收入增长17.7%
误：信息技术外包(ITO)
正：增速创下新高；软件业务收入增长17.7%
正：信息技术外包（ITO），9:00开始，比分3:2，由Apple, Inc.发布
依据：GB/T 15834—2011《标点符号用法》5.1：标点符号的位置和书写形式。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.document.passages import MASK
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.brackets import brackets_among_chinese
from bulletin_press.language.script import HAN, after, before, is_chinese, is_han, lazy

WIDE = dict(zip(",;:?!.()", "，；：？！。（）", strict=True))
MARK = lazy(r"[,;:?!]|(?<![.…])\.(?![.A-Za-z0-9_])")
CLOSING = "”’）》〉」』】"
# What a Chinese sentence may end with before its stop: a figure, 5G, ITO, an address.
ENDING = lazy(f"[{HAN}%％‰”’）》](?:[A-Z0-9]*[A-Z0-9][0-9.]*|{MASK}+)[%％‰]?\\Z")
HALF = lazy("[,;:?!.()]")
SENTENCE = lazy(r"[A-Za-z'’-]+[ ,;]+[A-Za-z'’-]+[ ,;]+[A-Za-z'’-]+\Z")
REACH = 40
# (更新时间戳: 1664630528159): no person writes seconds since 1970.
STAMP = lazy(rf"[ \t]*[(\[]?[{HAN}A-Za-z ]{{1,20}}: ?\d{{10,13}}[)\]]?[ \t]*")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each half-width mark among Chinese."""
    text = copy.words
    if not HALF.search(text):
        return
    if stamp := STAMP.fullmatch(text):
        yield Mark(*stamp.span(), "像是网页或程序写的一行，请删去；要印就改用全角标点", severity=Severity.INFO)
        return
    found = [match.start() for match in MARK.finditer(text) if _among_chinese(text, match.start())]
    for at in sorted([*found, *brackets_among_chinese(text)]):
        if text[at] == "." and is_han(text[at - 1 : at]) and is_han(text[at + 1 : at + 2]):
            yield Mark(at, at + 1, "中文里用了半角的“.”：句末用“。”，外国人名中间用“·”")
        else:
            yield Mark(at, at + 1, f"中文里用了半角的“{text[at]}”，应为全角", WIDE[text[at]])


def _among_chinese(text: str, at: int) -> bool:
    char, left, right = text[at], before(text, at), after(text, at + 1)
    if char == ".":
        return _stops(text, at, left, right)
    if is_chinese(left):
        return True
    clause = re.split("[，。；：！？“”（）《》]", text[max(0, at - REACH) : at])[-1]
    if is_han(right) or not right:
        # An English sentence keeps the mark that ends it.
        ends = char in "?!" or not right
        return bool(left) and bool(right or re.search(f"[{HAN}]", clause)) and not (ends and SENTENCE.search(clause))
    # Between two figures of a Chinese clause: 15.3%;5G用户
    following = re.split("[，。；,;]", text[at + 1 : at + REACH])[0]
    return char in ",;" and left in "%‰％" and bool(re.search(f"[{HAN}]", clause + following))


def _stops(text: str, at: int, left: str, right: str) -> bool:
    """Whether a point ends a Chinese sentence; never one of a number, an abbreviation, a level."""
    ends = not right or text[at + 1 : at + 2] in CLOSING
    if is_chinese(left):
        return ends or is_chinese(right)
    if left in "%％‰":
        return (ends or is_han(right)) and bool(re.search(f"[{HAN}]", text[max(0, at - REACH) : at]))
    return ends and bool(ENDING.search(text[max(0, at - REACH) : at]))


RULE = Rule("halfwidth-mark", Severity.WARNING, Copy, check, fix=True, cues=(HALF,))
