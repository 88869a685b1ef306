"""The character sets that the fonts are cut to.

Sources: GB 2312 from Python's codec; 通用规范汉字表 (2013, 8105 characters) from Unihan's
property kTGH; GB 18030—2022 implementation level 2 from its ranges.
"""

from __future__ import annotations

import bz2
from collections.abc import Iterable
from pathlib import Path

TEXT = "text"
WIDE = "wide"
LATIN = "latin"

IN_WORDS = {
    TEXT: (
        "GB 2312 (all); 通用规范汉字表 (2013, all 8105); kana, bopomofo; Latin with pinyin and "
        "Vietnamese letters, Greek, Cyrillic; general and CJK punctuation, currency, arrows, "
        "mathematical operators, enclosed and squared forms, box drawing, geometric shapes, "
        "dingbats, half- and full-width forms: as far as the source font has them"
    ),
    WIDE: (
        "text, and GB 18030-2022 implementation level 2: CJK Unified Ideographs U+4E00-9FEF, "
        "Extension A U+3400-4DB5, the twelve of U+FA0E-FA29; and the compatibility ideographs "
        "U+F900-FAD9, which stand in people's names"
    ),
    LATIN: "Latin with pinyin letters, general punctuation, CJK punctuation, full-width forms",
}

TGH_SIZE = 8105

_FULL_WIDTH = (range(0x3000, 0x3020), range(0xFF00, 0xFF66))
_LATIN = (
    range(0x20, 0x7F),
    range(0xA0, 0x180),
    range(0x1CD, 0x1DD),  # pinyin: ǎ ǐ ǒ ǔ ǖ ǘ ǚ ǜ
    range(0x1F8, 0x1FA),
    (0x251, 0x261, 0x1E3E, 0x1E3F),
    range(0x300, 0x370),  # combining: ê̄ has no code point of its own
)
_SYMBOLS = (
    range(0x218, 0x21C),
    range(0x370, 0x400),
    range(0x400, 0x460),
    range(0x1EA0, 0x1EFA),
    range(0x2000, 0x2070),
    range(0x2070, 0x20C0),
    range(0x2100, 0x218C),
    range(0x2190, 0x2400),
    range(0x2460, 0x2650),
    range(0x2700, 0x27C0),
    range(0x2B00, 0x2C00),
    (0x2E3A, 0x2E3B),
    range(0x3000, 0x3040),
    range(0x3041, 0x3100),
    range(0x3100, 0x3130),
    range(0x31A0, 0x31C0),
    range(0x3200, 0x3400),
    range(0xFE10, 0xFE50),
    range(0xFF00, 0xFFF0),
)
_PUNCTUATION = (range(0x2010, 0x2028), range(0x2030, 0x203C), (0x20AC, 0x2212, 0x2E3A, 0x2E3B))
_LEVEL_2 = (
    range(0x4E00, 0x9FF0),
    range(0x3400, 0x4DB6),
    (0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29),
)
_COMPATIBILITY = (range(0xF900, 0xFADA),)


def _union(parts: Iterable[Iterable[int]]) -> frozenset[int]:
    return frozenset(code for part in parts for code in part)


def gb2312() -> frozenset[int]:
    """Return GB 2312's 7445 code points: 6763 hanzi and 682 symbols."""
    codes = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                codes.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return frozenset(codes)


def read_tgh(unihan: Path) -> tuple[int, ...]:
    """Read 通用规范汉字表 from Unihan.

    Args:
        unihan: the folder that holds `Unihan_*.txt.bz2`.

    Returns:
        8105 code points in the table's own order: 3500 of level 1, 3000 of 2, 1605 of 3.

    Raises:
        ValueError: the property does not give each of the places 1 to 8105 once.
    """
    places: dict[int, int] = {}
    for path in sorted(unihan.glob("Unihan_*.txt.bz2")):
        with bz2.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                fields = line.rstrip("\n").split("\t")
                if len(fields) != 3 or fields[1] != "kTGH":
                    continue
                for value in fields[2].split():
                    year, _, place = value.partition(":")
                    if year == "2013":
                        places[int(place)] = int(fields[0].removeprefix("U+"), 16)
    if sorted(places) != list(range(1, TGH_SIZE + 1)):
        raise ValueError(f"kTGH gives {len(places)} of {TGH_SIZE} places under {unihan}")
    return tuple(places[place] for place in sorted(places))


def charsets(tgh: Iterable[int]) -> dict[str, frozenset[int]]:
    """Return the code points asked for, by charset name.

    A source font may lack some of them; the manifest's coverage is what a file really has.
    """
    text = _union((*_LATIN, *_SYMBOLS, gb2312(), tgh))
    return {
        TEXT: text,
        WIDE: text | _union((*_LEVEL_2, *_COMPATIBILITY)),
        LATIN: _union((*_LATIN, *_PUNCTUATION, *_FULL_WIDTH)),
    }
