"""Files that others made: read in part if they are long, and only if they are files.

A path that was typed may lead to ``/dev/zero``, which never ends, or to a pipe, on which opening
waits for ever.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from bulletin_press.ground.system_errors import Told

_KINDS = {stat.S_IFIFO: "这是管道，不是文件", stat.S_IFSOCK: "这是套接字，不是文件", stat.S_IFCHR: "这是设备，不是文件",
          stat.S_IFBLK: "这是磁盘设备，不是文件", stat.S_IFDIR: "这是一个文件夹，不是文件"}


class NotAFile(Told):
    """A folder, a device, a pipe or a socket where a file should be; ``strerror`` says so in Chinese."""


def read_file(path: Path, limit: int) -> bytes:
    """The first bytes of a regular file, links followed; never waits for anybody.

    Args:
        path: the file.
        limit: the most bytes to return; ask for one more than is allowed to tell a file that is too long.

    Raises:
        NotAFile: it is no regular file.
        OSError: it is missing or cannot be read.
    """
    # Without waiting: opening a pipe otherwise lasts until somebody writes to it.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
                     | getattr(os, "O_NOCTTY", 0))
    with os.fdopen(handle, "rb") as file:
        kind = stat.S_IFMT(os.fstat(handle).st_mode)
        if kind != stat.S_IFREG:
            raise NotAFile(errno.EINVAL, _KINDS.get(kind, "这不是文件"), str(path))
        return file.read(limit) or b""
