"""One writer at a time: a lock that is held while a file is written, and no longer."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bulletin_press.ground.locks import lock

# Seconds that another writer is waited for; a write takes milliseconds.
PATIENCE = 5.0
# Seconds after which a lock that is a file, on a disk without locks, is a killed process's.
_STALE = 20.0
_STEP = 0.01


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold a lock while the block runs; whether it is held.

    Not where its folder cannot be written, nor where another has not let go of it in good time: then what is
    written must be compared with what is there all the same, which it is.

    Args:
        path: the lock's file; it stays.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except OSError:
        yield False
        return
    claimed: Path | None = None
    try:
        held = _flocked(handle)
        if held is None:
            claimed = path.with_suffix(".claim")
            held = _claimed(claimed)
            claimed = claimed if held else None
        yield held
    finally:
        if claimed:
            with suppress(OSError):
                claimed.unlink()
        os.close(handle)


def _flocked(handle: int) -> bool | None:
    """Lock an open file, waiting a while; None where the disk knows no locks."""
    end = time.monotonic() + PATIENCE
    while (held := lock(handle)) is False and time.monotonic() <= end:
        time.sleep(_STEP)
    return held


def _claimed(path: Path) -> bool:
    """Make a file that only one can make, waiting a while."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except FileExistsError:
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _STALE:
                    path.unlink()
                    continue
            time.sleep(_STEP)
            continue
        except OSError:
            return False
        return True
    return False
