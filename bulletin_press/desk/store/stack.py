"""What can be undone: one stack for a file, in a journal that outlives the process.

The journal has a line of JSON for each thing that was done, undone or done again, written before the file is: what a
crash left half written is no line, and a step that never reached the file is seen by its version and dropped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bulletin_press.desk.store.laid import trimmed, version_of
from bulletin_press.ground.patience import replace
from bulletin_press.ground.reading import read_file

# Steps that can be undone, and when the journal is written anew: bytes.
MOST, FULL, _LONGEST = 300, 3_000_000, 60_000_000
# Typing in one place without a longer pause, seconds, is one step, of at most so many seconds.
PAUSE, SPAN = 3.0, 30.0


@dataclass(frozen=True)
class Step:
    """A change from one version to another: at ``at``, ``old`` became ``new``.

    ``at`` counts characters of the file as it lies there, its mark and line ends with them; bytes that are no UTF-8
    are lone surrogates.
    ``typing`` is whether it changed one value; ``began`` and ``ended`` are seconds of the epoch.
    """

    before: str
    after: str
    at: int
    old: str
    new: str
    who: str
    what: str
    place: tuple[str | int, ...]
    typing: bool
    began: float
    ended: float

    def undone(self, data: bytes) -> bytes | None:
        """The bytes before the step; None where these are not those after it."""
        return self._turned(data, self.new, self.old, self.before)

    def redone(self, data: bytes) -> bytes | None:
        """The bytes after the step; None where these are not those before it."""
        return self._turned(data, self.old, self.new, self.after)

    def _turned(self, data: bytes, there: str, instead: str, version: str) -> bytes | None:
        text = _characters(data)
        if not text.startswith(there, self.at):
            return None
        made = (text[: self.at] + instead + text[self.at + len(there):]).encode("utf-8", "surrogateescape")
        return made if version_of(made) == version else None


def step_between(before: bytes, after: bytes, *, who: str, what: str, place: tuple[str | int, ...], typing: bool,
                 began: float, ended: float) -> Step:
    """The step from some bytes to others."""
    old, new = _characters(before), _characters(after)
    least = trimmed(0, old, new)
    return Step(version_of(before), version_of(after), least.start, old[least.start : least.end], least.new, who, what,
                place, typing, began, ended)


class Stack:
    """The steps of a file, and how many of them are done.

    Args:
        path: the journal.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.steps: list[Step] = []
        self.done = 0
        # What the last step took the place of, and the journal's size when it was read: -1 where there is none.
        self._instead: Step | None = None
        self._seen = -2

    def load(self, version: str) -> None:
        """Read the journal, others may have written it; and agree with the file, whose version this is."""
        try:
            size = self.path.stat().st_size
        except OSError:
            size = -1
        if size != self._seen:
            self._replay()
            self._seen = size
        self._agree(version)

    def _agree(self, version: str) -> None:
        """Take back what was journalled last and never reached the file; the journal says so."""
        if not self.steps or version == (self.steps[self.done - 1].after if self.done else self.steps[0].before):
            return
        if self._instead and self.done == len(self.steps) and self._instead.after == version:
            self._back()
            self._write({"do": "back"})
        elif self.done and self.steps[self.done - 1].before == version:
            self.move(-1)
        elif self.done < len(self.steps) and self.steps[self.done].after == version:
            self.move(1)

    def _back(self) -> None:
        if self._instead and self.steps:
            self.steps[-1], self._instead = self._instead, None

    def _replay(self) -> None:
        self.steps, self.done, self._instead = [], 0, None
        try:
            lines = read_file(self.path, _LONGEST).split(b"\n")
        except OSError:
            return
        for line in lines:
            with suppress(ValueError, TypeError, KeyError, AttributeError):
                self._take(json.loads(line))

    def _take(self, entry: dict[str, Any]) -> None:
        kind = entry["do"]
        if kind in ("step", "more"):
            step = Step(**{**entry["step"], "place": tuple(entry["step"]["place"])})
            self._put(step, more=kind == "more")
        elif kind == "undo":
            self.done = max(0, self.done - 1)
        elif kind == "redo":
            self.done = min(len(self.steps), self.done + 1)
        elif kind == "back":
            self._back()

    def _put(self, step: Step, *, more: bool) -> None:
        del self.steps[self.done:]
        self._instead = self.steps.pop() if more and self.steps else None
        self.steps.append(step)
        del self.steps[:-MOST]
        self.done = len(self.steps)

    def push(self, step: Step, *, more: bool = False) -> None:
        """Journal a step that is about to be made; ``more`` puts it in place of the last one."""
        self._put(step, more=more)
        self._write({"do": "more" if more else "step", "step": asdict(step)})

    def move(self, by: int) -> None:
        """Journal that the last step is about to be undone (-1), or the next one done again (1)."""
        self.done += by
        self._write({"do": "undo" if by < 0 else "redo"})

    def continued(self, who: str, place: tuple[str | int, ...], version: str, now: float) -> Step | None:
        """The last step, if what is typed now in a place goes on with it."""
        last = self.steps[self.done - 1] if self.done and self.done == len(self.steps) else None
        goes_on = last is not None and last.typing and last.who == who and last.place == place \
            and last.after == version and 0 <= now - last.ended <= PAUSE and now - last.began <= SPAN
        return last if goes_on else None

    def _write(self, entry: dict[str, Any]) -> None:
        with suppress(OSError):  # where nothing can be kept there is no undoing after a restart
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self._seen > FULL:
                self._compact()
                return
            data = _lines([entry])
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
            try:
                size = os.fstat(handle).st_size
                # A line that a crash cut short is ended first.
                torn = size > 0 and _last_byte(handle, size) != b"\n"
                os.write(handle, b"\n" + data if torn else data)
                self._seen = os.fstat(handle).st_size
            finally:
                os.close(handle)

    def _compact(self) -> None:
        """Write the journal anew, of the steps that can be undone or done again."""
        entries = [{"do": "step", "step": asdict(step)} for step in self.steps]
        data = _lines([*entries, *[{"do": "undo"}] * (len(self.steps) - self.done)])
        temporary = self.path.with_suffix(".new")
        temporary.write_bytes(data)
        replace(temporary, self.path)
        self._seen = len(data)


def _last_byte(handle: int, size: int) -> bytes:
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1)


def _characters(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _lines(entries: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(entry, separators=(",", ":")).encode() + b"\n" for entry in entries)
