"""The bundled fonts and what they cover.

Coverage comes from `fonts/manifest.json`, so that no font is opened to check a text.
"""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from bulletin_press.ground.diagnostics import EnvironmentFault
from bulletin_press.ground.resources import fonts_folder
from bulletin_press.ground.system_errors import reason

MANIFEST = "manifest.json"

RESTORE = "请重新安装 bulletin-press；若在源码目录中运行，请用 git checkout -- fonts 恢复，或用 make fonts 重新生成。"

# Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt, 15.1): a renderer shows
# nothing for them, so no font need have them. Less those for which Pango draws a box all the
# same: the Hangul fillers and shorthand controls.
_IGNORABLE = (
    range(0x00AD, 0x00AE), range(0x034F, 0x0350), range(0x061C, 0x061D), range(0x1160, 0x1161),
    range(0x17B4, 0x17B6), range(0x180B, 0x1810), range(0x200B, 0x2010), range(0x202A, 0x202F),
    range(0x2060, 0x2070), range(0xFE00, 0xFE10), range(0xFEFF, 0xFF00),
    range(0xFFA0, 0xFFA1), range(0xFFF0, 0xFFF9), range(0x1D173, 0x1D17B),
    range(0xE0000, 0xE1000),
)  # fmt: skip


def mark_ranges(ranges: str, marks: bytearray) -> None:
    """Set to 1 the bytes at the code points of ranges such as "20-7E A0-17F 3007"."""
    for word in ranges.split():
        if "-" in word:
            start, end = word.split("-")
            first, last = int(start, 16), int(end, 16)
            marks[first : last + 1] = b"\1" * (last + 1 - first)
        else:
            marks[int(word, 16)] = 1


@dataclass(frozen=True)
class FontFile:
    """One bundled font file.

    `size` is in bytes, `coverage` as `mark_ranges` reads it, `advances` the widths of U+0020 to
    U+007E in em; `formerly` is a family name that older style sheets use, "" for none.
    """

    name: str
    family: str
    style: str
    weight: int
    size: int
    sha256: str
    licence_file: str
    coverage: str
    advances: tuple[float, ...]
    formerly: str = ""


@dataclass(frozen=True)
class Manifest:
    """What fonts/manifest.json says of the bundled fonts."""

    fonts: tuple[FontFile, ...]

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The family names that CSS may use, each once."""
        return tuple(dict.fromkeys(font.family for font in self.fonts))

    @cached_property
    def former_families(self) -> Mapping[str, str]:
        """Family names of earlier releases, which go on being read, to those of now."""
        return {font.formerly: font.family for font in self.fonts if font.formerly}

    @cached_property
    def _maps(self) -> dict[str, bytearray]:
        return {}

    def _map(self, family: str) -> bytearray:
        """Return a byte a code point: 1 where the family has it in any of its weights.

        In any weight, because Pango takes the glyph from another weight of the family before it
        leaves the family. A map is made sooner than a set of characters, and searched as fast;
        the part of it that is never touched costs no memory.
        """
        if family not in self._maps:
            covered = bytearray(sys.maxunicode + 1)
            for ranges in {font.coverage for font in self.fonts if family in (font.family, font.formerly)}:
                mark_ranges(ranges, covered)
            self._maps[family] = covered
        return self._maps[family]

    def covers(self, families: Sequence[str], char: str) -> bool:
        """Tell whether one of the families can show the character.

        Args:
            families: a font stack; a family that is not bundled covers nothing.
            char: one character.

        What shows nothing (line ends, spaces, variation selectors, joiners) counts as covered:
        spaces are synthesised, and whether the others belong in a text is another rule's matter.
        Other controls do not: each comes out as a box.
        """
        code = ord(char)
        return any(self._map(family)[code] for family in families) or _is_blank(char)

    def missing(self, text: str, families: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Yield (index, character) for each character that none of the families can show.

        Args:
            text: any text; 30,000 characters take about 2 ms, and a family a few more the first time.
            families: a font stack, as for `covers`.
        """
        absent = set(text)
        for family in families:
            if not absent:
                break
            covered = self._map(family)
            # Blanks at once: for a line end alone no map of the next family need be made.
            absent = {char for char in absent if not (covered[ord(char)] or _is_blank(char))}
        if absent:
            yield from ((index, char) for index, char in enumerate(text) if char in absent and not _is_blank(char))

    def width(self, text: str, families: Sequence[str], weight: int = 400) -> float:
        """The width of a line of text, em, as near as labels of a drawing need it.

        ASCII is exact but for kerning; every other character counts as one em, so that Chinese is
        exact and anything else is given too much room rather than too little.

        Args:
            text: one line.
            families: a font stack, as for `covers`; one bundled family at least.
            weight: 400 or 700; the other is taken where a family has only one.
        """
        named = [self.former_families.get(family, family) for family in families]
        fonts = [min((font for font in self.fonts if font.family == family),
                     key=lambda font: abs(font.weight - weight))
                 for family in named if family in self.families]
        first = fonts[0].advances
        return sum(first[ord(char) - 0x20] if " " <= char <= "~" else 1.0 for char in text)


def _is_blank(char: str) -> bool:
    category = unicodedata.category(char)
    if category in ("Cc", "Zp"):
        return char in "\t\n\r\u2029"
    if category == "Zs":
        return char != "\u1680"  # the Ogham space is drawn
    return any(ord(char) in ignorable for ignorable in _IGNORABLE)


@cache
def load_manifest() -> Manifest:
    """Read the manifest of the bundled fonts, once a process.

    Raises:
        EnvironmentFault: it is missing or is no manifest.
    """
    path = fonts_folder() / MANIFEST
    try:
        table = json.loads(path.read_bytes())
        return Manifest(tuple(_font(entry) for entry in table["fonts"]))
    except OSError as fault:
        raise EnvironmentFault(f"字体清单 {path} 无法读取：{reason(fault)}。{RESTORE}") from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise EnvironmentFault(f"字体清单 {path} 已损坏。{RESTORE}") from fault


def _font(entry: dict[str, object]) -> FontFile:
    return FontFile(
        name=str(entry["file"]),
        family=str(entry["family"]),
        style=str(entry["style"]),
        weight=int(str(entry["weight"])),
        size=int(str(entry["bytes"])),
        sha256=str(entry["sha256"]),
        licence_file=str(entry["licence_file"]),
        coverage=str(entry["coverage"]),
        advances=tuple(int(width) / 1000 for width in str(entry["advances"]).split()),
        formerly=str(entry.get("formerly", "")),
    )


def verify(*, digests: bool = False) -> None:
    """Check that every bundled font file is there and whole.

    Args:
        digests: compare sha256 too (some 50 ms), not only sizes.

    Raises:
        EnvironmentFault: names the first file at fault.
    """
    folder = fonts_folder()
    for font in load_manifest().fonts:
        path = folder / font.name
        try:
            size = path.stat().st_size
            if size != font.size:
                fault = f"字体文件 {path} 不完整：应为 {font.size} 字节，实为 {size} 字节。"
                raise EnvironmentFault(fault + RESTORE)
            if digests and hashlib.sha256(path.read_bytes()).hexdigest() != font.sha256:
                raise EnvironmentFault(f"字体文件 {path} 的内容与清单不符。{RESTORE}")
        except OSError as fault_:
            raise EnvironmentFault(f"字体文件 {path} 缺失或无法读取：{reason(fault_)}。{RESTORE}") from fault_
