"""Files that other people may have made: read inside their folder.

A folder that somebody sent may hold a link to any file of the reader's.
"""

from __future__ import annotations

import errno
from pathlib import Path


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


def is_circular(path: Path) -> bool:
    """Whether links lead from a path round in a circle."""
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path that starts in a folder leads out of it by a link, or goes round in a circle.

    A path that comes to the folder by way of somebody's own link starts in it as well; one that never comes
    there leads nowhere out of it.
    """
    try:
        real = root.resolve()
        return any(parent.resolve() == real for parent in path.absolute().parents) and not is_inside(path, root)
    except (OSError, RuntimeError):
        return True


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path leads to something in a folder, links followed; False where links go round in a circle."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # the second until Python 3.13
        return False
