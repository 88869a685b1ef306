"""The commands under their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from bulletin_press import __version__
from bulletin_press.cli.batch import batch_command
from bulletin_press.cli.check import check_command, explain_command
from bulletin_press.cli.chinese import ChineseCommand, ChineseGroup, RenderCommand, ReportsCommand
from bulletin_press.cli.convert import convert_command
from bulletin_press.cli.desk import desk_command
from bulletin_press.cli.figures import figures_command, import_command
from bulletin_press.cli.guide import guide_command
from bulletin_press.cli.new import new_issue_command, new_report_command, new_theme_command
from bulletin_press.cli.options import WorkspaceOption, begin_at
from bulletin_press.cli.preflight import preflight_command
from bulletin_press.cli.render import render_command
from bulletin_press.cli.revise import revise_command
from bulletin_press.cli.send import send_command
from bulletin_press.cli.series import series_command
from bulletin_press.cli.show import list_command, report_command, themes_command
from bulletin_press.cli.site import site_command

# In the order of a month's work, in which the help lists them.
COMMANDS: dict[str, Callable[..., None]] = {
    "desk": desk_command,
    "new-issue": new_issue_command,
    "import": import_command,
    "check": check_command,
    "report": report_command,
    "figures": figures_command,
    "series": series_command,
    "render": render_command,
    "batch": batch_command,
    "preflight": preflight_command,
    "revise": revise_command,
    "site": site_command,
    "send": send_command,
    "list": list_command,
    "themes": themes_command,
    "new-theme": new_theme_command,
    "new-report": new_report_command,
    "explain": explain_command,
    "convert": convert_command,
    "guide": guide_command,
}
app = typer.Typer(cls=ChineseGroup, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True,
                  help="排印协会月刊：新建一期，填写内容，检查，生成 PDF。",
                  epilog="一个月的工作：press new-issue → 填写 issue.toml → press check → press render")
_TELLING = {"render": RenderCommand, "batch": RenderCommand, "new-issue": ReportsCommand, "new-report": ReportsCommand}
for _name, _work in COMMANDS.items():
    app.command(_name, cls=_TELLING.get(_name, ChineseCommand))(_work)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"press {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    workspace: WorkspaceOption = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本。")] = False,
) -> None:
    begin_at(workspace)
