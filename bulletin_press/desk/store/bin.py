"""What was deleted and can be taken back, under ``.press/bin``: items as the file had them, issues as folders."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bulletin_press.desk.store.edits import Delete, Edit, Insert, value_at
from bulletin_press.desk.store.file import IssueFile, Saved
from bulletin_press.desk.store.history import History
from bulletin_press.desk.store.laid import Laid
from bulletin_press.desk.store.writing import require_writable
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.enclosure import leads_out
from bulletin_press.publication.shelf import FOLDER
from bulletin_press.publication.workspace import ISSUE

# Items that are held; issues stay until somebody empties the folder.
MOST = 200
_KIND = "deleted"
_STAMP = "%Y%m%dT%H%M%S"
_FOLDER = re.compile(r"(\d{8}T\d{6})Z-(.+)\Z", re.ASCII)


@dataclass(frozen=True)
class Deleted:
    """An item in the bin: its id, when it was deleted (UTC), whence, and what it is."""

    id: str
    when: datetime
    issue: str
    section: str
    at: int
    item: Mapping[str, Any]


class Bin:
    """The publication's bin.

    Args:
        root: the publication's folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._items = History(root / FOLDER / "bin" / "items", root)
        self._issues = root / FOLDER / "bin" / "issues"

    def keep(self, issue: str, laid: Laid, edits: Sequence[Edit]) -> None:
        """Keep the item that an edit takes out of a file, as it is before that."""
        for edit in edits if len(edits) == 1 else ():
            if isinstance(edit, Delete) and isinstance(edit.section, str):
                item = value_at(laid.table.values, (edit.section, edit.at))
                if isinstance(item, Mapping):
                    self._items.keep(laid.data, time.time(), _KIND, {
                        "who": issue, "place": [edit.section, edit.at]})
        for old in self._items.entries()[MOST:]:
            with suppress(OSError):
                (self._items.folder / old.id).unlink()

    def items(self) -> list[Deleted]:
        """The items in it, those deleted last first."""
        found = []
        for one in self._items.entries():
            with suppress(PressError, IndexError, ValueError):
                issue, section, at = one.who, str(one.place[0]), int(one.place[1])
                item = value_at(Laid(self._items.read(one.id), ISSUE).table.values, (section, at))
                if isinstance(item, dict):
                    found.append(Deleted(one.id, one.when, issue, section, at, item))
        return found

    def take_back(self, one: Deleted, file: IssueFile) -> Saved:
        """Put an item back where it stood, as near as can be; it stays in the bin no longer.

        Raises:
            PressError: it cannot be written.
        """
        laid = file.read()
        held = laid.table.values.get(one.section)
        at = min(one.at, len(held) if isinstance(held, list) else 0)
        saved = file.save([Insert(one.section, at, one.item)], laid.version, whole=True)
        with suppress(OSError):
            (self._items.folder / one.id).unlink()
        return saved

    def put_issue(self, folder: Path) -> str:
        """Put an issue's folder into the bin; its name there.

        Raises:
            PressError: it cannot be moved.
        """
        require_writable(folder / ISSUE, self.root)
        if leads_out(folder, self.root) or leads_out(self._issues, self.root):
            raise PressError("这一期的文件夹是指到别处的链接，没有动它")
        name = f"{datetime.now(UTC):{_STAMP}}Z-{folder.name}"
        try:
            self._issues.mkdir(parents=True, exist_ok=True)
            folder.rename(self._issues / name)
        except OSError as error:
            raise PressError(f"这一期没有删去：{error.strerror}") from None
        return name

    def issues(self) -> list[tuple[str, datetime, str]]:
        """The issues in it: the name there, when it was deleted, what it was called."""
        try:
            names = sorted(os.listdir(self._issues), reverse=True)  # noqa: PTH208 - names are all that is wanted
        except OSError:
            return []
        found = [(name, match) for name in names if (match := _FOLDER.match(name))]
        return [(name, datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC), match[2]) for name, match in found]

    def take_back_issue(self, name: str) -> str:
        """Put an issue back on the shelf; what it is called.

        Raises:
            PressError: it is not in the bin, or another has its name by now.
        """
        called = next((issue for there, _, issue in self.issues() if there == name), None)
        if called is None:
            raise PressError("回收站里没有它了")
        target = self.root / called
        if os.path.lexists(target):
            raise PressError(f"书架上已经另有一期 {called}；先把那一期改名或删去，再取回这一期")
        try:
            (self._issues / name).rename(target)
        except OSError as error:
            raise PressError(f"没有取回来：{error.strerror}") from None
        return called
