"""What several commands ask for: the workspace, the issues, a theme, families of rules."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin_press.ground.diagnostics import PressError, UsageFault
from bulletin_press.writers import outlet_names

if TYPE_CHECKING:
    from bulletin_press.checks.rule import Family
    from bulletin_press.publication.workspace import Workspace


class FormatName(StrEnum):
    """--format."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"


if TYPE_CHECKING:
    OutletName = str
else:
    OutletName = StrEnum("OutletName", list(outlet_names()))


def _complete_issue(incomplete: str) -> Iterator[str]:
    try:
        yield from (name for name in workspace_at(None).issue_names if name.startswith(incomplete))
    except PressError:
        return


def complete_rule(incomplete: str) -> Iterator[str]:
    """The rules that begin so."""
    from bulletin_press.checks.explanations import rule_names

    yield from (name for name in rule_names() if name.startswith(incomplete))


def complete_theme(incomplete: str) -> Iterator[str]:
    """The themes that begin so."""
    from bulletin_press.ground.resources import templates_folder
    from bulletin_press.publication.workspace import template_folders
    from bulletin_press.theme.theme import theme_names

    try:
        place = workspace_if_any(None)
        folders = template_folders(place) if place else (templates_folder(),)
        yield from (name for name in theme_names(folders) if name.startswith(incomplete))
    except PressError:
        return


def complete_report(incomplete: str) -> Iterator[str]:
    """The report definitions that begin so."""
    from bulletin_press.ground.resources import templates_folder
    from bulletin_press.publication.workspace import template_folders
    from bulletin_press.report.definition_files import definition_names

    try:
        place = workspace_if_any(None)
        folders = template_folders(place) if place else (templates_folder(),)
        yield from (name for name in definition_names(folders) if name.startswith(incomplete))
    except PressError:
        return


WorkspaceOption = Annotated[Path | None, typer.Option(
    "--workspace", "-w", metavar="DIR", help="刊物所在的文件夹（有 publication.toml 的那个）。", show_default=False)]
IssuesArgument = Annotated[list[str] | None, typer.Argument(
    metavar="ISSUE", help="期名（2022-08）、文件夹或 TOML 文件；不写就是最新一期。", autocompletion=_complete_issue,
    show_default=False)]
IssueArgument = Annotated[str | None, typer.Argument(
    metavar="ISSUE", help="期名（2022-08）、文件夹或 TOML 文件；不写就是最新一期。", autocompletion=_complete_issue,
    show_default=False)]
ThemeOption = Annotated[str | None, typer.Option(
    "--theme", metavar="NAME", help="换一种版式；press themes 列出有哪些。", autocompletion=complete_theme,
    show_default=False)]
JobsOption = Annotated[int, typer.Option(
    "--jobs", "-j", metavar="N", min=0, max=1024, show_default=False,
    help="同时用几个进程；0 是处理器有几个就用几个。")]
LimitOption = Annotated[float, typer.Option(
    "--limit", metavar="MINUTES", min=0.01, max=1440, show_default=False,
    help="一期最多做几分钟，过了就停下，做下一期；不写是 10。")]
SchedulerOption = Annotated[str | None, typer.Option(
    "--scheduler", metavar="ADDRESS", show_default=False,
    help="交给 Dask 集群做：调度程序的地址，例如 tcp://127.0.0.1:8786。")]

# The --workspace that was typed, before the command or behind it; empty where there is none.
_given_workspace: list[Path] = []


def begin_at(given: Path | None) -> None:
    """The --workspace before the command; what an earlier run was given is forgotten."""
    _given_workspace[:] = [given] if given else []


def working_folder() -> Path:
    """The working folder; where that has gone, the publication's if it was named by its full path.

    It is entered then: libraries make paths absolute that have nothing to do with the folder.
    """
    try:
        return Path.cwd()
    except FileNotFoundError:
        named = _given_workspace[-1] if _given_workspace else Path(os.environ.get("PRESS_WORKSPACE", ""))
        if named.is_absolute() and named.is_dir():
            os.chdir(named)
            return named
        raise UsageFault("当前的文件夹已经不在了，请换一个文件夹再运行，"
                         "或用 --workspace 写明刊物文件夹的完整路径") from None


def named_workspace(given: Path | None) -> Path | None:
    """The --workspace of a command, or that before the command; remembered for what is printed."""
    if given:
        _given_workspace[:] = [given]
    return _given_workspace[-1] if _given_workspace else None


def workspace_if_any(given: Path | None) -> Workspace | None:
    """The publication that is named, or that the working folder lies in; None where there is none."""
    from bulletin_press.publication.workspace import Workspace, find_root

    named = named_workspace(given)
    folder = working_folder()
    root = find_root(named, os.environ, folder)
    return None if root is None else Workspace(root, date.today(), folder)


def has_publication(given: Path) -> bool:
    """Whether a folder that was named is a publication, or holds one where a new one is put."""
    from bulletin_press.publication.workspace import is_publication

    return any(is_publication(working_folder() / given / part) for part in (".", "issues"))


def workspace_at(given: Path | None) -> Workspace:
    """The same, for a command that cannot do without; raises UsageFault where there is none."""
    if place := workspace_if_any(given):
        return place
    raise UsageFault("这里没有刊物（找不到 publication.toml）。新建请运行 press new-issue，"
                     "或用 --workspace 指明文件夹")


def rule_families(only: str | None) -> frozenset[Family] | None:
    """--only as families of rules; None where nothing was typed."""
    from bulletin_press.checks.rule import Family

    if only is None:
        return None
    names = [name.strip() for name in only.replace("，", ",").split(",") if name.strip()]
    wrong = [name for name in names if name not in list(Family)]
    if wrong or not names:
        raise UsageFault(f"--only 里的“{wrong[0] if wrong else only}”不认识；可写 {'、'.join(Family)}，用逗号隔开")
    return frozenset(Family(name) for name in names)


def issue_paths(place: Workspace, issues: Sequence[str] | None, every: bool) -> list[Path]:
    """The files of the issues that were named, of all, or of the last; each once."""
    if every and issues:
        raise UsageFault("写了 --all 就不要再写期名")
    if every:
        if not place.issue_names:
            raise UsageFault("；".join(place.unreadable) or "还没有一期。先运行 press new-issue")
        return [place.issue_path(name) for name in place.issue_names]
    names: Sequence[str | None] = issues or [None]
    return list(dict.fromkeys(place.issue_path(name) for name in names))


def processes(jobs: int) -> int:
    """--jobs as a number of processes."""
    from bulletin_press.batch.pool import cores

    return jobs or cores()


def output_path(typed: Path) -> Path:
    """Where -o says, as it stands; a name that is no full path needs a working folder."""
    try:
        Path.cwd()
    except FileNotFoundError:
        if not typed.is_absolute():
            raise UsageFault("当前的文件夹已经不在了：-o 请写完整路径，或换一个文件夹再运行") from None
    return typed
