"""Who may ask the desk for what: this machine's browser, with the token, from the desk's own pages."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Bytes of a request's body: what is typed, and what is dropped (a picture, a Word file).
MOST_TYPED = 1_000_000
MOST_DROPPED = 40_000_000
LONGEST_ADDRESS = 2_000
_WRITES = frozenset({"POST"})
_READS = frozenset({"GET", "HEAD"})
# Nothing of ours has other characters in its address: no dots that climb, no backslashes, no NUL.
_ADDRESS = re.compile(r"/(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*)?\Z", re.ASCII)
_DROPPED = re.compile(r"/issue/[^/]+/(?:picture|word|sheet|revised)\Z")


@dataclass(frozen=True)
class Key:
    """What opens the desk: a token of this run, at a port of this machine."""

    token: str
    port: int

    @staticmethod
    def made(port: int) -> Key:
        """A new token."""
        return Key(secrets.token_urlsafe(32), port)

    @property
    def host(self) -> str:
        """The one Host that is answered."""
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        """The one Origin that may write."""
        return f"http://{self.host}"

    @property
    def cookie(self) -> str:
        """The cookie's name: cookies know no ports, and two desks may be open."""
        return f"desk-{self.port}"

    @property
    def first_address(self) -> str:
        """Where the browser begins; what follows goes by the cookie."""
        return f"{self.origin}/?key={self.token}"

    def opens(self, token: str) -> bool:
        """Whether a token is this one; how much of it is right does not show in the time taken."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode())


def content_policy(nonce: str) -> str:
    """What a page of ours may load: from here, and no script or style that stands in the page itself."""
    return ("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; img-src 'self' blob:; "
            "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
            "object-src 'none'")


_ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()"}


class Gate:
    """Middleware: refuses before anything of the desk is asked.

    Args:
        app: what is behind it.
        key: what opens it.
    """

    def __init__(self, app: ASGIApp, key: Key) -> None:
        self.app, self.key = app, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers[name] = value
                headers["Content-Security-Policy"] = content_policy(nonce)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, guarded)
            return
        most = MOST_DROPPED if _DROPPED.match(scope["path"]) else MOST_TYPED
        await self.app(scope, _counted(receive, most), guarded)

    def _refused(self, scope: Scope) -> Response | None:
        """Why a request is not answered; None where it is."""
        headers, method, path = Headers(scope=scope), scope["method"], scope["path"]
        if headers.getlist("host") != [self.key.host]:
            return _no(421, "这个地址不是编刊台的")
        if method not in _READS | _WRITES:
            return _no(405, "不支持这种请求")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return _no(414, "地址太长")
        raw = (scope.get("raw_path") or path.encode()).decode("latin-1")
        if not _ADDRESS.match(path) or "%" in raw:
            return _no(404, "没有这一页")
        site = headers.get("sec-fetch-site")
        if site not in (None, "same-origin", "none"):
            return _no(403, "别的网站不能打开编刊台")
        if method in _READS and path == "/" and (given := parse_qs(scope["query_string"].decode("latin-1")).get("key")):
            return self._let_in(given)
        if not any(self.key.opens(value) for value in _cookies(headers, self.key.cookie)):
            return _no(403, "请从终端里给出的地址打开编刊台")
        if method in _WRITES:
            return self._no_write(headers, path)
        return None

    def _let_in(self, given: list[str]) -> Response:
        """The first page: the token goes from the address into a cookie."""
        if len(given) != 1 or not self.key.opens(given[0]):
            return _no(403, "请从终端里给出的地址打开编刊台")
        response = RedirectResponse("/", 303)
        response.set_cookie(self.key.cookie, self.key.token, httponly=True, samesite="strict", path="/")
        return response

    def _no_write(self, headers: Headers, path: str) -> Response | None:
        if headers.getlist("origin") != [self.key.origin]:
            return _no(403, "别的网站不能改编刊台里的东西")
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != ("application/octet-stream" if _DROPPED.match(path) else "application/json"):
            return _no(415, "不支持这种内容")
        length = headers.get("content-length")
        if length is None or not re.fullmatch(r"[0-9]{1,12}", length) or "transfer-encoding" in headers:
            return _no(411, "请求要写明长度")
        if int(length) > (MOST_DROPPED if _DROPPED.match(path) else MOST_TYPED):
            return _no(413, "太大了")
        return None


def _no(status: int, words: str) -> Response:
    return PlainTextResponse(words, status)


def _cookies(headers: Headers, name: str) -> list[str]:
    """The values of a cookie; none where the header cannot be read."""
    found = []
    for header in headers.getlist("cookie"):
        jar = SimpleCookie()
        try:
            jar.load(header)
        except CookieError:
            continue
        if name in jar:
            found.append(jar[name].value)
    return found


class TooLarge(Exception):
    """A body is larger than it said."""


def _counted(receive: Receive, most: int) -> Receive:
    """A request's body, up to so many bytes, whatever its length was said to be.

    Raises:
        TooLarge: it has more.
    """
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise TooLarge
        return message

    return counted
