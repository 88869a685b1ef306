"""A new workspace, a new issue prefilled from the last one, a new theme: never over anything."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import jinja2

from bulletin_press.authoring.skeleton import ReportSkeleton, quoted, report_skeleton, section_skeletons
from bulletin_press.authoring.succession import next_period, numbering, without_report
from bulletin_press.ground.diagnostics import InputFault, PressError, UsageFault
from bulletin_press.ground.enclosure import is_inside, link_below
from bulletin_press.ground.output import create_folder, create_new, there_already
from bulletin_press.ground.reading import read_file
from bulletin_press.ground.resources import templates_folder
from bulletin_press.ground.system_errors import reason
from bulletin_press.ground.temporary import sweep
from bulletin_press.issue import sections
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.line_up import kinds_of, printing_order
from bulletin_press.issue.reading import read_issue
from bulletin_press.issue.sections.report import REPORT
from bulletin_press.language.numerals import Period
from bulletin_press.publication.settings import DEFAULT_REPORT
from bulletin_press.publication.workspace import (
    ISSUE,
    PUBLICATION,
    Workspace,
    named_months,
    template_folders,
    why_no_name,
)
from bulletin_press.report.definition import Definition
from bulletin_press.report.definition_files import NONE, definition_names, load_definition
from bulletin_press.theme.theme import FOLDER, MAX_NAME, TOML, require_theme, theme_names
from bulletin_press.theme.theme import valid_name as valid_theme
from bulletin_press.toml.source import require_no_link

PLACEHOLDERS: Mapping[str, str] = {
    "name": "【请填写：刊名】", "organiser": "【请填写：编印单位】", "region": "本市"}
MAX_THEME_FILE = 20_000_000
_IGNORE = ".gitignore"
_IMAGES = "images"
# The title of theme.toml where it is written as a scaffold would: on one line, without escapes.
_TITLE = re.compile(rb'^(title[ \t]*=[ \t]*")([^"\\\r\n]*)(")', re.M)


def _environment() -> jinja2.Environment:
    # TOML, not HTML: the values are figures, periods and labels of our own making, and quoted text.
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(templates_folder() / "new-issue")), autoescape=False,  # noqa: S701
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    environment.filters["quoted"] = quoted
    return environment


def offered_reports(root: Path) -> tuple[tuple[str, str], ...]:
    """The reports that a new workspace may have, each as name and title: the bundled, then its own.

    One that cannot be read is left out.
    """
    folders = (root / "templates", templates_folder())
    names = definition_names(folders)
    found = []
    for name in sorted(names, key=lambda one: (one != DEFAULT_REPORT, one not in definition_names(folders[1:]), one)):
        with suppress(InputFault):
            found.append((name, load_definition(name, folders).title))
    return tuple(found)


def require_report(root: Path, name: str) -> Definition | None:
    """The report that a new workspace is to have; None for "none".

    Raises:
        UsageFault: there is no such report.
        InputFault: its definition is wrong.
    """
    if name == NONE:
        return None
    try:
        return load_definition(name, (root / "templates", templates_folder()))
    except InputFault as fault:
        if fault.findings:
            raise
        raise UsageFault(fault.message) from None


def new_workspace(root: Path, answers: Mapping[str, str], report: str = DEFAULT_REPORT) -> None:
    """Write publication.toml for a new publication.

    Args:
        root: the workspace's folder; made where it is missing.
        answers: name, organiser and region.
        report: the report definition, or "none".

    Raises:
        UsageFault: there is no such report.
        PressError: there is a publication already, or the folder cannot be written.
    """
    definition = require_report(root, report)
    text = _environment().get_template("publication.toml.j2").render(
        **answers, short_region=_short(answers["region"]), report=report,
        start=definition.start if definition else None,
        order=[kind.name for kind in sections.KINDS if kind.authored or definition],
        charts=tuple(_charts(definition)) if definition else ())
    ignored = "# press 生成的文件\nout/\n".encode()
    if not os.path.lexists(root):
        create_folder(root, {PUBLICATION: text.encode("utf-8"), _IGNORE: ignored})
        return
    # publication.toml comes last: where it is the workspace is whole.
    if not os.path.lexists(root / _IGNORE):
        create_new(root / _IGNORE, ignored)
    create_new(root / PUBLICATION, text.encode("utf-8"))


def _charts(definition: Definition) -> Iterator[tuple[str, str]]:
    """What of a report can be turned off: its key and what it shows."""
    labels = {"key_figures": "要目数字", "table": "主要指标表"}
    for name in definition.exhibits:
        spec = definition.charts.get(name)
        later = "；本年有两期数以后才有" if spec and spec.kind == "run" else ""
        ranked = definition.items[spec.items[0]].label if spec and spec.kind == "ranking" else None
        yield name, labels.get(name) or ranked or f"{spec.title if spec else name}{later}"


def _short(region: str) -> str:
    """How a release calls its own region after the first time."""
    return {"省": "我省", "区": "我区", "县": "我县", "州": "我州"}.get(region[-1:], "我市")


def next_name(workspace: Workspace) -> str:
    """The month after the newest issue's last, or this month where there is none."""
    months = [month for name in workspace.issue_names for month in named_months(name)]
    return str(max(months).next()) if months else f"{workspace.today:%Y-%m}"


def require_name(name: str) -> None:
    """Refuse a name that no issue's folder may have.

    Raises:
        UsageFault: it has another form, or names a month or a year that there is not.
    """
    if why := why_no_name(name):
        raise UsageFault(why)


def new_issue(workspace: Workspace, name: str | None = None) -> Path:
    """Write the skeleton of a new issue.

    Args:
        workspace: the publication.
        name: the folder's name; the month after the newest issue's when not given.

    Returns:
        The new file.

    Raises:
        UsageFault: the name is not allowed, or the issue is there already.
        PressError: the folder cannot be written.
    """
    if shut := workspace.unreadable:
        raise PressError(f"{'；'.join(shut)}。期号、期间要从已有的各期接着排，先改好它再新建")
    name = name or next_name(workspace)
    require_name(name)
    path = workspace.root / name / ISSUE
    if not is_inside(path, workspace.root):
        raise PressError(f"{workspace.shown(path)} 是指到刊物文件夹以外的链接，不往那里写")
    if os.path.lexists(path):
        sweep(workspace.root)
        raise UsageFault(there_already(path, workspace.shown(path)))
    earlier = tuple(_earlier_issues(workspace, name))
    day = _date_of(workspace, name, earlier[0] if earlier else None)
    label, special = _label(name), not named_months(name)
    number = numbering(earlier, name, day)
    report, why = _report(workspace, name, earlier, day)
    kinds = [kind for kind in printing_order(kinds_of(workspace), workspace.publication.sections.order)
             if kind.authored or report]
    environment = _environment()
    text = environment.get_template("issue.toml.j2").render(
        title=f"{day.year}年{label or f'第{number.number}期'}", folder=name, label=label, number=number.number,
        other=number.other, date=day.isoformat(), special=special, report=report, why=why,
        sections=tuple(section_skeletons(kinds, environment, day)))
    _put_issue(path, text.encode("utf-8"))
    return path


def head_of(workspace: Workspace, name: str) -> tuple[int | None, date, str | None]:
    """What a new issue of a name is headed by: its number, its date, and what it is called instead of its number."""
    earlier = tuple(_earlier_issues(workspace, name))
    day = _date_of(workspace, name, earlier[0] if earlier else None)
    return numbering(earlier, name, day).number, day, _label(name)


def next_special(workspace: Workspace) -> str:
    """The name of the next special issue of this year: 2022-special-1."""
    year = workspace.today.year
    taken = {name for name in workspace.issue_names if name.startswith(f"{year}-special-")}
    return next(name for number in range(1, len(taken) + 2) if (name := f"{year}-special-{number}") not in taken)


def _put_issue(path: Path, data: bytes) -> None:
    """A new issue's file with its folder, or into one that waits for it, pictures and all."""
    if not os.path.lexists(path.parent):
        create_folder(path.parent, {path.name: data}, [_IMAGES])
        return
    with suppress(OSError):  # what is wrong with the folder, the file meets too
        (path.parent / _IMAGES).mkdir(exist_ok=True)
    create_new(path, data)


def _report(workspace: Workspace, name: str, earlier: Sequence[Issue], day: date) -> tuple[ReportSkeleton | None, str]:
    """The report's skeleton; where there is none, None and a comment that says why, "" for a publication without."""
    publication = workspace.publication
    settings = publication.report
    order = publication.sections.order
    if settings.definition == NONE or (order is not None and REPORT.name not in order):
        return None, ""
    if not named_months(name):
        return None, "增刊不出数据月报；要出，照平常的一期写一节 [report]"
    if without_report(earlier):
        return None, "前两期没有数据月报，这一期也没有写；要出，照有月报的一期写一节 [report]"
    definition = load_definition(settings.definition, template_folders(workspace))
    figures = next((issue.figures for issue in earlier if issue.figures), None)
    period = next_period(earlier, name, day)
    if not figures and definition.start.single:
        period = replace(period, single=True)
    return report_skeleton(definition, period, figures, settings.unit), ""


def unread_last(workspace: Workspace, name: str) -> str | None:
    """The issue just before one, if it cannot be read: nothing could be taken over from it."""
    before = [other for other in workspace.issue_names if other < name]
    if not before:
        return None
    try:
        read_issue(workspace, workspace.root / before[-1] / ISSUE)
    except PressError:
        return before[-1]
    return None


def _earlier_issues(workspace: Workspace, name: str) -> Iterator[Issue]:
    """The earlier issues that can be read, newest first; a broken one is no reason to fail."""
    named = named_months(name) or (Period(int(name[:4]), 12),)
    for other in reversed(workspace.issue_names):
        months = named_months(other)
        if other == name or (months and months[-1] > named[0]):
            continue
        try:
            issue = read_issue(workspace, workspace.root / other / ISSUE)
        except PressError:
            continue
        # A special issue is known by its date alone.
        day = issue.fields.issue.date
        if months or Period(day.year, day.month) <= named[-1]:
            yield issue


def _label(name: str) -> str | None:
    """What a combined or special issue is called instead of its number: 7—8月合刊."""
    months = named_months(name)
    if len(months) == 1:
        return None
    return f"{months[0].month}—{months[-1].month}月合刊" if months else "增刊"


def _date_of(workspace: Workspace, name: str, last: Issue | None) -> date:
    """Today where it fits the folder's name, else the last issue's day in the month named."""
    today, months, year = workspace.today, named_months(name), max(1, int(name[:4]))
    before = last.fields.issue.date if last else None
    if not months:
        return today if today.year == year else before if before and before.year == year else date(year, 1, 1)
    named = Period(today.year, today.month)
    if named in months or not 1 <= months[-1].year <= 9999:
        return today
    return date(months[-1].year, months[-1].month, min(before.day, 28) if before else 1)


def new_theme(workspace: Workspace, name: str, source: str = "classic") -> Path:
    """Copy a theme into the workspace's templates, to be changed there.

    Args:
        workspace: the publication.
        name: the new theme's folder name.
        source: the theme to start from, bundled or the workspace's own.

    Returns:
        The new folder.

    Raises:
        UsageFault: a name is not allowed, is taken, or names no theme.
        PressError: the folder cannot be written.
    """
    folders = template_folders(workspace)
    _require_theme_name(name)
    path = folders[0] / FOLDER / name
    if link := link_below(path.parent, folders[0]):
        raise PressError(f"{workspace.shown(link)} 是链接，不往那里写：版式只能放在刊物文件夹里的 templates/themes/。"
                         "请把链接换成文件夹")
    if os.path.lexists(path):
        sweep(path.parent)
        raise UsageFault(there_already(path, workspace.shown(path)))
    start = require_theme(source, folders)
    try:
        files = {file.name: _theme_bytes(file) for file in sorted(start.iterdir())
                 if file.is_file() and not file.name.startswith(".")}
    except OSError as error:
        raise PressError(f"{start} 读不出来：{reason(error)}") from None
    create_folder(path, files | {TOML: _titled(files[TOML], name)})
    return path


def _theme_bytes(path: Path) -> bytes:
    """A file of a theme as it is."""
    folder = path.parents[2]
    if folder != templates_folder():
        require_no_link(path, folder)
    data = read_file(path, MAX_THEME_FILE + 1)
    if len(data) > MAX_THEME_FILE:
        raise PressError(f"{path} 超过 {MAX_THEME_FILE // 1_000_000} MB，不像版式的文件，没有抄")
    return data


def _require_theme_name(name: str) -> None:
    """Refuse a name that a theme may not have, or that a bundled one has.

    Raises:
        UsageFault: it is one of those.
    """
    if not valid_theme(name):
        raise UsageFault(f"“{name[:80]}”不能作版式的名称：用小写英文字母、数字和连字符，不超过 {MAX_NAME} 个字符，"
                         "例如 our-bulletin")
    if name in theme_names((templates_folder(),)):
        raise UsageFault(f"“{name}”是随附版式的名称，请另取一个，例如 my-{name}"[:200])


def _titled(data: bytes, name: str) -> bytes:
    """theme.toml with the new name behind its title, so that two are told apart in a list."""
    return _TITLE.sub(lambda found: found[1] + found[2] + f"（{name}）".encode() + found[3], data, count=1)
