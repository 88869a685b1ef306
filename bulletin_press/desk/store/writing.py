"""Whether a file can be written, and writing it: whole, to the disk, only over what was read."""

from __future__ import annotations

import os
from pathlib import Path

from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.output import Changed, write_whole

_WRITABLE = 0o222


class Unwritable(PressError):
    """The file can be read and not written; the message says why, and that nothing was changed."""


def real_path(path: Path, root: Path) -> Path:
    """The file to replace, behind a link.

    Raises:
        Unwritable: the link leads out of the publication's folder.
    """
    if not path.is_symlink():
        return path
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(os.path.realpath(root)):
        raise Unwritable(f"{path} 是指到刊物文件夹以外的链接，只能看，不能存；请改那边的文件 {real}")
    return real


def require_writable(path: Path, root: Path) -> None:
    """Refuse a file that somebody has made read-only, itself or its folder.

    Raises:
        Unwritable: it is so.
    """
    path = real_path(path, root)
    for one, what in ((path, "文件"), (path.parent, "文件夹")):
        try:
            mode = one.stat().st_mode
        except OSError:
            continue
        if not mode & _WRITABLE:
            raise Unwritable(f"{one} 这个{what}设成了只读，只能看，没有存；要改，先去掉只读")
        if not os.access(one, os.W_OK):
            raise Unwritable(f"{one} 这个{what}没有写入权限，或在只读的磁盘上，只能看，没有存")


def write(path: Path, data: bytes, expected: bytes) -> None:
    """Replace a file by new content, on the disk when this returns.

    Raises:
        Changed: it does not hold what was expected.
        Unwritable: it cannot be written; it is as it was.
    """
    try:
        write_whole(path, data, expected=expected)
    except Changed:
        raise
    except PressError as error:
        raise Unwritable(error.message) from None
