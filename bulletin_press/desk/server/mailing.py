"""What is asked about mail; the work itself is loaded when it is asked for."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin_press.desk.server.asked import Answers, Bad, json_of, list_in, slowly, text_in
from bulletin_press.desk.server.desk import Desk
from bulletin_press.ground.diagnostics import PressError

# Seconds without a word: between two rounds of what could not be sent it waits.
_SILENT = 4 * 3600.0


def answers(desk: Desk) -> Answers:
    """The addresses of mail. Nothing is sent but what the dialog showed: so many letters, to that list."""

    async def plan(request: Request) -> Response:
        from bulletin_press.desk.server.letters import planned

        issue = desk.issue(request.path_params["issue"])
        await json_of(request)
        return JSONResponse(await slowly(desk.making.ask, planned, desk.place, issue.file.path))

    async def trial(request: Request) -> Response:
        from bulletin_press.desk.server.letters import fault_of, tried

        issue, sent = desk.issue(request.path_params["issue"]), await json_of(request)
        address = text_in(sent, "address").strip()
        if fault := fault_of(address):
            raise PressError(fault.message)
        return JSONResponse(await slowly(desk.making.ask, tried, desk.place, issue.file.path, address))

    async def send(request: Request) -> Response:
        from bulletin_press.desk.server.letters import mailed

        issue, sent = desk.issue(request.path_params["issue"]), await json_of(request)
        count = sent.get("count")
        if type(count) is not int:
            raise Bad("请求读不出来")
        again, done = ([one for one in list_in(sent, key) if isinstance(one, str)] for key in ("again", "done"))
        return JSONResponse(await slowly(lambda: desk.telling(issue, mailed, count, again, done, seconds=_SILENT)))

    async def greet(request: Request) -> Response:
        from bulletin_press.desk.server.letters import greeted

        await json_of(request)
        return JSONResponse(await slowly(desk.making.ask, greeted, desk.place))

    return Answers({}, {"/mail-greet": greet, "/issue/{issue}/mail": plan, "/issue/{issue}/mail-trial": trial,
                        "/issue/{issue}/mail-send": send})
