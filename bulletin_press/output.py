"""Output files: replaced whole, or left as they were."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from bulletin_press.diagnostics import PressError

_LEFTOVER = re.compile(r"\.(?P<name>.+)\.(?P<pid>\d+)\.press-tmp\Z")


class _Terminated(SystemExit):
    """SIGTERM as an exception, so that the temporary file is removed on the way out."""


@contextmanager
def _terminable() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise _Terminated(128 + number)

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def sweep(folder: Path) -> None:
    """Remove what killed runs left in a folder; those of a living process stay."""
    with suppress(OSError):
        for path in folder.glob(".*.press-tmp"):
            match = _LEFTOVER.match(path.name)
            if match and not _alive(int(match["pid"])):
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file by new content: readers see the old bytes or the new, never a part.

    The content goes to a temporary file beside the target, to the disk, and is then renamed.

    Raises:
        PressError: the folder cannot be written or the disk is full; the old file is as it was.
    """
    # Cut short: a name may be 255 bytes long, and a hanzi takes three.
    temporary = path.parent / f".{path.name[:50]}.{os.getpid()}.press-tmp"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise PressError(f"{path} 是一个文件夹，不能写成文件")
        if path.exists() and not path.is_file():
            raise PressError(f"{path} 是设备或管道，不能写成文件")  # renaming would replace /dev/null itself
        sweep(path.parent)
        with _terminable():
            try:
                _written(temporary, data)
                _mode_like(path, temporary)
                os.replace(temporary, path)
            finally:
                temporary.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except OSError as error:
        raise PressError(f"写不进 {path}：{_reason(error)}。原来的文件没有改动") from None


def _written(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, flags, 0o666), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _mode_like(path: Path, temporary: Path) -> None:
    """Keep the permissions that somebody gave the file."""
    with suppress(OSError):
        os.chmod(temporary, path.stat().st_mode & 0o777)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(error: OSError) -> str:
    import errno

    reasons = {errno.EACCES: "没有写入权限", errno.EPERM: "没有写入权限", errno.EROFS: "磁盘是只读的",
               errno.ENOSPC: "磁盘满了", errno.EDQUOT: "磁盘配额用完了", errno.ENOTDIR: "路径中有一段不是文件夹",
               errno.ENAMETOOLONG: "文件名太长", errno.EEXIST: "路径中有一段是文件，不是文件夹",
               errno.EFBIG: "文件太大", errno.ENOENT: "文件夹已经不在了"}
    return reasons.get(error.errno or 0, error.strerror or str(error))


def create_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet.

    Raises:
        PressError: it exists, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise PressError(f"{path} 已经有了，没有改动它") from None
    except OSError as error:
        raise PressError(f"写不进 {path}：{_reason(error)}") from None


def create_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder of files that must not exist yet: it is there whole or not at all.

    The files go into a temporary folder beside it, which is then renamed.

    Args:
        path: the folder; its parents are made.
        files: contents by name, without folders of their own.

    Raises:
        PressError: it exists, or cannot be written.
    """
    temporary = path.parent / f".{path.name[:50]}.{os.getpid()}.press-tmp"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(path):
            raise PressError(f"{path} 已经有了，没有改动它")
        sweep(path.parent)
        with _terminable():
            try:
                shutil.rmtree(temporary, ignore_errors=True)  # of a killed run with this number
                temporary.mkdir()
                for name, data in files.items():
                    _written(temporary / name, data)
                temporary.rename(path)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
        _sync_folder(path.parent)
    except OSError as error:
        raise PressError(f"写不进 {path}：{_reason(error)}") from None
