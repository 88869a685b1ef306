"""Cut one face out of its source font, and mend it for Chinese setting.

Every change made here is told in the font's own name table (`CHANGES`) and in fonts/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import charsets
from fontTools import subset
from fontTools.otlLib.builder import buildSingleSubstSubtable
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.ttLib.tables import otTables

REGULAR, BOLD = ("Regular", 400), ("Bold", 700)

# The ideographic em box, in thousandths of an em. With one ascent and descent for all faces, and
# FandolFang's own the same, a line that mixes them keeps its baseline and its height.
ASCENT, DESCENT = 880, -120
# Pango shifts a run so that its font's BASE baseline for the script meets that of the line's first
# run; hanzi take `icfb`. FandolFang is left as it was drawn, and the others are given its values.
BASELINES = {"icfb": -5, "icft": 765, "ideo": DESCENT, "romn": 0}
# Below the hanzi (their ink ends near -90) rather than through them.
UNDERLINE_POSITION, UNDERLINE_THICKNESS = -160, 50
STRIKEOUT_POSITION = 360

CHANGES = (
    "glyphs and layout features subset (charset '{charset}'; no hinting, no locl); renamed; hhea and "
    "typo ascent 880, descent -120, line gap 0; BASE baselines, underline and strikeout positions set"
)
# Said of outlines in CFF alone; the others have no codes of their own.
NUMBERED = "; CFF glyphs numbered anew: CID = glyph index (ROS Adobe-Identity-0)"
CHINESE_CHANGES = (
    "; U+2014, U+2E3A, U+2E3B and U+00B7 mapped to the full-width glyphs; feature tnum added (half-em digits)"
)

# Written out, since what is dropped matters: locl would change hanzi by language, and aalt, dlig,
# hist and ruby bring glyphs that nothing here asks for.
FEATURES = (
    "ccmp", "fwid", "halt", "hwid", "kern", "liga", "mark", "mkmk", "palt", "pwid", "tnum",
    "vert", "vhal", "vpal", "vrt2",
)  # fmt: skip

# In Chinese a dash is as wide as its hanzi (GB/T 15834): — one em, —— two, without a break
# between. The full-width glyphs are so, and ligate so; the default ones are 0.89 and 1.69 em.
# The interpunct is squeezed from a full-width cell as every other mark is.
FULL_WIDTH = (0x2014, 0x2E3A, 0x2E3B, 0xB7)
DIGITS = "0123456789"


@dataclass(frozen=True)
class Face:
    """One font file to make.

    `collection_family` names the face to take from a TTC, None for a single font; `path` is
    inside the unpacked package; `formerly` is a family name that style sheets may still use.
    """

    file: str
    family: str
    style: tuple[str, int]
    charset: str
    package: str
    path: str
    collection_family: str | None
    licence: str
    licence_file: str
    formerly: str | None = None

    @property
    def postscript_name(self) -> str:
        """Name for the PDF's BaseFont."""
        return f"{self.family.replace(' ', '')}-{self.style[0]}"

    @property
    def full_name(self) -> str:
        """Family, and style unless it is Regular."""
        return self.family if self.style == REGULAR else f"{self.family} {self.style[0]}"


def _noto(file: str, family: str, style: tuple[str, int], charset: str, design: str) -> Face:
    return Face(
        file=file,
        family=family,
        style=style,
        charset=charset,
        package="fonts-noto-cjk",
        path=f"usr/share/fonts/opentype/noto/Noto{design}CJK-{style[0]}.ttc",
        collection_family=f"Noto {design} CJK SC",
        licence="SIL Open Font License 1.1",
        licence_file="OFL-Noto-CJK.txt",
    )


FACES = (
    _noto("BulletinSong-Regular.otf", "Bulletin Song", REGULAR, charsets.WIDE, "Serif"),
    _noto("BulletinSong-Bold.otf", "Bulletin Song", BOLD, charsets.TEXT, "Serif"),
    _noto("BulletinHei-Regular.otf", "Bulletin Hei", REGULAR, charsets.TEXT, "Sans"),
    _noto("BulletinHei-Bold.otf", "Bulletin Hei", BOLD, charsets.TEXT, "Sans"),
    _noto("BulletinPunct-Regular.otf", "Bulletin Punct", REGULAR, charsets.LATIN, "Serif"),
    Face(
        file="BulletinKai-Regular.ttf",
        family="Bulletin Kai",
        style=REGULAR,
        charset=charsets.TEXT,
        package="fonts-lxgw-wenkai",
        path="usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        collection_family=None,
        licence="SIL Open Font License 1.1",
        licence_file="OFL-LXGW-WenKai.txt",
    ),
)

# Renamed and numbered anew, else as it is. Its font exception speaks of unaltered portions, and may
# be extended by whoever modifies the font: licences.py does so.
FANG = Face(
    file="BulletinFang-Regular.otf",
    family="Bulletin Fang",
    style=REGULAR,
    charset="whole",
    package="texlive-lang-chinese",
    path="usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
    collection_family=None,
    licence="GPL 3 with font exception",
    licence_file="LICENSE-Fandol-GPL3-FE.txt",
    formerly="FandolFang",
)


def cut(face: Face, package: Path, codes: frozenset[int], target: Path) -> None:
    """Write the face's font file.

    Args:
        face: what to make.
        package: the folder the face's package is unpacked in.
        codes: code points to keep, where the source has them.
        target: path of the file to write.

    The bytes depend on the source file, `codes` and fontTools's version alone.
    """
    source = package / face.path
    options = subset.Options()
    options.layout_features = list(FEATURES)
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.glyph_names = False
    options.drop_tables += ["DSIG", "FFTM"]
    # Both default to what happens to be true of the machine: the clock, and whether uharfbuzz is there.
    options.recalc_timestamp = False
    options.harfbuzz_repacker = False
    if face.collection_family is not None:
        options.font_number = _face_number(source, face.collection_family)
    font = subset.load_font(str(source), options)
    origin = f"{font['name'].getDebugName(4)} {_version(font)}"
    if face.collection_family is not None:
        _widen_marks(font)
        _add_tabular_digits(font)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    _set_metrics(font)
    _rename(font, face, origin, changes=_changes(face, numbered="CFF " in font))
    subset.save_font(font, str(target), options)
    font.close()
    _number(target)


def rename(face: Face, package: Path, target: Path) -> None:
    """Write a face that keeps all its glyphs and tables, under our name and numbered anew.

    Args:
        face: what to make; its outlines are CFF.
        package: the folder the face's package is unpacked in.
        target: path of the file to write.
    """
    with TTFont(package / face.path, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        origin = f"{font['name'].getDebugName(16)} {_version(font)}"
        _rename(font, face, origin, changes="renamed" + NUMBERED)
        font["name"].setName(f"{face.licence}: see {face.licence_file} beside the font.", 13, 3, 1, 0x409)
        font.save(target, reorderTables=None)
    _number(target)


def _changes(face: Face, *, numbered: bool) -> str:
    said = CHANGES.format(charset=face.charset)
    if face.collection_family is not None:
        said += CHINESE_CHANGES
    return said + NUMBERED if numbered else said


def _number(path: Path) -> None:
    """Make the CID of each glyph its index, in a font with CID-keyed outlines.

    In a PDF the codes of Identity-H are CIDs, and a CID is looked up in the charset of the CFF
    (ISO 32000-1, 9.7.4.2). WeasyPrint, as many producers do, writes glyph indices. Where the two
    differ, readers that keep to the standard show other glyphs, or none.
    """
    part = path.with_name(path.name + ".numbered")
    # The other tables are copied byte for byte: none of them holds a CID.
    with TTFont(path, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        if "CFF " not in font:
            return
        font.getGlyphOrder()
        top = font["CFF "].cff.topDictIndex[0]
        if not hasattr(top, "ROS"):
            raise ValueError(f"{path.name}: its CFF is keyed by names")
        # A charset holds names, fontTools's way of writing CIDs; they lead to indices of outlines.
        names = [".notdef", *(f"cid{index:05d}" for index in range(1, len(top.charset)))]
        top.CharStrings.charStrings = {name: index for index, name in enumerate(names)}
        top.charset, top.ROS, top.CIDCount = names, ("Adobe", "Identity", 0), len(names)
        font.save(part, reorderTables=None)
    part.replace(path)


def _face_number(source: Path, family: str) -> int:
    with TTCollection(source, lazy=True) as collection:
        names = [font["name"].getDebugName(16) or font["name"].getDebugName(1) for font in collection.fonts]
    return names.index(family)


def _version(font: TTFont) -> str:
    return str(font["name"].getDebugName(5)).split(";")[0]


def _single_substitutions(font: TTFont, feature: str) -> dict[str, str]:
    """Return glyph to glyph, all of the feature's single substitutions together."""
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == feature
        for index in record.Feature.LookupListIndex
    }
    mapping: dict[str, str] = {}
    for index in sorted(lookups):
        for subtable in table.LookupList.Lookup[index].SubTable:
            mapping.update(getattr(getattr(subtable, "ExtSubTable", subtable), "mapping", {}))
    return mapping


def _widen_marks(font: TTFont) -> None:
    """Map each of FULL_WIDTH to its full-width glyph, unless it is full-width already.

    Raises:
        ValueError: the result is not a whole number of ems.
    """
    wide = _single_substitutions(font, "fwid")
    cmap = font.getBestCmap()
    em = font["head"].unitsPerEm
    for code in FULL_WIDTH:
        glyph = wide.get(cmap[code], cmap[code])
        if font["hmtx"][glyph][0] % em:
            raise ValueError(f"U+{code:04X} is {font['hmtx'][glyph][0]} units wide, not whole ems")
        for subtable in font["cmap"].tables:
            if subtable.isUnicode() and code in getattr(subtable, "cmap", {}):
                subtable.cmap[code] = glyph


def _add_tabular_digits(font: TTFont) -> None:
    """Add `tnum`: digits alone become half an em wide.

    `hwid` does so to every letter and mark too, which spoils a cell such as “164.14%”;
    the serif's own digits are 471 to 562 units wide.
    """
    half = _single_substitutions(font, "hwid")
    cmap = font.getBestCmap()
    digits = {cmap[ord(digit)]: half[cmap[ord(digit)]] for digit in DIGITS}
    table = font["GSUB"].table
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag = 1, 0
    lookup.SubTable = [buildSingleSubstSubtable(digits)]
    lookup.SubTableCount = 1
    table.LookupList.Lookup.append(lookup)
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    _add_feature(table, "tnum", table.LookupList.LookupCount - 1)


def _add_feature(table: Any, tag: str, lookup: int) -> None:
    """Add a feature of one lookup to every script and language, keeping the list sorted by tag."""
    record = otTables.FeatureRecord()
    record.FeatureTag = tag
    record.Feature = otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = [lookup]
    record.Feature.LookupCount = 1
    records = table.FeatureList.FeatureRecord
    place = next((i for i, other in enumerate(records) if other.FeatureTag > tag), len(records))
    records.insert(place, record)
    table.FeatureList.FeatureCount = len(records)
    # Scripts may share one LangSys object: shift each once.
    for system in {id(system): system for system in _language_systems(table)}.values():
        shifted = [index + (index >= place) for index in system.FeatureIndex]
        system.FeatureIndex = sorted([*shifted, place])
        system.FeatureCount = len(system.FeatureIndex)


def _language_systems(table: Any) -> Iterator[Any]:
    for script in table.ScriptList.ScriptRecord:
        if script.Script.DefaultLangSys is not None:
            yield script.Script.DefaultLangSys
        for record in script.Script.LangSysRecord:
            yield record.LangSys


def _set_metrics(font: TTFont) -> None:
    """Give the line metrics that all faces share. The win metrics, a clipping zone, stay."""
    horizontal, windows, post = font["hhea"], font["OS/2"], font["post"]
    horizontal.ascent, horizontal.descent, horizontal.lineGap = ASCENT, DESCENT, 0
    windows.sTypoAscender, windows.sTypoDescender, windows.sTypoLineGap = ASCENT, DESCENT, 0
    windows.yStrikeoutPosition, windows.yStrikeoutSize = STRIKEOUT_POSITION, UNDERLINE_THICKNESS
    post.underlinePosition, post.underlineThickness = UNDERLINE_POSITION, UNDERLINE_THICKNESS
    windows.fsType = 0
    font["BASE"] = _baselines()


def _baselines() -> Any:
    """Return a BASE table that gives every script the same horizontal baselines."""
    values = otTables.BaseValues()
    values.DefaultIndex = list(BASELINES).index("romn")
    values.BaseCoord = []
    for coordinate in BASELINES.values():
        entry = otTables.BaseCoord()
        entry.Format, entry.Coordinate = 1, coordinate
        values.BaseCoord.append(entry)
    values.BaseCoordCount = len(BASELINES)
    script = otTables.BaseScript()
    script.BaseValues, script.DefaultMinMax = values, None
    script.BaseLangSysRecord, script.BaseLangSysCount = [], 0
    record = otTables.BaseScriptRecord()
    record.BaseScriptTag, record.BaseScript = "DFLT", script
    axis = otTables.Axis()
    axis.BaseTagList = otTables.BaseTagList()
    axis.BaseTagList.BaselineTag, axis.BaseTagList.BaseTagCount = list(BASELINES), len(BASELINES)
    axis.BaseScriptList = otTables.BaseScriptList()
    axis.BaseScriptList.BaseScriptRecord, axis.BaseScriptList.BaseScriptCount = [record], 1
    table = newTable("BASE")
    table.table = otTables.BASE()
    table.table.Version, table.table.HorizAxis, table.table.VertAxis = 0x00010000, axis, None
    return table


def _rename(font: TTFont, face: Face, origin: str, *, changes: str) -> None:
    """Give the face our names; keep the copyright, the makers and the licence as they were."""
    names = font["name"]
    kept = (0, 8, 9, 11, 13, 14)
    english = [record for record in names.names if (record.platformID, record.langID) == (3, 0x409)]
    names.names = [record for record in english if record.nameID in kept]
    description = (
        f"Modified version of {origin}: {changes}. Not endorsed by the authors of the original. "
        "The whole account is in README.md beside the font."
    )
    version = _version_number(origin)
    for name_id, value in (
        (1, face.family),
        (2, face.style[0]),
        (3, f"{version};{face.postscript_name};{face.charset}"),
        (4, face.full_name),
        (5, f"Version {version}; {face.charset} subset"),
        (6, face.postscript_name),
        (10, description),
    ):
        names.setName(value, name_id, 3, 1, 0x409)
    names.names.sort(key=lambda record: (record.platformID, record.platEncID, record.langID, record.nameID))
    bold = face.style == BOLD
    font["OS/2"].usWeightClass = face.style[1]
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0
    if "CFF " in font:
        _rename_outlines(font["CFF "].cff, face)


def _version_number(origin: str) -> str:
    found = re.search(r"Version (\d+\.\d+)", origin)
    if found is None:
        raise ValueError(f"no version in {origin!r}")
    return found[1]


def _rename_outlines(outlines: Any, face: Face) -> None:
    outlines.fontNames = [face.postscript_name]
    top = outlines.topDictIndex[0]
    top.FullName, top.FamilyName, top.Weight = face.full_name, face.family, face.style[0]
    for part in getattr(top, "FDArray", ()):
        # NotoSerifCJKjp-Regular-Kana: its last word tells the group of glyphs.
        part.FontName = f"{face.postscript_name}-{part.FontName.rpartition('-')[2]}"


def advances(path: Path) -> tuple[int, ...]:
    """The widths of the printable ASCII characters, U+0020 to U+007E, in thousandths of an em."""
    with TTFont(path, lazy=True) as font:
        cmap, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        return tuple(round(widths[cmap[code]][0] * 1000 / em) for code in range(0x20, 0x7F))


def coverage(path: Path) -> frozenset[int]:
    """Return the code points that a font file's cmap maps."""
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def as_ranges(codes: Iterable[int]) -> str:
    """Write code points as hexadecimal ranges: "20-7E A0-17F 3007"."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return " ".join(f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in ranges)
