"""What a character is to the composer: its class, and where a line may not break.

Sources: W3C *Requirements for Chinese Text Layout* (CLREQ) 3.1 and GB/T 15834—2011, 5.1.
"""

import re
from enum import IntEnum
from functools import lru_cache
from typing import Final


class Edge(IntEnum):
    """The face a box turns to its neighbour; spacing and breaking depend on two faces only."""

    HAN = 0  # 汉字, kana and whatever is set like one
    UNIT = 1  # 汉字 that may be the unit of a figure: 万 年 元
    OPEN = 2  # opening brackets and quotes
    CLOSE = 3  # closing brackets and quotes
    COMMA = 4  # ， 、 ； ：
    STOP = 5  # 。 ？ ！
    MIDDLE = 6  # interpunct
    DASH = 7  # —— and ……
    CONNECTOR = 8  # ～ – ∶ ／: never at a line start
    SUFFIX = 9  # ％ ‰ ℃: never parted from what stands before
    PREFIX = 10  # ￥ №: never parted from what follows
    WORD = 11  # Latin, Greek or Cyrillic letter
    DIGIT = 12  # 0-9 and the marks inside a figure
    SIGN = 13  # Western marks that close: , . ; : ! ? )
    OPEN_SIGN = 14  # Western marks that open: ( [ {
    OBJECT = 15  # image, inline block
    SPACE = 16  # ideographic or other fixed space
    SMALL = 17  # small kana and iteration marks: never at a line start
    BREAK = 18  # forced break
    SYMBOL = 19  # ①, ▲, emoji, letters of other scripts: set solid, spaces around them kept


OPENING: Final = "（《〈「『【〔〖［｛“‘〝"
CLOSING: Final = "）》〉」』】〕〗］｝”’〞〟"
COMMAS: Final = "，、；："
STOPS: Final = "。？！．"
UNITS: Final = frozenset(
    "万亿千百十元年月日号个人家项次名件吨米度岁倍位户天周时分秒届期条章页点只台辆座所处"
)
# A title sounds broken when one of these begins its second line.
ENCLITICS: Final = frozenset("的地得了着过们等吗呢吧之")

WESTERN: Final = (
    r"A-Za-z0-9\u00a2\u00a3\u00a5-\u00aa\u00ac\u00ae-\u00b3\u00b5\u00b9\u00ba\u00bc-\u02af"
    r"\u0370-\u052f\u1e00-\u1fff\u2010\u2011\u2020-\u2022\u2070-\u209c\u20ac\u2122\u2212"
    r"@#$%&*+=<>_~^|\\`'\"(){}\[\].,:;!?/\-"
)
RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]"
)

# Signs of comparison: one with the figure that follows.
COMPARING: Final = "≤≥≦≧≈≠＜＞＝"

_SIGNS: Final = frozenset(",.:;!?)]}'\"/-\u2010\u2011")
_TABLE: Final[dict[str, Edge]] = {
    **dict.fromkeys(UNITS, Edge.UNIT),
    **dict.fromkeys(OPENING, Edge.OPEN),
    **dict.fromkeys(CLOSING, Edge.CLOSE),
    **dict.fromkeys(COMMAS, Edge.COMMA),
    **dict.fromkeys(STOPS, Edge.STOP),
    **dict.fromkeys("·・‧", Edge.MIDDLE),
    **dict.fromkeys("—…⸺", Edge.DASH),
    **dict.fromkeys("～〜–／∶", Edge.CONNECTOR),
    **dict.fromkeys("％‰℃℉°′″", Edge.SUFFIX),
    **dict.fromkeys("￥￡＄№＃", Edge.PREFIX),
    **dict.fromkeys("$£€¥", Edge.PREFIX),
    **dict.fromkeys(_SIGNS, Edge.SIGN),
    **dict.fromkeys("([{", Edge.OPEN_SIGN),
    **dict.fromkeys("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々〻ゝゞヽヾ", Edge.SMALL),
    **dict.fromkeys("\u3000\u2002\u2003", Edge.SPACE),
    **dict.fromkeys("0123456789", Edge.DIGIT),
    "\n": Edge.BREAK,
}
_CJK: Final = re.compile(
    "[\u2e80-\u303f\u3041-\u33ff\u3400-\u9fff\uf900-\ufaff\uff01-\uffee\U00020000-\U0003fffd]"
)
_LETTER: Final = re.compile(f"[{WESTERN}]")

NEVER_FIRST: Final = frozenset(
    {
        Edge.CLOSE,
        Edge.COMMA,
        Edge.STOP,
        Edge.MIDDLE,
        Edge.CONNECTOR,
        Edge.SUFFIX,
        Edge.SIGN,
        Edge.SMALL,
        Edge.BREAK,
    }
)
NEVER_LAST: Final = frozenset({Edge.OPEN, Edge.OPEN_SIGN, Edge.PREFIX})
MARKS: Final = frozenset({Edge.OPEN, Edge.CLOSE, Edge.COMMA, Edge.STOP})
FULL_WIDTH: Final = MARKS | {
    Edge.HAN,
    Edge.UNIT,
    Edge.SMALL,
    Edge.MIDDLE,
    Edge.DASH,
    Edge.CONNECTOR,
    Edge.SUFFIX,
    Edge.SPACE,
}
IDEOGRAPHS: Final = frozenset({Edge.HAN, Edge.UNIT, Edge.SMALL})
ALPHANUMERIC: Final = frozenset({Edge.WORD, Edge.DIGIT})


@lru_cache(maxsize=8192)
def edge_of(character: str) -> Edge:
    """Classify one character; what is in no list and no CJK block is a symbol."""
    edge = _TABLE.get(character)
    if edge is not None:
        return edge
    if _LETTER.match(character):
        return Edge.WORD
    return Edge.HAN if _CJK.match(character) else Edge.SYMBOL
