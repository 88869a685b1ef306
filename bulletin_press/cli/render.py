"""``render``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin_press.cli.options import (
    IssuesArgument,
    JobsOption,
    OutletName,
    SchedulerOption,
    ThemeOption,
    WorkspaceOption,
    issue_paths,
    output_path,
    processes,
    workspace_at,
)
from bulletin_press.cli.progress import Progress
from bulletin_press.cli.talk import print_findings, say, watched
from bulletin_press.ground.diagnostics import EnvironmentFault, Exit, Finding, PressError, UsageFault
from bulletin_press.writers import DEFAULT, outlet_names

if TYPE_CHECKING:
    from bulletin_press.batch.item import Outcome
    from bulletin_press.pipeline import Job, Rendered
    from bulletin_press.publication.workspace import Workspace


def render_command(
    issues: IssuesArgument = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="写到这个文件。",
                                                show_default=False)] = None,
    to: Annotated[list[OutletName] | None, typer.Option(
        "--to", metavar="|".join(outlet_names()), help="生成什么，不写就是 PDF；可以写几次，一起生成几种。",
        show_default=False)] = None,
    all_issues: Annotated[bool, typer.Option("--all", help="生成每一期。")] = False,
    draft: Annotated[bool, typer.Option("--draft", help="数据、文字有错也生成，每页标“校样”。")] = False,
    theme: ThemeOption = None,
    pages: Annotated[int | None, typer.Option("--pages", metavar="N", min=1, max=2000,
                                              help="排成这么多页；排不成就说差几行、删什么最省。",
                                              show_default=False)] = None,
    fit: Annotated[bool, typer.Option("--fit/--no-fit", show_default=False,
                                      help="空得多的页按版式的规定调整，或者不调整。")] = True,
    png: Annotated[bool, typer.Option("--png", help="PDF 的每一页另存成 PNG 图片，放在旁边的文件夹里。")] = False,
    dpi: Annotated[int, typer.Option("--dpi", metavar="N", min=36, max=600,
                                     show_default=False,
                                     help="图片每英寸多少像素，和 --png 一起用；不写是 150。")] = 150,
    jobs: JobsOption = 1,
    scheduler: SchedulerOption = None,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="说明版面调整了什么。")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """生成 PDF。有错误时不生成；--draft 生成校样。"""
    from bulletin_press.pipeline import Job
    from bulletin_press.publication.workspace import template_folders
    from bulletin_press.theme.theme import require_theme

    if output:
        output = output_path(output)
    place = workspace_at(workspace)
    paths = issue_paths(place, issues, all_issues)
    if theme is not None:
        require_theme(theme, template_folders(place))
    if output and len(paths) > 1:
        raise UsageFault("-o 只能用于一期；几期一起生成时不写 -o")
    if output and scheduler:
        raise UsageFault("写了 --scheduler 就不要写 -o")
    pattern = Job(place.root, "", place.today, place.shown_from, tuple(str(name) for name in to or [DEFAULT]),
                  output=output, theme=theme, draft=draft, fits=fit, pages=pages, png=dpi if png else None)
    told = set[str]()

    def say_rendered(rendered: Rendered) -> Exit:
        return _say_rendered(place, rendered, draft, told, verbose)

    if scheduler or (len(paths) > 1 and processes(jobs) > 1):
        status = _elsewhere([replace(pattern, issue=str(path)) for path in paths], scheduler, jobs, say_rendered)
    else:
        status = _one_after_another(place, paths, pattern, say_rendered)
    if status:
        raise typer.Exit(status)


def _one_after_another(place: Workspace, paths: Sequence[Path], pattern: Job,
                       say_rendered: Callable[[Rendered], Exit]) -> Exit:
    """Render in this process; of several issues, one that fails stops no other."""
    from bulletin_press.pipeline import render

    status = Exit.CLEAN
    for number, path in enumerate(paths, 1):
        try:
            with watched(path.parent.name + (f"（{number}/{len(paths)}）" if len(paths) > 1 else "")) as progress:
                rendered = render(place, path, to=pattern.to, output=pattern.output, theme=pattern.theme,
                                  draft=pattern.draft, fits=pattern.fits, pages=pattern.pages, png=pattern.png,
                                  progress=progress)
        except (EnvironmentFault, UsageFault):
            raise  # it is no matter of this issue: the others fail as well
        except PressError as fault:
            if len(paths) == 1:
                raise
            status = max(status, _say_failed(path.parent.name, fault.message, fault.findings, fault.exit_status))
        else:
            status = max(status, say_rendered(rendered))
    return status


def _elsewhere(jobs: Sequence[Job], scheduler: str | None, several: int,
               say_rendered: Callable[[Rendered], Exit]) -> Exit:
    """Render in several processes or on a cluster, and say what came of each in their order."""
    from bulletin_press.batch.dask import by_cluster
    from bulletin_press.batch.item import Item
    from bulletin_press.batch.rendering import by_processes, render_all

    statuses = [Exit.CLEAN]
    doing = by_cluster(scheduler, say) if scheduler else by_processes(processes(several))
    with Progress(f"生成 {len(jobs)} 期…") as progress:

        def told(outcome: Outcome) -> None:
            with progress.aside():
                statuses.append(say_rendered(outcome.rendered) if outcome.rendered else _say_failed(
                    outcome.item.title, outcome.message, outcome.findings, outcome.exit_status))

        render_all([Item(Path(job.issue).parent.name, job) for job in jobs], doing, told,
                   ended=lambda count: progress.say(f"{count}/{len(jobs)} 期做完…"))
    return max(statuses)


def _say_failed(name: str, message: str, findings: Sequence[Finding], status: Exit) -> Exit:
    if findings:
        print_findings(findings, err=True)
    say(f"{name} 没有生成" + ("" if findings else f"：{message}"))
    return status


def _say_rendered(place: Workspace, rendered: Rendered, draft: bool, told: set[str], verbose: bool) -> Exit:
    """Say what came of an issue, each notice once; the exit status."""
    if rendered.checked.findings:
        print_findings(rendered.checked.findings, err=True)
    if not rendered.outputs:
        hint = "；先看版面可加 --draft" if rendered.checked.readable and not draft else \
            "。这类错误要先改正，校样也要改正了才排得出"
        say(f"{rendered.checked.path.parent.name} 有错误，没有生成{hint}")
        return Exit.ERRORS
    for notice in rendered.notices:
        if notice not in told:
            told.add(notice)
            say(f"注意：{notice}")
    for words in rendered.told if verbose else ():
        say(words)
    for output in rendered.outputs:
        files = f"/（{len(output.holds)} 个文件）" if output.holds else ""
        pages = f"（{output.pages} 页）" if output.pages else ""
        made = "已生成校样（每页标“校样”，不要发出）" if draft else "已生成"
        say(f"{made} {place.shown(output.path)}{files}{pages}")
    return Exit.CLEAN
