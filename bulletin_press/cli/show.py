"""``report``, ``list`` and ``themes``: what there is, printed."""

from __future__ import annotations

import typer

from bulletin_press.cli.options import (
    IssueArgument,
    WorkspaceOption,
    named_workspace,
    workspace_at,
    workspace_if_any,
)
from bulletin_press.cli.talk import say, say_passed_over


def report_command(issue: IssueArgument = None, workspace: WorkspaceOption = None) -> None:
    """把数据月报写成文字，一段一行。"""
    from bulletin_press.issue.reading import read_issue

    place = workspace_at(workspace)
    lines = read_issue(place, place.issue_path(issue)).report_lines
    if not lines:
        say("这一期没有 [report]，或一个数都没有填")
        return
    for line in lines:
        typer.echo(line)


def list_command(workspace: WorkspaceOption = None) -> None:
    """列出各期和它们的状态。"""
    from bulletin_press.authoring.listing import listing

    place = workspace_at(workspace)
    if not place.issue_names and not place.unreadable:
        say("还没有一期。先运行 press new-issue")
    for row in listing(place):
        typer.echo(row)
    say_passed_over(place)


def themes_command(workspace: WorkspaceOption = None) -> None:
    """列出版式和它们的选项，标出本刊在用的。"""
    from bulletin_press.authoring.listing import theme_listing

    # A publication that was named must be there; without one there are still our own themes.
    place = workspace_at(workspace) if named_workspace(workspace) else workspace_if_any(None)
    for row in theme_listing(place):
        typer.echo(row)
