"""An issue sent by mail from the desk: what would be sent and to whom, one letter to oneself, then the list."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from bulletin_press.desk.server.mail_settings import mail_path
from bulletin_press.desk.server.work import Place
from bulletin_press.dispatch.addresses import as_sent, fault_of
from bulletin_press.dispatch.ledger import open_ledger, read_ledger
from bulletin_press.dispatch.messages import Letter, letter_of, message_to
from bulletin_press.dispatch.recipients import Recipient, read_recipients
from bulletin_press.dispatch.sending import Clock, send_all, settle, standing
from bulletin_press.dispatch.server import Result, Server
from bulletin_press.dispatch.settings import Own, read_settings
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.pipeline import make

__all__ = ["fault_of", "greeted", "mailed", "planned", "tried"]

_MOST_SHOWN = 200


def _clock() -> Clock:
    return Clock(lambda: datetime.now(UTC).astimezone(), monotonic, sleep)


def _own(place: Place) -> Own:
    return read_settings(mail_path(), os.environ, place.root)


def _listed(own: Own) -> tuple[tuple[Recipient, ...], list[str]]:
    """The recipients of the list that the settings name, and what is doubtful in it."""
    if own.mail.list is None:
        raise PressError("没有说发给谁：请写上名单文件，名单一行一人，有“姓名”“邮箱”两栏")
    path = own.path.parent / own.mail.list
    read = read_recipients(path, str(path))
    return read.recipients, [f"名单第{one.span.line}行：{one.message}" for one in read.findings]


def _letter(place: Place, path: Path) -> Letter:
    made = make(place.workspace(), path, to=("mail",))
    if not made.files or not isinstance(made.files[0], bytes):
        raise PressError("这一期还有错误，没有发；请先改正")
    return letter_of(made.files[0], path.parent.name)


def planned(place: Place, path: Path) -> dict[str, Any]:
    """What would be sent, and to whom; nothing is.

    Raises:
        PressError: there are no settings, no list, or the issue has errors.
    """
    own = _own(place)
    listed, doubts = _listed(own)
    letter, mail = _letter(place, path), own.mail
    before = standing(listed, read_ledger(place.root, path.parent.name))
    return {"subject": letter.subject, "sender": f"{mail.from_name or ''} <{mail.sender}>".strip(),
            "server": f"{mail.server}:{mail.door}", "kilobytes": (len(letter.head) + len(letter.body)) // 1000 + 1,
            "minutes": -(-len(before.waiting) // mail.per_minute), "count": len(before.waiting),
            "waiting": _named(before.waiting), "sent": len(before.sent),
            "refused": [{"address": one.address, "said": said} for one, said in before.refused],
            "unsure": [one.address for one in before.unsure], "notices": [*own.notices, *doubts]}


def _named(some: Sequence[Recipient]) -> list[str]:
    return [f"{one.name} <{one.address}>" if one.name else one.address for one in some[:_MOST_SHOWN]]


def tried(place: Place, path: Path, address: str) -> dict[str, Any]:
    """One letter to oneself; it is not written down.

    Raises:
        PressError: as above, or the server did not take it.
    """
    own, to = _own(place), Recipient("", as_sent(address))
    letter, server = _letter(place, path), Server(own.mail, own.path.parent)
    try:
        outcome = server.send(to.address, message_to(letter, to, own.mail, _clock().now()), lambda: None)
    finally:
        server.close()
    if outcome.result is not Result.SENT:
        raise PressError(f"没有发成：{outcome.said}")
    return {"sent": 1}


def greeted(place: Place) -> dict[str, Any]:
    """The server asked whether it knows us; nothing is sent.

    Raises:
        PressError: the settings are wrong, or the server does not.
    """
    own = _own(place)
    Server(own.mail, own.path.parent).greet()
    return {"said": f"连得上 {own.mail.server}:{own.mail.door}" + ("，用户名和密码都对" if own.mail.user else "")}


def mailed(place: Place, path: Path, count: int, again: Sequence[str], done: Sequence[str], *,
           progress: Callable[[str], None] = lambda words: None) -> dict[str, Any]:
    """Send to all of the list who wait; each once, written down as it goes.

    Args:
        place: the publication.
        path: the issue's file.
        count: how many letters were announced; another number means that the list or the log has changed.
        again: addresses that are to be sent to once more.
        done: addresses that have got it.
        progress: told how far it is.

    Raises:
        PressError: as above; another number of letters would go; the server refuses us.
    """
    own = _own(place)
    listed, _ = _listed(own)
    by_key = {one.key: one for one in listed}
    letter, clock, server = _letter(place, path), _clock(), Server(own.mail, own.path.parent)
    with open_ledger(place.root, path.parent.name) as ledger:
        more, got = ([by_key[one.lower()] for one in some if one.lower() in by_key] for some in (again, done))
        settle(ledger, more, got, clock)
        before = standing(listed, ledger)
        if len(before.waiting) != count:
            raise PressError(f"名单或记录刚才变过：现在要发的是{len(before.waiting)}封，不是{count}封。"
                             "一封也没有发，请再看一遍")
        try:
            told = send_all(before.waiting, letter, own.mail, server, ledger, clock, progress)
        finally:
            server.close()
    return {"sent": told.sent, "log": str(ledger.path.relative_to(place.root)),
            **{key: [{"address": one.address, "said": said} for one, said in getattr(told, key)]
               for key in ("later", "refused", "unsure")}}
