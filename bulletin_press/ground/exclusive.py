"""A finished temporary file or folder put in its place, where nothing may stand yet; two that change places.

One step does it wherever the system has one: it puts the whole thing there, or refuses. What a
disk lacks (exFAT has no hard links, network shares know few of the calls) the next step makes good.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from bulletin_press.ground.patience import patiently, replace

_AT_FDCWD = -100
_RENAME_NOREPLACE = 1  # Linux, renameat2(2)
_RENAME_EXCHANGE = 2
_RENAME_EXCL = 4  # macOS, renamex_np(2)
_RENAME_SWAP = 2


def place_file(temporary: Path, target: Path) -> None:
    """Give a finished file its name; its temporary name may be left, and is the caller's to remove.

    Raises:
        FileExistsError: something stands there; it is as it was.
        FileNotFoundError: the temporary file, or the folder, is gone.
        OSError: it cannot be put there.
    """
    for step in (rename_new, os.link):
        try:
            step(temporary, target)
        except (FileExistsError, FileNotFoundError):
            raise
        except OSError:  # whatever a disk says to what it does not know: EPERM, EINVAL, ENOSYS …
            continue
        return
    _claim(temporary, target)


def place_folder(temporary: Path, target: Path) -> None:
    """Give a finished folder its name.

    Raises:
        FileExistsError: something stands there; it is as it was.
        OSError: it cannot be put there.
    """
    try:
        rename_new(temporary, target)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        # Plain renaming takes the place of an empty folder at most, never of what holds anything.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        temporary.rename(target)


def rename_new(source: Path, target: Path) -> None:
    """Rename a file or a folder in one step that refuses to take the place of anything.

    Raises:
        FileExistsError: something stands there.
        OSError: ENOSYS where the system has no such step, else what the system says.
    """
    if sys.platform == "win32":
        patiently(lambda: _renamed(source, target))  # refuses of itself
        return
    _rename(source, target, _RENAME_EXCL if sys.platform == "darwin" else _RENAME_NOREPLACE)


def _renamed(source: Path, target: Path) -> None:
    source.rename(target)


def exchange(one: Path, other: Path) -> None:
    """Have two files or folders change places in one step: at no time is there nothing under either name.

    Raises:
        FileNotFoundError: one of them is not there; the other is as it was.
        OSError: ENOSYS where the system has no such step, else what the system says.
    """
    if sys.platform == "win32":
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    _rename(one, other, _RENAME_SWAP if sys.platform == "darwin" else _RENAME_EXCHANGE)


def _rename(source: Path, target: Path, flags: int) -> None:
    """The renaming of the system at hand that takes flags.

    Raises:
        OSError: ENOSYS where it has none, else what the system says.
    """
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(source), os.fsencode(target)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(*names, flags)
        else:
            failed = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], flags)
    except AttributeError:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from None
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(target))


def _claim(temporary: Path, target: Path) -> None:
    """Take the name with an empty file, which only one can do, and put the whole file in its place.

    A kill between the two leaves an empty file: no better way is left on such a disk.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        if target.stat().st_size:  # somebody has written into it meanwhile
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        replace(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        target.unlink(missing_ok=True)
        raise
