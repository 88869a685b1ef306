"""``series``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bulletin_press.cli.options import WorkspaceOption, output_path, workspace_at
from bulletin_press.cli.talk import say


class SeriesFormat(StrEnum):
    """The forms that ``--format`` names."""

    text = "text"
    csv = "csv"


def series_command(
    measure: Annotated[str, typer.Argument(metavar="MEASURE", show_default=False,
                                           help="指标：signed、executed，或它的中文名称。")],
    form: Annotated[SeriesFormat, typer.Option("--format", metavar="text|csv", help="输出格式。",
                                               show_default=False)] = SeriesFormat.text,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", show_default=False,
                                                help="写到这个文件：.xlsx 或 .csv。")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """列出一个指标历期的数：累计、当月（注明公布还是推算）和同比。"""
    from bulletin_press.authoring.series import as_csv, as_text, measure_rows, write_series

    target = output_path(output) if output else None
    rows, unread = measure_rows(workspace_at(workspace), measure)
    if unread:
        say(f"{'、'.join(unread)} 的数据月报读不出来，没有列入")
    if not rows:
        say("各期都没有填这个指标")
    elif target:
        write_series(target, rows, measure)
        say(f"已写入 {target}")
    elif form is SeriesFormat.csv:
        typer.echo(as_csv(rows), nl=False)
    else:
        for line in as_text(rows):
            typer.echo(line)
