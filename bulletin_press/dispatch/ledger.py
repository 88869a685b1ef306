"""The log of what was sent: by it a sending that was cut short goes on where it stopped.

It lies in ``.press/sent/`` of the publication. Each line is on the disk before the next step is taken: ``handed`` just
before the message's end is handed to the server, ``sent`` when the server has taken it. Where a run was killed between
the two nobody can know whether the message went; such a recipient is ``unsure``, and a person is asked.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.enclosure import leads_out
from bulletin_press.ground.locks import lock
from bulletin_press.ground.output import folder_made, why_not, write_whole
from bulletin_press.ground.reading import read_file

FOLDER = (".press", "sent")
_IGNORED = b"# What press keeps for itself. All but sent/ (who was mailed already) may be deleted at any time.\n*\n"
_LONGEST = 100_000_000


class Step(StrEnum):
    """How far a message has come."""

    HANDED = "handed"
    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    AGAIN = "again"


@dataclass(frozen=True)
class Entry:
    """The last that is known of a recipient: ``said`` is the server's answer, ``at`` a moment (RFC 3339)."""

    address: str
    step: Step
    at: str
    said: str = ""
    message: str = ""


class Ledger:
    """An issue's log, open and locked.

    Args:
        path: the file.
        handle: open for appending; None where nothing may be written (a dry run).
        entries: what it said when it was opened, by address in lower case.
        torn: whether its last line was cut short.
    """

    def __init__(self, path: Path, handle: int | None, entries: dict[str, Entry], torn: bool) -> None:
        self.path, self._handle, self._entries, self._torn = path, handle, entries, torn

    def of(self, key: str) -> Entry | None:
        """The last that is known of an address (in lower case)."""
        return self._entries.get(key)

    def note(self, entry: Entry) -> None:
        """Write an entry down; it is on the disk when this returns.

        Raises:
            PressError: it cannot be written; nothing more may be sent then.
        """
        assert self._handle is not None, "a dry run notes nothing"
        line = json.dumps({"at": entry.at, "to": entry.address, "step": entry.step, "said": entry.said,
                           "message": entry.message}, ensure_ascii=False) + "\n"
        data = (("\n" if self._torn else "") + line).encode("utf-8", "replace")
        try:
            while data:
                data = data[os.write(self._handle, data):]
            os.fsync(self._handle)
        except OSError as error:
            raise PressError(f"发送记录写不进 {self.path}：{why_not(error, self.path)}。没有再往下发") from None
        self._torn = False
        self._entries[entry.address.lower()] = entry


def ledger_path(root: Path, issue: str) -> Path:
    """Where an issue's log lies."""
    return root.joinpath(*FOLDER, f"{issue}.jsonl")


def read_ledger(root: Path, issue: str) -> Ledger:
    """An issue's log, for looking at."""
    path = ledger_path(root, issue)
    return Ledger(path, None, *_entries(path))


@contextmanager
def open_ledger(root: Path, issue: str) -> Iterator[Ledger]:
    """An issue's log, for one run at a time.

    Raises:
        PressError: it cannot be written, or another run is sending this issue.
    """
    path = ledger_path(root, issue)
    if leads_out(path, root):
        raise PressError(f"{path.parent} 是指到刊物文件夹以外的链接，发送记录不往那里写")
    try:
        with folder_made(path.parent):
            if not (ignored := path.parents[1] / ".gitignore").exists():
                with suppress(PressError):
                    write_whole(ignored, _IGNORED)
            handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        raise PressError(f"发送记录写不进 {path}：{why_not(error, path)}。没有记录就不能保证不重发，没有发") from None
    try:
        _lock(handle)
        yield Ledger(path, handle, *_entries(path))
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    if lock(handle) is False:  # None: a disk without locks
        raise PressError("这一期正在另一个窗口里发，等它发完")


def _entries(path: Path) -> tuple[dict[str, Entry], bool]:
    """What a log says by address, and whether its last line was cut short."""
    try:
        data = read_file(path, _LONGEST)
    except FileNotFoundError:
        return {}, False
    except OSError as error:
        raise PressError(f"发送记录读不出 {path}：{why_not(error, path)}") from None
    found = dict[str, Entry]()
    for line in data.decode("utf-8", "replace").split("\n"):
        with suppress(ValueError, KeyError, TypeError):
            entry = _entry(json.loads(line))
            found[entry.address.lower()] = entry
    return found, bool(data) and not data.endswith(b"\n")


def _entry(line: Any) -> Entry:
    return Entry(str(line["to"]), Step(line["step"]), str(line["at"]), str(line.get("said", "")),
                 str(line.get("message", "")))
