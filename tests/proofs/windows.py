"""What can be proved of Windows without Windows.

1. Every package of the locks has a wheel for 64-bit Windows, with the hash that is locked.
2. The DLLs that the wheel of gstreamer-libs brings export every symbol that WeasyPrint and the press ask of them.
3. Under wine those DLLs, loaded by our names and in our order, with our own configuration of Fontconfig, set our fonts
   to the same widths as the libraries of this system; and a folder that is not ASCII is not found, as we assume.

Needs the network; for the third wine and x86_64-w64-mingw32-gcc, which are installed where apt-get may.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from types import ModuleType
from typing import Any

from packaging.requirements import Requirement
from workspaces import ROOT

from bulletin_press import fonts
from bulletin_press.fonts import isolation
from bulletin_press.fonts.libraries import load_library
from bulletin_press.ground.resources import fonts_folder

SKIPPED = 77
PYTHON = "3.12"
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64",
           "python_version": PYTHON, "python_full_version": f"{PYTHON}.0", "extra": "",
           "platform_python_implementation": "CPython", "implementation_name": "cpython"}
OURS = ("gobject", "pango", "harfbuzz", "harfbuzz_subset", "fontconfig", "pangoft2")
TEXTS = ("大连软件行业协会会刊", "2022年1—6月，总额143309.75亿元，同比增长2.4%。",
         "“编者按”：《本期导读》（附：统计表）", "Association Bulletin, AVATAR & Co.", "龘靐齉 Ⅳ ① ㎡ ± × ≤")


def skip(words: str) -> None:
    print(f"SKIPPED: {words}")
    sys.exit(SKIPPED)


# --- 1. the wheels -------------------------------------------------------------------------------------------------


def locked_for_windows() -> Iterator[str]:
    """The lines of the locks that count on Windows, with their hashes and without their conditions."""
    seen = set()
    for name in ("runtime", "extras"):
        text = (ROOT / f"requirements/{name}.txt").read_text("utf-8").replace("\\\n", " ")
        for line in text.splitlines():
            if not line or line.startswith(("#", " ")):
                continue
            wanted, hashes = re.match(r"(.*?)((?:\s+--hash=\S+)+)", line).groups()  # type: ignore[union-attr]
            one = Requirement(wanted)
            if one.name not in seen and (one.marker is None or one.marker.evaluate(WINDOWS)):
                seen.add(one.name)
                yield f"{one.name}{one.specifier} {' '.join(hashes.split())}"


def wheels(folder: Path) -> Path:
    """Download all of them; returns that of gstreamer-libs."""
    lines = list(locked_for_windows())
    (folder / "windows.txt").write_text("\n".join(lines), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:",
         "--platform", "win_amd64", "--python-version", PYTHON, "--dest", str(folder),
         "-r", str(folder / "windows.txt")],
        capture_output=True, text=True, check=False)
    if ran.returncode:
        if re.search("(?i)connection|resolve host|network", ran.stderr):
            skip("the package index cannot be reached")
        sys.exit(f"FAILED: not every package has a wheel for win_amd64:\n{ran.stderr[-2000:]}")
    found = list(folder.glob("*.whl"))
    assert len(found) == len(lines) > 30, (len(found), len(lines))
    print(f"{len(found)} wheels for win_amd64, Python {PYTHON}, hashes as locked: "
          f"{sum(path.stat().st_size for path in found) / 1e6:.1f} MB")
    return next(path for path in found if path.name.startswith("gstreamer_libs-"))


# --- 2. the symbols ------------------------------------------------------------------------------------------------


def recipe() -> ModuleType:
    spec = importlib.util.spec_from_file_location("libraries_of_windows", ROOT / "packaging/windows/libraries.py")
    assert spec and spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def symbols_asked() -> set[tuple[str, str]]:
    """(library, symbol) that WeasyPrint and the adapter call, and what the wing of fonts does."""
    spec = importlib.util.find_spec("weasyprint")
    assert spec and spec.origin
    sources = [*Path(spec.origin).parent.rglob("*.py"), *(ROOT / "bulletin_press/typeset").rglob("*.py")]
    declarations = Path(spec.origin).with_name("text").joinpath("ffi.py").read_text("utf-8")
    declared = set(re.findall(r"\b(\w+)\s*\(", declarations))
    calls = re.compile(rf"\b({'|'.join(OURS)})\.(\w+)")
    # What is not declared as a function is a constant.
    asked = {(library, symbol) for path in sources for library, symbol in calls.findall(path.read_text("utf-8"))
             if symbol in declared and re.match("g_|pango_|hb_|Fc", symbol)}
    for name in ("cutting", "isolation", "libraries"):
        text = (ROOT / f"bulletin_press/fonts/{name}.py").read_text("utf-8")
        asked |= {("fontconfig", symbol) for symbol in re.findall(r"library\.(Fc\w+)", text)}
        asked |= {("harfbuzz_subset" if symbol.startswith("hb_subset") else "harfbuzz", symbol)
                  for symbol in re.findall(r"\bhb_[a-z_]+\b", text)}
    return asked


def symbols(wheel: Path) -> list[str]:
    """See to the symbols; returns the names of the DLLs, ours and all that they need."""
    made = recipe()
    needed = made.needed(made.files_of(wheel))
    lines = list(made.table(needed))
    by_name = {one.name: one for one in needed}
    exported = {title: by_name[library.windows[0]].exported
                for title, library in zip(OURS, fonts.LIBRARIES, strict=True)}
    asked = symbols_asked()
    missing = sorted(f"{library}: {symbol}" for library, symbol in asked if symbol not in exported[library])
    if missing:
        sys.exit(f"FAILED: not exported: {', '.join(missing)}")
    counts = ", ".join(f"{title} {sum(library == title for library, _ in asked)}" for title in OURS)
    print(f"{len(asked)} symbols asked for, all exported by the library that is asked: {counts}")
    print(f"needed of the wheel: {lines[-1]}; licences: "
          f"{', '.join(sorted({made.LICENCES[one.project][1] for one in needed}))}")
    return [one.name for one in needed]


# --- 3. the widths -------------------------------------------------------------------------------------------------


def tools() -> tuple[str, str]:
    def found() -> tuple[str | None, str | None]:
        return shutil.which("wine64") or shutil.which("wine"), shutil.which("x86_64-w64-mingw32-gcc")

    if not all(found()):
        subprocess.run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "wine64", "wine",
                        "gcc-mingw-w64-x86-64-posix"], capture_output=True, check=False,
                       env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    wine, compiler = found()
    if not wine or not compiler:
        skip("wine and x86_64-w64-mingw32-gcc are not here, and cannot be installed; the parts above passed")
    return str(wine), str(compiler)


def faces() -> list[str]:
    """Each face that the manifest names, as Pango describes it."""
    return sorted({f"{font.family}{' Bold' if str(font.weight) in ('700', 'bold') else ''}"
                   for font in fonts.load_manifest().fonts} | {"serif", "sans-serif", "No Such Family"})


def lines_to_set() -> list[tuple[str, str]]:
    return [(face, text) for face in faces() for text in TEXTS]


def here() -> list[str]:
    """Widths and heights by this system's libraries, as windows_measure.c prints them."""
    fonts.isolate()
    pango, pangoft2 = load_library(fonts.LIBRARIES[1]), load_library(fonts.LIBRARIES[5])
    assert pango and pangoft2

    def call(library: Any, name: str, *given: Any) -> Any:
        function = getattr(library, name)
        function.restype = ctypes.c_void_p
        return function(*(ctypes.c_void_p(one) if isinstance(one, int) and one > 2**31 else one for one in given))

    context = call(pango, "pango_font_map_create_context", call(pangoft2, "pango_ft2_font_map_new"))
    made = []
    for face, text in lines_to_set():
        description = call(pango, "pango_font_description_from_string", face.encode())
        call(pango, "pango_font_description_set_absolute_size", description, ctypes.c_double(100 * 1024))
        layout = call(pango, "pango_layout_new", context)
        call(pango, "pango_layout_set_font_description", layout, description)
        call(pango, "pango_layout_set_text", layout, text.encode(), -1)
        width, height = ctypes.c_int(), ctypes.c_int()
        call(pango, "pango_layout_get_size", layout, ctypes.byref(width), ctypes.byref(height))
        made.append(f"{width.value}\t{height.value}\t{face}")
    return made


class Wine:
    """A Windows of our own in a folder."""

    def __init__(self, wine: str, program: Path, dlls: Path, folder: Path) -> None:
        self.wine, self.program, self.dlls = wine, program, dlls
        self.environment = {**os.environ, "WINEPREFIX": str(folder / "prefix"), "WINEDEBUG": "-all",
                            "WINEDLLOVERRIDES": "mscoree,mshtml="}

    def __call__(self, configuration: Path, at: Path = Path("/")) -> list[str]:
        given = "".join(f"{face}\t{text}\n" for face, text in lines_to_set())
        ran = subprocess.run([self.wine, str(self.program), str(inside(self.dlls)), str(inside(configuration)),
                              *(library.windows[0] for library in fonts.LIBRARIES)], input=given.encode(),
                             capture_output=True, env=self.environment, timeout=300, check=False, cwd=at)
        if ran.returncode:
            sys.exit(f"FAILED under wine: {ran.stderr.decode('utf-8', 'replace')}")
        return ran.stdout.decode("utf-8", "replace").replace("\r\n", "\n").splitlines()


def inside(path: Path) -> PureWindowsPath:
    """A path as wine's Windows sees it."""
    return PureWindowsPath("Z:" + str(path).replace("/", "\\"))


def configured(folder: Path, files: Path) -> Path:
    """Our configuration of Fontconfig as it is written on Windows, for font files in a folder."""
    folder.mkdir(parents=True)
    real = sys.platform
    sys.platform = "win32"
    try:
        text = isolation._configuration(inside(files), fonts.load_manifest(), inside(folder / "cache"))  # type: ignore[arg-type]
    finally:
        sys.platform = real
    (folder / "fonts.conf").write_text(text, "utf-8")
    return folder / "fonts.conf"


def widths(wheel: Path, names: list[str], folder: Path) -> None:
    wine, compiler = tools()
    program = folder / "measure.exe"
    subprocess.run([compiler, "-O1", "-w", "-o", str(program), str(ROOT / "tests/proofs/windows_measure.c")],
                   check=True)
    dlls = folder / "pango"
    dlls.mkdir()
    for name, data in recipe().files_of(wheel).items():
        if name in names:  # no more than press.exe carries
            (dlls / name).write_bytes(data)
    measure = Wine(wine, program, dlls, folder)
    configuration = configured(folder / "ascii", fonts_folder())
    said = measure(configuration)
    # What Fontconfig makes of a path hangs on the working folder.
    for at in (fonts_folder(), ROOT, folder):
        assert measure(configuration, at) == said, at
    found = [line for line in said if line.startswith("font\t")]
    there, wanted = [line for line in said if not line.startswith("font\t")], here()
    files = {PureWindowsPath(line.partition("\t")[2]).name for line in found}
    assert files == {font.name for font in fonts.load_manifest().fonts}, found
    unlike = [f"{one} here, {other} there" for one, other in zip(wanted, there, strict=True) if one != other]
    print(f"under wine: {len(files)} fonts and no other; {len(wanted)} lines of {len(faces())} faces, "
          f"{len(wanted) - len(unlike)} of the same width and height")
    if unlike:
        sys.exit("FAILED: " + "; ".join(unlike[:5]))
    chinese = folder / "王芳"
    shutil.copytree(fonts_folder(), chinese / "fonts", ignore=shutil.ignore_patterns("build"))
    lost = [line for line in measure(configured(folder / "plain", chinese / "fonts")) if line.startswith("font\t")]
    print(f"fonts found in a folder that is not ASCII: {len(lost)} (so they are read by a short name, or copied)")
    assert not lost, "Fontconfig finds them now: plain_paths is needed no more"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="press-windows-") as name:
        folder = Path(name)
        wheel = wheels(folder)
        widths(wheel, symbols(wheel), folder)


if __name__ == "__main__":
    main()
