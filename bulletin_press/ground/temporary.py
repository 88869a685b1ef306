"""Temporary files and folders beside their targets, and what killed runs left of them.

A temporary name is random, since two containers that share a folder count their processes alike, and what
bears it is locked as long as its maker lives: what nobody holds is a killed run's.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from bulletin_press.ground.exclusive import place_folder
from bulletin_press.ground.locks import lock
from bulletin_press.ground.made_folder import remove

# What is made (tmp), a folder that is to take another's place (new), and the one that it is to replace (old).
_LEFTOVER = re.compile(r"\.(?P<name>.+)\.[0-9a-f]+\.press-(?P<kind>tmp|new|old)\Z", re.DOTALL)
# Seconds; where a disk knows no locks, what is older than this is nobody's.
_ABANDONED = 3600.0
# Windows renames nothing that is open, so nothing can be held up to the moment when it gets its name.
LOCKS = sys.platform != "win32"
# A temporary file may be swept by a machine whose locks are not ours: then it is made once more.
ATTEMPTS = 5


class _Terminated(SystemExit):
    """A signal as an exception, so that the temporary file is removed on the way out."""


@contextmanager
def terminable() -> Iterator[None]:
    """While the block runs, a signal that would end the process is an exception in it."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise _Terminated(128 + number)

    numbers = [signal.SIGTERM]
    if sys.platform != "win32":
        numbers.append(signal.SIGHUP)
    before = {}
    try:
        for number in numbers:
            before[number] = signal.signal(number, stop)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _beside(path: Path, kind: str = "tmp") -> Path:
    """A name that nobody else thinks of, on the same disk."""
    # Cut short: a name may be 255 bytes long, and a hanzi takes three.
    return path.parent / f".{path.name[:50]}.{secrets.token_hex(8)}.press-{kind}"


def set_aside(path: Path) -> Path:
    """Where a folder waits that is being replaced: under its whole name, by which a sweep puts it back."""
    return path.parent / f".{path.name}.{secrets.token_hex(8)}.press-old"


def _locked(handle: int) -> bool | None:
    """Lock an open file or folder; None where the disk knows no locks."""
    return lock(handle) if LOCKS else None


def _held(handle: int, path: Path) -> bool:
    """Lock what was just made, unless a sweep was quicker."""
    try:
        return _locked(handle) is not False and os.path.samestat(os.fstat(handle), os.lstat(path))
    except OSError:
        return False


def new_file(path: Path) -> tuple[Path, int]:
    """An empty temporary file beside a target: its path, and it open, locked while it is so."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    while True:
        temporary = _beside(path)
        handle = os.open(temporary, flags, 0o666)
        if _held(handle, temporary):
            return temporary, handle
        os.close(handle)


def new_folder(path: Path, kind: str = "tmp") -> tuple[Path, int | None]:
    """An empty temporary folder beside a target, locked as well where folders can be opened.

    One of the ``kind`` "new" may come to hold what the press did not make: a sweep takes its own out of it.
    """
    while True:
        temporary = _beside(path, kind)
        temporary.mkdir()
        if not LOCKS:
            return temporary, None
        with suppress(FileNotFoundError):
            handle = os.open(temporary, os.O_RDONLY)
            if _held(handle, temporary):
                return temporary, handle
            os.close(handle)


@contextmanager
def kept(path: Path) -> Iterator[None]:
    """A folder that no sweep touches while the block runs, as far as folders can be locked here."""
    if not LOCKS:
        yield
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        _locked(handle)  # another process that keeps it is as good
        yield
    finally:
        os.close(handle)


def _abandoned(path: Path, age: float) -> bool:
    """Whether nobody holds a temporary file or folder any more; by its age, seconds, where there are no locks."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    old = time.time() - path.lstat().st_mtime > age
    if not LOCKS:
        return old
    handle = os.open(path, flags)
    try:
        mode = os.fstat(handle).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            return False
        free = _locked(handle)
        return old if free is None else free
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove what killed runs left in a folder; what a living process holds stays.

    A folder that was being replaced and has no successor gets its name back.
    """
    with suppress(OSError):
        for path in folder.glob(".*.press-???"):
            with suppress(OSError):
                if left := _LEFTOVER.match(path.name):
                    _cleared(path, left["name"], left["kind"])


def _cleared(path: Path, name: str, kind: str) -> None:
    """Do with what was left as its kind asks, if nobody holds it."""
    vacant = kind == "old" and not os.path.lexists(path.with_name(name))
    # Where there are no locks its maker may live: it finds the name taken, and begins anew.
    if not _abandoned(path, 0 if vacant else _ABANDONED):
        return
    if vacant:
        place_folder(path, path.with_name(name))
    elif not path.is_dir():
        path.unlink(missing_ok=True)
    elif kind == "tmp":
        shutil.rmtree(path, ignore_errors=True)
    else:
        remove(path)


def fill(handle: int, data: bytes) -> None:
    """Write an open file, to the disk; it stays open."""
    with os.fdopen(handle, "wb", closefd=False) as file:
        file.write(data)
        file.flush()
        os.fsync(handle)


def written(path: Path, data: bytes) -> None:
    """A file of a folder that nobody knows of yet."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """See a folder's names to the disk, where the system knows how."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


