"""What was made of the lists and tables that the press brings along, kept beside this module's bytecode.

To parse and to check them takes a command longer than to read a month's copy by them; they are right, as the tests
hold. A file is known by its place, its size and its time, as Python knows a module's source. A publication's own
files are read and checked each time.
"""

from __future__ import annotations

import atexit
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bulletin_press.ground.beside_bytecode import place_beside, read_beside, write_beside
from bulletin_press.ground.resources import templates_folder
from bulletin_press.toml import schema

# Strings, whole numbers, None, tuples and dictionaries of such.
Plain = Any


class BundledTables:
    """What was made of files, in plain values.

    Args:
        path: the file that keeps it; None keeps it in the process only.
        grows: whether what was made is added to it when the process ends.
    """

    def __init__(self, path: Path | None, *, grows: bool = True) -> None:
        self._path, self._grows = path, grows
        self._known: dict[Any, Plain] | None = None
        self._new: dict[Any, Plain] = {}

    def made(self, file: Path, maker: str, make: Callable[[], Plain]) -> Plain:
        """What a maker makes of a bundled file.

        Args:
            file: the file, in the press's own folder.
            maker: the maker's own file: what another release of it made is not taken.
            make: makes it.
        """
        key = ("/".join(file.parts[-2:]), *(_state(one) for one in (file, Path(maker), Path(str(schema.__file__)))))
        if self._known is None:
            self._known = read_beside(self._path, (sys.version,)) if self._path else {}
        found = self._known.get(key)
        if found is None:
            if self._path and self._grows and not self._new:
                atexit.register(self.write)
            found = self._known[key] = self._new[key] = make()
        return found

    def write(self) -> None:
        """Add what was made to what others have kept; nothing is told where that cannot be."""
        if self._path is not None and self._new:
            new, self._new = self._new, {}
            write_beside(self._path, (sys.version,), new)


def _state(file: Path) -> tuple[int, int]:
    state = file.stat()
    return state.st_size, state.st_mtime_ns


def is_bundled(folder: Path) -> bool:
    """Whether a template folder is the press's own."""
    return folder == templates_folder()


def plain(value: Any) -> Plain:
    """A value with its dates as bytes, which no table has."""
    if isinstance(value, date):
        return value.isoformat().encode()
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return tuple(plain(one) for one in value) if isinstance(value, tuple) else value


def dated(value: Plain) -> Any:
    """What ``plain`` made plain."""
    if isinstance(value, bytes):
        return date.fromisoformat(value.decode())
    if isinstance(value, dict):
        return {key: one if isinstance(one, str) else dated(one) for key, one in value.items()}
    return tuple(one if isinstance(one, str) else dated(one) for one in value) if isinstance(value, tuple) else value


BUNDLED = BundledTables(place_beside(__file__, ".tables"), grows=not sys.dont_write_bytecode)
