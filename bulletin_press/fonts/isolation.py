"""How a process is kept to the bundled fonts alone.

Isolation is by Fontconfig: left to itself it takes missing characters from the machine, or a font of the
machine's that bears the same family name, and says nothing.
"""

from __future__ import annotations

import atexit
import ctypes
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bulletin_press.fonts.libraries import FONTCONFIG, load_library, missing_message, require_libraries
from bulletin_press.fonts.manifest import RESTORE, Manifest, load_manifest, verify
from bulletin_press.fonts.plain_paths import cache_folders, pattern_of, plain, plain_folder
from bulletin_press.ground.diagnostics import EnvironmentFault
from bulletin_press.ground.resources import fonts_folder

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
    folder = plain_folder(fonts_folder(), [font.name for font in load_manifest().fonts])
    configuration = _write_configuration(folder)
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    os.environ["FONTCONFIG_PATH"] = str(configuration.parent)
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    _expect_ours(_reload_fontconfig(), folder)


def _write_configuration(fonts: Path) -> Path:
    for folder in _cache_folders():
        content = _configuration(fonts, load_manifest(), folder / "cache").encode("utf-8", "surrogateescape")
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
    if sys.platform == "win32":
        for place in filter(None, map(plain, cache_folders())):
            yield place / "bulletin-press" / "fontconfig"
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

    files = "".join(f"<glob>{escape(pattern_of(folder, font.name))}</glob>" for font in manifest.fonts)
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
    library = load_library(FONTCONFIG)
    if library is None:
        raise EnvironmentFault(missing_message(FONTCONFIG))
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


def _expect_ours(found: frozenset[Path], folder: Path) -> None:
    wanted = {folder / font.name for font in load_manifest().fonts}
    if unreadable := sorted(wanted - found):
        names = "、".join(str(path) for path in unreadable)
        raise EnvironmentFault(f"字体文件无法使用，可能已损坏：{names}。{RESTORE}")
    if strange := sorted(found - wanted):
        names = "、".join(str(path) for path in strange)
        raise EnvironmentFault(f"字体隔离失败，排版会用到不属于本软件的字体：{names}。")
