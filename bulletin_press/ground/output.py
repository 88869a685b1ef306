"""Output files: replaced whole, or left as they were; new ones never over anything.

Everything goes into a temporary file or folder beside its target first (``temporary``), to the disk, and
then to its name in one step.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.exclusive import place_file, place_folder
from bulletin_press.ground.patience import is_held, replace
from bulletin_press.ground.system_errors import reason
from bulletin_press.ground.temporary import (
    ATTEMPTS,
    LOCKS,
    fill,
    new_file,
    new_folder,
    sweep,
    sync_folder,
    terminable,
    written,
)

# What exFAT, NTFS and Windows shares allow in no name.
_FORBIDDEN = re.compile(r'[\x00-\x1f"*:<>?|\\]')


class Changed(PressError):
    """Another program has written the file meanwhile."""


@contextmanager
def folder_made(folder: Path) -> Iterator[None]:
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


def _put(path: Path, data: bytes, place: Callable[[Path, Path], None]) -> None:
    """Write a temporary file and have it placed; nothing of it is left if that fails."""
    for attempt in range(ATTEMPTS):
        with terminable():
            temporary, handle = new_file(path)
            try:
                try:
                    fill(handle, data)
                    if LOCKS:
                        place(temporary, path)  # under the lock
                finally:
                    os.close(handle)
                if not LOCKS:
                    place(temporary, path)  # Windows renames no open file
            except FileNotFoundError:
                if attempt + 1 == ATTEMPTS or temporary.exists():
                    raise
                continue
            finally:
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)
        sync_folder(path.parent)
        return


# --- replacing ------------------------------------------------------------------------------


def write_whole(path: Path, data: bytes, *, expected: bytes | None = None) -> None:
    """Replace a file by new content: readers see the old bytes or the new, never a part.

    Args:
        path: the file; its folder is made. A link is replaced, not followed.
        data: the new content.
        expected: what the file must hold up to the moment of replacing.

    Raises:
        Changed: the file holds something else than was expected.
        PressError: the folder cannot be written, or the disk is full; the old file is as it was.
    """

    def place(temporary: Path, target: Path) -> None:
        like(target, temporary)
        if expected is not None and not _holds(target, expected):
            raise Changed(f"{path} 刚才被别的程序改过，没有改动它；请再运行一次")
        replace(temporary, target)

    try:
        with folder_made(path.parent):
            if path.is_dir():
                raise PressError(f"{path} 是一个文件夹，不能写成文件")
            if path.exists() and not path.is_file():
                raise PressError(f"{path} 是设备或管道，不能写成文件")  # renaming would replace /dev/null itself
            sweep(path.parent)
            _put(path, data, place)
    except OSError as error:
        raise PressError(f"写不进 {path}：{why_not(error, path)}。原来的文件没有改动") from None


def _holds(path: Path, expected: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(expected) + 1) == expected
    except FileNotFoundError:
        return False


def like(path: Path, temporary: Path) -> None:
    """Keep the permissions that somebody gave the file, and the owner: a container's root is nobody's user."""
    with suppress(OSError):
        before, own = path.stat(), temporary.stat()
        if (before.st_uid, before.st_gid) != (own.st_uid, own.st_gid) and sys.platform != "win32":
            with suppress(OSError):
                os.chown(temporary, before.st_uid, before.st_gid)
        os.chmod(temporary, before.st_mode & 0o777)


def why_not(error: OSError, path: Path) -> str:
    """Why a path could not be written, in words."""
    if is_held(error):
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
        with folder_made(path.parent):
            sweep(path.parent)
            if os.path.lexists(path):
                raise PressError(there_already(path))
            _put(path, data, place_file)
    except FileExistsError:
        if os.path.lexists(path):
            raise PressError(there_already(path)) from None
        raise PressError(f"写不进 {path}：路径中有一段是文件，不是文件夹") from None
    except OSError as error:
        raise PressError(f"写不进 {path}：{why_not(error, path)}") from None


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
        with folder_made(path.parent):
            sweep(path.parent)
            if os.path.lexists(path):
                raise PressError(there_already(path))
            for attempt in range(ATTEMPTS):
                if _folder_placed(path, files, folders, last=attempt + 1 == ATTEMPTS):
                    break
            sync_folder(path.parent)
    except FileExistsError:
        if os.path.lexists(path):
            raise PressError(there_already(path)) from None
        raise PressError(f"写不进 {path}：路径中有一段是文件，不是文件夹") from None
    except OSError as error:
        raise PressError(f"写不进 {path}：{why_not(error, path)}") from None


def _folder_placed(path: Path, files: Mapping[str, bytes], folders: Sequence[str], *, last: bool) -> bool:
    """Make a folder; whether it is there: not where its temporary one was swept away."""
    with terminable():
        temporary, handle = new_folder(path)
        try:
            for folder in folders:
                (temporary / folder).mkdir()
            for name, data in files.items():
                written(temporary / name, data)
            sync_folder(temporary)
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
