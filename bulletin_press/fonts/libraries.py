"""The system libraries that WeasyPrint loads."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bulletin_press.fonts.dll_folder import dll_path
from bulletin_press.ground.diagnostics import EnvironmentFault


@dataclass(frozen=True)
class Library:
    """A system library that WeasyPrint loads, and the packages that bring it."""

    title: str
    names: tuple[str, ...]
    debian: str
    homebrew: str
    # Files of Windows: of gstreamer-libs, then of MSYS2.
    windows: tuple[str, ...] = ()


FONTCONFIG = Library(
    "Fontconfig",
    ("libfontconfig.so.1", "libfontconfig.1.dylib", "fontconfig"),
    "libfontconfig1",
    "fontconfig",
    ("fontconfig-1.dll", "libfontconfig-1.dll"),
)
# In the order of weasyprint/text/ffi.py (70.0). It does without HarfBuzz-Subset, with a warning:
# fontTools then cuts the fonts, slower by far and to other bytes. So it is required here.
LIBRARIES = (
    Library(
        "GObject",
        ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "gobject-2.0"),
        "libglib2.0-0",
        "glib",
        ("gobject-2.0-0.dll", "libgobject-2.0-0.dll"),
    ),
    Library(
        "Pango",
        ("libpango-1.0.so.0", "libpango-1.0.dylib", "pango-1.0"),
        "libpango-1.0-0",
        "pango",
        ("pango-1.0-0.dll", "libpango-1.0-0.dll"),
    ),
    Library(
        "HarfBuzz",
        ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "harfbuzz"),
        "libharfbuzz0b",
        "harfbuzz",
        ("harfbuzz.dll", "libharfbuzz-0.dll"),
    ),
    Library(
        "HarfBuzz-Subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "harfbuzz-subset"),
        "libharfbuzz-subset0",
        "harfbuzz",
        ("harfbuzz-subset.dll", "libharfbuzz-subset-0.dll"),
    ),
    FONTCONFIG,
    Library(
        "PangoFT2",
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "pangoft2-1.0"),
        "libpangoft2-1.0-0",
        "pango",
        ("pangoft2-1.0-0.dll", "libpangoft2-1.0-0.dll"),
    ),
)
HARFBUZZ_NEEDED = (4, 1, 0)  # below it WeasyPrint cuts with fontTools as well


@cache
def require_libraries() -> None:
    """Check that the system libraries WeasyPrint needs can be loaded.

    Raises:
        EnvironmentFault: names what is missing and the package to install.
    """
    absent = [library for library in LIBRARIES if load_library(library) is None]
    if absent:
        raise EnvironmentFault(missing_message(*absent))
    harfbuzz = load_library(LIBRARIES[2])
    if harfbuzz is not None and not harfbuzz.hb_version_atleast(*HARFBUZZ_NEEDED):
        needed = ".".join(map(str, HARFBUZZ_NEEDED))
        raise EnvironmentFault(f"系统的 HarfBuzz 版本过低，需要 {needed} 或更高版本。请升级操作系统的 HarfBuzz。")


@contextmanager
def loading_by_name() -> Iterator[None]:
    """Have libraries loaded by their names alone while WeasyPrint is imported.

    It tries names of other systems first, and cffi looks for each of them with the C compiler and
    the linker: some twenty processes, a tenth of a render. Those of Linux are among its names. On
    Windows cffi would take what it finds first on PATH, of whichever program: there only the
    chosen folder counts.
    """
    if sys.platform not in ("linux", "win32"):
        yield
        return
    from ctypes import util

    searching = util.find_library
    util.find_library = located
    try:
        yield
    finally:
        util.find_library = searching


def located(name: str) -> str | None:
    """Windows: the path of a library in the chosen folder, by a name without its suffix as well; else None."""
    return dll_path(name, tuple(library.windows for library in LIBRARIES)) if sys.platform == "win32" else None


def load_library(library: Library) -> ctypes.CDLL | None:
    """The library, or None where the system has none that can be loaded."""
    if sys.platform == "win32":
        return _load_first(path for name in library.windows if (path := located(name)))
    *files, short = library.names
    if loaded := _load_first(files):
        return loaded
    from ctypes.util import find_library  # slow to import, and wanted on odd systems only

    found = find_library(short)
    return _load_first([found] if found else [])


def _load_first(names: Iterable[str]) -> ctypes.CDLL | None:
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def missing_message(*libraries: Library) -> str:
    """What to say of libraries that are not there, and how this system gets them."""
    titles = "、".join(library.title for library in libraries)
    debian = " ".join(library.debian for library in libraries)
    if sys.platform == "win32":
        remedy = '请运行：pip install "bulletin-press[windows]"' if not hasattr(sys, "frozen") else (
            "press.exe 旁边的文件不全，请重新解压整个文件夹")
    elif sys.platform == "darwin":
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
