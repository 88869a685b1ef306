"""What is brought in from files: a sheet's figures, a revised Word edition; shown first, then written by the store."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin_press.desk.server.asked import Answers, json_of, list_in, saved_in
from bulletin_press.desk.server.desk import Desk, Issue
from bulletin_press.desk.store import Saved
from bulletin_press.desk.store.edits import differences
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.report.sentence import SPANS
from bulletin_press.toml.positions import parse_table
from bulletin_press.toml.source import Source

if TYPE_CHECKING:
    from bulletin_press.authoring.revising import Revised
    from bulletin_press.intake.importing import Proposal, TypedRow
    from bulletin_press.intake.matching import Match

_STATES = {"new": "", "same": "已填，相同", "more": "已填一部分，补上其余", "differs": "已填的不同"}
_GONE = "这张表要重新拖进来：编刊台里已经没有它了"
_MOST_SHOWN = 60


@contextmanager
def _laid_down(name: str, data: bytes) -> Iterator[Path]:
    """What was dropped as a file of its own name, for as long as it is read."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", Path(unquote(name)).name)[-80:] or "file"
    with tempfile.TemporaryDirectory(prefix="press-desk-") as folder:
        path = Path(folder) / plain
        path.write_bytes(data)
        yield path


def answers(desk: Desk) -> Answers:
    """The addresses by which files come in."""
    proposals: dict[str, Proposal] = {}
    revisions: dict[str, Revised] = {}

    def issue_of(request: Request) -> Issue:
        return desk.issue(request.path_params["issue"])

    async def sheet(request: Request) -> Response:
        issue, data = issue_of(request), await request.body()
        name, hidden = request.headers.get("x-name", ""), request.headers.get("x-hidden") == "yes"

        def read() -> dict[str, Any]:
            from bulletin_press.intake.importing import proposed

            with _laid_down(name, data) as path:
                workspace = replace(desk.workspace(), shown_from=path.parent)
                found = proposals[issue.name] = proposed(workspace, issue.file.path, path, hidden=hidden)
            return _told(found)

        return JSONResponse(await run_in_threadpool(read))

    async def sheet_in(request: Request) -> Response:
        issue, sent = issue_of(request), await json_of(request)
        chosen = {one for one in list_in(sent, "entries") if type(one) is int}
        found = proposals.get(issue.name)
        if found is None:
            raise PressError(_GONE)
        entries = [entry for at, entry in enumerate(found.entries) if at in chosen]
        return JSONResponse(await run_in_threadpool(_imported, issue, found, entries))

    async def word(request: Request) -> Response:
        issue, data = issue_of(request), await request.body()
        name = request.headers.get("x-name", "")

        def read() -> dict[str, Any]:
            from bulletin_press.authoring.revising import revised

            with _laid_down(name, data) as path:
                found = revisions[issue.name] = revised(desk.workspace(), issue.file.path, path, path.name)
            return {"revisions": [{"where": one.where, "shown": one.shown, "figure": one.figure}
                                  for one in found.revisions], "left": list(found.left)}

        return JSONResponse(await run_in_threadpool(read))

    async def word_in(request: Request) -> Response:
        issue, sent = issue_of(request), await json_of(request)
        chosen = {one for one in list_in(sent, "entries") if type(one) is int}
        found = revisions.get(issue.name)
        if found is None:
            raise PressError(_GONE)
        change = found.change([one for at, one in enumerate(found.revisions) if at in chosen])
        return JSONResponse(await run_in_threadpool(_put, issue, change.before, change.after))

    return Answers({}, {"/issue/{issue}/sheet": sheet, "/issue/{issue}/sheet-in": sheet_in,
                        "/issue/{issue}/revised": word, "/issue/{issue}/revised-in": word_in})


def _put(issue: Issue, before: str, after: str) -> dict[str, Any]:
    """What turns one text of the issue into another, saved on whatever the file is by now."""
    was, wanted = (parse_table(Source(issue.file.path.name, text)).values for text in (before, after))

    def work() -> Saved:
        laid = issue.file.read()
        if laid.text != before:
            raise PressError("这一期刚才改过，请再拖进来一次")
        return issue.file.save(list(differences(was, wanted)), laid.version, whole=True)

    return saved_in(issue, work)


def _imported(issue: Issue, found: Proposal, entries: Sequence[TypedRow]) -> dict[str, Any]:
    from bulletin_press.intake.importing import changes, remember

    made = changes(found, entries)
    saved = _put(issue, made[0].before, made[0].after) if made else {"nothing": True}
    return saved | {"said": remember(found), "count": sum(entry.state != "same" for entry in entries)}


def _told(found: Proposal) -> dict[str, Any]:
    """What a sheet would write, as its page shows it."""
    period = f"{found.period.year}年{found.period.words('nbs')}"
    left = [{"why": one.why, "cells": "、".join(f"{cell.at} {cell.label}".strip() for cell in one.cells[:8])
             + ("……" if len(one.cells) > 8 else ""), "count": len(one.cells)} for one in found.matching.left]
    several = [f"{'、'.join(f'{cell.at}（{cell.label}）' for cell in one.cells[:8])}都对得上，没有写"
               for one in found.matching.several]
    return {"file": found.file, "period": period, "entries": [_entry(found, entry) for entry in found.entries],
            "notices": [one.replace("请加 --hidden", "请勾上“隐藏的也读”") for one in found.notices],
            "doubts": list(found.doubts), "several": several, "left": left[:_MOST_SHOWN]}


def _entry(found: Proposal, entry: TypedRow) -> dict[str, Any]:
    spec, span = found.definition.measures[entry.setting.measure], entry.setting.span
    doubts = list(dict.fromkeys(one for match in entry.matches for one in match.doubts))
    notes = list(dict.fromkeys(one.note for match in entry.matches for one in match.own if one.note))
    return {"measure": (f"{SPANS[span].words}　" if span else "") + spec.label, "item": entry.setting.label,
            "rows": [_row(match) for match in entry.matches], "state": entry.state, "words": _STATES[entry.state],
            "typed": entry.typed, "doubts": doubts, "notes": notes, "sure": entry.sure,
            "chosen": entry.sure and entry.state in ("new", "more") and not found.doubts}


def _row(match: Match) -> dict[str, str]:
    growth = f"{match.growth.number:f}" if match.growth else ""
    previous = f"上年 {match.previous.number:f}" if match.previous and not match.growth else ""
    return {"name": match.key[2] or "", "value": f"{match.value.number:f}" if match.value else "",
            "growth": growth or previous, "cells": "、".join(one.evidence.at for one in match.own)}
