"""How far an issue is: just made, being edited, made into files, and whether these are of what it says now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bulletin_press.desk.server.desk import Issue
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.publication.workspace import MEMBERS, PUBLICATION

NEW, EDITED, MADE, STALE, BROKEN = "刚建好", "在编", "已生成", "已生成，之后又改了", "读不出来"


def changed_at(issue: Issue) -> float:
    """When anything that an issue is made of changed last, seconds of the epoch."""
    return max(_times(issue.file.path.parent), default=0.0)


def _times(folder: Path) -> Iterator[float]:
    files = [folder / "issue.toml", folder.parent / PUBLICATION, folder.parent / MEMBERS]
    with suppress(OSError):
        files += [path for path in (folder / "images").iterdir() if path.suffix]
    for path in files:
        with suppress(OSError):
            yield path.stat().st_mtime


def state_of(issue: Issue) -> str:
    """An issue's state in words, by its PDF; whether its file can be read comes first."""
    try:
        text = issue.file.text
        issue.file.values()
    except PressError:
        return BROKEN
    folder = issue.file.path.parent
    made = folder / "out" / f"{folder.name}.pdf"
    with suppress(OSError, PressError):
        if is_inside(made, folder) and made.is_file():
            return MADE if made.stat().st_mtime >= changed_at(issue) else STALE
    untouched = "【请填写" in text and not any(one.kind == "saved" for one in issue.file.history())
    return NEW if untouched else EDITED
