"""A file's text changed in place: shown as a diff, written whole or not at all."""

from __future__ import annotations

import codecs
import difflib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.output import write_whole
from bulletin_press.ground.reading import read_file
from bulletin_press.ground.system_errors import reason
from bulletin_press.toml.source import MAX_BYTES, decode

# A line with its end: a soft return ends none.
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True)
class Change:
    """A file's text as it is and as it would be.

    ``places`` counts the fixes; ``root`` is the workspace, out of which no link is followed.
    """

    path: Path
    name: str
    before: str
    after: str
    places: int
    root: Path

    def diff(self) -> str:
        """The change as a unified diff."""
        return "".join(difflib.unified_diff(
            _LINE.findall(self.before), _LINE.findall(self.after),
            self.name, f"{self.name}（改正后）", n=1))


def write_change(change: Change) -> str | None:
    """Put a change into its file, whole or not at all; line ends and a byte order mark stay.

    A link stays one: the file that it leads to is changed.

    Returns:
        What the person should know of, if anything: another name that keeps the old text.

    Raises:
        PressError: the file has changed meanwhile, or may not or cannot be written.
    """
    path = _real(change)
    try:
        data, status = read_file(path, MAX_BYTES + 1), path.stat()
    except OSError as error:
        raise PressError(f"{change.name} 读不出来（{reason(error)}），没有改动它") from None
    if not status.st_mode & 0o222:
        raise PressError(f"{change.name} 设成了只读，没有改动它；要改正，先去掉只读")
    if decode(data, change.name) != change.before:
        raise PressError(f"{change.name} 刚才被别的程序改过，没有改动它；请再运行一次")
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    lines = data.removeprefix(mark).decode("utf-8").split("\n")
    write_whole(path, mark + "\n".join(_with_line_ends(change, lines)).encode("utf-8"), expected=data)
    if status.st_nlink > 1:
        return f"{change.name} 还有别的名字（硬链接）；那个名字下仍是改正前的内容"
    return None


def _real(change: Change) -> Path:
    """The file to replace, behind a link.

    Raises:
        PressError: the link leads out of the workspace.
    """
    if not change.path.is_symlink():
        return change.path
    real = Path(os.path.realpath(change.path))
    if not real.is_relative_to(change.root.resolve()):
        raise PressError(f"{change.name} 是指到刊物文件夹以外的链接，没有改动它；请改那边的文件 {real}")
    return real


def _with_line_ends(change: Change, lines: Sequence[str]) -> Iterator[str]:
    """The lines of the changed text, each that was kept as it stands in the file, the others with the file's ends."""
    before, after = change.before.split("\n"), change.after.split("\n")
    usual = "\r" if sum(line.endswith("\r") for line in lines) * 2 > len(lines) else ""
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            for at, line in enumerate(lines[start:end], start):
                last, was_last = new_start + at - start == len(after) - 1, at == len(before) - 1
                # The file's end moved: a line gets an end, or loses it.
                yield before[at] if last else line + usual if was_last else line
            continue
        for number, line in enumerate(after[new_start:new_end]):
            at = start + number
            last = new_start + number == len(after) - 1
            if end - start == new_end - new_start:
                yield line + ("\r" if lines[at] == before[at] + "\r" else "")
            else:
                yield line + ("" if last else usual)
