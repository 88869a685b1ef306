"""What is asked about the pictures of items: one put in, their order."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin_press.desk.server.asked import Answers, Bad, json_of, list_in, saved_in
from bulletin_press.desk.server.desk import Desk, Issue
from bulletin_press.desk.server.pictures import listed, put_picture, with_pictures
from bulletin_press.desk.store import Saved
from bulletin_press.desk.store.edits import Misplaced, value_at
from bulletin_press.toml.positions import KeyPath


def answers(desk: Desk) -> Answers:
    """The addresses of pictures."""

    def issue_of(request: Request) -> Issue:
        return desk.issue(request.path_params["issue"])

    async def put(request: Request) -> Response:
        issue, data = issue_of(request), await request.body()
        name, path = request.headers.get("x-name", ""), _path(_decoded(request.headers.get("x-item", "")))

        def work() -> dict[str, Any]:
            laid = issue.file.read()
            held = _pictures(laid.table.values, path)
            file = put_picture(issue, name, data)
            edits = with_pictures(laid.table.values, path, [*held, {"file": file}])
            return saved_in(issue, lambda: issue.file.save(edits, laid.version, whole=True)) | {"file": file}

        return JSONResponse(await run_in_threadpool(work))

    async def order(request: Request) -> Response:
        issue, sent = issue_of(request), await json_of(request)
        path, at, to = _path(list_in(sent, "path")), sent.get("at"), sent.get("to")
        if type(at) is not int or (to is not None and type(to) is not int):
            raise Bad("请求读不出来")

        def work() -> Saved:
            laid = issue.file.read()
            held = _pictures(laid.table.values, path)
            if not 0 <= at < len(held):
                raise Misplaced("这张图已经不在了")
            one = held.pop(at)
            if to is not None:
                held.insert(max(0, to), one)
            return issue.file.save(with_pictures(laid.table.values, path, held), laid.version, whole=True)

        return JSONResponse(await run_in_threadpool(saved_in, issue, work))

    return Answers({}, {"/issue/{issue}/picture": put, "/issue/{issue}/pictures": order})


def _pictures(values: Any, path: KeyPath) -> list[dict[str, Any]]:
    item = value_at(values, path)
    if not isinstance(item, dict):
        raise Misplaced("这一则已经不在了")
    return listed(item)


def _decoded(header: str) -> Any:
    try:
        return json.loads(unquote(header))
    except (ValueError, RecursionError):
        raise Bad("请求读不出来") from None


def _path(sent: Any) -> KeyPath:
    match sent:
        case [str() as section]:
            return (section,)
        case [str() as section, int() as at] if type(at) is int:
            return (section, at)
    raise Bad("请求读不出来")
