r"""看不见的字符和粘贴带来的残留。

从 Word、网页、PDF 粘贴来的零宽空格、不换行空格、软连字符、私用区符号，以及单独成段的页码。

误：新高\u200b，软件
正：新高，软件
依据：GB/T 15834—2011 没有这些字符；它们使检索和复制出错。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

INVISIBLE = lazy(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc]|"
    "[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
PAGE_NUMBER = lazy(r"\s*(?:[-—–]\s*\d{1,3}\s*[-—–]|第\s*\d{1,3}\s*页(?:\s*共\s*\d{1,3}\s*页)?)\s*\Z")
SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each invisible or private-use character, and a page number left in the text."""
    for match in INVISIBLE.finditer(copy.text):
        char, code = match.group(), f"U+{ord(match.group()):04X}"
        if "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000":
            yield Mark(*match.span(), f"私用区符号（{code}），多半是 Word 的项目符号，请删去或改用“- ”列表", "")
        else:
            yield Mark(*match.span(), f"看不见的字符（{code}），请删去", _instead(copy.text, *match.span()))
    if copy.key in ("body", "intro") and PAGE_NUMBER.match(copy.text):
        yield Mark(0, len(copy.text), "像是粘贴带进来的页码", "")


def _instead(text: str, start: int, end: int) -> str:
    """A space for a blank between Western words, else nothing: among Chinese the gap is the press's."""
    if text[start] not in SPACES:
        return ""
    left, right = text[start - 1 : start], text[end : end + 1]
    western = "" < left < "\u2000" and "" < right < "\u2000"
    return " " if western and not left.isspace() and not right.isspace() else ""


RULE = Rule("invisible-character", Severity.WARNING, Copy, check, fix=True, cues=(INVISIBLE, PAGE_NUMBER))
