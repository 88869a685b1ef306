"""The mail server: one connection, one message at a time, and what came of each (RFC 5321)."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bulletin_press.dispatch.settings import MailSettings
from bulletin_press.ground.diagnostics import PressError

# After so many messages a new connection: servers cut off who stays.
_MOST_A_CONNECTION = 50
# A server may take its time over a message that it has whole (RFC 5321, 4.5.3.2.6).
_PATIENCE = 10
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_DOT = re.compile(rb"(?m)^\.")
_LONGEST = 200


class Result(StrEnum):
    """What came of a message; ``UNSURE``: it was handed over, and no answer came."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Outcome:
    """A result and the server's words; ``ours``: it is not the recipient's address that was refused."""

    result: Result
    said: str = ""
    ours: bool = False


class Server:
    """A connection that is opened when first wanted, and again where it broke off.

    Args:
        settings: the user's.
        folder: what relative paths in the settings start from.
    """

    def __init__(self, settings: MailSettings, folder: Path) -> None:
        self._settings, self._folder = settings, folder
        self._smtp: smtplib.SMTP | None = None
        self._messages = 0

    def send(self, address: str, message: bytes, handing: Callable[[], None]) -> Outcome:
        """Send a message.

        Args:
            address: the recipient's.
            message: CRLF, ASCII.
            handing: called when all but the message's end is with the server: from then on it may have been taken.

        Raises:
            PressError: the server refuses us altogether, or what ``handing`` raises.
        """
        try:
            smtp = self._ready()
            if refused := self._envelope(smtp, address):
                return refused
            smtp.send(_DOT.sub(b"..", message) + (b"" if message.endswith(b"\r\n") else b"\r\n"))
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self._drop()
            return Outcome(Result.LATER, _told(error), ours=True)
        try:
            handing()
        except BaseException:
            self._drop()  # the server forgets a message without its end
            raise
        try:
            if smtp.sock:
                smtp.sock.settimeout(self._settings.timeout * _PATIENCE)
            smtp.send(b".\r\n")
            code, said = smtp.getreply()
            if smtp.sock:
                smtp.sock.settimeout(self._settings.timeout)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome(Result.UNSURE, _told(error))
        self._messages += 1
        return self._judged(code, said, ours=True)

    def greet(self) -> None:
        """Connect and log in, and send nothing.

        Raises:
            PressError: the server cannot be reached, not be encrypted, or does not know us.
        """
        try:
            self._ready()
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            raise PressError(f"{self._settings.server}:{self._settings.door} {_told(error)}；"
                             "请核对服务器、端口、怎么加密") from None
        finally:
            self.close()

    def close(self) -> None:
        """Say good-bye."""
        if self._smtp:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self._drop()

    def _envelope(self, smtp: smtplib.SMTP, address: str) -> Outcome | None:
        """Sender and recipient; what came of it where the message is not wanted."""
        code, said = smtp.mail(self._settings.sender)
        if code != 250:
            if code >= 500:
                raise PressError(f"服务器不让 {self._settings.sender} 发信：{_words(code, said)}。没有再往下发")
            return self._judged(code, said, ours=True)
        code, said = smtp.rcpt(address)
        if code not in (250, 251):
            return self._judged(code, said)
        code, said = smtp.docmd("DATA")
        return None if code == 354 else self._judged(code, said, ours=True)

    def _judged(self, code: int, said: bytes, *, ours: bool = False) -> Outcome:
        if code == 421 or code < 0:
            self._drop()
        if 200 <= code < 300:
            return Outcome(Result.SENT, _words(code, said))
        return Outcome(Result.REFUSED if code >= 500 else Result.LATER, _words(code, said), ours=ours)

    def _drop(self) -> None:
        if self._smtp:
            with suppress(OSError):
                self._smtp.close()
        self._smtp = None

    def _ready(self) -> smtplib.SMTP:
        if self._smtp and self._messages >= _MOST_A_CONNECTION:
            self.close()
        if self._smtp:
            try:
                self._smtp.rset()
            except (OSError, smtplib.SMTPException):
                self._drop()  # it was idle for too long
        if self._smtp is None:
            self._smtp, self._messages = self._opened(), 0
        return self._smtp

    def _opened(self) -> smtplib.SMTP:
        """A connection, encrypted and logged in.

        Raises:
            PressError: it cannot be encrypted, or the login is refused: trying again helps nothing.
            OSError, smtplib.SMTPServerDisconnected: the server cannot be reached.
        """
        own = self._settings
        smtp: smtplib.SMTP | None = None
        try:
            if own.security == "tls":
                smtp = smtplib.SMTP_SSL(own.server, own.door, timeout=own.timeout, context=self._context())
            else:
                smtp = smtplib.SMTP(own.server, own.door, timeout=own.timeout)
            smtp.ehlo()
            if own.security == "starttls":
                smtp.starttls(context=self._context())
                smtp.ehlo()
            if own.user and own.password:
                smtp.login(own.user, own.password.get_secret_value())
        except ssl.SSLCertVerificationError as error:
            _shut(smtp)
            raise PressError(f"{own.server} 的证书不可信（{error.verify_message}），没有发") from None
        except ssl.SSLError:
            _shut(smtp)
            raise PressError(f"与 {own.server}:{own.door} 不能加密通话，没有发；465 端口写 security = \"tls\"，"
                             "587 端口写 \"starttls\"") from None
        except smtplib.SMTPAuthenticationError as error:
            _shut(smtp)
            if error.smtp_code < 500:
                raise smtplib.SMTPServerDisconnected(f"{error.smtp_code}") from None
            raise PressError(f"服务器不认用户名或密码（{error.smtp_code}），没有发。"
                             "多数邮箱要用“授权码”，不是登录的密码") from None
        except smtplib.SMTPNotSupportedError:
            _shut(smtp)
            lacking = "加密（STARTTLS）" if own.security == "starttls" else "登录"
            raise PressError(f"{own.server}:{own.door} 不能{lacking}，没有发；请核对 server、port、security") from None
        except smtplib.SMTPServerDisconnected:
            _shut(smtp)
            raise
        except smtplib.SMTPException as error:
            _shut(smtp)
            raise smtplib.SMTPServerDisconnected(_told(error)) from None
        return smtp

    def _context(self) -> ssl.SSLContext:
        if not self._settings.ca:
            return ssl.create_default_context()
        try:
            return ssl.create_default_context(cafile=str(self._folder / self._settings.ca))
        except OSError:
            raise PressError(f"读不出 ca 所指的证书：{self._folder / self._settings.ca}") from None


def _shut(smtp: smtplib.SMTP | None) -> None:
    if smtp:
        with suppress(OSError):
            smtp.close()


def _words(code: int, said: bytes) -> str:
    """The server's answer in one line."""
    text = _CONTROL.sub(" ", said.decode("utf-8", "replace")).strip()
    return f"{code} {text}"[:_LONGEST].strip()


def _told(error: Exception) -> str:
    """Why there was no answer."""
    if isinstance(error, TimeoutError):
        return "服务器没有回应"
    if isinstance(error, ConnectionRefusedError):
        return "服务器拒绝连接"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "连接断了"
    return f"连不上服务器（{_CONTROL.sub(' ', str(error))[:_LONGEST] or type(error).__name__}）"
