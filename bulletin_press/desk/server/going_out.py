"""What goes out: outputs made with word of how far they are, the website, lists of figures, a look before printing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bulletin_press.desk.server.asked import Answers, json_of, slowly, text_in
from bulletin_press.desk.server.desk import Desk, Issue
from bulletin_press.desk.server.outlets import made_of, written_in
from bulletin_press.desk.server.work import Place
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.issue.reading import read_issue
from bulletin_press.writers import outlet_of
from bulletin_press.writers.target import output_path

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST = 500_000_000


def answers(desk: Desk) -> Answers:
    """The addresses of what goes out."""

    def issue_of(request: Request) -> Issue:
        return desk.issue(request.path_params["issue"])

    async def make(request: Request) -> Response:
        issue, sent = issue_of(request), await json_of(request)
        outlet, draft = text_in(sent, "outlet"), sent.get("draft") is True

        return JSONResponse(await slowly(made_of, desk, issue, outlet, draft))

    async def progress(request: Request) -> Response:
        return JSONResponse({"words": desk.doing.get(issue_of(request).name, "")})

    async def stop(request: Request) -> Response:
        await json_of(request)
        issue_of(request)
        desk.making.interrupt()
        return JSONResponse({})

    async def file_of(request: Request) -> Response:
        return await run_in_threadpool(written_in, desk, issue_of(request), request.path_params["outlet"],
                                       request.query_params.get("file", ""))

    async def article(request: Request) -> Response:
        path = output_path(issue_of(request).file.path, outlet_of("wechat")) / "article.html"
        if not path.is_file():
            return PlainTextResponse("先生成公众号", 404)
        return JSONResponse({"html": path.read_text("utf-8")})

    async def figures(request: Request) -> Response:
        issue = issue_of(request)
        data = await slowly(desk.making.ask, checklist_file, desk.place, issue.file.path)
        return Response(data, media_type=_SHEET, headers={
            "Content-Disposition": f'attachment; filename="{issue.name}-figures.xlsx"'})

    async def preflight(request: Request) -> Response:
        await json_of(request)
        path = output_path(issue_of(request).file.path, outlet_of("print"))
        return JSONResponse({"found": await slowly(desk.making.ask, preflighted, path)})

    async def site(request: Request) -> Response:
        await json_of(request)
        return JSONResponse(await slowly(desk.making.ask, sited, desk.place))

    return Answers({"/issue/{issue}/progress": progress, "/issue/{issue}/part/{outlet}": file_of,
                    "/issue/{issue}/article": article, "/issue/{issue}/figures-list": figures},
                   {"/issue/{issue}/make": make, "/issue/{issue}/stop": stop, "/issue/{issue}/preflight": preflight,
                    "/site": site})


def checklist_file(place: Place, path: Path) -> bytes:
    """The list of all figures that are printed, as a sheet.

    Raises:
        PressError: the issue cannot be read, or the library for sheets is not there.
    """
    from bulletin_press.intake.checklist import checklist
    from bulletin_press.intake.checklist_files import as_xlsx

    workspace = place.workspace()
    issue = read_issue(workspace, path)
    try:
        return as_xlsx(checklist(issue), f"{workspace.publication.publication.name} {issue.issue_label} 核数表")
    except ImportError:
        raise PressError("写Excel文件要另装：pip install 'bulletin-press[office]'") from None


def preflighted(path: Path) -> list[dict[str, str]]:
    """What a print shop would send a PDF back for.

    Raises:
        PressError: there is no such file, or the library is not there.
    """
    from bulletin_press.ground.reading import NotAFile, read_file
    from bulletin_press.writers.print import require_library

    require_library()
    from bulletin_press.prepress.preflight import Limits
    from bulletin_press.prepress.preflight import preflight as faults_of

    try:
        data = read_file(path, _MOST)
    except (OSError, NotAFile):
        raise PressError("先生成付印的PDF") from None
    return [{"severity": one.severity.value, "label": one.severity.label, "message": one.message, "place": one.place}
            for one in faults_of(data, Limits())]


def sited(place: Place) -> dict[str, Any]:
    """Write the website.

    Raises:
        PressError: no issue can be put on it, or it cannot be written.
    """
    from bulletin_press.pipeline import publish

    workspace = place.workspace()
    made = publish(workspace, place.root / "site")
    return {"issues": len(made.issues), "files": made.files, "path": str(made.path),
            "left": [one.path.parent.name for one in made.left_out]}
