"""A Word file that was dropped: its items shown first, then put in with their pictures, as one step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin_press.desk.server.asked import Answers, Bad, json_of, list_in, saved_in, text_in
from bulletin_press.desk.server.desk import Desk, Issue
from bulletin_press.desk.server.pasting import items_of_word
from bulletin_press.desk.server.pictures import put_picture
from bulletin_press.desk.store import Delete, Edit, Insert


def answers(desk: Desk) -> Answers:
    """The addresses by which Word files come in."""
    # The pictures of the file that was dropped last, by issue.
    held: dict[str, list[bytes]] = {}

    async def word(request: Request) -> Response:
        issue, data = desk.issue(request.path_params["issue"]), await request.body()
        items, told, held[issue.name] = await run_in_threadpool(items_of_word, data)
        return JSONResponse({"items": items, "told": told})

    async def put(request: Request) -> Response:
        issue, sent = desk.issue(request.path_params["issue"]), await json_of(request)
        section, base, at, gone = text_in(sent, "section"), text_in(sent, "base"), sent.get("at"), sent.get("gone")
        if type(at) is not int or type(gone) is not int or not 0 <= gone <= at:
            raise Bad("请求读不出来")
        items = [_item(one) for one in list_in(sent, "items")]

        def work() -> dict[str, Any]:
            pictures = held.get(issue.name, [])
            edits: list[Edit] = [Insert(section, at + count, _values(issue, values, numbers, pictures))
                                 for count, (values, numbers) in enumerate(items)]
            edits += [Delete(section, 0)] * gone
            return saved_in(issue, lambda: issue.file.save(edits, base, whole=True))

        return JSONResponse(await run_in_threadpool(work))

    return Answers({}, {"/issue/{issue}/word": word, "/issue/{issue}/items": put})


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
