"""The pages as data: what the templates print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bulletin_press.desk.server.desk import Desk, Issue
from bulletin_press.desk.server.forms import (
    HEAD,
    SHORT,
    filled,
    form_of,
    named,
    pictures_of,
    remark,
)
from bulletin_press.desk.server.made import BROKEN, state_of
from bulletin_press.desk.store.writing import Unwritable, require_writable
from bulletin_press.ground.diagnostics import InputFault, PressError
from bulletin_press.issue.line_up import kinds_of, printing_order
from bulletin_press.issue.sections.base import IllustratedFields
from bulletin_press.issue.sections.kind import Kind
from bulletin_press.issue.sections.report import REPORT
from bulletin_press.language.numerals import chinese_number
from bulletin_press.publication.workspace import PUBLICATION, Workspace, named_months, template_folders
from bulletin_press.report.definition_files import NONE
from bulletin_press.theme.theme import load_theme


def label_of(name: str, values: Mapping[str, Any]) -> str:
    """What an issue is called: 2022年第8期; by its folder where its file tells nothing."""
    if not values:
        return name
    head = values.get("issue")
    head = head if isinstance(head, Mapping) else {}
    day, label, number = head.get("date"), head.get("label"), head.get("number")
    year = f"{day.year if isinstance(day, date) else name[:4]}年"
    return f"{year}{label}" if isinstance(label, str) and label else f"{year}第{number if number else '？'}期"


def day_of(values: Mapping[str, Any]) -> str:
    """When an issue comes out: 8月26日出刊."""
    head = values.get("issue")
    day = head.get("date") if isinstance(head, Mapping) else None
    return f"{day.month}月{day.day}日出刊" if isinstance(day, date) else ""


def values_of(issue: Issue) -> dict[str, Any]:
    """What is typed; nothing where the file cannot be read."""
    try:
        return dict(issue.file.values())
    except PressError:
        return {}


def publication_of(workspace: Workspace) -> dict[str, Any]:
    """The publication's name, its organiser, its theme's title."""
    try:
        settings = workspace.publication.publication
        title = load_theme(settings.theme, template_folders(workspace), workspace.publication.theme).file.title
        return {"name": settings.name, "organiser": settings.organiser, "theme": title}
    except InputFault as fault:
        return {"name": workspace.root.name, "organiser": "", "theme": "", "fault": fault.message}
    except PressError:
        return {"name": settings.name, "organiser": settings.organiser, "theme": ""}


def sections_of(workspace: Workspace, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sections in the order of the paper, with their numerals and their items."""
    order = workspace.publication.sections.order
    found, number = [], 0
    for kind in printing_order(kinds_of(workspace), order):
        if kind.name == REPORT.name and workspace.publication.report.definition == NONE:
            continue
        held = values.get(kind.name)
        here = bool(held)
        number += kind.numbered and here
        mark = chinese_number(number) if kind.numbered and here else kind.title[-2:-1] if not kind.numbered else "·"
        form = form_of(kind)
        items = [{"at": at, "name": named(one, form), "remark": remark(one)}
                 for at, one in enumerate(held if isinstance(held, list) else ()) if isinstance(one, Mapping)]
        found.append({"name": kind.name, "title": kind.title, "short": SHORT.get(kind.name, kind.title[:2]),
                      "mark": mark, "items": items, "several": kind.several, "word": form.word, "here": here})
    return found


def kind_named(workspace: Workspace, name: str) -> Kind[Any] | None:
    """A section's kind by its name."""
    return next((kind for kind in kinds_of(workspace) if kind.name == name), None)


def shelf_view(desk: Desk) -> dict[str, Any]:
    """The shelf: the newest issue apart, the others, what a new one would be."""
    workspace = desk.workspace()
    rows = []
    for name in reversed(workspace.issue_names):
        issue = desk.issue(name)
        values = values_of(issue)
        state = state_of(issue)
        rows.append({"name": name, "label": label_of(name, values), "day": day_of(values), "state": state,
                     "broken": state == BROKEN,
                     "sections": sections_of(workspace, values) if values else [],
                     "pdf": (workspace.root / name / "out" / f"{name}.pdf").is_file()})
    return {"publication": publication_of(workspace), "now": rows[0] if rows else None, "others": rows[1:],
            "members": len(_members(workspace)), "next": _next(workspace), "readonly": _why_readonly(workspace)}


def _members(workspace: Workspace) -> Mapping[str, Any]:
    try:
        return workspace.members
    except InputFault:
        return {}


def _next(workspace: Workspace) -> dict[str, str]:
    from bulletin_press.authoring.scaffold import next_name

    name = next_name(workspace)
    months = named_months(name)
    return {"name": name, "words": f"{months[0].year}年{months[0].month}月的一期" if months else name}


def editor_view(desk: Desk, issue: Issue, section: str, opened: int) -> dict[str, Any] | None:
    """The editor at a section; None where the publication has no such section."""
    workspace = desk.workspace()
    # What stands in the form and the version that it is of are of one moment: a save may be under way.
    laid = issue.file.read()
    values = laid.table.values
    sections = sections_of(workspace, values)
    base = {"publication": publication_of(workspace), "name": issue.name, "label": label_of(issue.name, values),
            "day": day_of(values), "sections": sections, "version": laid.version, "section": section,
            "kept": _kept(values), "open": opened, "steps": issue.file.steps, "readonly": why_readonly(issue)}
    if section == "head":
        held = values.get("issue")
        return {**base, "title": "期号与日期", "fields": filled(HEAD, held if isinstance(held, Mapping) else {},
                                                           ("issue",))}
    if section == "kept":
        return {**base, "title": "已保留"}
    kind = kind_named(workspace, section)
    if kind is None:
        return None
    here = next((one for one in sections if one["name"] == section), None)
    if here is None:
        return None
    base |= {"title": kind.title, "here": here}
    if section == REPORT.name:
        from bulletin_press.desk.server.report import grid_of

        return {**base, "grid": grid_of(workspace, issue.name, values)}
    held = values.get(section)
    items = held if isinstance(held, list) else [held] if isinstance(held, Mapping) else []
    return {**base, "items": [_item(kind, one, (section, at) if kind.several else (section,), at == opened)
                              for at, one in enumerate(items) if isinstance(one, Mapping)]}


def _why_readonly(workspace: Workspace) -> str:
    try:
        require_writable(workspace.root / PUBLICATION, workspace.root)
    except Unwritable:
        return "这个刊物文件夹是只读的：可以看，不能改，也不能生成。要改，先去掉只读，或把文件夹复制到能写的地方。"
    return ""


def why_readonly(issue: Issue) -> str:
    """Why an issue can be read and not written; "" where it can."""
    try:
        require_writable(issue.file.path, issue.file.root)
    except Unwritable as fault:
        return fault.message.replace(str(issue.file.root) + "/", "")
    return ""


def _item(kind: Kind[Any], values: Mapping[str, Any], path: tuple[str | int, ...], opened: bool) -> dict[str, Any]:
    form = form_of(kind)
    known = {one.key for one in (*form.fields, *form.more)} | {"body", "image", "images", "caption", "alt"}
    others = {"chart": "图表", "charts": "图表", "dates": "关键日期"}
    return {"name": named(values, form), "remark": remark(values), "path": list(path), "open": opened,
            "fields": filled(form.fields, values, path), "more": filled(form.more, values, path),
            "more_filled": any(values.get(one.key) not in (None, "") for one in form.more),
            "body": filled((form.body,), values, path)[0] if form.body else None,
            "pictures": pictures_of(values, path), "illustrated": issubclass(kind.fields, IllustratedFields),
            "others": [others.get(key, key) for key in values if key not in known]}


def _kept(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """What was looked at and kept: the rule, the words, the reason."""
    allowed, found = values.get("allow"), []
    for rule, said in (allowed.items() if isinstance(allowed, Mapping) else ()):
        for words, reason in (said.items() if isinstance(said, Mapping) else (("", said),)):
            found.append({"rule": rule, "words": words, "reason": str(reason)})
    return found
