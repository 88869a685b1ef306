"""Requests to the desk as they come over the wire: any header, any path, none of a client's good manners."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

KEY_TOKEN = "token-of-the-tests-0123456789-abcdefgh"
PORT = 8765


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


HOST = ("host", f"127.0.0.1:{PORT}")
COOKIE = ("cookie", f"desk-{PORT}={KEY_TOKEN}")
ORIGIN = ("origin", f"http://127.0.0.1:{PORT}")
JSON = ("content-type", "application/json")


def ask(app: Any, method: str, target: str, headers: Sequence[tuple[str, str]] = (HOST, COOKIE), body: bytes = b"",
        length: str | None = "") -> Reply:
    """Send one request; ``length`` is the Content-Length where it is not the true one, None for none."""
    path, _, query = target.partition("?")
    sent = [*headers, *([("content-length", length or str(len(body)))] if length is not None else [])]
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
             "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
             "headers": [(name.encode(), value.encode("latin-1")) for name, value in sent],
             "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", PORT)}
    messages: list[dict[str, Any]] = []
    given = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return given.pop(0) if given else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    asyncio.run(app(scope, receive, send))
    return Reply(messages[0]["status"], {name.decode(): value.decode() for name, value in messages[0]["headers"]},
                 b"".join(one.get("body", b"") for one in messages[1:]))


def get(app: Any, target: str) -> Reply:
    return ask(app, "GET", target)


def post(app: Any, target: str, sent: Any) -> Reply:
    return ask(app, "POST", target, (HOST, COOKIE, ORIGIN, JSON), json.dumps(sent).encode())
