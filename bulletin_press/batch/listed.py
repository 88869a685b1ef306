"""Lists of publications: a folder a line, ``#`` comments, folders relative to the list."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_press.batch.item import Item
from bulletin_press.ground.diagnostics import InputFault, PressError, UsageFault
from bulletin_press.ground.system_errors import reason
from bulletin_press.language.guesses import perhaps
from bulletin_press.publication.workspace import PUBLICATION, Workspace, find_root
from bulletin_press.toml.source import Source, decode, read_source
from bulletin_press.writers import outlet_of
from bulletin_press.writers.target import targets

if TYPE_CHECKING:
    from bulletin_press.pipeline import Job

STANDARD_INPUT = "-"
# How alike a name must be to be asked after: of two characters one may be wrong.
_ALIKE = 0.5
_STDIN_NAME = "标准输入"


@dataclass(frozen=True)
class Line:
    """A line of a list that names a folder; ``place`` is file:line."""

    typed: str
    place: str


def read_list(path: Path, shown: str) -> tuple[Line, ...]:
    """The folders that a list names.

    Raises:
        InputFault: it cannot be read or is not UTF-8.
        UsageFault: it names none.
    """
    if path.is_dir():
        raise UsageFault(f"{shown} 是文件夹；press batch 后面写名单文件，名单里一行写一个刊物的文件夹")
    return _lines(read_source(path, shown))


def piped_list(data: bytes) -> tuple[Line, ...]:
    """The same, from what came by standard input."""
    try:
        text = decode(data, _STDIN_NAME)
    except InputFault:
        # What is piped cannot be converted where it lies, as it says of a file.
        raise UsageFault(f"{_STDIN_NAME}里的名单不是 UTF-8；先把名单存成文件，运行 press convert 文件，"
                         "再 press batch 文件") from None
    return _lines(Source(_STDIN_NAME, text))


def _lines(source: Source) -> tuple[Line, ...]:
    lines = tuple(Line(typed, f"{source.name}:{number}") for number, raw in enumerate(source.text.split("\n"), 1)
                  if (typed := raw.strip()) and not typed.startswith("#"))
    if not lines:
        raise UsageFault(f"{source.name} 里没有写刊物；一行写一个刊物的文件夹，# 开头的行是注释")
    return lines


@dataclass(frozen=True)
class Plan:
    """What a list asks for: the issues in its order, and what is to be said of it."""

    items: tuple[Item, ...]
    notices: tuple[str, ...] = ()


def planned(lines: tuple[Line, ...], folder: Path, pattern: Job, *, every: bool, issue: str | None) -> Plan:
    """The issues that a list asks for.

    A line that is wrong spoils no other: it becomes an item that says why it cannot be begun.

    Args:
        lines: the lines.
        folder: the folder that they start from.
        pattern: a job whose publication and issue are filled in.
        every: all issues of each publication.
        issue: an issue's name; the newest of each where it is None and not ``every``.
    """
    items, notices, first = list[Item](), list[str](), dict[Path, Line]()
    for line in lines:
        try:
            root = _root(line, folder)
        except PressError as fault:
            items.append(_refused(line, line.typed, fault))
            continue
        if root in first:
            notices.append(f"{line.place}: {line.typed} 和 {first[root].place} 的 {first[root].typed} 是同一个刊物，"
                           "只做一次")
            continue
        first[root] = line
        items += _issues(line, Workspace(root, pattern.today, pattern.shown_from), pattern, every, issue)
    return Plan(tuple(_apart(items)), tuple(notices))


def _refused(line: Line, title: str, fault: PressError) -> Item:
    return Item(title, None, line.place, fault)


def _root(line: Line, folder: Path) -> Path:
    """The publication's folder that a line names."""
    path = folder / line.typed
    try:
        if path.is_file():
            raise UsageFault(f"{line.typed} 是文件；名单里写刊物的文件夹（有 {PUBLICATION} 的那个）")
        if not path.is_dir():
            with suppress(OSError):
                near = difflib.get_close_matches(path.name, [one.name for one in path.parent.iterdir()], n=1,
                                                 cutoff=_ALIKE)
                raise UsageFault(f"没有文件夹 {line.typed}{perhaps(near[0] if near else None)}")
            raise UsageFault(f"没有文件夹 {line.typed}")
    except OSError as error:
        raise UsageFault(f"文件夹 {line.typed} 打不开（{reason(error)}）") from None
    except ValueError:
        raise UsageFault(f"{line.typed!r} 不是文件夹的名称") from None
    root = find_root(Path(line.typed), {}, folder)
    assert root is not None  # a folder was named
    return root


def _issues(line: Line, place: Workspace, pattern: Job, every: bool, issue: str | None) -> Iterator[Item]:
    title = line.typed.rstrip("/\\") or line.typed
    try:
        if every and not place.issue_names:
            place.issue_path(None)  # says why there is none
        names = place.issue_names if every else (issue,)
        paths = [place.issue_path(name) for name in names]
    except PressError as fault:
        yield _refused(line, title, fault)
        return
    for path in paths:
        yield Item(f"{title}/{path.parent.name}", replace(pattern, root=place.root, issue=str(path)), line.place)


def _apart(items: list[Item]) -> Iterator[Item]:
    """The items; one that would write the file of one before it is refused."""
    taken = dict[Path, Item]()
    for item in items:
        if item.job is None:
            yield item
            continue
        try:
            files = files_of(item.job)
        except PressError as fault:
            yield replace(item, job=None, fault=fault)
            continue
        clash = next((path for path in files if path in taken), None)
        if clash is None:
            taken |= dict.fromkeys(files, item)
            yield item
        else:
            other = taken[clash]
            yield replace(item, job=None, fault=UsageFault(
                f"它和 {other.place} 的 {other.title} 要写同一个文件 {clash}，没有做"))


def files_of(job: Job) -> tuple[Path, ...]:
    """The files and folders that a job writes, links followed."""
    place = Workspace(job.root, job.today, job.shown_from)
    return tuple(path.resolve() for path in targets(
        place, place.issue_path(job.issue), [outlet_of(name) for name in dict.fromkeys(job.to)], job.output))
