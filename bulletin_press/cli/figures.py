"""``import`` and ``figures``: figures from sheets, and the list of those printed."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bulletin_press.cli.options import (
    IssueArgument,
    WorkspaceOption,
    output_path,
    working_folder,
    workspace_at,
)
from bulletin_press.cli.talk import agreed, say
from bulletin_press.ground.diagnostics import Exit


class TableFormat(StrEnum):
    """--format of a table."""

    text = "text"
    csv = "csv"


def import_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="统计表：.xlsx、.xls、.ods 或 .csv。",
                                        show_default=False)],
    issue: IssueArgument = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不提问：只写没有疑问的，填过的不改。")] = False,
    hidden: Annotated[bool, typer.Option("--hidden", help="隐藏的行、列、工作表也读。")] = False,
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="只读这一张工作表。",
                                              show_default=False)] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """从统计表取数，填进这一期的 [report]，记下每个数的出处。"""
    from bulletin_press.intake.session import import_sheet

    place = workspace_at(workspace)
    if not import_sheet(place, place.issue_path(issue), working_folder() / file, yes=yes, hidden=hidden, sheet=sheet,
                        say=say, agreed=agreed):
        raise typer.Exit(Exit.ERRORS)


def figures_command(
    issue: IssueArgument = None,
    form: Annotated[TableFormat, typer.Option("--format", metavar="text|csv", help="输出格式。",
                                              show_default=False)] = TableFormat.text,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", show_default=False,
                                                help="写到这个文件：.xlsx、.csv 或 .txt。")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """列出核数表：印出的每一个数、出处、怎么来的。"""
    from bulletin_press.intake.checklist import checklist
    from bulletin_press.intake.checklist_files import as_csv, as_text, write_checklist
    from bulletin_press.issue.reading import read_issue

    place = workspace_at(workspace)
    read = read_issue(place, place.issue_path(issue))
    rows = checklist(read)
    if output:
        write_checklist(rows, f"{place.publication.publication.name} {read.issue_label} 核数表", output_path(output))
        say(f"已写 {output}（{len(rows)} 个数）")
    else:
        typer.echo(as_csv(rows) if form is TableFormat.csv else as_text(rows), nl=form is TableFormat.text)
