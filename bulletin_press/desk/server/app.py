"""The desk's routes: pages for reading, small JSON answers for what the pages do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

from bulletin_press.desk.server import (
    bringing_in,
    copying,
    deleted,
    finding,
    first,
    going_out,
    history_answers,
    mailing,
    own_answers,
    picture_answers,
    report_answers,
    shelving,
    word_in,
)
from bulletin_press.desk.server.asked import Answer, Bad, edits_in, json_of, page, saved_in, slowly, text_in
from bulletin_press.desk.server.desk import Desk, Issue, NoSuchIssue
from bulletin_press.desk.server.drawing import told as drawn_pages
from bulletin_press.desk.server.found import kept, mended, said_here, told
from bulletin_press.desk.server.gate import Gate, Key, TooLarge
from bulletin_press.desk.server.outlets import output_view, written
from bulletin_press.desk.server.pictures import shown_picture
from bulletin_press.desk.server.views import editor_view, shelf_view
from bulletin_press.desk.store import Saved
from bulletin_press.ground.diagnostics import Finding, InputFault, PressError
from bulletin_press.ground.resources import fonts_folder

ASSETS = Path(__file__).parent / "assets"
_DIGEST = re.compile(r"[0-9a-f]{20}\Z", re.ASCII)
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}




class Routes:
    """The answers to every address.

    Args:
        desk: what is held.
        ending: ends the server.
    """

    def __init__(self, desk: Desk, ending: Callable[[], None]) -> None:
        self.desk, self.ending = desk, ending

    # --- pages --------------------------------------------------------------------------------

    async def shelf(self, request: Request) -> Response:
        """The shelf; the first questions where there is no publication yet."""
        if first.is_first(self.desk):
            return await first.first_page(request, self.desk)
        return page(request, "shelf.html.j2", await run_in_threadpool(shelf_view, self.desk))

    async def first(self, request: Request) -> Response:
        """An issue without a section: the first that an author writes."""
        issue = self._issue(request)
        return RedirectResponse(f"/issue/{issue.name}/news", 303)

    async def editor(self, request: Request) -> Response:
        """The editor at a section."""
        issue, opened = self._issue(request), request.query_params.get("open", "0")
        at = int(opened) if re.fullmatch(r"-?\d{1,3}", opened, re.ASCII) else 0
        try:
            view = await run_in_threadpool(editor_view, self.desk, issue, request.path_params["section"], at)
        except InputFault as fault:
            said = said_here(fault.message).replace(f"{self.desk.place.root}/", "")
            return page(request, "broken.html.j2", {"name": issue.name, "fault": fault, "said": said, "encoded": any(
                one.rule == "encoding" for one in fault.findings)}, 422)
        if view is None:
            return lost(request, "没有这个栏目", 404)
        return page(request, "editor.html.j2", view)

    async def output(self, request: Request) -> Response:
        """What can be made of an issue."""
        issue = self._issue(request)
        return page(request, "output.html.j2", await run_in_threadpool(output_view, self.desk, issue))

    # --- what pages load ----------------------------------------------------------------------

    async def asset(self, request: Request) -> Response:
        """A style sheet, a script, the icons."""
        name = request.path_params["name"]
        if not re.fullmatch(r"[a-z-]+\.(?:css|js|svg)", name) or not (ASSETS / name).is_file():
            return PlainTextResponse("没有这个文件", 404)
        return FileResponse(ASSETS / name, media_type=_KINDS[Path(name).suffix], headers={"Cache-Control": "no-cache"})

    async def font(self, request: Request) -> Response:
        """A bundled font."""
        name = request.path_params["name"]
        if not re.fullmatch(r"Bulletin(?:Hei|Song)-(?:Regular|Bold)\.otf", name):
            return PlainTextResponse("没有这个文件", 404)
        return FileResponse(fonts_folder() / name, media_type="font/otf",
                            headers={"Cache-Control": "private, max-age=86400"})

    async def page_picture(self, request: Request) -> Response:
        """A page, by its digest: it never changes."""
        name = request.path_params["name"].removesuffix(".png")
        picture = self.desk.drawn.pictures.get(name) if _DIGEST.match(name) else None
        if picture is None:
            return PlainTextResponse("没有这一页", 404)
        return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=86400, immutable"})

    async def cover(self, request: Request) -> Response:
        """An issue's first page."""
        picture = await slowly(self.desk.cover, self._issue(request))
        return PlainTextResponse("排不出来", 404) if picture is None else Response(picture, media_type="image/png")

    async def image(self, request: Request) -> Response:
        """A picture of an issue."""
        return await run_in_threadpool(shown_picture, self._issue(request), request.query_params.get("file", ""))

    async def made_file(self, request: Request) -> Response:
        """What was made of an issue, to be opened."""
        return await run_in_threadpool(written, self.desk, self._issue(request), request.path_params["outlet"])

    async def findings(self, request: Request) -> Response:
        """What was found in an issue, and which version that was."""
        issue = self._issue(request)
        return JSONResponse(await slowly(self._found, issue))

    def _found(self, issue: Issue) -> dict[str, Any]:
        found, laid = self.desk.findings(issue), issue.file.read()
        rows = told(found, laid.text, f"{issue.name}/{issue.file.path.name}")
        # A save between the two: they are asked for again, and the page knows that these are of neither.
        version = laid.version if issue.checked and issue.checked[0] == laid.version else ""
        return {"version": version, "findings": rows, "counts": Counter(one["severity"] for one in rows)}

    async def pages(self, request: Request) -> Response:
        """An issue's pages as it is saved, laid out whole."""
        issue, asked = self._issue(request), request.query_params.get("width", "")
        width = int(asked) if re.fullmatch(r"[0-9]{3,4}", asked, re.ASCII) else 1100

        def draw() -> dict[str, Any]:
            whole = self.desk.draw(issue, width)
            return {"version": issue.sheets.version, **drawn_pages(whole.leaves, whole.seconds, True)}

        return JSONResponse(await slowly(draw))

    async def redraw(self, request: Request) -> Response:
        """The pages with what is being typed, before it is saved."""
        issue, sent = self._issue(request), await json_of(request)
        edits, base = edits_in(sent), text_in(sent, "base")

        def draw() -> dict[str, Any]:
            found = self.desk.redraw(issue, edits, base)
            return drawn_pages(found[0].leaves, found[1], found[0].settled) if found else {"pages": []}

        return JSONResponse(await run_in_threadpool(draw))

    async def look(self, request: Request) -> Response:
        """What is found in what is being typed, before it is saved."""
        issue, sent = self._issue(request), await json_of(request)
        edits, base = edits_in(sent), text_in(sent, "base")

        def found() -> dict[str, Any]:
            text, checked = self.desk.look(issue, edits, base)
            rows = told(checked.findings, text, f"{issue.name}/{issue.file.path.name}")
            return {"findings": rows, "counts": Counter(one["severity"] for one in rows)}

        return JSONResponse(await run_in_threadpool(found))

    async def rule(self, request: Request) -> Response:
        """What a rule means."""
        from bulletin_press.checks.explanations import explanation

        return JSONResponse({"text": explanation(request.path_params["rule"])})

    # --- what pages do ------------------------------------------------------------------------

    async def save(self, request: Request) -> Response:
        """Edits of an issue."""
        issue, sent = self._issue(request), await json_of(request)
        edits, base = edits_in(sent), text_in(sent, "base")

        def work() -> Saved:
            before = issue.file.read()
            saved = issue.file.save(edits, base, whole=True)
            if saved.changed and before.version == base:
                self.desk.bin.keep(issue.name, before, edits)
            return saved

        return JSONResponse(await run_in_threadpool(saved_in, issue, work))

    async def undo(self, request: Request) -> Response:
        """The last step taken back."""
        issue = self._issue(request)
        return JSONResponse(await run_in_threadpool(saved_in, issue, issue.file.undo))

    async def redo(self, request: Request) -> Response:
        """What was taken back, done again."""
        issue = self._issue(request)
        return JSONResponse(await run_in_threadpool(saved_in, issue, issue.file.redo))

    async def mend(self, request: Request) -> Response:
        """A finding's suggestion, put in its place."""
        issue, sent = self._issue(request), await json_of(request)

        return JSONResponse(await run_in_threadpool(saved_in, issue, lambda: mended(
            issue.file, self._finding(issue, sent))))

    async def keep(self, request: Request) -> Response:
        """A finding that is to stay, with the reason."""
        issue, sent = self._issue(request), await json_of(request)
        reason = text_in(sent, "reason")
        return JSONResponse(await run_in_threadpool(saved_in, issue, lambda: kept(
            issue.file, self._finding(issue, sent), reason)))

    def _finding(self, issue: Issue, sent: Mapping[str, Any]) -> Finding:
        """The finding that a page speaks of.

        Raises:
            PressError: it is there no more.
        """
        for one in self.desk.findings(issue):
            at = one.span
            if one.rule == sent.get("rule") and [at.line, at.column, at.end_line, at.end_column] == sent.get("span"):
                return one
        raise PressError("这一处已经不在了")

    async def paste(self, request: Request) -> Response:
        """What was pasted, as our markup."""
        from bulletin_press.desk.server.pasting import pasted

        sent = await json_of(request)
        return JSONResponse(await run_in_threadpool(pasted, text_in(sent, "html"), text_in(sent, "text")))

    async def end(self, request: Request) -> Response:
        """The desk is closed."""
        await json_of(request)
        self.ending()
        return JSONResponse({"ended": True})

    def _issue(self, request: Request) -> Issue:
        return self.desk.issue(request.path_params["issue"])


def lost(request: Request, title: str, status: int, words: str = "", *, again: bool = False) -> Response:
    """What there is not, or what failed, as a page for whoever went there; in plain words for a script."""
    if request.method != "GET" or "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(title, status)
    return page(request, "lost.html.j2", {"title": title, "words": words, "at_home": request.url.path == "/",
                                          "again": request.url.path if again else ""}, status)


async def _told_fault(request: Request, error: Exception) -> Response:
    message = error.message if isinstance(error, PressError) else str(error)
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        return lost(request, "这一页打不开", 422, said_here(message), again=True)
    return JSONResponse({"error": message}, 400 if isinstance(error, Bad) else 422)


async def _no_issue(request: Request, error: Exception) -> Response:
    return lost(request, "没有这一期", 404, "它也许改了名、删去了，或在回收站里。")


async def _too_large(request: Request, error: Exception) -> Response:
    return PlainTextResponse("太大了", 413)


def application(desk: Desk, key: Key, ending: Callable[[], None]) -> Starlette:
    """The whole application behind its gate."""
    on = Routes(desk, ending)
    reads: dict[str, Answer] = {
        "/": on.shelf, "/assets/{name}": on.asset, "/fonts/{name}": on.font, "/page/{name}": on.page_picture,
        "/rule/{rule}": on.rule, "/issue/{issue}": on.first, "/issue/{issue}/output": on.output,
        "/issue/{issue}/cover": on.cover, "/issue/{issue}/image": on.image, "/issue/{issue}/findings": on.findings,
        "/issue/{issue}/pages": on.pages, "/issue/{issue}/made/{outlet}": on.made_file}
    writes: dict[str, Answer] = {
        "/end": on.end, "/paste": on.paste, "/issue/{issue}/save": on.save,
        "/issue/{issue}/redraw": on.redraw, "/issue/{issue}/look": on.look,
        "/issue/{issue}/undo": on.undo, "/issue/{issue}/redo": on.redo,
        "/issue/{issue}/mend": on.mend, "/issue/{issue}/keep": on.keep}
    for more in (report_answers, bringing_in, picture_answers, history_answers, shelving, own_answers, going_out,
                 mailing, copying, finding, deleted, word_in, first):
        further = more.answers(desk)
        reads, writes = reads | further.reads, writes | further.writes
    routes = [*(Route(path, answer, methods=["GET"]) for path, answer in reads.items()),
              *(Route(path, answer, methods=["POST"]) for path, answer in writes.items()),
              Route("/issue/{issue}/{section}", on.editor, methods=["GET"])]
    app = Starlette(routes=routes, middleware=[Middleware(Gate, key=key)], exception_handlers={
        PressError: _told_fault, NoSuchIssue: _no_issue, TooLarge: _too_large})
    app.state.root = desk.place.root
    return app
