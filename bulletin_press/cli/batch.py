"""``batch``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bulletin_press.cli.options import (
    JobsOption,
    LimitOption,
    OutletName,
    SchedulerOption,
    ThemeOption,
    output_path,
    processes,
    working_folder,
)
from bulletin_press.cli.progress import Progress
from bulletin_press.cli.talk import print_findings, say
from bulletin_press.ground.diagnostics import Finding, UsageFault
from bulletin_press.writers import DEFAULT, outlet_names

if TYPE_CHECKING:
    from bulletin_press.batch.item import Outcome
    from bulletin_press.batch.listed import Plan


def batch_command(
    listing: Annotated[str, typer.Argument(metavar="LIST", show_default=False,
                                           help="名单：一行一个刊物的文件夹，从名单所在的文件夹算起；- 是标准输入。")],
    all_issues: Annotated[bool, typer.Option("--all", help="每个刊物的每一期；不写是最新一期。")] = False,
    issue: Annotated[str | None, typer.Option("--issue", metavar="ISSUE", show_default=False,
                                              help="每个刊物的这一期，例如 2022-08。")] = None,
    to: Annotated[list[OutletName] | None, typer.Option(
        "--to", metavar="|".join(outlet_names()), help="生成什么，不写就是 PDF；可以写几次，一起生成几种。",
        show_default=False)] = None,
    draft: Annotated[bool, typer.Option("--draft", help="数据、文字有错也生成，每页标“校样”。")] = False,
    theme: ThemeOption = None,
    fit: Annotated[bool, typer.Option("--fit/--no-fit", show_default=False,
                                      help="空得多的页按版式的规定调整，或者不调整。")] = True,
    jobs: JobsOption = 0,
    scheduler: SchedulerOption = None,
    limit: LimitOption = 10.0,
    resume: Annotated[bool, typer.Option("--resume/--no-resume", show_default=False,
                                         help="没有改动的跳过，或者都重新生成；不写是跳过。")] = True,
    summary: Annotated[Path | None, typer.Option("--json", metavar="FILE", show_default=False,
                                                 help="结果另写成 JSON；- 是标准输出。")] = None,
) -> None:
    """成批生成名单上各个刊物的最新一期。"""
    from bulletin_press.batch.dask import by_cluster
    from bulletin_press.batch.listed import planned
    from bulletin_press.batch.pool import Limits
    from bulletin_press.batch.rendering import by_processes
    from bulletin_press.pipeline import Job

    if all_issues and issue:
        raise UsageFault("写了 --all 就不要再写 --issue")
    begun, folder = perf_counter(), working_folder()
    target = output_path(summary) if summary and str(summary) != "-" else None
    lines, start = _read(listing, folder)
    pattern = Job(Path(), "", date.today(), folder, tuple(map(str, to or [DEFAULT])), theme=theme, draft=draft,
                  fits=fit)
    plan = planned(lines, start, pattern, every=all_issues, issue=issue)
    for words in plan.notices:
        say(f"注意：{words}")
    limits = Limits(60 * limit)
    doing = by_cluster(scheduler, say, limits) if scheduler else by_processes(processes(jobs), limits)
    outcomes = _rendered(plan, doing, resume)
    seconds = perf_counter() - begun
    _summarised(outcomes, seconds, summary, target)
    if status := max(one.exit_status for one in outcomes):
        raise typer.Exit(status)


def _read(listing: str, folder: Path) -> Any:
    """The lines of a list, and the folder that they start from."""
    from bulletin_press.batch.listed import STANDARD_INPUT, piped_list, read_list

    if listing == STANDARD_INPUT:
        return piped_list(sys.stdin.buffer.read()), folder
    path = folder / listing
    return read_list(path, listing), path.parent


def _rendered(plan: Plan, doing: Any, resume: bool) -> list[Outcome]:
    """Render what is planned and say what comes of it, issue after issue."""
    from bulletin_press.batch.rendering import render_all

    outcomes: list[Outcome] = []
    total = len(plan.items)
    with Progress(f"成批生成 {total} 期…") as progress:

        def told(outcome: Outcome) -> None:
            outcomes.append(outcome)
            with progress.aside():
                _say(outcome, len(outcomes), total, brief=progress.watched)

        try:
            render_all(plan.items, doing, told, marks=True, resumes=resume,
                       ended=lambda count: progress.say(f"成批生成，{count}/{total} 期做完…"))
        except KeyboardInterrupt:
            with progress.aside():
                say("停下了；做完的都在，再运行一次接着做剩下的")
            raise
    return outcomes


def _say(outcome: Outcome, number: int, total: int, *, brief: bool) -> None:
    """Say what came of an issue: its findings, and a line; the line only where something is wrong, if brief."""
    from bulletin_press.batch.item import Status
    from bulletin_press.batch.summary import lasted, said

    if outcome.findings:
        print_findings(outcome.findings, err=True)
    rendered = outcome.rendered
    for notice in rendered.notices if rendered else ():
        say(f"注意：{outcome.item.title}：{notice}")
    counted = f"（{number}/{total}）"
    if outcome.status in (Status.ERRORS, Status.FAILED):
        say(f"{counted}{outcome.status.label}：{said(outcome)}")
    elif not brief:
        pages = sum(output.pages for output in rendered.outputs) if rendered else 0
        told = f"{pages} 页，{lasted(outcome.seconds)}" if pages else lasted(outcome.seconds)
        again = "，第二次才成" if outcome.tries > 1 else ""
        words = f"（{told}{again}）" if rendered else f"（{outcome.message}）"
        say(f"{counted}{outcome.status.label} {outcome.item.title}{words}")


def _summarised(outcomes: Sequence[Outcome], seconds: float, summary: Path | None, target: Path | None) -> None:
    from bulletin_press.batch.summary import as_json, as_text
    from bulletin_press.ground.output import write_whole

    say(as_text(outcomes, seconds))
    if target:
        write_whole(target, f"{as_json(outcomes, seconds, _findings)}\n".encode())
    elif summary:
        encoding = (sys.stdout.encoding or "").lower().replace("-", "")
        typer.echo(as_json(outcomes, seconds, _findings, escaped=encoding != "utf8"))


def _findings(found: Sequence[Finding]) -> Any:
    from bulletin_press.authoring.reporters import as_json

    return json.loads(as_json(found))
