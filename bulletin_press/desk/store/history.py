"""What a file was: every save kept under ``.press/history/``, thinned out as it grows old.

An entry is one file, named by its time, kind and version: a line of JSON that tells of it, and the bytes, packed. No
list of them exists that could be damaged. Where the folder cannot be written nothing is kept, and nothing said.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import secrets
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bulletin_press.desk.store.laid import version_of
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.enclosure import leads_out
from bulletin_press.ground.patience import replace
from bulletin_press.ground.reading import read_file
from bulletin_press.ground.temporary import fill, sync_folder
from bulletin_press.publication.shelf import FOLDER
from bulletin_press.toml.source import MAX_BYTES

_NAME = re.compile(r"(\d{8}T\d{12})Z-([a-z]+)-([0-9a-f]{32})\.gz\Z")
_STAMP = "%Y%m%dT%H%M%S%f"
_HOUR, _DAY = 3600, 86400
# Of what is older than the first number of seconds, one entry is kept for each stretch of the second.
STEPS: Sequence[tuple[int, int]] = ((365 * _DAY, 0), (30 * _DAY, _DAY), (_DAY, _HOUR), (_HOUR, 60))
# What one issue's history may take, bytes.
MOST = 30_000_000
_IGNORED = b"# What press keeps for itself: caches, what the desk saved, who is at it.\n*\n"
# Kinds: saved here; found changed by others; what could not be put into the file.
SAVED, OUTSIDE, UNPLACED = "saved", "outside", "unplaced"


@dataclass(frozen=True)
class Kept:
    """A state of a file that was kept.

    ``id`` names it; ``when`` is in UTC; ``kind`` is "saved", "outside" (another program's) or "unplaced" (what could
    not be put into the file); ``who``, ``what`` and ``place`` tell of the edit, as far as they are known.
    """

    id: str
    when: datetime
    kind: str
    version: str
    who: str = ""
    what: str = ""
    place: tuple[str | int, ...] = ()
    size: int = field(default=0, compare=False)


class History:
    """What is kept of one file.

    Args:
        folder: where; it is made when something is to be kept.
        root: the publication's folder, out of which no link is followed.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self.root = folder, root

    def ready(self) -> bool:
        """Make the folder, ignored by git; whether it is there."""
        if leads_out(self.folder, self.root):
            return False
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            ignored = self.root / FOLDER / ".gitignore"
            if not ignored.exists():
                ignored.write_bytes(_IGNORED)
        return self.folder.is_dir()

    def keep(self, data: bytes, when: float, kind: str, told: Mapping[str, Any]) -> str | None:
        """Keep a state, on the disk when this returns; its id, None where nothing can be kept.

        Args:
            data: the file's bytes.
            when: seconds of the epoch.
            kind: one of the three.
            told: who, what and place.
        """
        if not self.ready():
            return None
        stamp = datetime.fromtimestamp(when, UTC).strftime(_STAMP)
        name = f"{stamp}Z-{kind}-{version_of(data)}.gz"
        head = json.dumps(dict(told), ensure_ascii=False, separators=(",", ":")).encode()
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=4, mtime=0) as file:
            file.write(head + b"\n" + data)
        temporary = self.folder / f".{secrets.token_hex(8)}.press-tmp"
        try:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
            try:
                fill(handle, packed.getvalue())
            finally:
                os.close(handle)
            replace(temporary, self.folder / name)
            sync_folder(self.folder)
        except OSError:
            with suppress(OSError):
                temporary.unlink()
            return None
        return name

    def _names(self) -> list[tuple[str, re.Match[str]]]:
        """The entries' names, newest first."""
        try:
            names = os.listdir(self.folder)  # noqa: PTH208 - names are all that is wanted
        except OSError:
            return []
        found = ((name, _NAME.match(name)) for name in names)
        return sorted(((name, match) for name, match in found if match), reverse=True)

    def newest(self) -> str | None:
        """The version that was kept last."""
        return next((match[3] for _, match in self._names()), None)

    def entries(self) -> tuple[Kept, ...]:
        """All that is kept, newest first."""
        return tuple(self._entry(name, match) for name, match in self._names())

    def _entry(self, name: str, match: re.Match[str]) -> Kept:
        when = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
        told: Mapping[str, Any] = {}
        size = 0
        with suppress(OSError, EOFError, ValueError, zlib.error):
            path = self.folder / name
            size = path.stat().st_size
            with gzip.open(path) as file:
                read = json.loads(file.readline(100_000))
                told = read if isinstance(read, dict) else {}
        place = told.get("place")
        return Kept(name, when, match[2], match[3], str(told.get("who", "")), str(told.get("what", "")),
                    tuple(place) if isinstance(place, list) else (), size)

    def read(self, name: str) -> bytes:
        """The bytes of an entry.

        Raises:
            PressError: there is none of that name, or it is damaged.
        """
        match = _NAME.match(name)
        if not match:
            raise PressError("历史里没有这一份")
        try:
            packed = read_file(self.folder / name, 4 * MAX_BYTES)
            with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
                data = file.read(2 * MAX_BYTES).partition(b"\n")[2]
        except FileNotFoundError:
            raise PressError("历史里没有这一份（旧的隔久了只留一部分）") from None
        except (OSError, EOFError, ValueError, zlib.error):
            raise PressError("历史里的这一份读不出来") from None
        if version_of(data) != match[3]:
            raise PressError("历史里的这一份坏了，没有用它")
        return data

    def of_version(self, version: str) -> bytes | None:
        """The bytes of a version, if it is kept still."""
        for name, match in self._names():
            if match[3] == version:
                with suppress(PressError):
                    return self.read(name)
        return None

    def thin(self, now: float) -> None:
        """Let go of what is too much: by age as ``STEPS`` say, then the oldest past ``MOST`` bytes."""
        names = self._names()
        gone = set(_thinned([(name, match) for name, match in names[1:]], now))
        total = 0
        for name, _ in names:
            with suppress(OSError):
                if name not in gone:
                    total += (self.folder / name).stat().st_size
                if name in gone or (total > MOST and name != names[0][0]):
                    (self.folder / name).unlink()
        with suppress(OSError):
            for path in self.folder.glob(".*.press-tmp"):
                if now - path.stat().st_mtime > _HOUR:
                    path.unlink()


def _thinned(names: Sequence[tuple[str, re.Match[str]]], now: float) -> Iterator[str]:
    """Which of the entries, newest first, are to go: of each stretch the newest stays, and what found no place."""
    seen = set[tuple[int, int]]()
    for name, match in names:
        when = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC).timestamp()
        step = next((stretch for age, stretch in STEPS if now - when > age), None)
        if step is None or (match[2] != SAVED and now - when < 30 * _DAY):
            continue
        if step == 0:
            yield name
            continue
        key = (step, int(when // step))
        if key in seen:
            yield name
        seen.add(key)
