"""Windows: the folder of the system libraries, put on the path before WeasyPrint looks for them.

There is no system's own place for them. They come with the package ``gstreamer-libs``, which the extra ``windows``
brings, with ``press.exe``, in whose folder they lie, or with MSYS2. One folder is chosen and no other is searched: two
builds of GLib in one process end it.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

# WeasyPrint's own variable: folders, with semicolons between.
VARIABLE = "WEASYPRINT_DLL_DIRECTORIES"
# Beside the modules of press.exe; packaging/windows puts them there.
CARRIED = "pango"
_WHEEL = "gstreamer_libs"
# UCRT first: a build on another C library does not hear of environment variables that Python sets.
_MSYS2 = (r"C:\msys64\ucrt64\bin", r"C:\msys64\mingw64\bin")


def candidates() -> Iterator[Path]:
    """Yield the folders that may have the libraries, best first; those that are not there as well."""
    yield from (Path(folder) for folder in os.environ.get(VARIABLE, "").split(";") if folder)
    if unpacked := getattr(sys, "_MEIPASS", None):  # PyInstaller
        yield Path(unpacked) / CARRIED
    with suppress(ImportError, ValueError):
        # Looked for, not imported: its modules are of no use here.
        spec = importlib.util.find_spec(_WHEEL)
        for place in (spec and spec.submodule_search_locations) or ():
            yield Path(place) / "bin"
    yield from map(Path, _MSYS2)


@cache
def dll_folder(wanted: tuple[tuple[str, ...], ...]) -> Path | None:
    """The folder that has all the libraries, on the DLL path from now on; None where no folder has.

    Args:
        wanted: for each library the names that its file may have.

    Sets WEASYPRINT_DLL_DIRECTORIES to this folder alone, in this process and those it starts.
    """
    for folder in candidates():
        if all(_file_in(folder, names) for names in wanted):
            # What they need in their turn lies there too.
            os.add_dll_directory(str(folder))  # type: ignore[attr-defined, unused-ignore]  # Windows has it
            os.environ[VARIABLE] = str(folder)
            return folder
    return None


def _file_in(folder: Path, names: Sequence[str]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_file()), None)


def dll_path(name: str, wanted: tuple[tuple[str, ...], ...]) -> str | None:
    """The whole path of a library in the chosen folder; None where it is not there.

    Args:
        name: as WeasyPrint asks, ``gobject-2.0-0`` say: Windows takes what follows a full stop for the suffix and
            adds none, so that by its name alone the file is never found.
        wanted: as for ``dll_folder``.
    """
    folder = dll_folder(wanted)
    found = folder and _file_in(folder, (name, f"{name}.dll") if not name.endswith(".dll") else (name,))
    return str(found) if found else None
