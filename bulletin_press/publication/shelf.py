"""What was found out before, kept in the publication's folder from one run to the next.

It lies in ``.press/`` there, and nowhere else. Losing it costs time and nothing more: where it cannot be read it is
empty, where it cannot be written nothing is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.enclosure import leads_out
from bulletin_press.ground.output import write_whole
from bulletin_press.ground.reading import read_file

FOLDER = ".press"
# What is kept at most, newest first: some fifty issues.
MOST = 10_000
_LONGEST = 8_000_000
_IGNORED = b"# What press keeps for itself. All but sent/ (who was mailed already) may be deleted at any time.\n*\n"


class Shelf:
    """Values by key; all that JSON can hold.

    Args:
        values: what there was.
    """

    def __init__(self, values: dict[str, Any]) -> None:
        self._old, self._new = values, dict[str, Any]()
        self.changed = False

    def known(self, key: str) -> Any:
        """A value that was kept, or None; it stays for the next run."""
        if key in self._old and key not in self._new:
            self._new[key] = self._old[key]
        return self._new.get(key)

    def keep(self, key: str, value: Any) -> None:
        """Keep a value for the next run."""
        self._new[key] = value
        self.changed = True

    @property
    def values(self) -> dict[str, Any]:
        """What is kept: what was asked for in this run first."""
        both = {**self._new, **{key: value for key, value in self._old.items() if key not in self._new}}
        return dict(list(both.items())[:MOST])


@contextmanager
def shelf(root: Path | None, name: str, stamp: str) -> Iterator[Shelf]:
    """A shelf, written back when all is done.

    Args:
        root: the publication's folder; None where nothing is to be kept.
        name: what tells it from others.
        stamp: what the values depend on: those of another stamp are forgotten.
    """
    path = None if root is None else root / FOLDER / f"{name}.json"
    if path is None or root is None or leads_out(path, root):
        yield Shelf({})
        return
    held = Shelf(_read(path, stamp))
    yield held
    if held.changed:
        data = json.dumps({"stamp": stamp, "values": held.values}, ensure_ascii=False, separators=(",", ":"))
        with suppress(PressError, OSError):
            if not path.parent.exists():
                write_whole(path.parent / ".gitignore", _IGNORED)
            write_whole(path, data.encode())


def _read(path: Path, stamp: str) -> dict[str, Any]:
    try:
        read = json.loads(read_file(path, _LONGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    values = read.get("values") if isinstance(read, dict) and read.get("stamp") == stamp else None
    return values if isinstance(values, dict) else {}
