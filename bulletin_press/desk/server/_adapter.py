"""An issue's file, until the desk's own store stands: saved whole, merged where two change different values."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bulletin_press.desk.server._edits import Edit, Set, edited
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.reading import read_file
from bulletin_press.toml.change import Change, write_change
from bulletin_press.toml.positions import KeyPath, Table, parse_table
from bulletin_press.toml.source import MAX_BYTES, Source, decode

# Steps that can be taken back, and texts that a page may still show.
MOST_STEPS = 300
_MOST_TEXTS = 60


@dataclass(frozen=True)
class Saved:
    """What has come of a save: the file's version, whether it was merged, what was left alone, where it was."""

    version: str
    merged: bool = False
    conflicts: tuple[KeyPath, ...] = ()
    place: KeyPath = ()


@dataclass(frozen=True)
class _Step:
    before: str
    after: str
    place: KeyPath
    joined: str = ""


@dataclass
class IssueFile:
    """An issue's file, as the desk edits it.

    Args:
        path: the file.
        root: the publication's folder.
    """

    path: Path
    root: Path
    _undo: list[_Step] = field(default_factory=list)
    _redo: list[_Step] = field(default_factory=list)
    _texts: OrderedDict[str, str] = field(default_factory=OrderedDict)

    @property
    def text(self) -> str:
        """What the file says now.

        Raises:
            PressError: it cannot be read.
        """
        return self._read()[0]

    @property
    def version(self) -> str:
        """What tells the file's bytes from others."""
        return self._read()[1]

    def _read(self) -> tuple[str, str]:
        try:
            data = read_file(self.path, MAX_BYTES + 1)
        except OSError:
            raise PressError(f"{self.path.parent.name} 的文件读不出来") from None
        version = hashlib.sha256(data).hexdigest()[:16]
        text = decode(data, self.path.name)
        self._texts[version] = text
        self._texts.move_to_end(version)
        while len(self._texts) > _MOST_TEXTS:
            self._texts.popitem(last=False)
        return text, version

    def table(self) -> Table:
        """The file, parsed.

        Raises:
            InputFault: it is no TOML.
        """
        return parse_table(Source("issue.toml", self.text))

    def values(self) -> dict[str, Any]:
        """What is typed.

        Raises:
            InputFault: it is no TOML.
        """
        return dict(self.table().values)

    def save(self, edits: Sequence[Edit], base: str) -> Saved:
        """Write edits that were made of a version of the file.

        What another wrote meanwhile stays: another value is merged; the same value is a conflict, and then nothing
        is written.

        Raises:
            PressError: it cannot be written, or an edit has no place.
        """
        text, version = self._read()
        merged = base != version
        if merged and (conflicts := self._conflicts(edits, base, text)):
            return Saved(version, conflicts=conflicts)
        after = text
        for edit in edits:
            after = edited(after, edit)
        place = _place(edits)
        return self._put(text, after, place, merged, _joined(edits))

    def replace(self, after: str, place: KeyPath, base: str) -> Saved:
        """Write a whole text, made of a version of the file.

        Raises:
            PressError: the file is another now, or cannot be written.
        """
        text, version = self._read()
        if base != version:
            raise PressError("文件刚才被别处改过，没有改动它；请再试一次")
        return self._put(text, after, place, False, "")

    def _put(self, before: str, after: str, place: KeyPath, merged: bool, joined: str) -> Saved:
        if before == after:
            return Saved(self.version, merged, place=place)
        self._write(before, after)
        self._redo.clear()
        last = self._undo[-1] if self._undo else None
        # Typing in one field is one step until the hand moves on.
        if joined and last and last.joined == joined and last.after == before:
            self._undo[-1] = _Step(last.before, after, place, joined)
        else:
            self._undo.append(_Step(before, after, place, joined))
        del self._undo[:-MOST_STEPS]
        return Saved(self.version, merged, place=place)

    def _write(self, before: str, after: str) -> None:
        write_change(Change(self.path, f"{self.path.parent.name}/{self.path.name}", before, after, 1, self.root))

    def _conflicts(self, edits: Sequence[Edit], base: str, text: str) -> tuple[KeyPath, ...]:
        """The places that were changed by both; any change of items where the old text is no longer known."""
        old = self._texts.get(base)
        if old is None:
            return tuple(_path(edit) for edit in edits)
        was, now = (parse_table(Source("issue.toml", one)) for one in (old, text))
        found = []
        for edit in edits:
            path = _path(edit)
            both = was.value(path) != now.value(path) if isinstance(edit, Set) else \
                was.value(path[:1]) != now.value(path[:1])
            # An item that was moved meanwhile is another one.
            moved = isinstance(edit, Set) and len(path) > 1 and isinstance(path[1], int) and \
                len(was.value(path[:1]) or ()) != len(now.value(path[:1]) or ())
            if both or moved:
                found.append(path)
        return tuple(found)

    def undo(self) -> Saved | None:
        """Take the last step back; None where there is none, or another has written since."""
        return self._step(self._undo, self._redo, back=True)

    def redo(self) -> Saved | None:
        """Do again what was taken back."""
        return self._step(self._redo, self._undo, back=False)

    def _step(self, stack: list[_Step], other: list[_Step], *, back: bool) -> Saved | None:
        if not stack:
            return None
        step, text = stack[-1], self.text
        start, end = (step.after, step.before) if back else (step.before, step.after)
        if text != start:
            stack.clear()
            return None
        self._write(start, end)
        stack.pop()
        other.append(_Step(step.before, step.after, step.place))
        return Saved(self.version, place=step.place)

    @property
    def steps(self) -> tuple[bool, bool]:
        """Whether there is anything to take back, and to do again."""
        return bool(self._undo), bool(self._redo)


def _path(edit: Edit) -> KeyPath:
    return edit.path if isinstance(edit, Set) else (edit.section, edit.at)


def _place(edits: Sequence[Edit]) -> KeyPath:
    return _path(edits[0]) if edits else ()


def _joined(edits: Sequence[Edit]) -> str:
    """What tells one field's typing from another's."""
    return repr(edits[0].path) if len(edits) == 1 and isinstance(edits[0], Set) else ""
