"""The bundled fonts: what they cover, and how a process is kept to them alone.

Coverage comes from `fonts/manifest.json`, so that no font is opened to check a text. Isolation
is by Fontconfig: left to itself it takes missing characters from the machine, or a font of the
machine's that bears the same family name, and says nothing.
"""

from __future__ import annotations

import atexit
import ctypes
import hashlib
import json
import os
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from bulletin_press.ground.diagnostics import EnvironmentFault
from bulletin_press.ground.resources import fonts_folder
from bulletin_press.ground.system_errors import reason

MANIFEST = "manifest.json"

_RESTORE = "请重新安装 bulletin-press；若在源码目录中运行，请用 git checkout -- fonts 恢复，或用 make fonts 重新生成。"

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
        raise EnvironmentFault(f"字体清单 {path} 无法读取：{reason(fault)}。{_RESTORE}") from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise EnvironmentFault(f"字体清单 {path} 已损坏。{_RESTORE}") from fault


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
                raise EnvironmentFault(fault + _RESTORE)
            if digests and hashlib.sha256(path.read_bytes()).hexdigest() != font.sha256:
                raise EnvironmentFault(f"字体文件 {path} 的内容与清单不符。{_RESTORE}")
        except OSError as fault_:
            raise EnvironmentFault(f"字体文件 {path} 缺失或无法读取：{reason(fault_)}。{_RESTORE}") from fault_


# --- isolation -----------------------------------------------------------------------------

_CONFIGURATION = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
  <selectfont>
    <rejectfont><glob>*</glob></rejectfont>
    <acceptfont>{files}</acceptfont>
  </selectfont>
  <match target="pattern">
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="lang" mode="assign"><string>zh-cn</string></edit>
  </match>
{aliases}
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Bulletin Song</string></edit>
  </match>
</fontconfig>
"""
_ALIAS = '  <alias binding="same"><family>{generic}</family><prefer><family>{family}</family></prefer></alias>'
# WeasyPrint's own style sheet asks for the generic families.
_GENERIC = {
    "serif": "Bulletin Song",
    "sans-serif": "Bulletin Hei",
    "monospace": "Bulletin Hei",
    "system-ui": "Bulletin Hei",
    "cursive": "Bulletin Kai",
    "fantasy": "Bulletin Song",
}


@cache
def isolate() -> None:
    """Keep this process to the bundled fonts. Later calls do nothing.

    Call it before the first render; whether WeasyPrint is imported already does not matter,
    since Fontconfig reads its configuration again. A FontConfiguration made earlier keeps the
    machine's fonts: make a new one.

    Raises:
        EnvironmentFault: a font file is missing, cut short or unreadable, or Fontconfig cannot
            be loaded. With no usable font Pango would end the process by SIGSEGV.

    Sets FONTCONFIG_FILE and FONTCONFIG_PATH and unsets FONTCONFIG_SYSROOT, in this process and
    those it starts. Fontconfig's cache lies in the user's cache folder, or, where that cannot
    be written, in a temporary folder that goes when the process ends. It takes some 10 ms.
    """
    require_libraries()
    verify()
    configuration = _write_configuration()
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    os.environ["FONTCONFIG_PATH"] = str(configuration.parent)
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    _expect_ours(_reload_fontconfig())


def _write_configuration() -> Path:
    for folder in _cache_folders():
        content = _configuration(fonts_folder(), load_manifest(), folder / "cache").encode("utf-8", "surrogateescape")
        # Named by its content: another checkout's, or another version's, lies beside it.
        path = folder / f"fonts-{hashlib.sha256(content).hexdigest()[:16]}.conf"
        try:
            (folder / "cache").mkdir(parents=True, exist_ok=True)
            if not os.access(folder / "cache", os.W_OK):
                continue
            if not path.is_file() or path.read_bytes() != content:
                _write_whole(path, content)
        except OSError:
            continue
        return path
    raise EnvironmentFault("找不到可写的文件夹存放字体缓存。请检查磁盘空间，或用环境变量 TMPDIR 指定一个可写的文件夹。")


def _cache_folders() -> Iterator[Path]:
    """Yield where the configuration may go, best first."""
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not base.is_absolute():  # the XDG specification: a relative path counts for nothing
        base = Path("~/.cache").expanduser() if _has_home() else Path()
    if base.is_absolute():
        yield base / "bulletin-press" / "fontconfig"
    try:
        folder = tempfile.mkdtemp(prefix="bulletin-press-")
    except OSError:
        return
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    yield Path(folder)


def _has_home() -> bool:
    try:
        Path.home()
    except RuntimeError:
        return False
    return True


def _configuration(folder: Path, manifest: Manifest, cache_folder: Path) -> str:
    from html import escape  # brings the names of all entities along, and checks load this module

    files = "".join(f"<glob>{escape(str(folder / font.name))}</glob>" for font in manifest.fonts)
    named = {**_GENERIC, **manifest.former_families}
    aliases = "\n".join(_ALIAS.format(generic=name, family=family) for name, family in named.items())
    return _CONFIGURATION.format(
        folder=escape(str(folder)), cache=escape(str(cache_folder)), files=files, aliases=aliases
    )


def _write_whole(path: Path, content: bytes) -> None:
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".fonts-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(part).replace(path)
    except OSError:
        Path(part).unlink(missing_ok=True)
        raise


class _FontSet(ctypes.Structure):
    """Fontconfig's FcFontSet."""

    _fields_ = (
        ("nfont", ctypes.c_int),
        ("sfont", ctypes.c_int),
        ("fonts", ctypes.POINTER(ctypes.c_void_p)),
    )


def _reload_fontconfig() -> frozenset[Path]:
    """Make Fontconfig read its configuration again, and return the font files it then has."""
    library = _load(FONTCONFIG)
    if library is None:
        raise EnvironmentFault(_library_message(FONTCONFIG))
    library.FcInitReinitialize()
    library.FcConfigGetFonts.restype = ctypes.POINTER(_FontSet)
    library.FcConfigGetFonts.argtypes = (ctypes.c_void_p, ctypes.c_int)
    library.FcPatternGetString.argtypes = (
        ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_char_p),
    )  # fmt: skip
    listed = library.FcConfigGetFonts(None, 0)  # the current configuration's system fonts
    files = set()
    for index in range(listed.contents.nfont if listed else 0):
        value = ctypes.c_char_p()
        if library.FcPatternGetString(listed.contents.fonts[index], b"file", 0, ctypes.byref(value)) == 0:
            files.add(Path(os.fsdecode(value.value or b"")))
    return frozenset(files)


def _expect_ours(found: frozenset[Path]) -> None:
    folder = fonts_folder()
    wanted = {folder / font.name for font in load_manifest().fonts}
    if unreadable := sorted(wanted - found):
        names = "、".join(str(path) for path in unreadable)
        raise EnvironmentFault(f"字体文件无法使用，可能已损坏：{names}。{_RESTORE}")
    if strange := sorted(found - wanted):
        names = "、".join(str(path) for path in strange)
        raise EnvironmentFault(f"字体隔离失败，排版会用到不属于本软件的字体：{names}。")


# --- system libraries ----------------------------------------------------------------------


@dataclass(frozen=True)
class Library:
    """A system library that WeasyPrint loads, and the packages that bring it."""

    title: str
    names: tuple[str, ...]
    debian: str
    homebrew: str


FONTCONFIG = Library(
    "Fontconfig", ("libfontconfig.so.1", "libfontconfig.1.dylib", "fontconfig"), "libfontconfig1", "fontconfig"
)
# In the order of weasyprint/text/ffi.py (70.0). It does without HarfBuzz-Subset, with a warning:
# fontTools then cuts the fonts, slower by far and to other bytes. So it is required here.
LIBRARIES = (
    Library("GObject", ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "gobject-2.0"), "libglib2.0-0", "glib"),
    Library("Pango", ("libpango-1.0.so.0", "libpango-1.0.dylib", "pango-1.0"), "libpango-1.0-0", "pango"),
    Library("HarfBuzz", ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "harfbuzz"), "libharfbuzz0b", "harfbuzz"),
    Library(
        "HarfBuzz-Subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "harfbuzz-subset"),
        "libharfbuzz-subset0",
        "harfbuzz",
    ),
    FONTCONFIG,
    Library(
        "PangoFT2", ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "pangoft2-1.0"), "libpangoft2-1.0-0", "pango"
    ),
)
HARFBUZZ_NEEDED = (4, 1, 0)  # below it WeasyPrint cuts with fontTools as well


@cache
def require_libraries() -> None:
    """Check that the system libraries WeasyPrint needs can be loaded.

    Raises:
        EnvironmentFault: names what is missing and the package to install.
    """
    absent = [library for library in LIBRARIES if _load(library) is None]
    if absent:
        raise EnvironmentFault(_library_message(*absent))
    harfbuzz = _load(LIBRARIES[2])
    if harfbuzz is not None and not harfbuzz.hb_version_atleast(*HARFBUZZ_NEEDED):
        needed = ".".join(map(str, HARFBUZZ_NEEDED))
        raise EnvironmentFault(f"系统的 HarfBuzz 版本过低，需要 {needed} 或更高版本。请升级操作系统的 HarfBuzz。")


@contextmanager
def loading_by_name() -> Iterator[None]:
    """Have libraries loaded by their names alone while WeasyPrint is imported.

    It tries names of other systems first, and cffi looks for each of them with the C compiler and
    the linker: some twenty processes, a tenth of a render. Those of Linux are among its names.
    """
    if sys.platform != "linux":
        yield
        return
    from ctypes import util

    searching = util.find_library
    util.find_library = lambda name: None
    try:
        yield
    finally:
        util.find_library = searching


def _load(library: Library) -> ctypes.CDLL | None:
    *files, short = library.names
    for name in files:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    from ctypes.util import find_library  # slow to import, and wanted on odd systems only

    found = find_library(short)
    try:
        return ctypes.CDLL(found) if found else None
    except OSError:
        return None


def _library_message(*libraries: Library) -> str:
    titles = "、".join(library.title for library in libraries)
    debian = " ".join(library.debian for library in libraries)
    if sys.platform == "darwin":
        remedy = "请运行：brew install " + " ".join(dict.fromkeys(library.homebrew for library in libraries))
    elif _is_debian():
        remedy = f"请运行：sudo apt-get install {debian}"
    else:
        remedy = f"请用系统的软件包管理器安装（Debian 的包名为 {debian}）"
    return f"缺少排版所需的系统库：{titles}。{remedy}。"


def _is_debian() -> bool:
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    words = " ".join(line.partition("=")[2] for line in lines if line.startswith(("ID=", "ID_LIKE=")))
    return not {"debian", "ubuntu"}.isdisjoint(words.replace('"', " ").split())
