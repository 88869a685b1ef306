"""An issue made fit to travel: the files that a render reads, and nothing else of the publication's folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from bulletin_press.ground.diagnostics import InputFault, PressError
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.ground.made_folder import listed
from bulletin_press.ground.reading import read_file
from bulletin_press.ground.system_errors import reason
from bulletin_press.publication.workspace import ISSUE, MEMBERS, PUBLICATION, Workspace
from bulletin_press.writers.target import OUT

# Folders of the publication's that are its own templates and fonts.
_OWN = ("templates", "fonts")
# Bytes of a bundle: pictures as cameras make them, for a long issue.
_MOST = 500_000_000


@dataclass(frozen=True)
class Bundle:
    """Files by their paths in the publication's folder, with "/" between; ``issue`` is the path of the issue's."""

    issue: str
    files: Mapping[str, bytes]

    def unpack(self, folder: Path) -> Path:
        """Write the files into an empty folder; returns the issue's TOML file.

        Raises:
            ValueError: a path that leads out of the folder.
        """
        for name, data in self.files.items():
            path = PurePosixPath(name)
            if path.is_absolute() or not {"..", "."}.isdisjoint(path.parts) or "\\" in name or "\0" in name:
                raise ValueError(f"no path of a file in a folder: {name!r}")
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return folder / self.issue


def bundled(place: Workspace, path: Path) -> Bundle:
    """The bundle of an issue.

    It holds the issue's folder without what is hidden and what the press made, issue.toml of the issues before it,
    publication.toml, members.toml, the files that these two name, and the publication's own templates and fonts.
    Links that lead out of the publication's folder stay behind.

    Raises:
        PressError: a file cannot be read, or all are too much.
    """
    files, size = dict[str, bytes](), 0
    for one in _paths(place, path):
        name = one.relative_to(place.root).as_posix()
        if name in files or not is_inside(one, place.root):
            continue
        try:
            files[name] = read_file(one, _MOST + 1)
        except OSError as error:
            raise PressError(f"{place.shown(one)} 读不出来（{reason(error)}）") from None
        size += len(files[name])
        if size > _MOST:
            raise PressError(f"{path.parent.name} 的文件加起来超过 {_MOST // 1_000_000} MB，不交给别的机器；"
                             "把图片缩小，或在本机生成")
    return Bundle(path.relative_to(place.root).as_posix(), files)


def _paths(place: Workspace, path: Path) -> Iterator[Path]:
    for name in (PUBLICATION, MEMBERS):
        if (place.root / name).is_file():
            yield place.root / name
    yield from _files(path.parent, without=path.parent / OUT)
    for name in place.earlier(path.parent.name):
        yield place.root / name / ISSUE
    for name in _OWN:
        yield from _files(place.root / name)
    for name in (PUBLICATION, MEMBERS):
        with suppress(InputFault):  # whoever renders it says what is wrong
            for typed in _strings(place.scanned(place.root / name).values):
                if _is_named(place.root, typed):
                    yield place.root / typed.strip()


def _files(folder: Path, without: Path | None = None) -> Iterator[Path]:
    for at, folders, files in os.walk(folder):
        here = Path(at)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and here / name != without
                            and listed(here / name) is None)
        yield from (here / name for name in sorted(files) if not name.startswith(".") and (here / name).is_file())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _is_named(root: Path, typed: str) -> bool:
    """Whether a string of the settings names a file of the publication's folder: a logo, a profile."""
    path = PurePosixPath(typed.strip())
    if not path.suffix or path.is_absolute() or ".." in path.parts or len(typed) > 200 or not typed.isprintable():
        return False
    try:
        return (root / path).is_file()
    except (OSError, ValueError):
        return False
