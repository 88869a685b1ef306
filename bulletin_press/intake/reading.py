"""A sheet's file read in a process of its own, within limits of time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bulletin_press.ground.diagnostics import EnvironmentFault, InputFault, UsageFault
from bulletin_press.ground.reading import read_file
from bulletin_press.ground.system_errors import reason
from bulletin_press.intake.grid import RawBook, from_plain
from bulletin_press.intake.readers.limits import MAX_FILE, TOO_LARGE

SUFFIXES: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt")
WORD_SUFFIXES: Final = (".docx",)
_WORD_TOO_LARGE: Final = "这个文件太大了（解开以后），不像一期刊物；请另存一份，删去里面的大图再试"
EXTRA: Final = "pip install bulletin-press[office]"
# What press.exe is called with when it is to be the child.
READING: Final = "--read-sheet-as"
# By the clock: a reader that waits or swaps spends no processor time.
_PATIENCE: Final = 60.0
# The search path comes from here: the working folder, in which a stranger's modules may lie, is not on it.
_CHILD: Final = ("import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
                 "from bulletin_press.intake.readers import child; getattr(child, sys.argv[2])()")


@dataclass(frozen=True)
class ReadParagraph:
    """A paragraph of a Word file: the bookmarks that begin in it, its text, by character whether it is bold."""

    names: tuple[str, ...]
    text: str
    strong: str


def sheet_bytes(path: Path, shown: str, suffixes: Sequence[str] = SUFFIXES, too_large: str = TOO_LARGE) -> bytes:
    """The bytes of a file that a person named: a sheet's, or one of other ``suffixes``.

    Raises:
        UsageFault: there is no such file; one of nearly that name beside it is suggested.
        InputFault: it cannot be read, or is too large.
    """
    try:
        data = read_file(path, MAX_FILE + 1)
    except FileNotFoundError:
        raise UsageFault(f"没有 {shown} 这个文件{_close(path, suffixes)}") from None
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "文件名不对"
        raise InputFault(f"{shown} 读不出来：{why}") from None
    if len(data) > MAX_FILE:
        raise InputFault(f"{shown} 超过 {MAX_FILE // 1_000_000} MB。{too_large}")
    return data


def _close(path: Path, suffixes: Sequence[str]) -> str:
    """The files beside a path that is not there, in words."""
    import difflib

    try:
        names = sorted(one.name for one in path.parent.iterdir() if one.suffix.lower() in suffixes)[:1000]
    except OSError:
        return ""
    close = difflib.get_close_matches(path.name, names, n=1)
    if close:
        return f"，是不是 {close[0]}？"
    return f"。那个文件夹里有：{'、'.join(names[:6])}{'……' if len(names) > 6 else ''}" if names else ""


def read_book(path: Path, shown: str) -> RawBook:
    """Read a sheet's file.

    Args:
        path: the file.
        shown: what messages call it.

    Raises:
        UsageFault: there is no such file.
        InputFault: it cannot be read, or takes too much; the message says what to do.
        EnvironmentFault: the library for it is not installed.
    """
    data = sheet_bytes(path, shown)
    missing = f"读这种表格要用 {{}}，现在没有安装：运行 {EXTRA}；或把表另存为 .csv 再导入"
    return from_plain(_answer("main", data, path.name, shown, TOO_LARGE, missing))


def read_paragraphs(path: Path, shown: str) -> tuple[Sequence[ReadParagraph], Sequence[str]]:
    """Read a Word file as it reads with every change accepted.

    Args:
        path: the file.
        shown: what messages call it.

    Returns:
        Its paragraphs in order, and what was written beside them (comments, notes), each in words.

    Raises:
        UsageFault: there is no such file.
        InputFault: it cannot be read, or takes too much; the message says what to do.
        EnvironmentFault: the library for it is not installed.
    """
    data = sheet_bytes(path, shown, WORD_SUFFIXES, _WORD_TOO_LARGE)
    plain = _answer("word_main", data, path.name, shown, _WORD_TOO_LARGE,
                    "读 Word 文件要用 {}，现在没有安装：运行 pip install bulletin-press[word]")
    return [ReadParagraph(tuple(one["names"]), one["text"], one["strong"]) for one in plain["paragraphs"]], \
        plain["notes"]


def _child(work: str, name: str) -> list[str]:
    """The command that starts the child; press.exe has no Python beside it, and is told to be the child itself."""
    if hasattr(sys, "frozen"):
        return [sys.executable, READING, work, name]
    return [sys.executable, "-P", "-c", _CHILD, json.dumps([entry for entry in sys.path if entry]), work, name]


def _answer(work: str, data: bytes, name: str, shown: str, too_large: str, missing: str) -> Any:
    try:
        ran = subprocess.run(
            _child(work, name),
            input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise InputFault(f"{shown}：{too_large}") from None
    try:
        answer = json.loads(ran.stdout)
    except ValueError:  # it was ended: by a limit, most likely
        raise InputFault(f"{shown}：{too_large}") from None
    if library := answer.get("missing"):
        raise EnvironmentFault(missing.format(library))
    if refused := answer.get("refused"):
        raise InputFault(f"{shown}：{too_large if refused == TOO_LARGE else refused}")
    return answer["book"]
