"""What is asked of the desk, read with distrust, and the pages that answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import jinja2
from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bulletin_press import __version__
from bulletin_press.desk.server.desk import Issue
from bulletin_press.desk.server.forms import typed_value
from bulletin_press.desk.store import Delete, Edit, Insert, Move, Saved, Set
from bulletin_press.ground.diagnostics import PressError

_TEMPLATES = Path(__file__).parent / "templates"
MOST_EDITS = 500

# So many may wait for the processes that draw and check; what saves and reads has threads of its own.
_MOST_WAITING = 24
_WAITING: RunVar[CapacityLimiter] = RunVar("press-desk-waiting")

Answer = Callable[[Request], Awaitable[Response]]
T = TypeVar("T")


async def slowly(work: Callable[..., T], *arguments: Any) -> T:
    """Work in a thread that may wait long: however many do, a save goes on at once."""
    try:
        limiter = _WAITING.get()
    except LookupError:
        limiter = CapacityLimiter(_MOST_WAITING)
        _WAITING.set(limiter)
    return await to_thread.run_sync(work, *arguments, limiter=limiter)


@dataclass(frozen=True)
class Answers:
    """What a part of the desk answers: by path, what is read and what is written."""

    reads: dict[str, Answer] = field(default_factory=dict)
    writes: dict[str, Answer] = field(default_factory=dict)


class Bad(PressError):
    """A request whose JSON is not what the desk's own pages send."""


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(str(_TEMPLATES)), autoescape=True,
                              undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def page(request: Request, template: str, view: Mapping[str, Any], status: int = 200) -> Response:
    """A page made of a template and what it shows."""
    text = _environment().get_template(template).render(**view, nonce=request.state.nonce, release=__version__)
    return HTMLResponse(text, status)


def saved_in(issue: Issue, work: Callable[[], Saved]) -> dict[str, Any]:
    """Do what writes an issue's file; what its page is told of it."""
    with issue.lock:
        saved = work()
        undo, redo = issue.file.steps
    if saved.place is None and not (saved.changed or saved.conflicts):
        return {"nothing": True, "version": saved.version, "undo": undo, "redo": redo}
    return {"version": saved.version, "merged": saved.merged and not saved.conflicts,
            "conflicts": [list(one.path) for one in saved.conflicts], "place": list(saved.place or ()),
            "what": saved.what, "at": f"{datetime.now():%H:%M:%S}", "undo": undo, "redo": redo}


async def json_of(request: Request) -> dict[str, Any]:
    """The JSON object that was sent.

    Raises:
        Bad: it is none.
    """
    try:
        sent = await request.json()
    except (ValueError, RecursionError):
        raise Bad("请求读不出来") from None
    if not isinstance(sent, dict):
        raise Bad("请求读不出来")
    return sent


def text_in(sent: Mapping[str, Any], key: str) -> str:
    """A text of what was sent; "" where it is not there.

    Raises:
        Bad: it is no text.
    """
    value = sent.get(key, "")
    if not isinstance(value, str):
        raise Bad("请求读不出来")
    return value


def list_in(sent: Mapping[str, Any], key: str) -> list[Any]:
    """A list of what was sent; empty where it is not there.

    Raises:
        Bad: it is no list, or too long.
    """
    value = sent.get(key, [])
    if not isinstance(value, list) or len(value) > MOST_EDITS:
        raise Bad("请求读不出来")
    return value


def edits_in(sent: Mapping[str, Any]) -> list[Edit]:
    """The edits that were sent.

    Raises:
        Bad: one is none.
    """
    return [_edit(one) for one in list_in(sent, "edits")]


def _edit(sent: Any) -> Edit:
    match sent:
        case {"set": [str(), *_] as path, "value": None | str() | bool() as value, **rest} if _is_path(path):
            bare = typed_value(value) if rest.get("bare") is True and isinstance(value, str) else value
            return Set(tuple(path), bare)
        case {"set": [str(), *_] as path, "value": list() as value} if _is_path(path) and _are_texts(value):
            return Set(tuple(path), value or None)
        case {"insert": str() | list() as section, "at": int() as at, "values": dict() as values} if all(
                isinstance(one, str) for one in values.values()):
            return Insert(_list_path(section), at, values)
        case {"move": str() | list() as section, "at": int() as at, "to": int() as to}:
            return Move(_list_path(section), at, to)
        case {"delete": str() | list() as section, "at": int() as at}:
            return Delete(_list_path(section), at)
    raise Bad("请求读不出来")


def _is_path(path: list[Any]) -> bool:
    return all(isinstance(part, str) or type(part) is int for part in path)


def _are_texts(value: list[Any]) -> bool:
    return len(value) <= MOST_EDITS and all(isinstance(one, str) for one in value)


def _list_path(section: str | list[Any]) -> str | tuple[str | int, ...]:
    """A list of the file: a section's, or one inside it, such as an item's pictures."""
    if isinstance(section, str):
        return section
    if not section or not isinstance(section[0], str) or not _is_path(section):
        raise Bad("请求读不出来")
    return tuple(section)
