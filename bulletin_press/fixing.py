"""``press check --fix``: suggestions that are beyond doubt, put in their place."""

from __future__ import annotations

import codecs
import difflib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bulletin_press.checks.rule import Family
from bulletin_press.diagnostics import Finding, InputFault, PressError
from bulletin_press.output import write_whole
from bulletin_press.pipeline import check
from bulletin_press.positions import parse_table
from bulletin_press.reading import read_file
from bulletin_press.records import dataclass
from bulletin_press.source import MAX_BYTES, Source, decode
from bulletin_press.system_errors import reason
from bulletin_press.workspace import MEMBERS, PUBLICATION, Workspace

# One fix may uncover another; none undoes one, so that a few rounds are enough.
ROUNDS = 8
# What would end a TOML string or be read as one of our marks.
_UNSAFE = re.compile(r"[\"'\\\x00-\x1f\x7f*\[\]|`]")
# An escape, or a mark of bold or of a link, inside what is to be replaced.
_BROKEN = re.compile(r"\\|\*\*|\]\(|\n")


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
            self.before.splitlines(keepends=True), self.after.splitlines(keepends=True),
            self.name, f"{self.name}（改正后）", n=1))


def proposed(workspace: Workspace, paths: Iterable[Path]) -> tuple[Change, ...]:
    """What ``--fix`` would change for some issues; files without a change are left out.

    An issue that cannot be read is passed over: the check says what is wrong with it.
    """
    before: dict[Path, str] = {}
    drafts: dict[Path, str] = {}
    places: dict[Path, int] = {}
    for path in paths:
        names = {workspace.shown(one): one for one in (path, workspace.root / PUBLICATION, workspace.root / MEMBERS)}
        for _ in range(ROUNDS):
            trial = replace(workspace, drafts=drafts)
            checked = check(trial, path, only={Family.COPY})
            if checked.issue is None:
                break
            edits = [finding for finding in checked.findings if finding.fixable and finding.span.file in names]
            changed = False
            for name, file in names.items():
                here = [finding for finding in edits if finding.span.file == name]
                text = trial.table(file).source.text if here else ""
                edited, count = _edited(text, here)
                if count:
                    _require_same_figures(text, edited, name)
                    before.setdefault(file, text)
                    drafts[file], places[file], changed = edited, places.get(file, 0) + count, True
            if not changed:
                break
    return tuple(Change(file, workspace.shown(file), before[file], text, places[file], workspace.root)
                 for file, text in drafts.items() if text != before[file])


def _edited(text: str, findings: Sequence[Finding]) -> tuple[str, int]:
    """A text with the findings' suggestions, none over another; and how many."""
    lines = text.split("\n")
    count = 0
    taken: dict[int, int] = {}
    # From the right, so that the columns still to come stay true.
    for finding in sorted(findings, key=lambda one: (one.span.line, -one.span.column, one.span.end_column)):
        span, new = finding.span, finding.suggestion
        line = lines[span.line - 1]
        old = line[span.column - 1 : span.end_column - 1]
        if (new is None or span.line != span.end_line or span.end_column > taken.get(span.line, len(line) + 1)
                or _UNSAFE.search(new) or _BROKEN.search(old) or old == new):
            continue
        lines[span.line - 1] = line[: span.column - 1] + new + line[span.end_column - 1 :]
        taken[span.line] = span.column
        count += 1
    return "\n".join(lines), count


def _require_same_figures(before: str, after: str, name: str) -> None:
    """Refuse an edit that changes more than the wording of prose: no rule makes one.

    Raises:
        PressError: a value other than a text, or anything of the report, would change.
    """
    try:
        old, new = (parse_table(Source(name, text)).values for text in (before, after))
    except InputFault:
        old, new = {}, {"": 0}
    if not _same(old, new) or old.get("report") != new.get("report"):
        raise PressError(f"自动改正会改到 {name} 里文字以外的内容，没有改动；请照提示手工改，并把这件事告诉开发者")


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(_same(value, new[key]) for key, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    return (isinstance(old, str) and isinstance(new, str)) or (type(old) is type(new) and old == new)


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
    for index, (old, new) in enumerate(zip(change.before.split("\n"), change.after.split("\n"), strict=True)):
        if old != new:
            lines[index] = new + ("\r" if lines[index] == old + "\r" else "")
    write_whole(path, mark + "\n".join(lines).encode("utf-8"), expected=data)
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
