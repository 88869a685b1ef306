"""What is made of an issue, and the pictures that go into it: files of its folder, and of no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, PlainTextResponse, Response

from bulletin_press.desk.server.desk import Desk, Issue
from bulletin_press.desk.server.found import UNFILLED
from bulletin_press.desk.server.made import changed_at
from bulletin_press.desk.server.views import day_of, label_of, publication_of, values_of
from bulletin_press.desk.server.work import made
from bulletin_press.ground.diagnostics import PressError, Severity
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.writers import outlet_names, outlet_of, outlets
from bulletin_press.writers.limits import RULES
from bulletin_press.writers.target import output_path

_OPENED = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8"}


def output_view(desk: Desk, issue: Issue) -> dict[str, Any]:
    """Every outlet, and what is there of it."""
    values = values_of(issue)
    changed, rows = changed_at(issue), []
    for outlet in outlets():
        path = output_path(issue.file.path, outlet)
        there = path.exists() and is_inside(path, issue.file.path.parent)
        current = there and path.stat().st_mtime >= changed
        rows.append({"name": outlet.name, "label": outlet.label, "about": outlet.about, "there": there,
                     "state": "已生成" if current else "已生成，之后又改了" if there else "",
                     "file": path.name, "opens": there and path.is_file(), "holds": _held(path) if there else []})
    return {"publication": publication_of(desk.workspace()), "name": issue.name, "label": label_of(issue.name, values),
            "day": day_of(values), "outlets": rows, "folder": f"{issue.name} / out"}


def _held(path: Path) -> list[str]:
    """The files of an output that is a folder."""
    return sorted(one.name for one in path.iterdir() if one.is_file()) if path.is_dir() else []


def written_in(desk: Desk, issue: Issue, outlet: str, name: str) -> Response:
    """A file of an output that is a folder: a picture is shown, the rest saved."""
    if outlet not in outlet_names():
        return PlainTextResponse("没有这种", 404)
    folder = output_path(issue.file.path, outlet_of(outlet))
    path = folder / Path(name).name
    if not folder.is_dir() or name not in _held(folder) or not is_inside(path, folder):
        return PlainTextResponse("没有这个文件", 404)
    kind = {".png": "image/png", ".jpg": "image/jpeg"}.get(path.suffix)
    return FileResponse(path, media_type=kind or "application/octet-stream", filename=path.name,
                        content_disposition_type="inline" if kind else "attachment")


def made_of(desk: Desk, issue: Issue, outlet: str, draft: bool) -> dict[str, Any]:
    """Make one output and write it.

    Raises:
        PressError: there is no such outlet, or it cannot be made.
    """
    outlet_of(outlet)
    found = desk.telling(issue, made, outlet, draft)
    errors = sum(one.severity is Severity.ERROR for one in found.checked.findings)
    # The checks of the desk do not know them: what they say is said here.
    limits = [one for one in found.checked.findings if one.rule in RULES]
    if not found.outputs:
        if told := [one.message for one in limits if one.severity is Severity.ERROR]:
            raise PressError("；".join(told))
        unfilled = sum(one.rule == UNFILLED for one in found.checked.findings)
        return {"blocked": errors, "unfilled": unfilled}
    output = found.outputs[0]
    notices = [*found.notices, *(one.message for one in limits)]
    seconds = found.seconds.checking + found.seconds.setting + found.seconds.writing
    size = output.path.stat().st_size if output.path.is_file() else 0
    return {"file": output.path.name, "pages": output.pages, "files": len(output.holds), "bytes": size,
            "seconds": round(seconds, 1), "notices": notices, "opens": output.path.is_file(),
            "holds": list(output.holds)}


def written(desk: Desk, issue: Issue, outlet: str) -> Response:
    """An output as a file; HTML is saved, not shown: it is not of the desk's making alone."""
    if outlet not in outlet_names():
        return PlainTextResponse("没有这种", 404)
    path = output_path(issue.file.path, outlet_of(outlet))
    if not path.is_file() or not is_inside(path, desk.place.root):
        return PlainTextResponse("还没有生成", 404)
    kind = _OPENED.get(path.suffix)
    return FileResponse(path, media_type=kind or "application/octet-stream", filename=path.name,
                        content_disposition_type="inline" if kind else "attachment")
