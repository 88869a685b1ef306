"""Output files: replaced whole, or left as they were; new ones never over anything.

Everything goes into a temporary file or folder beside its target first, to the disk, and then to
its name in one step. Its name is random, since two containers that share a folder count their
processes alike, and it is locked as long as its maker lives: what nobody holds is a killed run's.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.exclusive import place_file, place_folder
from bulletin_press.ground.system_errors import reason

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_LEFTOVER = re.compile(r"\..+\.[0-9a-f]+\.press-tmp\Z", re.DOTALL)
# Seconds; where a disk knows no locks, what is older than this is nobody's.
_ABANDONED = 3600.0
# A temporary file may be swept by a machine whose locks are not ours: then it is made once more.
_ATTEMPTS = 5
# What exFAT, NTFS and Windows shares allow in no name.
_FORBIDDEN = re.compile(r'[\x00-\x1f"*:<>?|\\]')


class _Terminated(SystemExit):
    """A signal as an exception, so that the temporary file is removed on the way out."""


@contextmanager
def _folder_made(folder: Path) -> Iterator[None]:
    """A folder with its parents; where what is done in it fails, those that were made for it go again."""
    missing = [one for one in (folder, *folder.parents) if not os.path.lexists(one)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for one in missing:  # innermost first; one that holds something by now stays
            with suppress(OSError):
                one.rmdir()
        raise


@contextmanager
def _terminable() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise _Terminated(128 + number)

    numbers = [signal.SIGTERM, *([signal.SIGHUP] if sys.platform != "win32" else [])]
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


# --- temporary files, and what is left of them ----------------------------------------------


def _beside(path: Path) -> Path:
    """A name that nobody else thinks of, on the same disk."""
    # Cut short: a name may be 255 bytes long, and a hanzi takes three.
    return path.parent / f".{path.name[:50]}.{secrets.token_hex(8)}.press-tmp"


def _locked(handle: int) -> bool | None:
    """Lock an open file or folder; None where the disk knows no locks."""
    if fcntl is None:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _held(handle: int, path: Path) -> bool:
    """Lock what was just made, unless a sweep was quicker."""
    try:
        return _locked(handle) is not False and os.path.samestat(os.fstat(handle), os.lstat(path))
    except OSError:
        return False


def _new_file(path: Path) -> tuple[Path, int]:
    """An empty temporary file beside a target: its path, and it open, locked while it is so."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    while True:
        temporary = _beside(path)
        handle = os.open(temporary, flags, 0o666)
        if _held(handle, temporary):
            return temporary, handle
        os.close(handle)


def _new_folder(path: Path) -> tuple[Path, int | None]:
    """An empty temporary folder beside a target, locked as well where folders can be opened."""
    while True:
        temporary = _beside(path)
        temporary.mkdir()
        if fcntl is None:
            return temporary, None
        with suppress(FileNotFoundError):
            handle = os.open(temporary, os.O_RDONLY)
            if _held(handle, temporary):
                return temporary, handle
            os.close(handle)


def _abandoned(path: Path) -> bool:
    """Whether nobody holds a temporary file or folder any more."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    old = time.time() - path.lstat().st_mtime > _ABANDONED
    if fcntl is None:
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
    """Remove what killed runs left in a folder; what a living process holds stays."""
    with suppress(OSError):
        for path in folder.glob(".*.press-tmp"):
            with suppress(OSError):
                if not _LEFTOVER.match(path.name) or not _abandoned(path):
                    continue
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)


def _fill(handle: int, data: bytes) -> None:
    with os.fdopen(handle, "wb", closefd=False) as file:
        file.write(data)
        file.flush()
        os.fsync(handle)


def _written(path: Path, data: bytes) -> None:
    """A file of a folder that nobody knows of yet."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _put(path: Path, data: bytes, place: Callable[[Path, Path], None]) -> None:
    """Write a temporary file and have it placed; nothing of it is left if that fails."""
    for attempt in range(_ATTEMPTS):
        with _terminable():
            temporary, handle = _new_file(path)
            try:
                try:
                    _fill(handle, data)
                    if fcntl is not None:
                        place(temporary, path)  # under the lock
                finally:
                    os.close(handle)
                if fcntl is None:
                    place(temporary, path)  # Windows renames no open file
            except FileNotFoundError:
                if attempt + 1 == _ATTEMPTS or temporary.exists():
                    raise
                continue
            finally:
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)
        _sync_folder(path.parent)
        return


# --- replacing ------------------------------------------------------------------------------


def write_whole(path: Path, data: bytes, *, expected: bytes | None = None) -> None:
    """Replace a file by new content: readers see the old bytes or the new, never a part.

    Args:
        path: the file; its folder is made. A link is replaced, not followed.
        data: the new content.
        expected: what the file must hold up to the moment of replacing.

    Raises:
        PressError: the folder cannot be written, the disk is full, or the file holds something
            else than was expected; the old file is as it was.
    """

    def place(temporary: Path, target: Path) -> None:
        _like(target, temporary)
        if expected is not None and not _holds(target, expected):
            raise PressError(f"{path} 刚才被别的程序改过，没有改动它；请再运行一次")
        os.replace(temporary, target)

    try:
        with _folder_made(path.parent):
            if path.is_dir():
                raise PressError(f"{path} 是一个文件夹，不能写成文件")
            if path.exists() and not path.is_file():
                raise PressError(f"{path} 是设备或管道，不能写成文件")  # renaming would replace /dev/null itself
            sweep(path.parent)
            _put(path, data, place)
    except OSError as error:
        raise PressError(f"写不进 {path}：{_reason(error, path)}。原来的文件没有改动") from None


def _holds(path: Path, expected: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(expected) + 1) == expected
    except FileNotFoundError:
        return False


def _like(path: Path, temporary: Path) -> None:
    """Keep the permissions that somebody gave the file, and the owner: a container's root is nobody's user."""
    with suppress(OSError):
        before, own = path.stat(), temporary.stat()
        if (before.st_uid, before.st_gid) != (own.st_uid, own.st_gid) and sys.platform != "win32":
            with suppress(OSError):
                os.chown(temporary, before.st_uid, before.st_gid)
        os.chmod(temporary, before.st_mode & 0o777)


def _reason(error: OSError, path: Path) -> str:
    if os.name == "nt" and getattr(error, "winerror", None) in (5, 32, 33):
        opened = "先关掉打开着的 PDF" if path.suffix.lower() == ".pdf" else "先关掉打开着它的程序"
        return f"{opened}，再运行一次（也可能是没有写入权限）"
    if error.errno == errno.EINVAL and _FORBIDDEN.search(path.name):
        return '文件名里有这个磁盘不允许的字符（\\ : * ? " < > |），请换一个名字'
    reasons = {errno.EACCES: "没有写入权限", errno.EPERM: "没有写入权限",
               errno.EEXIST: "路径中有一段是文件，不是文件夹",
               errno.EINVAL: "这个磁盘不允许这样的文件名", errno.ENOENT: "文件夹已经不在了"}
    return reasons.get(error.errno or 0) or reason(error)


# --- making ---------------------------------------------------------------------------------


def there_already(path: Path, shown: str | None = None) -> str:
    """What to say of a new file's name that is taken."""
    with suppress(OSError):
        if path.is_file() and not path.stat().st_size:
            return f"{shown or path} 已经有了，是个空文件（也许是上次没有写完），没有改动它；删去它再运行一次"
    return f"{shown or path} 已经有了，没有改动它"


def create_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet: it is there whole or not at all.

    Raises:
        PressError: it exists, or cannot be written.
    """
    try:
        with _folder_made(path.parent):
            sweep(path.parent)
            if os.path.lexists(path):
                raise PressError(there_already(path))
            _put(path, data, place_file)
    except FileExistsError:
        if os.path.lexists(path):
            raise PressError(there_already(path)) from None
        raise PressError(f"写不进 {path}：路径中有一段是文件，不是文件夹") from None
    except OSError as error:
        raise PressError(f"写不进 {path}：{_reason(error, path)}") from None


def create_folder(path: Path, files: Mapping[str, bytes], folders: Sequence[str] = ()) -> None:
    """Make a folder of files that must not exist yet: it is there whole or not at all.

    Args:
        path: the folder; its parents are made.
        files: contents by name, without folders of their own.
        folders: empty folders to make in it.

    Raises:
        PressError: it exists, or cannot be written.
    """
    try:
        with _folder_made(path.parent):
            sweep(path.parent)
            if os.path.lexists(path):
                raise PressError(there_already(path))
            for attempt in range(_ATTEMPTS):
                if _folder_placed(path, files, folders, last=attempt + 1 == _ATTEMPTS):
                    break
            _sync_folder(path.parent)
    except FileExistsError:
        if os.path.lexists(path):
            raise PressError(there_already(path)) from None
        raise PressError(f"写不进 {path}：路径中有一段是文件，不是文件夹") from None
    except OSError as error:
        raise PressError(f"写不进 {path}：{_reason(error, path)}") from None


def _folder_placed(path: Path, files: Mapping[str, bytes], folders: Sequence[str], *, last: bool) -> bool:
    """Make a folder; whether it is there: not where its temporary one was swept away."""
    with _terminable():
        temporary, handle = _new_folder(path)
        try:
            for folder in folders:
                (temporary / folder).mkdir()
            for name, data in files.items():
                _written(temporary / name, data)
            _sync_folder(temporary)
            place_folder(temporary, path)
        except FileNotFoundError:
            if last or temporary.exists():
                raise
            return False
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
            if handle is not None:
                os.close(handle)
    return True
