"""What a PDF shows, read as ISO 32000-1 says: code → CID → glyph, against the text that it stands for.

A reader of ours, so that no viewer's leniency hides a wrong code (9.7.4.2: a CID is looked up in the
charset of CID-keyed CFF outlines, in CIDToGIDMap for TrueType ones).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pikepdf
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from bulletin_press.fonts import load_manifest
from bulletin_press.ground.resources import fonts_folder

Outline = tuple[Any, ...]
_BFCHAR = re.compile(rb"<([0-9a-f]+)>\s*<([0-9a-f]*)>", re.IGNORECASE)


def _outline(glyphs: Any, name: str) -> Outline:
    pen = RecordingPen()
    glyphs[name].draw(pen)
    return tuple(pen.value)


# --- the fonts as they are bundled -----------------------------------------------------------


@dataclass
class _Source:
    """A bundled font: the outlines that may stand for a text, by any of its features."""

    font: TTFont
    outlines: dict[str, frozenset[Outline]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.glyphs, self.cmap = self.font.getGlyphSet(), self.font.getBestCmap()
        self.single: dict[str, set[str]] = {}
        self.ligatures: list[tuple[str, list[str], str]] = []
        for subtable in self._substitutions():
            for glyph, others in getattr(subtable, "mapping", {}).items():
                self.single.setdefault(glyph, set()).update([others] if isinstance(others, str) else others)
            for glyph, others in getattr(subtable, "alternates", {}).items():
                self.single.setdefault(glyph, set()).update(others)
            for first, found in getattr(subtable, "ligatures", {}).items():
                self.ligatures += [(first, one.Component, one.LigGlyph) for one in found]

    def _substitutions(self) -> Iterator[Any]:
        if "GSUB" in self.font:
            for lookup in self.font["GSUB"].table.LookupList.Lookup:
                for subtable in lookup.SubTable:
                    yield getattr(subtable, "ExtSubTable", subtable)

    def _closed(self, names: set[str]) -> set[str]:
        seen, open_ = set(names), list(names)
        while open_:
            for other in self.single.get(open_.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    open_.append(other)
        return seen

    def outlines_of(self, text: str) -> frozenset[Outline]:
        """Every outline that the font may show for a text with one glyph."""
        if text not in self.outlines:
            parts = [self._closed({self.cmap[ord(char)]}) if ord(char) in self.cmap else set() for char in text]
            names = parts[0] if len(parts) == 1 else self._closed({
                whole for first, others, whole in self.ligatures
                if len(others) + 1 == len(parts) and first in parts[0]
                and all(other in part for other, part in zip(others, parts[1:], strict=True))})
            self.outlines[text] = frozenset(_outline(self.glyphs, name) for name in names)
        return self.outlines[text]


@cache
def _source(postscript_name: str) -> _Source:
    names = {entry.name.partition(".")[0]: entry.name for entry in load_manifest().fonts}
    return _Source(TTFont(io.BytesIO((fonts_folder() / names[postscript_name]).read_bytes()), lazy=True))


# --- the fonts as they are embedded ------------------------------------------------------------


@dataclass
class _Embedded:
    name: str
    font: TTFont
    unicode: Mapping[int, str]
    glyph_of: Mapping[int, str]

    @classmethod
    def read(cls, dictionary: Any) -> _Embedded:
        assert dictionary.Subtype == "/Type0"
        assert dictionary.Encoding == "/Identity-H"
        descendant = dictionary.DescendantFonts[0]
        descriptor = descendant.FontDescriptor
        (key,) = (key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor)
        font = TTFont(io.BytesIO(descriptor[key].read_bytes()), lazy=True)
        order = font.getGlyphOrder()
        if descendant.Subtype == "/CIDFontType2":
            assert descendant.get("/CIDToGIDMap", "/Identity") == "/Identity"
            glyph_of = dict(enumerate(order))
        else:
            top = font["CFF "].cff.topDictIndex[0]
            # Keyed by CIDs: as the charset says. Keyed by names: a CID is an index.
            glyph_of = ({int(name[3:]) if name != ".notdef" else 0: name for name in top.charset}
                        if hasattr(top, "ROS") else dict(enumerate(order)))
        unicode = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
                   for code, text in _BFCHAR.findall(_bfchars(dictionary.ToUnicode.read_bytes()))}
        return cls(str(font["name"].getDebugName(6)), font, unicode, glyph_of)


def _bfchars(cmap: bytes) -> bytes:
    return b"\n".join(re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL))


@dataclass(frozen=True)
class Shown:
    """One code as it is shown: where, by which font, for which text; ``fault`` is "" where all is well."""

    page: int
    font: str
    code: int
    text: str
    fault: str


def _judged(embedded: _Embedded, code: int) -> tuple[str, str]:
    text = embedded.unicode.get(code, "")
    if not text:
        return text, "stands for no text"
    name = embedded.glyph_of.get(code)
    if name is None or name == ".notdef":
        return text, "no glyph"
    if _outline(embedded.font.getGlyphSet(), name) not in _source(embedded.name).outlines_of(text):
        return text, "another glyph"
    return text, ""


def shown_codes(data: bytes) -> Iterator[Shown]:
    """Yield each font's codes of each page once, in the order in which they are shown."""
    judged: dict[tuple[Any, int], Shown] = {}
    fonts: dict[Any, _Embedded] = {}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            seen = set()
            for dictionary, code in _codes(page.obj, page.obj.get("/Resources", pikepdf.Dictionary())):
                key = dictionary.objgen, code
                if key in seen:
                    continue
                seen.add(key)
                if dictionary.objgen not in fonts:
                    fonts[dictionary.objgen] = _Embedded.read(dictionary)
                if key not in judged:
                    embedded = fonts[dictionary.objgen]
                    judged[key] = Shown(number, embedded.name, code, *_judged(embedded, code))
                yield judged[key]


def _codes(content: Any, resources: Any) -> Iterator[tuple[Any, int]]:
    """Each code of each operator that shows text, with its font; drawings (forms) are entered."""
    font, kept = None, []
    for operands, operator in pikepdf.parse_content_stream(content):
        match str(operator):
            case "q":
                kept.append(font)
            case "Q":
                font = kept.pop()
            case "Tf":
                font = resources.Font[str(operands[0])]
            case "Tj" | "'" | '"':
                yield from _pairs(font, bytes(operands[-1]))
            case "TJ":
                for part in operands[0]:
                    if isinstance(part, pikepdf.String):
                        yield from _pairs(font, bytes(part))
            case "Do":
                drawn = resources.XObject[str(operands[0])]
                if drawn.Subtype == "/Form":
                    yield from _codes(drawn, drawn.get("/Resources", resources))


def _pairs(font: Any, string: bytes) -> Iterator[tuple[Any, int]]:
    assert len(string) % 2 == 0
    for at in range(0, len(string), 2):
        yield font, int.from_bytes(string[at : at + 2], "big")
