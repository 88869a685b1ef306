"""``new-issue``, ``new-theme`` and ``new-report``."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from bulletin_press.cli.options import (
    WorkspaceOption,
    complete_report,
    complete_theme,
    has_publication,
    named_workspace,
    working_folder,
    workspace_at,
    workspace_if_any,
)
from bulletin_press.cli.talk import answer_to, say
from bulletin_press.ground.diagnostics import UsageFault


def new_issue_command(
    name: Annotated[str | None, typer.Argument(metavar="ISSUE", help="期名，例如 2022-08；不写就是下一个月。",
                                               show_default=False)] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不提问：刊名等先用占位文字。")] = False,
    report: Annotated[str | None, typer.Option("--report", metavar="NAME", help="新建刊物时用哪一种数据月报；"
                                               "none 是不出。", show_default=False)] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """新建一期：从上一期抄来期号、期间和报表项目。已有的文件不动。"""
    from bulletin_press.authoring.scaffold import (
        PLACEHOLDERS,
        new_issue,
        new_workspace,
        offered_reports,
        require_name,
        require_report,
        unread_last,
    )
    from bulletin_press.publication.settings import DEFAULT_REPORT
    from bulletin_press.publication.workspace import PUBLICATION, variable

    if name is not None:
        require_name(name)  # before anything is made
    given = named_workspace(workspace) or variable(os.environ)
    place = None if given and not has_publication(given) else workspace_if_any(given)
    if place is None:
        root = (working_folder() / given) if given else working_folder() / "issues"
        if report is not None:
            require_report(root, report)  # before anything is asked
        answers = dict(PLACEHOLDERS) if yes else _asked(PLACEHOLDERS)
        chosen = report or (DEFAULT_REPORT if yes else _asked_report(offered_reports(root)))
        new_workspace(root, answers, chosen)
        place = workspace_at(root)
        say(f"已建立 {place.shown(root / PUBLICATION)}，请打开核对刊物信息")
    elif report is not None:
        raise UsageFault("--report 只在新建刊物时用；这里已经有刊物了，请在 "
                         f"{place.shown(place.root / PUBLICATION)} 的 [report] 里改 definition")
    path = new_issue(place, name)
    say(f"已建立 {place.shown(path)}")
    if unread := unread_last(place, path.parent.name):
        say(f"注意：上一期 {unread} 读不出来，没有抄它的期号和数字。先运行 press check {unread} 改好它，"
             f"再删去 {place.shown(path.parent)} 重新新建")
    say(f"接下来：填写这个文件，然后运行 press check {path.parent.name}")


def _asked(defaults: Mapping[str, str]) -> dict[str, str]:
    questions = {"name": "刊名", "organiser": "编印单位", "region": "地区（例如 大连市）"}
    answers = {}
    for key, question in questions.items():
        hint = f" [{defaults[key]}]" if key == "region" else ""
        answer = answer_to(f"{question}{hint}：")
        if not answer:
            raise UsageFault("没有读到回答。不想逐项回答，请加 --yes")
        answers[key] = answer.strip() or defaults[key]
    return answers


def _asked_report(offered: Sequence[tuple[str, str]]) -> str:
    """Which of the reports, by its number, its name or its title; the first where nothing is answered."""
    from bulletin_press.report.definition_files import NONE

    choices = [*offered, (NONE, "不出数据月报")]
    say("数据月报：")
    for number, (name, title) in enumerate(choices, 1):
        say(f"  {number}. {title}" + (f"（{name}）" if name != NONE else ""))
    for attempt in range(3):
        answer = answer_to(f"选哪一个，写序号 [1 {choices[0][1]}]：")
        # A script that answers the other questions alone goes on as before; at the keyboard Ctrl-D means no.
        if answer is None or (not answer and (attempt or sys.stdin.isatty())):
            raise UsageFault("没有读到回答。不想逐项回答，请加 --yes")
        typed = unicodedata.normalize("NFKC", answer).strip().rstrip(".、")
        if not typed:
            return choices[0][0]
        for number, (name, title) in enumerate(choices, 1):
            if typed in (str(number), name, title):
                return name
        say(f"没有“{typed[:20]}”这一项，请写 1 到 {len(choices)}")
    raise UsageFault("没有选定数据月报，什么也没有建立。可以加 --report 写明名称，不出写 --report none")


def new_theme_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="新版式的名称：小写英文字母、数字、连字符。",
                                        show_default=False)],
    source: Annotated[str, typer.Option("--from", metavar="NAME", help="从哪个版式抄；不写就是 classic。",
                                        autocompletion=complete_theme, show_default=False)] = "classic",
    workspace: WorkspaceOption = None,
) -> None:
    """抄一份版式到刊物的 templates/themes/，供修改。已有的文件不动。"""
    from bulletin_press.authoring.scaffold import new_theme

    place = workspace_at(workspace)
    path = new_theme(place, name, source)
    say(f"已建立 {place.shown(path)}，抄自 {source}")
    say("接下来：theme.toml 里是名称、说明和选项，style.css 是样式，page.html.j2 是页面的结构；改好后试排：")
    say(f"  press render --draft --theme {name}")
    say(f"满意了，在 {place.shown(place.root / 'publication.toml')} 的 [publication] 里写 theme = \"{name}\"")


def new_report_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="新月报的名称：小写英文字母、数字、连字符。",
                                        show_default=False)],
    source: Annotated[str | None, typer.Option("--from", metavar="DEFINITION", help="从哪一种月报抄；不写就是刊物"
                                               "现在用的那一种。", autocompletion=complete_report,
                                               show_default=False)] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """抄一份数据月报的定义到刊物的 templates/reports/，供修改。已有的文件不动。"""
    from bulletin_press.authoring.new_report import new_report
    from bulletin_press.publication.settings import DEFAULT_REPORT
    from bulletin_press.report.definition_files import NONE

    place = workspace_at(workspace)
    used = place.publication.report.definition
    start = source or (used if used != NONE else DEFAULT_REPORT)
    path, given = new_report(place, name, start)
    say(f"已建立 {place.shown(path)}，抄自 {start}")
    say("接下来：照文件里的说明改指标、项目和句子。启用它，改 "
        f"{place.shown(place.root / 'publication.toml')} 的 [report]：")
    say(f"  definition = \"{name}\"")
    for key, value in (("source", given.source), ("unit", given.unit)):
        if value and value != getattr(place.publication.report, key):
            say(f"  {key} = \"{value}\"" + ("            # 指标没有自己的单位时的单位" if key == "unit" else ""))
    say("[charts] 里没有的图删去。以后 press new-issue 写的就是它的项目，press check 指出定义里写错的地方")
