"""``render``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bulletin_press.cli.options import (
    IssuesArgument,
    OutletName,
    ThemeOption,
    WorkspaceOption,
    issue_paths,
    workspace_at,
)
from bulletin_press.cli.talk import print_findings, say, watched
from bulletin_press.ground.diagnostics import Exit, UsageFault


def _output(typed: Path) -> Path:
    """Where -o says, as it stands; a name that is no full path needs a working folder."""
    try:
        Path.cwd()
    except FileNotFoundError:
        if not typed.is_absolute():
            raise UsageFault("当前的文件夹已经不在了：-o 请写完整路径，或换一个文件夹再运行") from None
    return typed


def render_command(
    issues: IssuesArgument = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="写到这个文件。",
                                                show_default=False)] = None,
    to: Annotated[OutletName, typer.Option("--to", metavar="pdf|html", help="生成什么。",
                                           show_default=False)] = OutletName.pdf,
    all_issues: Annotated[bool, typer.Option("--all", help="生成每一期。")] = False,
    draft: Annotated[bool, typer.Option("--draft", help="数据、文字有错也生成，每页标“校样”。")] = False,
    theme: ThemeOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """生成 PDF。有错误时不生成；--draft 生成校样。"""
    from bulletin_press.issue.issue import template_folders
    from bulletin_press.pipeline import output_path, render
    from bulletin_press.theme.theme import require_theme

    if output:
        output = _output(output)
    place = workspace_at(workspace)
    paths = issue_paths(place, issues, all_issues)
    if theme is not None:
        require_theme(theme, template_folders(place))
    if output and len(paths) > 1:
        raise UsageFault("-o 只能用于一期；几期一起生成时不写 -o")
    failed, told = False, set[str]()
    for path in paths:
        target = output
        if target and target.is_dir():
            target = target / output_path(place, path, to.value).name
        with watched(path.parent.name) as progress:
            rendered = render(place, path, form=to.value, output=target, theme=theme, draft=draft, progress=progress)
        if rendered.checked.findings:
            print_findings(rendered.checked.findings, err=True)
        if rendered.output is None:
            failed = True
            draftable = rendered.checked.issue is not None
            hint = "；先看版面可加 --draft" if draftable else "。这类错误要先改正，校样也要改正了才排得出"
            say(f"{path.parent.name} 有错误，没有生成{hint}")
        else:
            if rendered.notice and rendered.notice not in told:
                told.add(rendered.notice)
                say(f"注意：{rendered.notice}")
            pages = f"（{rendered.pages} 页）" if rendered.pages else ""
            made = "已生成校样（每页标“校样”，不要发出）" if draft else "已生成"
            say(f"{made} {place.shown(rendered.output)}{pages}")
    if failed:
        raise typer.Exit(Exit.ERRORS)
