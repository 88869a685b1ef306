"""Who else has a file open: each a small file of its own under ``.press/here/``, touched now and then.

Ages are told by the clock of the disk that the folder lies on, for two machines' clocks differ.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulletin_press.ground.enclosure import leads_out
from bulletin_press.ground.patience import replace
from bulletin_press.ground.reading import read_file

# Seconds without a sign after which somebody is gone, and after which his file is removed.
GONE, FORGOTTEN = 45.0, 3600.0
# Seconds after which one's own sign is given anew.
BEAT = 10.0
_SUFFIX = ".json"


@dataclass(frozen=True)
class Other:
    """Somebody who has the file open: his name, the machine, where he is, and seconds since his last sign."""

    who: str
    machine: str
    place: tuple[str | int, ...]
    seconds: float


class Presence:
    """One's own sign, and those of others.

    Args:
        folder: where those of the file lie.
        root: the publication's folder, out of which no link is followed.
        who: one's name.
    """

    def __init__(self, folder: Path, root: Path, who: str) -> None:
        self.folder, self.root = folder, root
        self.path = folder / f"{secrets.token_hex(8)}{_SUFFIX}"
        self.told: dict[str, Any] = {"who": who, "machine": socket.gethostname(), "space": _space(), "pid": os.getpid(),
                                     "place": []}

    def beat(self, place: tuple[str | int, ...] | None = None) -> None:
        """Give a sign, and say where one is; where the folder cannot be written nothing is said."""
        if place is not None:
            self.told["place"] = list(place)
        if leads_out(self.folder, self.root):
            return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary = self.path.with_suffix(".new")
            temporary.write_text(json.dumps(self.told, ensure_ascii=False), encoding="utf-8")
            replace(temporary, self.path)

    def leave(self) -> None:
        """Take one's sign away."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def others(self) -> tuple[Other, ...]:
        """Those who gave a sign of late, and live as far as one can see, by name."""
        self.beat()
        try:
            now = self.path.stat().st_mtime
            paths = [path for path in self.folder.iterdir() if path.suffix == _SUFFIX and path != self.path]
        except OSError:
            return ()
        found = [one for path in paths if (one := self._other(path, now))]
        return tuple(sorted(found, key=lambda one: (one.who, one.machine)))

    def _other(self, path: Path, now: float) -> Other | None:
        try:
            age = now - path.stat().st_mtime
            told = json.loads(read_file(path, 10_000))
            if age > FORGOTTEN:
                path.unlink()
            if age > GONE or not isinstance(told, dict) or self._dead(told):
                return None
            return Other(str(told["who"]), str(told["machine"]), tuple(told["place"]), max(0.0, age))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _dead(self, told: dict[str, Any]) -> bool:
        """Whether a process of this very machine has ended without taking its sign away."""
        if (told.get("machine"), told.get("space")) != (self.told["machine"], self.told["space"]) or os.name == "nt":
            return False
        try:
            os.kill(int(told.get("pid", 0)), 0)
        except ProcessLookupError:
            return True
        except (OSError, ValueError):
            return False
        return False


def _space() -> str:
    """What tells the processes of one container from those of another on a machine of the same name."""
    try:
        return os.readlink("/proc/self/ns/pid")  # noqa: PTH115 - a name, no file
    except OSError:
        return ""
