"""Output folders: replaced whole, or left as they were; what the press did not make is never touched.

The new folder is made beside the old one and the two change places in one step where the system has such a
step. Elsewhere the old one is set aside for a moment: a run that is killed in it leaves both, and the next
that looks into the folder above (``temporary.sweep``) gives the old one its name back.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.exclusive import exchange, place_folder
from bulletin_press.ground.made_folder import LIST, list_of, listed, remove, strangers
from bulletin_press.ground.output import folder_made, like, why_not
from bulletin_press.ground.temporary import (
    ATTEMPTS,
    kept,
    new_folder,
    set_aside,
    sweep,
    sync_folder,
    terminable,
    written,
)

_SHOWN = 3


class _Taken(Exception):
    """Somebody gave or took the name meanwhile: what was seen of it is no longer so."""


def replace_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder of files, in place of the one that the press made there before.

    Args:
        path: the folder; its parents are made.
        files: contents by their paths in the folder, with "/" between; a list of them is put beside them.

    Raises:
        PressError: what stands there is no folder that the press made, or somebody's own files lie in it, or
            it cannot be written; it is as it was.
        ValueError: a path that is none inside the folder.
    """
    contents = {LIST: list_of(files), **files}  # first, so that nothing of ours ever lies there unlisted
    try:
        with folder_made(path.parent):
            sweep(path.parent)
            require_replaceable(path)
            for attempt in range(ATTEMPTS):
                try:
                    with terminable():
                        _made_and_placed(path, contents)
                    break
                except (_Taken, FileNotFoundError):
                    if attempt + 1 == ATTEMPTS:
                        raise
            sync_folder(path.parent)
    except _Taken:
        raise PressError(f"{path} 正被别的程序改动，没有写；请再运行一次") from None
    except OSError as error:
        raise PressError(f"写不进 {path}：{why_not(error, path)}。原来的文件夹没有改动") from None


def require_replaceable(path: Path) -> None:
    """See that nothing stands at a path but what the press made.

    Raises:
        PressError: something else does, or lies in it.
    """
    if not os.path.lexists(path):
        return
    if path.is_symlink():
        raise PressError(f"{path} 是链接，不往那里写")
    if not path.is_dir():
        raise PressError(f"{path} 是文件，不能写成文件夹")
    if listed(path) is None:
        raise PressError(f"{path} 不是 press 生成的文件夹，没有动它。请改名或移走它再运行，或用 -o 写到别处")
    if others := strangers(path):
        shown = "、".join(others[:_SHOWN]) + (f" 等 {len(others)} 项" if len(others) > _SHOWN else "")
        raise PressError(f"{path} 里有不是 press 生成的文件（{shown}），没有动这个文件夹。"
                         "请把它们移到别处再运行")


def _made_and_placed(path: Path, contents: Mapping[str, bytes]) -> None:
    temporary, handle = new_folder(path, "new")
    try:
        folders = {temporary}
        for name, data in contents.items():
            file = temporary / name
            file.parent.mkdir(parents=True, exist_ok=True)
            folders.update(parent for parent in file.parents if parent.is_relative_to(temporary))
            written(file, data)
        for folder in folders:
            sync_folder(folder)
        _placed(temporary, path)
    finally:
        # The new folder, where it was not placed; else the old one, where the two have changed places.
        left = temporary.is_dir() and not remove(temporary)
        if handle is not None:
            os.close(handle)
    if left:
        raise PressError(f"{path} 已换成新的；换的时候有人往旧的文件夹里放了文件，旧的留在 {temporary}")


def _placed(temporary: Path, path: Path) -> None:
    """Give a finished folder its name; what bore it before is at ``temporary`` then, or gone.

    Raises:
        _Taken: others gave the name, took it or used it meanwhile.
    """
    try:
        place_folder(temporary, path)
        return
    except FileExistsError:
        require_replaceable(path)
    like(path, temporary)
    try:
        with kept(path):
            try:
                exchange(temporary, path)
            except FileNotFoundError:
                raise
            except OSError:  # whatever a disk says to what it does not know
                _placed_in_two_steps(temporary, path)
                return
    except FileNotFoundError:
        raise _Taken from None
    try:
        require_replaceable(temporary)  # once more, of what was there at that very moment
    except PressError:
        exchange(temporary, path)
        raise _Taken from None


def _placed_in_two_steps(temporary: Path, path: Path) -> None:
    aside = set_aside(path)
    try:
        place_folder(path, aside)
        require_replaceable(aside)
        place_folder(temporary, path)
    except BaseException as error:
        if not os.path.lexists(path):
            place_folder(aside, path)
        elif aside.is_dir():
            remove(aside)
        if isinstance(error, PressError | FileExistsError):
            raise _Taken from None
        raise
    remove(aside)
