"""A folder that the press made: a list in it names its files, so that nobody else's is ever taken for one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from bulletin_press.ground.reading import read_file

LIST = ".press-made"
_HEAD = "# 这个文件夹是 press 生成的，重新生成时整个换成新的；下面是它放进来的文件"
# What file managers leave wherever somebody looks: nobody's work.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_MOST = 4_000_000  # bytes of a list
_MOST_FILE = 100_000_000  # of a file that is carried over


def list_of(names: Iterable[str]) -> bytes:
    """The list to put into a folder of some files, by their paths in it with "/" between.

    Raises:
        ValueError: a path that is none inside a folder.
    """
    names = sorted(names)
    for name in names:
        parts = name.split("/")
        if not {"", ".", ".."}.isdisjoint(parts) or any(mark in name for mark in "\\\n\r\0:") or name == LIST:
            raise ValueError(f"no path of a file in a folder: {name!r}")
    return "\n".join([_HEAD, *names, ""]).encode("utf-8")


def listed(folder: Path) -> frozenset[str] | None:
    """The files that the press put into a folder; None where it did not make the folder."""
    place = folder / LIST
    if folder.is_symlink() or place.is_symlink():
        return None
    try:
        lines = read_file(place, _MOST).decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return frozenset(filter(None, lines[1:]))


def files_under(folder: Path, name: str) -> dict[str, bytes]:
    """What the press put into a folder's folder ``name``, by paths in the whole; what cannot be read is left out."""
    found = {}
    for path in sorted(listed(folder) or ()):
        if path.startswith(f"{name}/"):
            with suppress(OSError):
                found[path] = read_file(folder / path, _MOST_FILE)
    return found


def strangers(folder: Path) -> tuple[str, ...]:
    """What lies in a folder that the press made and is not its own: files, links, folders, by their paths in it."""
    names = listed(folder) or frozenset()
    own = {*names, LIST}
    folders = {"/".join(parts[:end]) for parts in (name.split("/") for name in names) for end in range(1, len(parts))}
    return tuple(sorted(
        name for name, entry in _entries(folder)
        if not (name in folders if entry.is_dir(follow_symlinks=False) else
                entry.is_file(follow_symlinks=False) and (name in own or entry.name in _LITTER))))


def remove(folder: Path) -> bool:
    """Remove a folder that the press made, file by file; whether it is gone: not where a stranger's lies in it.

    The list goes last: a removal that was cut short goes on where it stopped.
    """
    names, folders = listed(folder) or frozenset(), []
    for name, entry in list(_entries(folder)):
        if entry.is_dir(follow_symlinks=False):
            folders.append(entry.path)
        elif entry.is_file(follow_symlinks=False) and (name in names or entry.name in _LITTER):
            with suppress(OSError):
                Path(entry.path).unlink(missing_ok=True)
    for path in reversed(folders):
        with suppress(OSError):  # it holds something
            Path(path).rmdir()
    with suppress(OSError):
        if not any(name != LIST for name, _ in _entries(folder)):
            (folder / LIST).unlink(missing_ok=True)
            folder.rmdir()
    return not os.path.lexists(folder)


def _entries(folder: Path, before: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All that lies in a folder, a folder before what it holds; no link is followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            yield before + entry.name, entry
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(Path(entry.path), f"{before}{entry.name}/")
