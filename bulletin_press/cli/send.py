"""``send``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Annotated

import typer

from bulletin_press.cli.options import WorkspaceOption, working_folder, workspace_at
from bulletin_press.cli.talk import print_findings, say, watched
from bulletin_press.ground.diagnostics import Exit, Severity, UsageFault

if TYPE_CHECKING:
    from bulletin_press.dispatch.messages import Letter
    from bulletin_press.dispatch.recipients import Recipient
    from bulletin_press.dispatch.sending import Clock, Standing, Told
    from bulletin_press.dispatch.settings import MailSettings, Own
    from bulletin_press.publication.workspace import Workspace

_SHOWN = 20


def send_command(
    issue: Annotated[str, typer.Argument(metavar="ISSUE", help="期名（2022-08）、文件夹或 TOML 文件。",
                                         show_default=False)],
    recipients: Annotated[Path | None, typer.Option("--list", metavar="FILE", show_default=False,
                                                    help="名单，.csv 或 .toml；不写就用设置里写的那一份。")] = None,
    really: Annotated[bool, typer.Option("--really", help="真的发；不写只说要发什么、发给谁。")] = False,
    trial: Annotated[str | None, typer.Option("--trial", metavar="ADDRESS", show_default=False,
                                              help="先给自己发一封看：只发到这个地址，不记录。")] = None,
    again: Annotated[list[str] | None, typer.Option("--again", metavar="ADDRESS", show_default=False,
                                                    help="给这个地址再发一次；可以写几次。")] = None,
    done: Annotated[list[str] | None, typer.Option("--done", metavar="ADDRESS", show_default=False,
                                                   help="这个地址已经收到，不再发；可以写几次。")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """把一期用邮件发给名单上的人。不写 --really 只演习，不发。"""
    from bulletin_press.dispatch.messages import letter_of
    from bulletin_press.dispatch.recipients import read_recipients
    from bulletin_press.dispatch.settings import read_settings, settings_path

    place = workspace_at(workspace)
    path = place.issue_path(issue)
    own = read_settings(settings_path(os.environ, Path.home()), os.environ, place.root)
    for notice in own.notices:
        say(f"注意：{notice}")
    if trial is not None:
        listed = _trial(trial)
    else:
        chosen = working_folder() / recipients if recipients else _own_list(own)
        read = read_recipients(chosen, str(recipients or chosen))
        if read.findings:
            print_findings(read.findings, err=True)
        listed = read.recipients
    written = _written(place, path)
    if written is None:
        say(f"{path.parent.name} 有错误，没有发；请先改正")
        raise typer.Exit(Exit.ERRORS)
    letter = letter_of(written, path.parent.name)
    if trial is not None:
        _send_trial(own, letter, listed[0], really)
        return
    _send(place, path.parent.name, own, letter, listed, _named(again, listed), _named(done, listed), really)


def _clock() -> Clock:
    from bulletin_press.dispatch.sending import Clock

    return Clock(lambda: datetime.now(UTC).astimezone(), monotonic, sleep)


def _own_list(own: Own) -> Path:
    if own.mail.list is None:
        raise UsageFault("没有说发给谁：请用 --list 写明收件人名单，或在设置里写 list")
    return own.path.parent / own.mail.list


def _trial(address: str) -> tuple[Recipient, ...]:
    from bulletin_press.dispatch.addresses import as_sent, fault_of
    from bulletin_press.dispatch.recipients import Recipient

    if fault := fault_of(address):
        raise UsageFault(f"--trial：{fault.message}")
    return (Recipient("", as_sent(address)),)


def _named(addresses: Sequence[str] | None, listed: Sequence[Recipient]) -> tuple[Recipient, ...]:
    """The recipients of some addresses that were typed."""
    by_key, found = {one.key: one for one in listed}, []
    for address in addresses or ():
        if address.strip().lower() not in by_key:
            raise UsageFault(f"名单里没有 {address}")
        found.append(by_key[address.strip().lower()])
    return tuple(found)


def _written(place: Workspace, path: Path) -> bytes | None:
    """The issue's message as the mail outlet makes it now; None where the issue has errors."""
    from bulletin_press.pipeline import make

    with watched(path.parent.name) as progress:
        made = make(place, path, to=("mail",), progress=progress)
    findings = made.rendered.checked.findings
    if not made.files:
        print_findings(findings, err=True)
        return None
    if warned := sum(one.severity is Severity.WARNING for one in findings):
        say(f"注意：这一期还有 {warned} 个警告（press check 看得到）")
    assert isinstance(made.files[0], bytes)
    return made.files[0]


def _send_trial(own: Own, letter: Letter, to: Recipient, really: bool) -> None:
    from bulletin_press.dispatch.messages import message_to
    from bulletin_press.dispatch.server import Result, Server

    if not really:
        say(f"演习，没有发。加 --really 就给 {to.address} 发一封“{letter.subject}”")
        return
    server = Server(own.mail, own.path.parent)
    try:
        outcome = server.send(to.address, message_to(letter, to, own.mail, _clock().now()), lambda: None)
    finally:
        server.close()
    if outcome.result is Result.SENT:
        say(f"已给 {to.address} 发了一封；没有记录，正式发时还会收到")
        return
    say(f"没有发成：{outcome.said}")
    raise typer.Exit(Exit.ERRORS)


def _send(place: Workspace, issue: str, own: Own, letter: Letter, listed: Sequence[Recipient],
          again: Sequence[Recipient], done: Sequence[Recipient], really: bool) -> None:
    """Send to the list, or say what would be sent."""
    from bulletin_press.dispatch.ledger import open_ledger, read_ledger
    from bulletin_press.dispatch.sending import send_all, settle, standing
    from bulletin_press.dispatch.server import Server

    if not really:
        _say_plan(letter, own.mail, standing(listed, read_ledger(place.root, issue)), again, done)
        return
    clock, server = _clock(), Server(own.mail, own.path.parent)
    with open_ledger(place.root, issue) as ledger:
        settle(ledger, again, done, clock)
        before = standing(listed, ledger)
        _say_before(before)
        try:
            with watched("发送") as progress:
                told = send_all(before.waiting, letter, own.mail, server, ledger, clock, progress)
        finally:
            server.close()
    _say_told(told, before, place, place.shown(ledger.path))


def _say_plan(letter: Letter, mail: MailSettings, before: Standing, again: Sequence[Recipient],
              done: Sequence[Recipient]) -> None:
    waiting = [one for one in (*before.waiting, *again) if one not in done]
    kilobytes = (len(letter.head) + len(letter.body)) // 1000 + 1
    say(f"演习，一封也没有发。加 --really 才发。\n主题　{letter.subject}\n"
        f"发件　{mail.from_name or ''} <{mail.sender}>，经 {mail.server}:{mail.door}（{mail.security}）")
    minutes = -(-len(waiting) // mail.per_minute)
    say(f"要发　{len(waiting)} 封，每封 {kilobytes} KB，每分钟至多 {mail.per_minute} 封，约 {minutes} 分钟")
    for one in waiting[:_SHOWN]:
        say(f"　{one.name + ' ' if one.name else ''}<{one.address}>")
    if len(waiting) > _SHOWN:
        say(f"　……等 {len(waiting)} 人")
    _say_before(before)
    if any(one not in again and one not in done for one in before.unsure):
        raise typer.Exit(Exit.ERRORS)


def _say_before(before: Standing) -> None:
    """What the log says of those who get nothing now."""
    if before.sent:
        say(f"{len(before.sent)} 人上次已经发过，不再发")
    for one, said in before.refused:
        say(f"服务器退回过，不再发：{one.address}（{said}）；地址改对了，或要再试，用 --again {one.address}")
    for one in before.unsure:
        say(f"说不准收到没有（上次交出去以后中断了）：{one.address}；请看发件箱或问一声，"
            f"没收到用 --again {one.address}，收到了用 --done {one.address}")


def _say_told(told: Told, before: Standing, place: Workspace, log: str) -> None:
    for one, said in told.refused:
        say(f"服务器退回：{one.address}（{said}）")
    for one, said in told.later:
        say(f"暂时没有发成：{one.address}（{said}）；过一会儿再运行一次，只发没有发成的")
    for one, said in told.unsure:
        say(f"说不准收到没有：{one.address}（{said}）；没收到用 --again {one.address}，收到了用 --done {one.address}")
    say(f"已发 {told.sent} 封；记录在 {log}")
    if not told.complete or before.refused or before.unsure:
        raise typer.Exit(Exit.ERRORS)
