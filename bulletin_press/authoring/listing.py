"""The issues of a workspace and how far each has come; the themes there are and what can be set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bulletin_press.authoring.reporters import column_width
from bulletin_press.edition import DRAFT
from bulletin_press.ground.diagnostics import PressError, Severity
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.ground.resources import templates_folder
from bulletin_press.language.numerals import chinese_date
from bulletin_press.pipeline import check
from bulletin_press.publication.workspace import MEMBERS, PUBLICATION, Workspace, template_folders
from bulletin_press.theme.theme import load_theme, theme_folder, theme_names
from bulletin_press.writers import DEFAULT, outlets
from bulletin_press.writers.outlet import Outlet
from bulletin_press.writers.target import output_path

_INDENT = " " * 16


def listing(workspace: Workspace) -> Iterator[str]:
    """A line an issue: name, label, date, what the checks say, what was made and whether it is current."""
    for name in workspace.issue_names:
        path = workspace.issue_path(name)
        checked = check(workspace, path)
        errors = sum(finding.severity is Severity.ERROR for finding in checked.findings)
        warnings = sum(finding.severity is Severity.WARNING for finding in checked.findings)
        state = f"错误 {errors}" if errors else f"警告 {warnings}" if warnings else "通过"
        label = checked.label or "读不出"
        day = chinese_date(checked.day) if checked.day else ""
        made = _made(workspace, path)
        yield "  ".join(_padded(text, width) for text, width in
                        ((name, 14), (label, 12), (day, 16), (state, 8), (made, 0))).rstrip()


def _made(workspace: Workspace, path: Path) -> str:
    """What the outlets have made of an issue, and whether it is current."""
    sources = [path, workspace.root / PUBLICATION, workspace.root / MEMBERS, *(path.parent / "images").glob("*")]
    newest = max(source.stat().st_mtime for source in sources if source.exists())
    states = []
    for outlet in outlets():
        output = output_path(path, outlet)
        if not (output.is_dir() if outlet.makes_folder else output.is_file()) or not is_inside(output, path.parent):
            continue
        states.append(f"{_kind(outlet, output)} {'已生成' if output.stat().st_mtime >= newest else '已过时'}")
    return "，".join(states) or "未生成"


def _kind(outlet: Outlet, output: Path) -> str:
    """What to call an output; a draft's PDF is simply the proof."""
    if not outlet.is_draft(output):
        return outlet.label
    return DRAFT if outlet.name == DEFAULT else f"{outlet.label} {DRAFT}"


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - column_width(text))


def theme_listing(workspace: Workspace | None) -> Iterator[str]:
    """Lines about each theme: name, title, where it lies; what it is like; its options.

    Args:
        workspace: the publication, whose theme and options are marked; None where there is none.
    """
    folders = template_folders(workspace) if workspace else (templates_folder(),)
    publication = workspace.publication if workspace else None
    for name in theme_names(folders):
        used = publication is not None and publication.publication.theme == name
        yield from _theme_lines(name, folders, workspace, publication.theme if publication and used else {}, used)


def _theme_lines(name: str, folders: Sequence[Path], workspace: Workspace | None, chosen: Mapping[str, object],
                 used: bool) -> Iterator[str]:
    folder = theme_folder(name, folders)
    bundled = folder is not None and folder.is_relative_to(templates_folder())
    place = "随附" if bundled or workspace is None or folder is None else workspace.shown(folder)
    marks = f"（{'本刊在用，' if used else ''}{place}）"
    try:
        theme = load_theme(name, folders, {})
    except PressError as fault:
        yield f"{_padded(name, 14)}  读不出来{marks}：{_first(fault)}"
        return
    yield f"{_padded(name, 14)}  {theme.file.title}{marks}"
    yield _INDENT + theme.file.description
    for key, option in theme.file.options.items():
        kind = {"color": "颜色", "length": "长度", "choice": "、".join(option.choices)}[option.kind]
        now = f"，本刊用 {chosen[key]}" if key in chosen else ""
        yield f"{_INDENT}{_padded(key, 10)}  {option.label}（{kind}；默认 {option.default}{now}）"


def _first(fault: PressError) -> str:
    """A fault in one line, with its first place."""
    if not fault.findings:
        return fault.message
    found = fault.findings[0]
    return f"{found.span.file}:{found.span.line} {found.message}"
