"""The publication's own pages: its settings, its members, its themes side by side with pages of an issue."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin_press.authoring.scaffold import offered_reports
from bulletin_press.desk.server.asked import Answers, edits_in, json_of, page, saved_in, slowly, text_in
from bulletin_press.desk.server.desk import Desk, Issue, NoSuchIssue
from bulletin_press.desk.server.forms import filled
from bulletin_press.desk.server.found import told
from bulletin_press.desk.server.mail_settings import (
    BEGUN,
    mail_file,
    mail_findings,
    mail_path,
    mail_view,
    refused,
)
from bulletin_press.desk.server.own_forms import GRADES, MEMBER, MEMBER_INTRO, grouped, rows_of
from bulletin_press.desk.server.own_tables import charts_of, chosen_rules, own_sections, unset_rules
from bulletin_press.desk.server.themed import pages_in
from bulletin_press.desk.server.views import publication_of, values_of, why_readonly
from bulletin_press.desk.store import IssueFile
from bulletin_press.ground.diagnostics import InputFault, PressError
from bulletin_press.ground.output import create_new
from bulletin_press.issue.line_up import kinds_of, printing_order
from bulletin_press.issue.sections import KINDS
from bulletin_press.issue.sections.report import REPORT
from bulletin_press.publication.workspace import MEMBERS, PUBLICATION, Workspace, template_folders
from bulletin_press.theme.theme import load_theme, theme_names

_FILES = {"publication": PUBLICATION, "members": MEMBERS}
_MAIL = "mail"
_BEGUN = "# 会员名录：一家一节，方括号里是代号\n".encode()


class _Own:
    """The publication's files in hand."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._held: dict[str, Issue] = {}

    def of(self, which: str) -> Issue:
        """One of them, made where there is none.

        Raises:
            NoSuchIssue: there is none of that name.
        """
        if which == _MAIL:
            return self._mail()
        if which not in _FILES:
            raise NoSuchIssue
        path = self.desk.place.root / _FILES[which]
        if which == "members" and not path.exists():
            create_new(path, _BEGUN)
        if which not in self._held:
            self._held[which] = Issue(which, IssueFile(path, self.desk.who))
        return self._held[which]

    def _mail(self) -> Issue:
        """The user's own settings of mail, which are no file of the publication's."""
        if why := refused(self.desk.place):
            raise PressError(why)
        file = mail_file()
        file.begin(BEGUN)
        if _MAIL not in self._held or self._held[_MAIL].file.path != file.path:
            self._held[_MAIL] = Issue(_MAIL, file)
        return self._held[_MAIL]

    def mail(self) -> Issue | None:
        """The settings of mail where there are any: to be looked at none are made."""
        return None if refused(self.desk.place) or not mail_path().exists() else self._mail()

    def findings(self, which: str) -> dict[str, Any]:
        """What is wrong with one of them."""
        if which == _MAIL:
            return mail_findings(self.mail(), self.desk.place)
        file = self.of(which).file
        workspace, found = self.desk.workspace(), []
        try:
            _ = workspace.publication if which == "publication" else workspace.members
        except InputFault as fault:
            found = told(fault.findings, file.text, _FILES[which])
        return {"version": file.version, "findings": found}


def answers(desk: Desk) -> Answers:
    """The addresses of the publication's own pages."""
    own = _Own(desk)

    async def settings(request: Request) -> Response:
        return page(request, "settings.html.j2", await run_in_threadpool(_settings, desk, own.of("publication")))

    async def members(request: Request) -> Response:
        opened = request.query_params.get("open", "")
        return page(request, "members.html.j2", await run_in_threadpool(_members, desk, own, opened))

    async def themes(request: Request) -> Response:
        return page(request, "themes.html.j2", await run_in_threadpool(_themes, desk, own.of("publication")))

    async def mail(request: Request) -> Response:
        return page(request, "mail.html.j2", await run_in_threadpool(_mail, desk, own))

    async def findings(request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(own.findings, request.path_params["file"]))

    async def save(request: Request) -> Response:
        held, sent = own.of(request.path_params["file"]), await json_of(request)
        edits, base = edits_in(sent), text_in(sent, "base")
        return JSONResponse(await run_in_threadpool(
            saved_in, held, lambda: held.file.save(edits, base or None, whole=True)))

    async def undo(request: Request) -> Response:
        held = own.of(request.path_params["file"])
        return JSONResponse(await run_in_threadpool(saved_in, held, held.file.undo))

    async def redo(request: Request) -> Response:
        held = own.of(request.path_params["file"])
        return JSONResponse(await run_in_threadpool(saved_in, held, held.file.redo))

    async def themed(request: Request) -> Response:
        issue, theme = desk.issue(request.path_params["issue"]), request.path_params["theme"]
        if theme not in theme_names(template_folders(desk.workspace())):
            raise PressError("没有这种版式")

        def drawn() -> list[str]:
            pictures = desk.making.ask(pages_in, desk.place, issue.file.path, issue.file.text, theme)
            found = {hashlib.sha256(one).hexdigest()[:20]: one for one in pictures}
            desk.drawn.keep(found)
            return [hashlib.sha256(one).hexdigest()[:20] for one in pictures]

        return JSONResponse({"pages": await slowly(drawn)})

    return Answers({"/settings": settings, "/members": members, "/themes": themes, "/mail": mail,
                    "/file/{file}/findings": findings,
                    "/issue/{issue}/themed/{theme}": themed},
                   {"/file/{file}/save": save, "/file/{file}/undo": undo, "/file/{file}/redo": redo})


def _base(desk: Desk, held: Issue | None) -> dict[str, Any]:
    file = held.file if held else None
    return {"publication": publication_of(desk.workspace()), "version": file.version if file else "",
            "steps": file.steps if file else (False, False), "readonly": why_readonly(held) if held else ""}


def _settings(desk: Desk, held: Issue) -> dict[str, Any]:
    values = values_of(held)
    return {**_base(desk, held), "groups": grouped(values, offered_reports(desk.place.root)),
            "sections": _sections(desk.workspace(), values), "terms": rows_of(values, "terms"),
            "rules": chosen_rules(values), "grades": GRADES, "all_rules": unset_rules(values),
            "charts": charts_of(desk.workspace(), values), "own_sections": own_sections(values),
            "likes": [(kind.name, kind.title) for kind in KINDS if kind.name != REPORT.name],
            "reports": offered_reports(desk.place.root)}


def _sections(workspace: Workspace, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sections in their order, those that are left out last."""
    held = values.get("sections")
    held = held if isinstance(held, Mapping) else {}
    order, titles = held.get("order"), held.get("titles")
    try:
        kinds = kinds_of(workspace)
        kinds = tuple(printing_order(kinds, tuple(order) if isinstance(order, list) else None))
    except PressError:
        return []
    listed = order if isinstance(order, list) else [kind.name for kind in kinds]
    rows = [{"name": kind.name, "title": kind.title, "on": kind.name in listed or kind.like is not None,
             # One of the publication's own is printed wherever it has something to say.
             "ours": kind.like is not None,
             "own": str(titles.get(kind.name, "")) if isinstance(titles, Mapping) else ""} for kind in kinds]
    return sorted(rows, key=lambda row: not row["on"])


def _members(desk: Desk, own: _Own, opened: str) -> dict[str, Any]:
    path = desk.place.root / MEMBERS
    held = own.of("members") if path.exists() else None
    values = values_of(held) if held else {}
    rows = [{"key": key, "name": str(one.get("name", "")), "role": str(one.get("role", "")), "open": key == opened,
             "fields": filled(MEMBER, one, (key,)), "intro": filled((MEMBER_INTRO,), one, (key,))[0]}
            for key, one in values.items() if isinstance(one, Mapping)]
    return {**_base(desk, held), "members": rows}


def _mail(desk: Desk, own: _Own) -> dict[str, Any]:
    why = refused(desk.place)
    held = own.mail()
    return {**_base(desk, held), **mail_view(held), **({"readonly": why} if why else {})}


def _themes(desk: Desk, held: Issue) -> dict[str, Any]:
    workspace, folders = desk.workspace(), template_folders(desk.workspace())
    values = values_of(held)
    masthead, chosen = values.get("publication"), values.get("theme")
    now = str(masthead.get("theme", "classic")) if isinstance(masthead, Mapping) else "classic"
    chosen = chosen if isinstance(chosen, Mapping) else {}
    rows = []
    for name in theme_names(folders):
        with suppress(PressError):
            file = load_theme(name, folders, {}).file
            options = [{"key": key, "label": option.label, "kind": option.kind, "choices": option.choices,
                        "default": option.default, "value": str(chosen.get(key, ""))}
                       for key, option in file.options.items()] if name == now else []
            rows.append({"name": name, "title": file.title, "about": file.description, "now": name == now,
                         "options": options})
    rows.sort(key=lambda row: not row["now"])
    names = list(reversed(workspace.issue_names))
    return {**_base(desk, held), "themes": rows, "issues": names}
