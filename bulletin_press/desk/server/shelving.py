"""Issues put on the shelf: new ones, special ones, copies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin_press.authoring.scaffold import head_of, new_issue, next_special, require_name
from bulletin_press.desk.server.asked import Answers, json_of, text_in
from bulletin_press.desk.server.desk import Desk, Issue
from bulletin_press.desk.store import Edit, Set
from bulletin_press.desk.store.order import scaffold_order
from bulletin_press.desk.store.splicing import applied
from bulletin_press.ground.diagnostics import PressError, UsageFault
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.ground.output import create_folder, there_already
from bulletin_press.publication.workspace import ISSUE, Workspace

# What a copy takes along beside the issue's file, bytes.
_MOST = 400_000_000


def answers(desk: Desk) -> Answers:
    """The addresses by which issues come to be."""

    async def new(request: Request) -> Response:
        sent = await json_of(request)
        name, source, special = text_in(sent, "name"), text_in(sent, "copy"), sent.get("special") is True

        def begin() -> str:
            workspace = desk.workspace()
            called = next_special(workspace) if special else name
            require_name(called)
            return copied(workspace, desk.issue(source), called) if source else new_issue(workspace, called).parent.name

        return JSONResponse({"name": await run_in_threadpool(begin)})

    return Answers({}, {"/new": new})


def copied(workspace: Workspace, issue: Issue, name: str) -> str:
    """Copy an issue with its pictures under another name, with the number and the date of a new one.

    Raises:
        PressError: there is one of that name already, or the folder cannot be written.
    """
    folder = workspace.root / name
    if os.path.lexists(folder):
        raise UsageFault(there_already(folder, name))
    number, day, label = head_of(workspace, name)
    laid = issue.file.read()
    edits: list[Edit] = [Set(("issue", "date"), day), Set(("issue", "label"), label), Set(("issue", "number"), number)]
    if laid.table.value(("issue", "total_number")) is not None:
        edits.append(Set(("issue", "total_number"), None))
    files = dict(_beside(issue.file.path.parent))
    create_folder(folder, {ISSUE: applied(laid, edits, scaffold_order).data} | files, ["images"])
    return name


def _beside(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of an issue's folder but for what was made of it."""
    total = 0
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if parts == (ISSUE,) or parts[0] == "out" or any(part.startswith(".") for part in parts) or path.is_symlink():
            continue
        if path.is_file() and is_inside(path, folder):
            total += path.stat().st_size
            if total > _MOST:
                raise PressError("这一期的文件夹太大了，没有抄；请先把用不着的文件移走")
            yield "/".join(parts), path.read_bytes()
