"""What is asked of the bin: what was deleted, put back."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin_press.desk.server.asked import Answers, json_of, page, saved_in, text_in
from bulletin_press.desk.server.desk import Desk
from bulletin_press.desk.server.forms import form_of, named, remark
from bulletin_press.desk.server.views import kind_named, label_of, publication_of, values_of
from bulletin_press.desk.store.edits import Misplaced
from bulletin_press.ground.diagnostics import PressError


def answers(desk: Desk) -> Answers:
    """The addresses of the bin."""

    async def shown(request: Request) -> Response:
        return page(request, "bin.html.j2", await run_in_threadpool(_view, desk))

    async def drop(request: Request) -> Response:
        issue = desk.issue(request.path_params["issue"])
        await json_of(request)

        def work() -> str:
            issue.file.close()
            desk.forget(issue)
            return desk.bin.put_issue(desk.folder(issue))

        return JSONResponse({"name": await run_in_threadpool(work)})

    async def back(request: Request) -> Response:
        name = text_in(await json_of(request), "name")
        return JSONResponse({"issue": await run_in_threadpool(desk.bin.take_back_issue, name)})

    async def item_back(request: Request) -> Response:
        name = text_in(await json_of(request), "name")

        def work() -> dict[str, Any]:
            found = next((one for one in desk.bin.items() if one.id == name), None)
            if found is None:
                raise Misplaced("回收站里没有它了")
            if found.issue not in desk.workspace().issue_names:
                raise PressError(f"{found.issue} 这一期不在书架上了，先取回那一期")
            issue = desk.issue(found.issue)
            return saved_in(issue, lambda: desk.bin.take_back(found, issue.file)) | {"issue": found.issue}

        return JSONResponse(await run_in_threadpool(work))

    return Answers({"/bin": shown}, {"/issue/{issue}/drop": drop, "/bin/issue": back, "/bin/item": item_back})


def _view(desk: Desk) -> dict[str, Any]:
    workspace = desk.workspace()
    labels = {name: label_of(name, values_of(desk.issue(name))) for name in workspace.issue_names}
    items = []
    for one in desk.bin.items():
        held = values_of(desk.issue(one.issue)).get(one.section) if one.issue in labels else None
        if isinstance(held, list) and one.item in held:
            continue  # it was taken back by the undoing of its deletion
        kind = kind_named(workspace, one.section)
        items.append({"id": one.id, "when": f"{one.when.astimezone():%m月%d日 %H:%M}",
                      "issue": labels.get(one.issue, one.issue), "remark": remark(one.item),
                      "section": kind.title if kind else one.section,
                      "name": (named(one.item, form_of(kind)) if kind else "") or "（没有标题）"})
    issues = [{"id": name, "when": f"{when.astimezone():%m月%d日 %H:%M}", "name": called}
              for name, when, called in desk.bin.issues()]
    return {"publication": publication_of(workspace), "items": items, "issues": issues}
