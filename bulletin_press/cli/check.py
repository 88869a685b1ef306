"""``check`` and ``explain``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin_press.cli.options import (
    FormatName,
    IssuesArgument,
    WorkspaceOption,
    complete_rule,
    issue_paths,
    rule_families,
    workspace_at,
)
from bulletin_press.cli.talk import agreed, print_desk_report, print_findings, say, say_passed_over
from bulletin_press.ground.diagnostics import Exit, Finding, Severity, UsageFault

if TYPE_CHECKING:
    from bulletin_press.publication.workspace import Workspace


def check_command(
    issues: IssuesArgument = None,
    layout: Annotated[bool, typer.Option("--layout", help="也检查排好的版面（慢一些）。")] = False,
    form: Annotated[FormatName, typer.Option("--format", metavar="text|json|github|sarif", help="输出格式。",
                                             show_default=False)] = FormatName.text,
    strict: Annotated[bool, typer.Option("--strict", help="有警告也以状态 1 退出。")] = False,
    only: Annotated[str | None, typer.Option("--only", metavar="data,copy", show_default=False,
                                             help="只查这几类：data、copy、issue、glyph、layout。")] = None,
    all_issues: Annotated[bool, typer.Option("--all", help="检查每一期。")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="改正没有疑问的文字问题：先列出改动，问过再改。")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="与 --fix 同用：不提问，直接改。")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache",
                                          help="不用、也不存上次检查的结果（刊物文件夹里的 .press）。")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """检查：数据、文字、图片、字形，指出哪个文件第几行第几列。"""
    from bulletin_press.pipeline import check

    place = workspace_at(workspace)
    families = rule_families(only)
    paths = issue_paths(place, issues, all_issues)
    if yes and not fix:
        raise UsageFault("--yes 要与 --fix 同用")
    if fix:
        if families is not None and "copy" not in families:
            raise UsageFault("--fix 只改文字：--only 里要有 copy")
        _fix(place, paths, yes)
        place = workspace_at(workspace)
    place = replace(place, keeps=not no_cache)
    findings: list[Finding] = []
    for path in paths:
        findings += [finding for finding in check(place, path, only=families, layout=layout).findings
                     if finding not in findings]
    if form is FormatName.text:
        print_desk_report(place, paths, findings)
    else:
        print_findings(findings, form)
    say_passed_over(place)
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities or (strict and Severity.WARNING in severities):
        raise typer.Exit(Exit.ERRORS)


def _fix(place: Workspace, paths: Sequence[Path], yes: bool) -> None:
    from bulletin_press.authoring.fixing import proposed
    from bulletin_press.pipeline import check
    from bulletin_press.toml.change import write_change

    changes = proposed(place, paths)
    if not changes:
        left = sum(finding.suggestion is not None for path in paths for finding in check(place, path).findings)
        say("没有可以自动改正的地方" + (f"；还有 {left} 处写了“建议”，拿不准，要自己看过再改" if left else ""))
        return
    for change in changes:
        say(change.diff().rstrip("\n"))
    count = sum(change.places for change in changes)
    wanted = yes or agreed(f"改正以上 {count} 处？")
    for change in changes if wanted else ():
        if notice := write_change(change):
            say(f"注意：{notice}")
    say(f"已改正 {count} 处：{'、'.join(change.name for change in changes)}" if wanted else "没有改动")


def explain_command(
    rule: Annotated[str | None, typer.Argument(metavar="RULE", help="规则名；不写就列出全部。",
                                               autocompletion=complete_rule, show_default=False)] = None,
) -> None:
    """解释一条检查规则：查什么、为什么、误与正、依据。"""
    from bulletin_press.checks.explanations import explanation, summary

    typer.echo(explanation(rule) if rule else summary())
