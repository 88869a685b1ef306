"""What is asked about an issue's past and about who else is at it."""

from __future__ import annotations

from time import monotonic
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin_press.desk.server.asked import Answers, json_of, page, saved_in, text_in
from bulletin_press.desk.server.desk import Desk, Issue
from bulletin_press.desk.server.past import compared, history_view
from bulletin_press.desk.server.views import kind_named

# Seconds after which a window that says nothing is gone.
_GONE = 25.0


def answers(desk: Desk) -> Answers:
    """The addresses of the history, and of signs of life."""
    windows: dict[str, dict[str, tuple[str, float]]] = {}

    def issue_of(request: Request) -> Issue:
        return desk.issue(request.path_params["issue"])

    async def history(request: Request) -> Response:
        issue = issue_of(request)
        view = await run_in_threadpool(history_view, desk, issue)
        return page(request, "history.html.j2", view)

    async def compare(request: Request) -> Response:
        issue, asked = issue_of(request), request.query_params
        return JSONResponse(await run_in_threadpool(
            compared, desk, issue, asked.get("id", ""), asked.get("with", "now")))

    async def restore(request: Request) -> Response:
        issue, sent = issue_of(request), await json_of(request)
        kept = text_in(sent, "id")
        return JSONResponse(await run_in_threadpool(saved_in, issue, lambda: issue.file.restore(kept)))

    async def here(request: Request) -> Response:
        issue, sent = issue_of(request), await json_of(request)
        tab, section, leaving = text_in(sent, "tab")[:40], text_in(sent, "section")[:40], sent.get("leaving") is True
        return JSONResponse(await run_in_threadpool(_here, desk, windows.setdefault(issue.name, {}), issue, tab,
                                                    "" if leaving else section, leaving))

    return Answers({"/issue/{issue}/history": history, "/issue/{issue}/compare": compare},
                   {"/issue/{issue}/restore": restore, "/issue/{issue}/here": here})


def _here(desk: Desk, windows: dict[str, tuple[str, float]], issue: Issue, tab: str, section: str,
          leaving: bool) -> dict[str, Any]:
    """A window's sign of life, and the others: of this desk, of other people's."""
    now = monotonic()
    windows[tab] = section, now
    for one, (_, last) in tuple(windows.items()):
        if now - last > _GONE or (leaving and one == tab):
            del windows[one]
    if not leaving:
        issue.file.here((section,))
    elif not windows:
        issue.file.close()
        return {"others": []}
    workspace = desk.workspace()

    def titled(name: str) -> str:
        kind = kind_named(workspace, name)
        return kind.title if kind else {"head": "期号与日期", "kept": "已保留"}.get(name, "")

    others = [{"who": "", "machine": "", "section": where, "title": titled(where)}
              for one, (where, _) in windows.items() if one != tab]
    for other in issue.file.others():
        where = str(other.place[0]) if other.place else ""
        others.append({"who": other.who or other.machine, "machine": other.machine if other.who else "",
                       "section": where, "title": titled(where)})
    return {"others": others}
