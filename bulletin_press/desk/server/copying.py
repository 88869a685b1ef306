"""Themes and reports copied into the publication, and figures over all issues: what the shelf's pages ask."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin_press.authoring.conversion import convert
from bulletin_press.authoring.new_report import new_report
from bulletin_press.authoring.scaffold import new_theme
from bulletin_press.authoring.series import HEAD, measure_rows, write_series
from bulletin_press.desk.server.asked import Answers, json_of, page, saved_in, text_in
from bulletin_press.desk.server.desk import Desk, NoSuchIssue
from bulletin_press.desk.server.views import label_of, publication_of, values_of
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.issue.reports import definition_of
from bulletin_press.publication.workspace import MEMBERS, PUBLICATION
from bulletin_press.report.definition_files import NONE
from bulletin_press.report.series import SeriesRow
from bulletin_press.writers import outlets

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answers(desk: Desk) -> Answers:
    """The addresses of copies, of figures over time, of many issues at once, of files in another encoding."""

    async def theme(request: Request) -> Response:
        sent = await json_of(request)
        path = await run_in_threadpool(new_theme, desk.workspace(), text_in(sent, "name"), text_in(sent, "from"))
        return JSONResponse({"path": desk.workspace().shown(path), "name": path.name})

    async def report(request: Request) -> Response:
        sent = await json_of(request)
        path, start = await run_in_threadpool(new_report, desk.workspace(), text_in(sent, "name"),
                                              text_in(sent, "from"))
        return JSONResponse({"path": desk.workspace().shown(path), "name": path.parent.name, "source": start.source,
                             "unit": start.unit})

    async def series(request: Request) -> Response:
        return page(request, "series.html.j2", await run_in_threadpool(
            _series_view, desk, request.query_params.get("measure", "")))

    async def series_file(request: Request) -> Response:
        measure = request.query_params.get("measure", "")
        data = await run_in_threadpool(_series_file, desk, measure)
        return Response(data, media_type=_SHEET, headers={"Content-Disposition": 'attachment; filename="series.xlsx"'})

    async def batch(request: Request) -> Response:
        return page(request, "batch.html.j2", await run_in_threadpool(_batch_view, desk))

    async def converted(request: Request) -> Response:
        await json_of(request)
        named = {"publication": PUBLICATION, "members": MEMBERS}
        name = request.path_params["file"]
        path = desk.place.root / named[name] if name in named else desk.issue(name).file.path
        kept = await run_in_threadpool(convert, path)
        return JSONResponse({"kept": kept.name if kept else ""})

    async def repaired(request: Request) -> Response:
        await json_of(request)
        issue = desk.issue(request.path_params["file"])
        return JSONResponse(await run_in_threadpool(saved_in, issue, issue.file.mend))

    return Answers({"/series": series, "/series-file": series_file, "/batch": batch},
                   {"/new-theme": theme, "/new-report": report, "/convert/{file}": converted,
                    "/repair/{file}": repaired})


def _shown(row: SeriesRow) -> tuple[str, ...]:
    return tuple("" if value is None else str(value) if isinstance(value, str) else f"{value:f}" for value in (
        row.item, str(row.period), row.cumulative, row.growth.value if row.growth else None, row.month,
        row.month_growth.value if row.month_growth else None, row.source, row.issue))


def _series_view(desk: Desk, asked: str) -> dict[str, Any]:
    """A measure over all issues: its figures by item."""
    workspace = desk.workspace()
    view: dict[str, Any] = {"publication": publication_of(workspace), "measures": [], "measure": "", "rows": [],
                            "head": HEAD, "unread": [], "why": ""}
    if workspace.publication.report.definition == NONE:
        return {**view, "why": "这份刊物不出数据月报，没有历期的数。"}
    measures = definition_of(workspace).measures
    chosen = asked if asked in measures else next(iter(measures))
    rows, unread = measure_rows(workspace, chosen)
    return {**view, "measures": [(key, spec.label) for key, spec in measures.items()], "measure": chosen,
            "rows": [_shown(row) for row in rows], "unread": unread}


def _series_file(desk: Desk, measure: str) -> bytes:
    """The same as a sheet.

    Raises:
        PressError: there is no such measure, or the library for sheets is not there.
    """
    rows, _ = measure_rows(desk.workspace(), measure)
    if not rows:
        raise PressError("各期都没有填这个指标")
    with tempfile.TemporaryDirectory(prefix="press-desk-") as folder:
        path = Path(folder) / "series.xlsx"
        write_series(path, rows, measure)
        return path.read_bytes()


def _batch_view(desk: Desk) -> dict[str, Any]:
    """All issues and all outlets, to be ticked."""
    workspace = desk.workspace()
    names = list(reversed(workspace.issue_names))
    if not names:
        raise NoSuchIssue
    rows = [{"name": name, "label": label_of(name, values_of(desk.issue(name)))} for name in names]
    return {"publication": publication_of(workspace), "issues": rows,
            "outlets": [{"name": one.name, "label": one.label} for one in outlets()]}
