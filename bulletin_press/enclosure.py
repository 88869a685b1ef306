"""Files that other people may have made: read inside their folder, and only if they are plain files.

A folder that somebody sent may hold a link to any file of the reader's, a pipe that never ends to be
waited for, a device that never ends to be read.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path


class NotPlain(OSError):
    """A device, a pipe, a socket: no file that holds a text or a picture."""

    def __init__(self, path: Path) -> None:
        super().__init__(0, "是设备或管道，不是普通文件", str(path))


def link_below(path: Path, folder: Path) -> Path | None:
    """The first symbolic link among a folder and the steps from it to a path; None where there is none.

    Raises:
        ValueError: the path does not lie in the folder.
    """
    at, steps = folder, path.relative_to(folder).parts
    if ".." in steps:
        raise ValueError(path)
    for step in ("", *steps):
        at = at / step
        if at.is_symlink():
            return at
    return None


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path leads to something in a folder, links followed; False where links go round in a circle."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # the second until Python 3.13
        return False


def read_plain(path: Path, most: int) -> bytes:
    """The first ``most`` + 1 bytes of a file, so that one too large is told.

    Raises:
        NotPlain: it is no regular file; it was not opened.
        OSError: it is missing or cannot be read.
    """
    if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
        raise NotPlain(path)
    # It may be a pipe by now.
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)),
                   "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotPlain(path)
        return file.read(most + 1)
