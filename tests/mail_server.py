"""A mail server on this machine, for the tests: aiosmtpd, with what it took in and what it refuses."""

from __future__ import annotations

import asyncio
import email
import ssl
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, SECRET = "press@example.org", "mi-ma-12345"


@dataclass
class Postbox:
    """What came in, in order; ``refusals`` are answers by address, used up one by one."""

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    refusals: dict[str, list[str]] = field(default_factory=dict)
    at_end: list[str] = field(default_factory=list)
    delay: float = 0.0

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str,
                          options: list[str]) -> str:
        waiting = self.refusals.get(address)
        if waiting:
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.at_end:
            return self.at_end.pop(0)
        self.taken.append((envelope.rcpt_tos[0], envelope.original_content))
        await asyncio.sleep(self.delay)
        return "250 taken"

    @property
    def counts(self) -> Counter[str]:
        """How many messages each address got."""
        return Counter(address for address, _ in self.taken)

    def message(self, at: int = 0) -> EmailMessage:
        return email.message_from_bytes(self.taken[at][1], policy=policy.default)  # type: ignore[return-value]


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of localhost's own, and its key."""
    made = folder / "cert.pem", folder / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", made[1], "-out", made[0]],
                   check=True, capture_output=True)
    return made


def _judged(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    assert isinstance(data, LoginPassword)
    right = (data.login, data.password) == (USER.encode(), SECRET.encode())
    return AuthResult(success=right, handled=False)


class _AnyPort(Controller):
    """On a port that the system gives."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def serving(box: Postbox, *, pair: tuple[Path, Path] | None = None, starttls: bool = False,
            login: bool = False) -> Iterator[int]:
    """A server for the length of a block; its port. With ``pair`` it is encrypted from the first byte on."""
    context = None
    if pair:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*pair)
    kinds = {"auth_required": True, "authenticator": _judged} if login else {}
    if login and not starttls:
        kinds["auth_require_tls"] = False  # it is encrypted all along, or it is this machine
    controller = _AnyPort(box, hostname="127.0.0.1", port=0, ssl_context=None if starttls else context,
                          tls_context=context if starttls else None, require_starttls=starttls, **kinds)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
