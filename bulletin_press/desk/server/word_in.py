"""A Word file that was dropped: its items shown first, then put in with their pictures, as one step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin_press.desk.server.asked import Answers, Bad, json_of, list_in, saved_in, text_in
from bulletin_press.desk.server.desk import Desk, Issue
from bulletin_press.desk.server.pictures import put_picture
from bulletin_press.desk.server.views import values_of
from bulletin_press.desk.store import Delete, Edit, Insert, Saved, Set
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.issue.line_up import kinds_of


def answers(desk: Desk) -> Answers:
    """The addresses by which Word files come in."""
    # The pictures of the file that was dropped last, by issue.
    dropped: dict[str, list[bytes]] = {}

    async def word(request: Request) -> Response:
        from bulletin_press.desk.server.pasting import items_of_word

        issue, data = desk.issue(request.path_params["issue"]), await request.body()
        items, told, dropped[issue.name] = await run_in_threadpool(items_of_word, data)
        return JSONResponse({"items": items, "told": told})

    async def put(request: Request) -> Response:
        issue, sent = desk.issue(request.path_params["issue"]), await json_of(request)
        section, base, at = text_in(sent, "section"), text_in(sent, "base"), sent.get("at")
        if type(at) is not int or at < 0:
            raise Bad("请求读不出来")
        items = [_item(one) for one in list_in(sent, "items")]

        def work() -> dict[str, Any]:
            pictures = dropped.get(issue.name, [])
            edits: list[Edit] = [Insert(section, at + count, _values(issue, values, numbers, pictures))
                                 for count, (values, numbers) in enumerate(items)]
            # What the new issue was begun with, and nobody has written into, makes room.
            held = values_of(issue).get(section)
            blank = isinstance(held, list) and len(held) == at and all(map(is_blank, held))
            edits += [Delete(section, 0)] * (at if blank else 0)
            return saved_in(issue, lambda: issue.file.save(edits, base, whole=True)) | {"first": 0 if blank else at}

        return JSONResponse(await run_in_threadpool(work))

    async def unfilled(request: Request) -> Response:
        issue = desk.issue(request.path_params["issue"])
        await json_of(request)
        return JSONResponse(await run_in_threadpool(saved_in, issue, lambda: _without_blanks(desk, issue)))

    return Answers({}, {"/issue/{issue}/unfilled": unfilled, "/issue/{issue}/word": word, "/issue/{issue}/items": put})


def is_blank(item: Any) -> bool:
    """Whether an item is as a new issue has it: nobody has written into it."""
    return isinstance(item, Mapping) and bool(item) and all(
        isinstance(one, str) and (not one.strip() or one.strip().startswith("【请填写")) for one in item.values())


def _without_blanks(desk: Desk, issue: Issue) -> Saved:
    """Take out what nobody has written into, in all sections, as one step.

    Raises:
        PressError: there is nothing of the kind, or it cannot be written.
    """
    laid, edits = issue.file.read(), list[Edit]()
    for kind in kinds_of(desk.workspace()):
        held = laid.table.values.get(kind.name)
        if isinstance(held, list):
            edits += [Delete(kind.name, at) for at in reversed(range(len(held))) if is_blank(held[at])]
        elif kind.authored and is_blank(held):
            edits.append(Set((kind.name,), None))
    if not edits:
        raise PressError("没有整则都空着的；还没填的几处请逐处填")
    return issue.file.save(edits, laid.version, whole=True)


def _item(sent: Any) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """An item as it was sent: its values, its pictures by their numbers with what is said of each."""
    match sent:
        case {"values": dict() as values, "pictures": list() as pictures} if all(
                isinstance(one, str) for one in values.values()):
            found = [(one["at"], str(one.get("alt", ""))) for one in pictures
                     if isinstance(one, Mapping) and type(one.get("at")) is int]
            return values, found
    raise Bad("请求读不出来")


def _values(issue: Issue, values: Mapping[str, str], numbers: list[tuple[int, str]], held: list[bytes]
            ) -> dict[str, Any]:
    """An item's values with its pictures, which are in the issue's folder afterwards.

    Raises:
        PressError: a picture cannot be put there.
    """
    pictures = [{"file": put_picture(issue, f"word-{number + 1}", held[number]), **({"alt": alt} if alt else {})}
                for number, alt in numbers if 0 <= number < len(held)]
    if len(pictures) == 1:
        return {**values, "image": pictures[0]["file"], **({"alt": pictures[0]["alt"]} if "alt" in pictures[0] else {})}
    return {**values, **({"images": pictures} if pictures else {})}
