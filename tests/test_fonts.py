"""The bundled fonts, their manifest, and the isolation of a process to them."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
import pytest
import uharfbuzz
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from bulletin_press import fonts
from bulletin_press.fonts import isolation, libraries, manifest
from bulletin_press.ground.diagnostics import EnvironmentFault
from bulletin_press.ground.resources import fonts_folder

FOLDER = fonts_folder()
ROOT = Path(fonts.__file__).resolve().parents[2]
TGH = (Path(__file__).parent / "data" / "tgh8105.txt").read_text(encoding="utf-8").replace("\n", "")

NAMES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".otf", ".ttf"))
FULL = [name for name in NAMES if name.startswith(("BulletinSong", "BulletinHei", "BulletinKai"))]
FANG = "BulletinFang-Regular.otf"
OFL = [name for name in NAMES if name != FANG]
NOTO = [name for name in OFL if "Kai" not in name]

ASCII = set(range(0x20, 0x7F))
KANA = {*range(0x3041, 0x3097), *range(0x30A1, 0x30FF), 0x309B, 0x309C, 0x309D, 0x309E}
LEVEL_2 = {*range(0x4E00, 0x9FF0), *range(0x3400, 0x4DB6)} | {
    0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29,
}  # fmt: skip
# Name records that a user sees as the font's name.
SHOWN = (1, 3, 4, 6, 16, 17, 18, 20, 21, 22, 25)
RESERVED = ("noto", "source han", "lxgw", "霞鹜", "klee", "adobe")


def gb2312() -> Iterator[int]:
    """Yield GB 2312's code points."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            character = bytes((row, cell)).decode("gb2312", "ignore")
            if character:
                yield ord(character)


@cache
def font(name: str) -> TTFont:
    """Open a bundled font."""
    return TTFont(FOLDER / name, lazy=True)


@cache
def cmap(name: str) -> frozenset[int]:
    """Return the code points that a bundled font maps."""
    return frozenset(font(name).getBestCmap())


def advances(name: str, text: str, *features: str) -> list[int]:
    """Shape Chinese text and return the glyphs' advances, in font units."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FOLDER / name)))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = "zh-CN"
    uharfbuzz.shape(uharfbuzz.Font(face), buffer, dict.fromkeys(features, True))
    return [position.x_advance for position in buffer.glyph_positions]


# --- the files ------------------------------------------------------------------------------


def test_manifest_lists_every_font() -> None:
    assert sorted(entry.name for entry in fonts.load_manifest().fonts) == NAMES
    assert len(NAMES) == 7


@pytest.mark.parametrize("entry", fonts.load_manifest().fonts, ids=lambda entry: entry.name)
def test_file_is_as_the_manifest_says(entry: fonts.FontFile) -> None:
    content = (FOLDER / entry.name).read_bytes()
    assert len(content) == entry.size
    assert hashlib.sha256(content).hexdigest() == entry.sha256
    marks = bytearray(sys.maxunicode + 1)
    fonts.mark_ranges(entry.coverage, marks)
    assert {code for code, mark in enumerate(marks) if mark} == cmap(entry.name)
    family = font(entry.name)["name"].getDebugName(16) or font(entry.name)["name"].getDebugName(1)
    assert (entry.family, entry.weight) == (family, font(entry.name)["OS/2"].usWeightClass)
    assert (FOLDER / entry.licence_file).stat().st_size > 4000


def test_manifest_agrees_with_the_pins() -> None:
    table = json.loads((FOLDER / fonts.MANIFEST).read_text(encoding="utf-8"))
    pins = (FOLDER / "build" / "packages.toml").read_text(encoding="utf-8")
    for source in [table["charset_sources"], *(entry["package"] for entry in table["fonts"])]:
        assert source["version"] in pins
        assert source["sha256"] in pins
    assert f'"{table["fonttools"]}"' in pins


@pytest.mark.parametrize("name", FULL)
def test_text_fonts_cover_the_standards(name: str) -> None:
    for wanted in (ASCII, set(gb2312()), set(map(ord, TGH)), KANA):
        assert not wanted - cmap(name)


def test_tgh_is_whole() -> None:
    assert len(TGH) == len(set(TGH)) == 8105


def test_song_covers_level_2() -> None:
    assert not LEVEL_2 - cmap("BulletinSong-Regular.otf")


def test_companion_and_fang_cover_ascii() -> None:
    assert not ASCII - cmap("BulletinPunct-Regular.otf")
    assert not ASCII - cmap("BulletinFang-Regular.otf")


@pytest.mark.parametrize("name", OFL)
def test_modified_fonts_are_renamed_and_licensed(name: str) -> None:
    names = font(name)["name"]
    for record in names.names:
        if record.nameID in SHOWN:
            assert not any(word in record.toUnicode().lower() for word in RESERVED), record.nameID
    assert "SIL Open Font License, Version 1.1" in names.getDebugName(13)
    assert names.getDebugName(14).endswith("scripts.sil.org/OFL")
    assert names.getDebugName(0)  # whose the copyright is
    assert names.getDebugName(10).startswith("Modified version of")
    if "CFF " in font(name):
        outlines = font(name)["CFF "].cff
        top = outlines.topDictIndex[0]
        shown = [*outlines.fontNames, top.FullName, top.FamilyName, *(part.FontName for part in top.FDArray)]
        assert not any(word in title.lower() for title in shown for word in RESERVED)


def test_the_fang_is_renamed_and_its_exception_extended() -> None:
    names = font(FANG)["name"]
    for record in names.names:
        if record.nameID in SHOWN:
            assert "fandol" not in record.toUnicode().lower(), record.nameID
    outlines = font(FANG)["CFF "].cff
    top = outlines.topDictIndex[0]
    shown = [*outlines.fontNames, top.FullName, top.FamilyName, *(part.FontName for part in top.FDArray)]
    assert not any("fandol" in title.lower() for title in shown)
    assert "Fandol team" in names.getDebugName(0)
    licence = (FOLDER / "LICENSE-Fandol-GPL3-FE.txt").read_text(encoding="utf-8")
    assert "modified version of FandolFang" in licence
    assert "you may extend this exception to your version" in " ".join(licence.split())


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".otf")])
def test_a_glyph_has_its_index_for_a_code(name: str) -> None:
    """ISO 32000-1, 9.7.4.2: what a PDF shows is found by CID, in the charset of the CFF."""
    top = TTFont(FOLDER / name)["CFF "].cff.topDictIndex[0]
    assert top.charset == [".notdef", *(f"cid{index:05d}" for index in range(1, len(top.charset)))]
    assert (top.ROS, top.CIDCount) == (("Adobe", "Identity", 0), len(top.charset))


@pytest.mark.parametrize("name", NAMES)
def test_modified_fonts_may_be_embedded(name: str) -> None:
    assert font(name)["OS/2"].fsType in (0, 8)  # installable, or editable: neither forbids subsets


@pytest.mark.parametrize("name", NAMES)
def test_a_dash_is_whole_ems(name: str) -> None:
    assert advances(name, "—") == [1000]
    assert sum(advances(name, "——")) == 2000
    assert sum(advances(name, "中——国")) == 4000
    assert sum(advances(name, "……")) == 2000


@pytest.mark.parametrize("name", NOTO)
def test_a_chinese_dash_is_unbroken(name: str) -> None:
    assert len(advances(name, "——")) == 1  # one glyph drawn from end to end


@pytest.mark.parametrize("name", NOTO)
def test_chinese_marks_are_full_width(name: str) -> None:
    assert advances(name, "“”‘’·，。") == [1000] * 7
    assert advances(name, "，", "halt") == [500]
    assert advances(name, "⸺") == [2000]


@pytest.mark.parametrize("name", NOTO)
def test_digits_can_be_half_an_em(name: str) -> None:
    assert set(advances(name, "0123456789.", "hwid")) == {500}
    assert set(advances(name, "0123456789", "tnum")) == {500}
    assert advances(name, ".", "tnum") == advances(name, ".")  # the digits alone


@pytest.mark.parametrize("name", OFL)
def test_a_line_of_mixed_fonts_does_not_grow(name: str) -> None:
    """Pango reads hhea, and shifts runs by BASE; Fang sets the values, as its makers drew it."""
    fang = font("BulletinFang-Regular.otf")
    header, windows = font(name)["hhea"], font(name)["OS/2"]
    assert (header.ascent, header.descent, header.lineGap) == (fang["hhea"].ascent, fang["hhea"].descent, 0)
    assert (windows.sTypoAscender, windows.sTypoDescender) == (header.ascent, header.descent)
    assert baselines(font(name)) == baselines(fang)


def baselines(opened: TTFont) -> dict[str, int]:
    """Return the horizontal baselines of the default script."""
    axis = opened["BASE"].table.HorizAxis
    scripts = {record.BaseScriptTag: record.BaseScript for record in axis.BaseScriptList.BaseScriptRecord}
    coordinates = [entry.Coordinate for entry in scripts["DFLT"].BaseValues.BaseCoord]
    return dict(zip(axis.BaseTagList.BaselineTag, coordinates, strict=True))


# --- coverage -------------------------------------------------------------------------------


def test_missing_gives_each_place() -> None:
    manifest = fonts.load_manifest()
    assert list(manifest.missing("喆𪛖中𪛖", ["Bulletin Song"])) == [(1, "𪛖"), (3, "𪛖")]
    for fang in ("Bulletin Fang", "FandolFang"):
        assert list(manifest.missing("喆", [fang])) == [(0, "喆")]
        assert list(manifest.missing("喆", [fang, "Bulletin Song"])) == []
        assert not list(manifest.missing("仿宋", [fang]))


@pytest.mark.parametrize(
    "blank", ["\t", "\n", "\u2009", "\u00a0", "\u3000", "\u200b", "\u200d", "\ufe00", "\U000e0100", "\ufeff", "\u2029"]
)
def test_what_shows_nothing_is_not_missing(blank: str) -> None:
    assert fonts.load_manifest().covers(["Bulletin Song"], blank)


@pytest.mark.parametrize("char", ["\uf06c", "\u1680", "\U0001f600", "\ud800", "\uffff", "⼀"])
def test_what_would_show_a_box_is_missing(char: str) -> None:
    assert not fonts.load_manifest().covers(["Bulletin Punct", "Bulletin Kai", "Bulletin Song"], char)


def test_an_unknown_family_covers_nothing() -> None:
    assert not fonts.load_manifest().covers(["No Such Family"], "中")
    assert set(fonts.load_manifest().families) == {
        "Bulletin Fang", "Bulletin Hei", "Bulletin Kai", "Bulletin Punct", "Bulletin Song",
    }  # fmt: skip


def test_coverage_needs_no_font_library() -> None:
    run_script(
        "import sys\n"
        "from bulletin_press import fonts\n"
        "assert not list(fonts.load_manifest().missing('中文——', ['Bulletin Song']))\n"
        "fonts.isolate()\n"
        "assert not {'fontTools', 'uharfbuzz', 'weasyprint'} & set(sys.modules)\n"
    )


# --- isolation ------------------------------------------------------------------------------

RARE = "\U0002a6d6"
HTML = (
    "<html lang=zh><title>t</title><p style='font-family: Bulletin Song'>中文" + RARE + "<b>粗</b>"
    "<p style='font-family: SimSun'>未知<p style='font-family: sans-serif'>黑<p style='font-family: Bulletin Kai'>楷"
)
RENDER = f"import sys, weasyprint\nweasyprint.HTML(string={HTML!r}).write_pdf(sys.argv[1])\n"
ISOLATE = "from bulletin_press import fonts\nfonts.isolate()\n"


def run_script(script: str, *arguments: str, **environment: str) -> str:
    """Run a script in a new process and return what it prints."""
    variables = {key: value for key, value in os.environ.items() if not key.startswith("FONTCONFIG")}
    variables |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], env=variables, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def embedded(path: Path) -> dict[str, str]:
    """Return the fonts in a PDF: BaseFont to the unique identifier (name 3) of the program inside."""
    found = {}
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/DescendantFonts" in item:
                descriptor = item["/DescendantFonts"][0]["/FontDescriptor"]
                (key,) = (key for key in dict(descriptor) if key.startswith("/FontFile"))
                program = TTFont(io.BytesIO(descriptor[key].read_bytes()), lazy=True)
                found[str(item["/BaseFont"]).partition("+")[2]] = str(program["name"].getDebugName(3))
    return found


def our_identifiers() -> set[str]:
    """Return name 3 of every bundled font."""
    return {str(font(name)["name"].getDebugName(3)) for name in NAMES}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with two decoys installed: our family's name, and a character we lack."""
    folder = tmp_path / "home" / ".local" / "share" / "fonts"
    folder.mkdir(parents=True)
    decoy(folder / "same-name.ttf", "Bulletin Song", "中文粗未知")
    decoy(folder / "rare.ttf", "Decoy Rare", RARE)
    return tmp_path / "home"


def decoy(path: Path, family: str, characters: str) -> None:
    """Write a font whose every glyph is a square."""
    pen = TTGlyphPen(None)
    for point in ((0, 0), (0, 800), (800, 800)):
        (pen.moveTo if point == (0, 0) else pen.lineTo)(point)
    pen.closePath()
    square = pen.glyph()
    glyphs = [".notdef", *(f"u{ord(character):X}" for character in characters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({ord(character): f"u{ord(character):X}" for character in characters})
    builder.setupGlyf(dict.fromkeys(glyphs, square))
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "uniqueFontIdentifier": "decoy"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.save(path)


def test_a_decoy_is_not_embedded(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "isolated.pdf"
    run_script(ISOLATE + RENDER, str(target), HOME=str(home), XDG_DATA_HOME=str(home / ".local" / "share"))
    found = embedded(target)
    assert len(found) == 4
    assert set(found.values()) <= our_identifiers()


def test_without_isolation_the_decoys_are_embedded(home: Path, tmp_path: Path) -> None:
    """Else the test above would prove nothing."""
    target = tmp_path / "open.pdf"
    run_script(RENDER, str(target), HOME=str(home), XDG_DATA_HOME=str(home / ".local" / "share"))
    found = embedded(target)
    assert found["Bulletin-Song"] == "decoy"
    assert "Decoy-Rare" in found


def test_isolation_after_a_render_still_holds(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "late.pdf"
    script = RENDER + ISOLATE + RENDER
    run_script(script, str(target), HOME=str(home), XDG_DATA_HOME=str(home / ".local" / "share"))
    assert set(embedded(target).values()) <= our_identifiers()


def test_bytes_depend_on_no_environment(home: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environments: list[dict[str, str]] = [
        {"HOME": str(tmp_path / "a")},
        {"HOME": str(home), "XDG_DATA_HOME": str(home / ".local" / "share"), "TZ": "Asia/Tokyo"},
        {"HOME": "/dev/null", "XDG_CACHE_HOME": "", "TMPDIR": str(temporary), "LC_ALL": "C"},
        {"HOME": str(tmp_path / "a"), "LC_ALL": "C.UTF-8", "LANGUAGE": "ja", "PANGO_LANGUAGE": "ja", "FC_LANG": "ja"},
        {"HOME": str(tmp_path / "a"), "PYTHONHASHSEED": "7", "FONTCONFIG_FILE": "/none", "FONTCONFIG_SYSROOT": "/none"},
    ]
    digests = set()
    for number, environment in enumerate(environments):
        target = tmp_path / f"{number}.pdf"
        run_script(ISOLATE + RENDER, str(target), **environment)
        digests.add(hashlib.sha256(target.read_bytes()).hexdigest())
    assert len(digests) == 1
    assert not list(temporary.iterdir())  # the temporary cache went with its process


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Use a fonts folder that a test may spoil."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    for name in [*NAMES, fonts.MANIFEST]:
        (folder / name).symlink_to(FOLDER / name)
    for room in (manifest, isolation):
        monkeypatch.setattr(room, "fonts_folder", lambda: folder)
    fonts.load_manifest.cache_clear()
    yield folder
    fonts.load_manifest.cache_clear()


def spoil(path: Path, content: bytes | None) -> None:
    """Replace a linked file; None takes it away."""
    path.unlink()
    if content is not None:
        path.write_bytes(content)


def test_a_whole_folder_verifies(copied: Path) -> None:
    fonts.verify(digests=True)


@pytest.mark.parametrize("content", [None, b"", b"OTTO" * 1000], ids=["missing", "empty", "truncated"])
def test_a_missing_or_truncated_font_is_named(copied: Path, content: bytes | None) -> None:
    spoil(copied / "BulletinHei-Bold.otf", content)
    with pytest.raises(EnvironmentFault, match=r"字体文件 .*BulletinHei-Bold\.otf (缺失|不完整).*make fonts"):
        fonts.verify()


def test_changed_bytes_are_found_by_digest(copied: Path) -> None:
    content = bytearray((FOLDER / "BulletinPunct-Regular.otf").read_bytes())
    content[-1] ^= 1
    spoil(copied / "BulletinPunct-Regular.otf", bytes(content))
    fonts.verify()
    with pytest.raises(EnvironmentFault, match=r"BulletinPunct-Regular\.otf 的内容与清单不符"):
        fonts.verify(digests=True)


def test_a_font_of_the_right_size_but_unreadable_is_named(copied: Path, tmp_path: Path) -> None:
    size = (FOLDER / "BulletinKai-Regular.ttf").stat().st_size
    spoil(copied / "BulletinKai-Regular.ttf", bytes(size))
    script = (
        "import pathlib\n"
        "from bulletin_press import fonts\n"
        "from bulletin_press.fonts import isolation, manifest\n"
        f"isolation.fonts_folder = manifest.fonts_folder = lambda: pathlib.Path({str(copied)!r})\n"
        "try:\n    fonts.isolate()\n"
        "except isolation.EnvironmentFault as fault:\n    print(fault)\n"
    )
    assert "BulletinKai-Regular.ttf" in run_script(script, HOME=str(tmp_path))


@pytest.mark.parametrize("content", [None, b"{", b"[]", b'{"fonts": [{}]}'])
def test_a_spoilt_manifest_is_named(copied: Path, content: bytes | None) -> None:
    spoil(copied / fonts.MANIFEST, content)
    with pytest.raises(EnvironmentFault, match=r"字体清单 .*manifest\.json"):
        fonts.load_manifest()


# --- system libraries -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "debian", "remedy"),
    [
        ("linux", True, "sudo apt-get install libharfbuzz-subset0。"),
        ("linux", False, "软件包管理器"),
        ("darwin", False, "brew install harfbuzz。"),
    ],
)
def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, platform: str, debian: bool, remedy: str) -> None:
    load = libraries.load_library
    monkeypatch.setattr(libraries, "load_library", lambda library: None if "Subset" in library.title else load(library))
    monkeypatch.setattr(libraries, "_is_debian", lambda: debian)
    monkeypatch.setattr(sys, "platform", platform)
    fonts.require_libraries.cache_clear()
    with pytest.raises(EnvironmentFault, match="缺少排版所需的系统库：HarfBuzz-Subset") as fault:
        fonts.require_libraries()
    assert remedy in fault.value.message


def test_the_libraries_are_here() -> None:
    fonts.require_libraries.cache_clear()
    fonts.require_libraries()


def test_a_library_that_is_nowhere_does_not_load() -> None:
    nothing = fonts.Library("Nothing", ("libnothing-at-all.so.0", "nothing-at-all"), "x", "x")
    assert libraries.load_library(nothing) is None


def test_a_cut_face_is_a_font_that_others_read() -> None:
    from fontTools.ttLib import TTFont

    from bulletin_press.fonts.cutting import cut_face
    from bulletin_press.ground.resources import fonts_folder

    path, wanted = fonts_folder() / "BulletinSong-Bold.otf", "永会刊2022年、（A）"
    whole, cut = TTFont(path), TTFont(io.BytesIO(cut_face(path, wanted)))
    assert set(cut.getBestCmap()) == set(map(ord, wanted))
    for char in wanted:
        names = (one.getBestCmap()[ord(char)] for one in (whole, cut))
        widths = [one["hmtx"][name] for one, name in zip((whole, cut), names, strict=True)]
        assert widths[0] == widths[1], char
    assert {name.nameID for name in cut["name"].names} == {0, 13, 14}
    for tag in {*cut.keys()} - {"GlyphOrder"}:
        assert cut[tag] is not None
