"""Each recipient's own message, from the one that the mail outlet writes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import quote

from bulletin_press.dispatch.recipients import Recipient
from bulletin_press.dispatch.settings import MailSettings

# What a file for a mail program says and a sent message does not.
_LEFT_OUT = (b"x-unsent:",)


@dataclass(frozen=True)
class Letter:
    """An issue's message before it is anybody's: the subject for people, header lines and body as bytes (CRLF)."""

    subject: str
    head: bytes
    body: bytes
    stamp: str


def letter_of(written: bytes, issue: str) -> Letter:
    """What the mail outlet wrote, taken apart.

    Args:
        written: a message without sender and recipient (RFC 5322).
        issue: the issue's name, for the messages' names.
    """
    head, _, body = written.partition(b"\r\n\r\n")
    fields = list[bytes]()
    for line in head.split(b"\r\n"):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1] += b"\r\n" + line
        else:
            fields.append(line)
    kept = [one for one in fields if not one.lower().startswith(_LEFT_OUT)]
    subject = str(message_from_bytes(written, policy=policy.SMTP)["Subject"])
    return Letter(subject, b"\r\n".join(kept), body, f"{issue}.{hashlib.sha256(body).hexdigest()[:16]}")


def message_id(letter: Letter, to: Recipient, settings: MailSettings) -> str:
    """A message's name: the same as often as it is sent, so that a mailbox that got it twice can tell."""
    whose = hashlib.sha256(f"{letter.stamp} {to.key}".encode()).hexdigest()[:24]
    issue = "".join(char if char.isascii() and (char.isalnum() or char in ".-") else "-" for char in letter.stamp)
    return f"<{issue}.{whose}@{settings.domain}>"


def message_to(letter: Letter, to: Recipient, settings: MailSettings, now: datetime) -> bytes:
    """The message of one recipient, ready for the server: CRLF, ASCII."""
    own = EmailMessage(policy=policy.SMTP)
    own["From"] = Address(settings.from_name or "", addr_spec=settings.sender)
    own["To"] = Address(to.name, addr_spec=to.address)
    if settings.reply_to:
        own["Reply-To"] = Address(addr_spec=settings.reply_to)
    own["Date"] = format_datetime(now)
    own["Message-ID"] = message_id(letter, to, settings)
    own["List-Unsubscribe"] = ", ".join(f"<{one}>" for one in unsubscribe_addresses(to, settings))
    if settings.unsubscribe_url:
        own["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return own.as_bytes().rstrip(b"\r\n") + b"\r\n" + letter.head + b"\r\n\r\n" + letter.body


def unsubscribe_addresses(to: Recipient, settings: MailSettings) -> Sequence[str]:
    """Where a recipient says that they want no more (RFC 2369, 8058)."""
    mailed = settings.unsubscribe_mail or settings.reply_to or settings.sender
    subject = quote(f"退订 {to.address}")
    found = [f"mailto:{mailed}?subject={subject}"]
    if settings.unsubscribe_url:
        found.insert(0, settings.unsubscribe_url.replace("{address}", quote(to.address, safe="")))
    return found
