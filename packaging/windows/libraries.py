"""Which DLLs WeasyPrint and the press load, all that those need in turn, and under which licences they are.

    python packaging/windows/libraries.py [FOLDER|WHEEL] [--copy TO]

Reads a folder of DLLs or a wheel of gstreamer-libs (which need not be installed, nor the system be Windows); without
one it looks for the folder that the press itself would choose. Prints a table and, with --copy, copies the files and
``LIBRARIES.txt``. Exit status 1: one is missing, or its licence is not known here.

The wheel holds much else, some of it under licences that ask more; of that nothing is taken. Whose each file is stands
in the table below: one that is not there ends the build until somebody has looked.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bulletin_press.fonts.dll_folder import dll_folder
from bulletin_press.fonts.libraries import LIBRARIES

# The beginning of a file's name (without lib): the project, its licence (SPDX), the notice in licences/.
LICENCES: Mapping[str, tuple[str, str, str]] = {
    "bz2": ("bzip2", "bzip2-1.0.6", "bzip2.txt"),
    "expat": ("Expat", "MIT", "expat.txt"),
    "ffi": ("libffi", "MIT", "libffi.txt"),
    "fontconfig": ("Fontconfig", "HPND-sell-variant AND MIT", "fontconfig.txt"),
    "freetype": ("FreeType", "FTL", "freetype.txt"),
    "fribidi": ("GNU FriBidi", "LGPL-2.1-or-later", "fribidi.txt"),
    "gio": ("GLib", "LGPL-2.1-or-later", "glib.txt"),
    "glib": ("GLib", "LGPL-2.1-or-later", "glib.txt"),
    "gmodule": ("GLib", "LGPL-2.1-or-later", "glib.txt"),
    "gobject": ("GLib", "LGPL-2.1-or-later", "glib.txt"),
    "harfbuzz": ("HarfBuzz", "MIT-Modern-Variant", "harfbuzz.txt"),
    "intl": ("proxy-libintl", "LGPL-2.0-or-later", "proxy-libintl.txt"),
    "pango": ("Pango", "LGPL-2.0-or-later", "pango.txt"),
    "pangoft2": ("Pango", "LGPL-2.0-or-later", "pango.txt"),
    "pcre2": ("PCRE2", "BSD-3-Clause", "pcre2.txt"),
    "png16": ("libpng", "libpng-2.0", "libpng.txt"),
    "z": ("zlib", "Zlib", "zlib.txt"),
}


@dataclass(frozen=True)
class Dll:
    """A file: what it exports and imports by name, and the files that it needs, in lower case."""

    name: str
    data: bytes
    exported: frozenset[str]
    needs: tuple[str, ...]

    @property
    def project(self) -> str:
        """The beginning of its name, by which its licence is looked up."""
        return self.name.removesuffix(".dll").removeprefix("lib").partition("-")[0]


def files_of(place: Path) -> dict[str, bytes]:
    """The DLLs of a folder, or of a wheel's bin/, by their names in lower case."""
    if place.is_dir():
        return {path.name.lower(): path.read_bytes() for path in place.glob("*.dll")}
    with zipfile.ZipFile(place) as wheel:
        return {PurePosixPath(name).name.lower(): wheel.read(name) for name in wheel.namelist()
                if name.endswith(".dll") and PurePosixPath(name).parent.name == "bin"}


def read(name: str, data: bytes) -> Dll:
    """One file, read by pefile."""
    import pefile

    pe = pefile.PE(data=data, fast_load=True)
    pe.parse_data_directories([pefile.DIRECTORY_ENTRY[f"IMAGE_DIRECTORY_ENTRY_{kind}"]
                               for kind in ("EXPORT", "IMPORT", "DELAY_IMPORT")])
    exported = getattr(pe, "DIRECTORY_ENTRY_EXPORT", None)
    imported = [*getattr(pe, "DIRECTORY_ENTRY_IMPORT", ()), *getattr(pe, "DIRECTORY_ENTRY_DELAY_IMPORT", ())]
    return Dll(name, data,
               frozenset(one.name.decode() for one in exported.symbols if one.name) if exported else frozenset(),
               tuple(dict.fromkeys(entry.dll.decode().lower() for entry in imported)))


def needed(files: Mapping[str, bytes]) -> list[Dll]:
    """Ours and all that they need of those at hand, by name; what is not at hand is Windows' own.

    Raises:
        SystemExit: one of ours is missing.
    """
    waiting = []
    for library in LIBRARIES:
        found = next((name for name in library.windows if name in files), None)
        if found is None:
            raise SystemExit(f"{library.title}: none of {', '.join(library.windows)} is there")
        waiting.append(found)
    seen: dict[str, Dll] = {}
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen[name] = read(name, files[name])
            waiting += [one for one in seen[name].needs if one in files]
    return [seen[name] for name in sorted(seen)]


def table(libraries: list[Dll]) -> Iterator[str]:
    """The lines of LIBRARIES.txt.

    Raises:
        SystemExit: the licence of one is not known here.
    """
    if unknown := [one.name for one in libraries if one.project not in LICENCES]:
        raise SystemExit(f"whose licence is it? {', '.join(unknown)}: see LICENCES in {Path(__file__).name}")
    yield "The libraries in this folder, as they come from the package gstreamer-libs, unchanged."
    yield "They may be replaced by others of the same names. Their licences and notices lie in ../licences/."
    yield ""
    for one in libraries:
        project, licence, notice = LICENCES[one.project]
        yield f"{one.name:24} {len(one.data):>9,} bytes  {project:14} {licence:28} {notice}"
    yield f"{len(libraries)} files, {sum(len(one.data) for one in libraries) / 1e6:.1f} MB"


def main() -> None:
    """Print the table, or copy as well."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("place", nargs="?", type=Path)
    parser.add_argument("--copy", type=Path, metavar="TO")
    asked = parser.parse_args()
    place = asked.place or dll_folder(tuple(library.windows for library in LIBRARIES))
    if place is None:
        raise SystemExit("no folder has the libraries: pip install gstreamer-libs")
    libraries = needed(files_of(place))
    lines = "\n".join(table(libraries)) + "\n"
    print(lines, end="")
    if asked.copy:
        asked.copy.mkdir(parents=True, exist_ok=True)
        for one in libraries:
            (asked.copy / one.name).write_bytes(one.data)
        (asked.copy / "LIBRARIES.txt").write_text(lines, "utf-8")


if __name__ == "__main__":
    main()
