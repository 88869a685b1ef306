"""A file of the user's own in which a secret may stand: spliced as the publication's are, kept nowhere else."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bulletin_press.desk.store.file import IssueFile
from bulletin_press.desk.store.history import History
from bulletin_press.desk.store.laid import Laid
from bulletin_press.desk.store.order import Order
from bulletin_press.desk.store.stack import Stack
from bulletin_press.ground.output import create_new
from bulletin_press.toml.positions import KeyPath

# Read and written by the user alone.
_OWN = 0o600


class PrivateFile(IssueFile):
    """Such a file: what is undone is remembered while the desk is open, and there is no history on the disk.

    Args:
        path: the TOML file; its own folder is all that is written.
        order: where keys belong that are added.
        clock: seconds of the epoch.
    """

    def __init__(self, path: Path, *, order: Order, clock: Callable[[], float] = time.time) -> None:
        super().__init__(path, order=order, clock=clock)
        self.root = self.path.absolute().parent
        self._history, self._stack = _NoHistory(self.root / "none", self.root), _InMemory(self.root / "none")

    def begin(self, data: bytes) -> None:
        """Make the file where there is none, for the user alone.

        Raises:
            PressError: it cannot be made.
        """
        if not self.path.exists():
            create_new(self.path, data)
            self._shut()

    def _put(self, current: Laid, after: Laid, what: str, place: KeyPath | None) -> None:
        # Before anything of it is written: what replaces the file takes on its permissions.
        self._shut()
        super()._put(current, after, what, place)

    def _shut(self) -> None:
        if os.name != "nt" and self.path.stat().st_mode & 0o077:
            os.chmod(self.path, _OWN)


class _NoHistory(History):
    def ready(self) -> bool:
        return False

    def keep(self, data: bytes, when: float, kind: str, told: Mapping[str, Any]) -> str | None:
        return None


class _InMemory(Stack):
    def load(self, version: str) -> None:
        self._agree(version)

    def _write(self, entry: dict[str, Any]) -> None:
        """Nowhere."""
