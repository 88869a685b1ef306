"""The first time: a few questions, and there is a publication with its first issue."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin_press.authoring.scaffold import PLACEHOLDERS, new_issue, new_workspace, offered_reports
from bulletin_press.desk.server.asked import Answers, json_of, page, text_in
from bulletin_press.desk.server.desk import Desk
from bulletin_press.desk.store import IssueFile, Set
from bulletin_press.ground.diagnostics import PressError, UsageFault
from bulletin_press.ground.resources import templates_folder
from bulletin_press.publication.workspace import PUBLICATION
from bulletin_press.theme.theme import load_theme, theme_names

_LONGEST = 80


def is_first(desk: Desk) -> bool:
    """Whether there is no publication yet."""
    return not (desk.place.root / PUBLICATION).exists()


async def first_page(request: Request, desk: Desk) -> Response:
    """The questions."""
    folders = (desk.place.root / "templates", templates_folder())
    themes = []
    for name in theme_names(folders):
        with suppress(PressError):
            themes.append((name, load_theme(name, folders, {}).file.title))
    return page(request, "first.html.j2", {"reports": offered_reports(desk.place.root), "themes": themes,
                                           "folder": str(desk.place.root), "year": desk.place.today.year,
                                           "number": desk.place.today.month})


def answers(desk: Desk) -> Answers:
    """The address to which the answers go."""

    async def begin(request: Request) -> Response:
        sent = await json_of(request)
        return JSONResponse({"name": await run_in_threadpool(_begun, desk, sent)})

    return Answers({}, {"/first": begin})


def _begun(desk: Desk, sent: dict[str, Any]) -> str:
    """Make the publication and its first issue; the issue's name.

    Raises:
        PressError: there is a publication already, an answer is missing, or the folder cannot be written.
    """
    given = {key: " ".join(text_in(sent, key).split()) for key in ("name", "organiser", "region")}
    for key, words in (("name", "刊名"), ("organiser", "编印单位")):
        if not given[key]:
            raise UsageFault(f"请写{words}")
    if any(len(one) > _LONGEST or '"' in one or "\\" in one for one in given.values()):
        raise UsageFault("写得短些，不用英文的引号和反斜线")
    theme = text_in(sent, "theme") or "classic"
    if theme not in theme_names((templates_folder(),)):
        raise UsageFault("没有这种版式")
    root = desk.place.root
    new_workspace(root, {**PLACEHOLDERS} | {key: one for key, one in given.items() if one},
                  text_in(sent, "report") or "none")
    if theme != "classic":
        IssueFile(root / PUBLICATION, desk.who).save([Set(("publication", "theme"), theme)])
    return new_issue(desk.workspace(), None).parent.name
