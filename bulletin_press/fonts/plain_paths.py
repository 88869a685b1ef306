r"""Windows: paths that Fontconfig can open.

It was written for Unix. A path that goes to it in UTF-8 it gives to calls that expect the machine's old code page, so
that ``C:\Users\王芳`` is not found; and of a file's path it makes now one thing, now another, by the working folder,
with backslashes, which in its patterns are escapes.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bulletin_press.ground.diagnostics import EnvironmentFault

_LONGEST = 32_768


def plain(path: Path) -> Path | None:
    """A path to the same place that is ASCII, its short one where the disk keeps such; None where there is none.

    Elsewhere than on Windows any path will do. The place must be there.
    """
    if sys.platform != "win32" or str(path).isascii():
        return path
    buffer = ctypes.create_unicode_buffer(_LONGEST)
    length = ctypes.windll.kernel32.GetShortPathNameW(str(path), buffer, _LONGEST)
    short = buffer.value if 0 < length < _LONGEST else ""
    return Path(short) if short and short.isascii() else None


def cache_folders() -> Iterator[Path]:
    """Yield the folders of Windows in which a program keeps what it can make again, the user's own first."""
    for variable in ("LOCALAPPDATA", "PROGRAMDATA"):
        if base := os.environ.get(variable):
            yield Path(base)


def plain_folder(folder: Path, names: Sequence[str]) -> Path:
    """A folder with the files named whose path Fontconfig can open: the same one, or a copy in ProgramData.

    Raises:
        EnvironmentFault: it cannot be copied.
    """
    if found := plain(folder):
        return found
    base = plain(Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")))
    if base is None:
        raise EnvironmentFault(f"字体在 {folder}，Fontconfig 认不得这个文件夹名。请把软件装到英文名的文件夹里")
    # Named by what it is a copy of: another release's fonts lie beside it.
    stated = "\n".join([str(folder), *(f"{name} {(folder / name).stat().st_size}" for name in names)])
    copied = base / "bulletin-press" / f"fonts-{hashlib.sha256(stated.encode()).hexdigest()[:16]}"
    try:
        copied.mkdir(parents=True, exist_ok=True)
        for name in names:
            there, wanted = copied / name, folder / name
            if not there.is_file() or there.stat().st_size != wanted.stat().st_size:
                part = copied / f".{os.getpid()}.{name}"
                shutil.copyfile(wanted, part)
                part.replace(there)
    except OSError as error:
        raise EnvironmentFault(f"字体抄不到 {copied}：{error}。请把软件装到英文名的文件夹里") from None
    return copied


def pattern_of(folder: Path, name: str) -> str:
    """The pattern by which Fontconfig knows a font file.

    On Windows by its name alone: no other folder is looked into, and what is found is compared with what was meant.
    """
    return f"*{name}" if sys.platform == "win32" else str(folder / name)
