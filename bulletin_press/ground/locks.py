"""A lock on an open file, as the system at hand has it."""

from __future__ import annotations

import errno
import os
import sys

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

# Windows locks bytes, and what is locked nobody else can read: a byte far behind any file's end is taken.
# Its C library counts positions in 31 bits.
_BEHIND = 0x7FFF_FFF0


def lock(handle: int) -> bool | None:
    """Lock an open file until it is closed, at once or not at all.

    Returns:
        Whether it is held now; None where the disk or the system knows no locks.
    """
    if sys.platform == "win32":
        return _lock_byte(handle)
    if fcntl is None:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _lock_byte(handle: int) -> bool | None:
    import msvcrt

    try:
        at = os.lseek(handle, 0, os.SEEK_CUR)
        os.lseek(handle, _BEHIND, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        finally:
            os.lseek(handle, at, os.SEEK_SET)
    except OSError as error:
        return False if error.errno in (errno.EACCES, errno.EDEADLK) else None
    return True
