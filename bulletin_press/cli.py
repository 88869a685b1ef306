"""The command line: arguments, printing, exit status."""

from __future__ import annotations

import codecs
import gc
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

# Looking for pydantic plugins reads the metadata of every installed package; we use none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

import typer
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoSuchOption,
)
from typer.core import TyperCommand, TyperGroup

from bulletin_press import __version__
from bulletin_press.ground.diagnostics import Exit, Finding, PressError, Severity, UsageFault
from bulletin_press.ground.interruption import CANCELLED, INTERRUPTED


class FormatName(StrEnum):
    """--format."""

    text = "text"
    json = "json"
    github = "github"


class TableFormat(StrEnum):
    """--format of a table."""

    text = "text"
    csv = "csv"


class OutletName(StrEnum):
    """--to."""

    pdf = "pdf"
    html = "html"


_HELP_WORDS = {
    "Usage:": "用法：", "Options:": "选项：", "Arguments:": "参数：", "Commands:": "命令：",
    "[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…", "[required]": "[必填]",
    "Show this message and exit.": "显示这份说明。",
    "Install completion for the current shell.": "为当前的命令行安装自动补全。",
    "Show completion for the current shell, to copy it or customize the installation.": "显示自动补全脚本。",
    "{FILE}": "FILE", "{NAME}": "NAME",
}
# Python's name of an argument's type, which Typer prints after it.
_TYPE_NAME = re.compile(r" <(?:str|path|list\[str\])>")


def _in_chinese(text: str) -> str:
    """Typer's own words in Chinese, wherever its lines were wrapped."""
    for english, chinese in _HELP_WORDS.items():
        text = re.sub(r"\s+".join(map(re.escape, english.split())), chinese, text)
    return _TYPE_NAME.sub("", text).replace("用法： ", "用法：")


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _in_chinese(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """The group of commands, with Chinese help, in the order of a month's work."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _in_chinese(super().get_help(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands as they were declared."""
        return list(self.commands)


app = typer.Typer(cls=ChineseGroup, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True,
                  help="排印协会月刊：新建一期，填写内容，检查，生成 PDF。",
                  epilog="一个月的工作：press new-issue → 填写 issue.toml → press check → press render")


def _command(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return app.command(name, cls=ChineseCommand)


# --- options --------------------------------------------------------------------------------


def _complete_issue(incomplete: str) -> Iterator[str]:
    try:
        yield from (name for name in _workspace(None).issue_names if name.startswith(incomplete))
    except PressError:
        return


def _complete_rule(incomplete: str) -> Iterator[str]:
    from bulletin_press.checks.explanations import rule_names

    yield from (name for name in rule_names() if name.startswith(incomplete))


def _complete_theme(incomplete: str) -> Iterator[str]:
    from bulletin_press.ground.resources import templates_folder
    from bulletin_press.issue.issue import template_folders
    from bulletin_press.theme.theme import theme_names

    try:
        place = _workspace(None, needed=False)
        folders = template_folders(place) if place else (templates_folder(),)
        yield from (name for name in theme_names(folders) if name.startswith(incomplete))
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
    "--theme", metavar="NAME", help="换一种版式；press themes 列出有哪些。", autocompletion=_complete_theme,
    show_default=False)]

_given_workspace: list[Path] = []


def _here() -> Path:
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


def _named_workspace(given: Path | None) -> Path | None:
    """The --workspace of a command, or that before the command; remembered for what is printed."""
    if given:
        _given_workspace[:] = [given]
    return _given_workspace[-1] if _given_workspace else None


def _workspace(given: Path | None, *, needed: bool = True) -> Any:
    from bulletin_press.publication.workspace import Workspace, find_root

    named = _named_workspace(given)
    folder = _here()
    root = find_root(named, os.environ, folder)
    if root is None:
        if needed:
            raise UsageFault("这里没有刊物（找不到 publication.toml）。新建请运行 press new-issue，"
                             "或用 --workspace 指明文件夹")
        return None
    return Workspace(root, date.today(), folder)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"press {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    workspace: WorkspaceOption = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本。")] = False,
) -> None:
    _given_workspace[:] = [workspace] if workspace else []


# --- printing -------------------------------------------------------------------------------


def _say(words: str) -> None:
    typer.echo(words, err=True)


class _Lines:
    """Source lines for the text reporter; each file is read once."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.files = folder, dict[str, list[str]]()

    def __call__(self, name: str, number: int) -> str:
        from bulletin_press.ground.reading import read_file
        from bulletin_press.toml.source import MAX_BYTES

        if name not in self.files:
            try:
                text = read_file(self.folder / name, MAX_BYTES).decode("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                text = ""
            self.files[name] = text.replace("\r\n", "\n").split("\n")
        lines = self.files[name]
        return lines[number - 1] if 0 < number <= len(lines) else ""


def _report_findings(findings: Sequence[Finding], form: FormatName = FormatName.text, *, err: bool = False) -> None:
    from bulletin_press.authoring.reporters import as_github, as_json, as_text

    if form is FormatName.json:
        encoding = (sys.stdout.encoding or "").lower().replace("-", "")
        typer.echo(as_json(findings, escaped=encoding != "utf8"), err=err)
    elif form is FormatName.github:
        if findings:
            typer.echo(as_github(findings), err=err)
    else:
        typer.echo(as_text(findings, _Lines(_here())), err=err)


@contextmanager
def _watched(title: str) -> Iterator[Callable[[str], None]]:
    """A spinner for a person who waits; nothing for a script."""
    if not sys.stderr.isatty():
        yield lambda words: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status(title) as status:
        yield lambda words: status.update(f"{title}：{words}…")


# --- commands -------------------------------------------------------------------------------


@_command("new-issue")
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
    given = _named_workspace(workspace) or variable(os.environ)
    place = None if given and not _has_publication(given) else _workspace(given, needed=False)
    if place is None:
        root = (_here() / given) if given else _here() / "issues"
        if report is not None:
            require_report(root, report)  # before anything is asked
        answers = dict(PLACEHOLDERS) if yes else _asked(PLACEHOLDERS)
        chosen = report or (DEFAULT_REPORT if yes else _asked_report(offered_reports(root)))
        new_workspace(root, answers, chosen)
        place = _workspace(root)
        _say(f"已建立 {place.shown(root / PUBLICATION)}，请打开核对刊物信息")
    elif report is not None:
        raise UsageFault("--report 只在新建刊物时用；这里已经有刊物了，请在 "
                         f"{place.shown(place.root / PUBLICATION)} 的 [report] 里改 definition")
    path = new_issue(place, name)
    _say(f"已建立 {place.shown(path)}")
    if unread := unread_last(place, path.parent.name):
        _say(f"注意：上一期 {unread} 读不出来，没有抄它的期号和数字。先运行 press check {unread} 改好它，"
             f"再删去 {place.shown(path.parent)} 重新新建")
    _say(f"接下来：填写这个文件，然后运行 press check {path.parent.name}")


def _has_publication(given: Path) -> bool:
    from bulletin_press.publication.workspace import is_publication

    return any(is_publication(_here() / given / part) for part in (".", "issues"))


def _asked(defaults: Any) -> dict[str, str]:
    questions = {"name": "刊名", "organiser": "编印单位", "region": "地区（例如 大连市）"}
    answers = {}
    for key, question in questions.items():
        hint = f" [{defaults[key]}]" if key == "region" else ""
        answer = _answer(f"{question}{hint}：")
        if not answer:
            raise UsageFault("没有读到回答。不想逐项回答，请加 --yes")
        answers[key] = answer.strip() or defaults[key]
    return answers


def _asked_report(offered: Sequence[tuple[str, str]]) -> str:
    """Which of the reports, by its number, its name or its title; the first where nothing is answered."""
    from bulletin_press.report.definition import NONE

    choices = [*offered, (NONE, "不出数据月报")]
    _say("数据月报：")
    for number, (name, title) in enumerate(choices, 1):
        _say(f"  {number}. {title}" + (f"（{name}）" if name != NONE else ""))
    for attempt in range(3):
        answer = _answer(f"选哪一个，写序号 [1 {choices[0][1]}]：")
        # A script that answers the other questions alone goes on as before; at the keyboard Ctrl-D means no.
        if answer is None or (not answer and (attempt or sys.stdin.isatty())):
            raise UsageFault("没有读到回答。不想逐项回答，请加 --yes")
        typed = unicodedata.normalize("NFKC", answer).strip().rstrip(".、")
        if not typed:
            return choices[0][0]
        for number, (name, title) in enumerate(choices, 1):
            if typed in (str(number), name, title):
                return name
        _say(f"没有“{typed[:20]}”这一项，请写 1 到 {len(choices)}")
    raise UsageFault("没有选定数据月报，什么也没有建立。可以加 --report 写明名称，不出写 --report none")


def _answer(question: str) -> str | None:
    """The line typed in answer to a question; "" at the end of the input, None where it is no text."""
    # Not typer.prompt and typer.confirm: they write to stdout as well, and know no Chinese answer.
    typer.echo(question, err=True, nl=False)
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError:
        return None


@_command("import")
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

    place = _workspace(workspace)
    if not import_sheet(place, place.issue_path(issue), _here() / file, yes=yes, hidden=hidden, sheet=sheet, say=_say,
                        agreed=_agreed):
        raise typer.Exit(Exit.ERRORS)


@_command("check")
def check_command(
    issues: IssuesArgument = None,
    layout: Annotated[bool, typer.Option("--layout", help="也检查排好的版面（慢一些）。")] = False,
    form: Annotated[FormatName, typer.Option("--format", metavar="text|json|github", help="输出格式。",
                                             show_default=False)] = FormatName.text,
    strict: Annotated[bool, typer.Option("--strict", help="有警告也以状态 1 退出。")] = False,
    only: Annotated[str | None, typer.Option("--only", metavar="data,copy", show_default=False,
                                             help="只查这几类：data、copy、issue、glyph、layout。")] = None,
    all_issues: Annotated[bool, typer.Option("--all", help="检查每一期。")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="改正没有疑问的文字问题：先列出改动，问过再改。")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="与 --fix 同用：不提问，直接改。")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """检查：数据、文字、图片、字形，指出哪个文件第几行第几列。"""
    from bulletin_press.pipeline import check

    place = _workspace(workspace)
    families = _families(only)
    paths = _paths(place, issues, all_issues)
    if yes and not fix:
        raise UsageFault("--yes 要与 --fix 同用")
    if fix:
        if families is not None and "copy" not in families:
            raise UsageFault("--fix 只改文字：--only 里要有 copy")
        _fix(place, paths, yes)
        place = _workspace(workspace)
    findings: list[Finding] = []
    for path in paths:
        findings += [finding for finding in check(place, path, only=families, layout=layout).findings
                     if finding not in findings]
    _report_findings(findings, form)
    _say_passed_over(place)
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities or (strict and Severity.WARNING in severities):
        raise typer.Exit(Exit.ERRORS)


def _fix(place: Any, paths: Sequence[Path], yes: bool) -> None:
    from bulletin_press.authoring.fixing import proposed
    from bulletin_press.pipeline import check
    from bulletin_press.toml.change import write_change

    changes = proposed(place, paths)
    if not changes:
        left = sum(finding.suggestion is not None for path in paths for finding in check(place, path).findings)
        _say("没有可以自动改正的地方" + (f"；还有 {left} 处写了“建议”，拿不准，要自己看过再改" if left else ""))
        return
    for change in changes:
        _say(change.diff().rstrip("\n"))
    count = sum(change.places for change in changes)
    agreed = yes or _agreed(f"改正以上 {count} 处？")
    for change in changes if agreed else ():
        if notice := write_change(change):
            _say(f"注意：{notice}")
    _say(f"已改正 {count} 处：{'、'.join(change.name for change in changes)}" if agreed else "没有改动")


_ANSWERS = {**dict.fromkeys(("是", "好", "y", "yes"), True), **dict.fromkeys(("否", "不", "n", "no", ""), False)}


def _agreed(question: str) -> bool:
    """Ask until the answer is one of 是, 否, y, n; Enter alone is no."""
    while True:
        typed = _answer(f"{question}（是/否，直接回车为否）")
        if typed == "":
            _say("")
            raise UsageFault("没有读到回答，文件没有改动。不想回答，请加 --yes")
        answer = _ANSWERS.get(unicodedata.normalize("NFKC", typed or "?").strip().lower().rstrip("。."))
        if answer is not None:
            return answer
        _say("请回答 是 或 否")


def _families(only: str | None) -> Any:
    from bulletin_press.checks.rule import Family

    if only is None:
        return None
    names = [name.strip() for name in only.replace("，", ",").split(",") if name.strip()]
    wrong = [name for name in names if name not in list(Family)]
    if wrong or not names:
        raise UsageFault(f"--only 里的“{wrong[0] if wrong else only}”不认识；可写 {'、'.join(Family)}，用逗号隔开")
    return frozenset(Family(name) for name in names)


def _paths(place: Any, issues: Sequence[str] | None, every: bool) -> list[Path]:
    if every and issues:
        raise UsageFault("写了 --all 就不要再写期名")
    if every:
        if not place.issue_names:
            raise UsageFault("；".join(place.unreadable) or "还没有一期。先运行 press new-issue")
        return [place.issue_path(name) for name in place.issue_names]
    names: Sequence[str | None] = issues or [None]
    return list(dict.fromkeys(place.issue_path(name) for name in names))


@_command("report")
def report_command(issue: IssueArgument = None, workspace: WorkspaceOption = None) -> None:
    """把数据月报写成文字，一段一行。"""
    from bulletin_press.issue.issue import read_issue

    place = _workspace(workspace)
    written = read_issue(place, place.issue_path(issue)).report_text
    if written is None or not written.paragraphs:
        _say("这一期没有 [report]，或一个数都没有填")
        return
    for paragraph in written.paragraphs:
        typer.echo(paragraph)


@_command("figures")
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
    from bulletin_press.issue.issue import read_issue

    place = _workspace(workspace)
    read = read_issue(place, place.issue_path(issue))
    rows = checklist(read)
    if output:
        write_checklist(rows, f"{place.publication.publication.name} {read.issue_label} 核数表", _output(output))
        _say(f"已写 {output}（{len(rows)} 个数）")
    else:
        typer.echo(as_csv(rows) if form is TableFormat.csv else as_text(rows), nl=form is TableFormat.text)


def _output(typed: Path) -> Path:
    """Where -o says, as it stands; a name that is no full path needs a working folder."""
    try:
        Path.cwd()
    except FileNotFoundError:
        if not typed.is_absolute():
            raise UsageFault("当前的文件夹已经不在了：-o 请写完整路径，或换一个文件夹再运行") from None
    return typed


@_command("render")
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
    place = _workspace(workspace)
    paths = _paths(place, issues, all_issues)
    if theme is not None:
        require_theme(theme, template_folders(place))
    if output and len(paths) > 1:
        raise UsageFault("-o 只能用于一期；几期一起生成时不写 -o")
    failed, told = False, set[str]()
    for path in paths:
        target = output
        if target and target.is_dir():
            target = target / output_path(place, path, to.value).name
        with _watched(path.parent.name) as progress:
            rendered = render(place, path, form=to.value, output=target, theme=theme, draft=draft, progress=progress)
        if rendered.checked.findings:
            _report_findings(rendered.checked.findings, err=True)
        if rendered.output is None:
            failed = True
            draftable = rendered.checked.issue is not None
            hint = "；先看版面可加 --draft" if draftable else "。这类错误要先改正，校样也要改正了才排得出"
            _say(f"{path.parent.name} 有错误，没有生成{hint}")
        else:
            if rendered.notice and rendered.notice not in told:
                told.add(rendered.notice)
                _say(f"注意：{rendered.notice}")
            pages = f"（{rendered.pages} 页）" if rendered.pages else ""
            made = "已生成校样（每页标“校样”，不要发出）" if draft else "已生成"
            _say(f"{made} {place.shown(rendered.output)}{pages}")
    if failed:
        raise typer.Exit(Exit.ERRORS)


@_command("list")
def list_command(workspace: WorkspaceOption = None) -> None:
    """列出各期和它们的状态。"""
    from bulletin_press.authoring.listing import listing

    place = _workspace(workspace)
    if not place.issue_names and not place.unreadable:
        _say("还没有一期。先运行 press new-issue")
    for row in listing(place):
        typer.echo(row)
    _say_passed_over(place)


def _say_passed_over(place: Any) -> None:
    for said in (*place.unreadable, *place.misnamed):
        _say(f"注意：{said}")


@_command("themes")
def themes_command(workspace: WorkspaceOption = None) -> None:
    """列出版式和它们的选项，标出本刊在用的。"""
    from bulletin_press.authoring.listing import theme_listing

    for row in theme_listing(_workspace(workspace, needed=workspace is not None or bool(_given_workspace))):
        typer.echo(row)


@_command("new-theme")
def new_theme_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="新版式的名称：小写英文字母、数字、连字符。",
                                        show_default=False)],
    source: Annotated[str, typer.Option("--from", metavar="NAME", help="从哪个版式抄；不写就是 classic。",
                                        autocompletion=_complete_theme, show_default=False)] = "classic",
    workspace: WorkspaceOption = None,
) -> None:
    """抄一份版式到刊物的 templates/themes/，供修改。已有的文件不动。"""
    from bulletin_press.authoring.scaffold import new_theme

    place = _workspace(workspace)
    path = new_theme(place, name, source)
    _say(f"已建立 {place.shown(path)}，抄自 {source}")
    _say("接下来：theme.toml 里是名称、说明和选项，style.css 是样式，page.html.j2 是页面的结构；改好后试排：")
    _say(f"  press render --draft --theme {name}")
    _say(f"满意了，在 {place.shown(place.root / 'publication.toml')} 的 [publication] 里写 theme = \"{name}\"")


@_command("explain")
def explain_command(
    rule: Annotated[str | None, typer.Argument(metavar="RULE", help="规则名；不写就列出全部。",
                                               autocompletion=_complete_rule, show_default=False)] = None,
) -> None:
    """解释一条检查规则：查什么、为什么、误与正、依据。"""
    from bulletin_press.checks.explanations import explanation, summary

    typer.echo(explanation(rule) if rule else summary())


@_command("convert")
def convert_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="GBK 编码的文件。", show_default=False)],
) -> None:
    """把 GBK（GB 18030）文件转成 UTF-8，旧文件留在旁边。"""
    from bulletin_press.authoring.conversion import convert

    kept = convert(file)
    _say(f"{file} 已经是 UTF-8，没有改动" if kept is None else f"已把 {file} 转成 UTF-8，旧文件留在 {kept}")


# --- entry ----------------------------------------------------------------------------------


def _usage_words(error: ClickException) -> str:
    """Typer's usage errors in Chinese."""
    if isinstance(error, NoSuchOption):
        close = f"，是不是 {'、'.join(sorted(error.possibilities))}？" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项{close}"
    if isinstance(error, BadOptionUsage):
        if "does not take a value" in error.message:
            return f"{error.option_name} 后面不跟值"
        return f"{error.option_name} 后面缺一个值"
    if isinstance(error, MissingParameter):
        return f"缺少参数 {error.param.display_name_raw if error.param is not None else ''}"
    if isinstance(error, BadParameter):
        param = error.param
        name = " / ".join(param.opts) if param is not None else str(error.param_hint)
        choices = param.type_descriptor.choices if param is not None else None
        return f"{name} 的值不对" + (f"，只能是 {'、'.join(map(str, choices))}" if choices else "")
    message = error.format_message()
    if message.startswith("No such command"):
        name = message.split("'")[1] if "'" in message else ""
        import difflib

        names = [command.name or "" for command in app.registered_commands]
        close_names = difflib.get_close_matches(name, names, n=1)
        hint = f"，是不是 {close_names[0]}？" if close_names else f"。可用的：{'、'.join(names)}"
        return f"没有“{name}”这个命令{hint}"
    if message.startswith("Got unexpected extra argument"):
        return f"多了参数：{message.rpartition('(')[2].rstrip(')')}"
    if message.startswith("Missing command"):
        return "缺少命令"
    return message


def _as_typed(error: UnicodeError) -> tuple[str | bytes, int]:
    try:
        return codecs.lookup_error("surrogateescape")(error)
    except UnicodeError:
        return codecs.replace_errors(error)


def _readable_streams() -> None:
    """Chinese must print in any locale; what a GBK terminal lacks becomes a question mark.

    The bytes of a file's name that Python could not read in the locale's encoding are printed as they are.
    """
    codecs.register_error("as-typed", _as_typed)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            ascii_only = (stream.encoding or "ascii").lower().replace("-", "") in ("ascii", "ansix3.41968", "usascii")
            reconfigure(encoding="utf-8" if ascii_only else stream.encoding, errors="as-typed")


def _told(fault: PressError) -> int:
    """Print a fault; returns the exit status."""
    if fault.findings:
        _report_findings(fault.findings, err=True)
    else:
        _say(f"press：{fault.message}")
    return fault.exit_status


def _forget_gone_folder() -> None:
    """Where the working folder has gone, modules are no longer looked for in it.

    Extension modules stop at a search path that cannot be made absolute, from Python 3.13 on.
    """
    try:
        Path.cwd()
    except OSError:
        sys.path[:] = [entry for entry in sys.path if entry]


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    _forget_gone_folder()
    try:
        status = app(args=arguments, prog_name="press", standalone_mode=False)
        if status == INTERRUPTED:  # Typer's answer to Ctrl-C is the same number
            _say(CANCELLED)
        return status if isinstance(status, int) else Exit.CLEAN
    except PressError as fault:
        return _told(fault)
    except ClickException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(error.format_message())
            return Exit.USAGE
        _say(f"press：{_usage_words(error)}")
        _say("运行 press --help 查看用法")
        return Exit.USAGE
    except typer.Abort:
        _say(CANCELLED)
        return Exit.ERRORS
    except BrokenPipeError:
        # The reader has gone (press check | head): nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.ERRORS
    except (MemoryError, RecursionError):
        _say("press：内容太大或嵌套太深，排不下去。请检查最近粘贴的内容")
        return Exit.ERRORS
    except Exception as error:
        if os.environ.get("PRESS_DEBUG"):
            raise
        place = _last_place(error)
        _say(f"press：程序内部出错（{type(error).__name__}：{error}；{place}）。你的文件没有改动。"
             "请把这句话和 issue.toml 发给开发者")
        return Exit.ERRORS


def _last_place(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"


def command() -> int:
    """Run what the command line asks for, then the process is to end; returns the exit status."""
    # A short command makes many objects and frees few: the collector would only look them over.
    gc.set_threshold(20_000, 50, 50)
    _readable_streams()
    status = int(run())
    # Nor need it look over them all once more on the way out.
    gc.freeze()
    return status


if __name__ == "__main__":
    sys.exit(command())
