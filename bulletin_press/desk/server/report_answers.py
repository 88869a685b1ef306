"""What the report's sheet asks: figures and rankings put in, the text of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin_press.desk.server.asked import Answers, json_of, list_in, saved_in, slowly, text_in
from bulletin_press.desk.server.desk import Desk, Issue
from bulletin_press.desk.server.figures import with_cells, with_ranking
from bulletin_press.desk.server.written import written
from bulletin_press.desk.store import Edit, Saved
from bulletin_press.toml.positions import Table


def answers(desk: Desk) -> Answers:
    """The addresses of the report's sheet."""

    def issue_of(request: Request) -> Issue:
        return desk.issue(request.path_params["issue"])

    async def figures(request: Request) -> Response:
        issue, sent = issue_of(request), await json_of(request)
        cells = [one for one in list_in(sent, "cells") if isinstance(one, dict)]
        return JSONResponse(await run_in_threadpool(_put, issue, lambda table: with_cells(
            desk.workspace(), table, cells)))

    async def ranking(request: Request) -> Response:
        issue, sent = issue_of(request), await json_of(request)
        rows = [one for one in list_in(sent, "rows") if isinstance(one, dict)]
        measure, item = text_in(sent, "measure"), text_in(sent, "item")
        return JSONResponse(await run_in_threadpool(_put, issue, lambda table: with_ranking(
            desk.workspace(), table, measure, item, rows)))

    async def text(request: Request) -> Response:
        issue = issue_of(request)
        lines, why = await slowly(
            lambda: desk.checking.ask(written, desk.place, issue.file.path, issue.file.text))
        return JSONResponse({"lines": lines, "why": why})

    return Answers({"/issue/{issue}/written": text},
                   {"/issue/{issue}/figures": figures, "/issue/{issue}/ranking": ranking})


def _put(issue: Issue, edits_of: Callable[[Table], Sequence[Edit]]) -> dict[str, object]:
    """Save what becomes of the report's table."""

    def work() -> Saved:
        laid = issue.file.read()
        return issue.file.save(edits_of(laid.table), laid.version, whole=True)

    return saved_in(issue, work)
