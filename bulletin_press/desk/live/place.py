"""Where the publication is, as it goes from one process to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bulletin_press.publication.workspace import Workspace


@dataclass(frozen=True)
class Place:
    """Where the publication is."""

    root: Path
    today: date

    def workspace(self, drafts: Mapping[Path, str] | None = None) -> Workspace:
        """The workspace, with texts that stand for files."""
        return Workspace(self.root, self.today, self.root, dict(drafts or {}))
