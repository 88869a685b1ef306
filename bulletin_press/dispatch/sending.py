"""Sending an issue to a list: at the pace that the server bears, each recipient once, the rest told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bulletin_press.dispatch.ledger import Entry, Ledger, Step
from bulletin_press.dispatch.messages import Letter, message_id, message_to
from bulletin_press.dispatch.recipients import Recipient
from bulletin_press.dispatch.server import Outcome, Result, Server
from bulletin_press.dispatch.settings import MailSettings
from bulletin_press.ground.diagnostics import PressError

# The message itself refused so many times running: it is the message, not the recipients.
_REFUSED_RUNNING = 3


@dataclass(frozen=True)
class Standing:
    """Where a list stands by the log: who is still to get the issue, and who is not."""

    waiting: tuple[Recipient, ...]
    sent: tuple[Recipient, ...]
    refused: tuple[tuple[Recipient, str], ...]
    unsure: tuple[Recipient, ...]


@dataclass(frozen=True)
class Clock:
    """The time as the sending sees it: the moment, seconds that only grow, waiting."""

    now: Callable[[], datetime]
    seconds: Callable[[], float]
    sleep: Callable[[float], None]


@dataclass
class Told:
    """What came of a run: how many were sent, and who was not, with the server's words."""

    sent: int = 0
    later: list[tuple[Recipient, str]] = field(default_factory=list)
    refused: list[tuple[Recipient, str]] = field(default_factory=list)
    unsure: list[tuple[Recipient, str]] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether every one of them was sent."""
        return not (self.later or self.refused or self.unsure)


def standing(recipients: Sequence[Recipient], ledger: Ledger) -> Standing:
    """Who of a list still waits."""
    waiting, sent, refused, unsure = [], [], [], []
    for one in recipients:
        known = ledger.of(one.key)
        match known.step if known else None:
            case Step.SENT:
                sent.append(one)
            case Step.REFUSED:
                refused.append((one, known.said if known else ""))
            case Step.HANDED:
                unsure.append(one)
            case _:
                waiting.append(one)
    return Standing(tuple(waiting), tuple(sent), tuple(refused), tuple(unsure))


def settle(ledger: Ledger, again: Sequence[Recipient], done: Sequence[Recipient], clock: Clock) -> None:
    """Write down what a person found out: who is to be sent to once more, who has got it."""
    for step, found in ((Step.AGAIN, again), (Step.SENT, done)):
        for one in found:
            ledger.note(Entry(one.address, step, clock.now().isoformat(), "编者说的"))


def send_all(waiting: Sequence[Recipient], letter: Letter, settings: MailSettings, server: Server, ledger: Ledger,
             clock: Clock, progress: Callable[[str], None] = lambda words: None) -> Told:
    """Send to all who wait; who cannot be served for the moment is tried again, after longer and longer waits.

    Args:
        waiting: the recipients.
        letter: the issue's message.
        settings: the user's.
        server: where to; not closed here.
        ledger: open for writing.
        clock: the time.
        progress: told, in words, how far it is.

    Raises:
        PressError: the server refuses us, or the log cannot be written: nothing more is sent.
    """
    run = _Run(letter, settings, server, ledger, clock)
    left = list(waiting)
    for attempt in range(settings.retries + 1):
        if attempt:
            pause = settings.retry_after * 2 ** (attempt - 1)
            progress(f"{len(left)} 人暂时没有发成，{pause} 秒后再试")
            clock.sleep(pause)
        run.told.later.clear()
        run.round(left, progress)
        left = [one for one, _ in run.told.later]
        if not left:
            break
    return run.told


@dataclass
class _Run:
    letter: Letter
    settings: MailSettings
    server: Server
    ledger: Ledger
    clock: Clock
    told: Told = field(default_factory=Told)
    _begun: float | None = None
    _running: int = 0

    def round(self, recipients: Sequence[Recipient], progress: Callable[[str], None]) -> None:
        """Try each once; where the server cannot be reached the others wait for the next round."""
        for at, one in enumerate(recipients):
            self._pace()
            progress(f"{at + 1}/{len(recipients)} {one.address}")
            outcome = self._one(one)
            self._keep(one, outcome)
            if outcome.result is Result.LATER and outcome.ours:
                self.told.later += [(other, outcome.said) for other in recipients[at + 1:]]
                return

    def _one(self, to: Recipient) -> Outcome:
        message = message_to(self.letter, to, self.settings, self.clock.now())
        return self.server.send(to.address, message, lambda: self._note(to, Step.HANDED))

    def _note(self, to: Recipient, step: Step, said: str = "") -> None:
        self.ledger.note(Entry(to.address, step, self.clock.now().isoformat(), said,
                               message_id(self.letter, to, self.settings)))

    def _keep(self, to: Recipient, outcome: Outcome) -> None:
        match outcome.result:
            case Result.SENT:
                self._note(to, Step.SENT, outcome.said)
                self.told.sent += 1
            case Result.LATER:
                self._note(to, Step.LATER, outcome.said)
                self.told.later.append((to, outcome.said))
            case Result.UNSURE:  # the log says `handed`, and that is all that is known
                self.told.unsure.append((to, outcome.said))
            case Result.REFUSED if outcome.ours:
                # Of the message: nobody's address is at fault, so it may be tried again.
                self._note(to, Step.LATER, outcome.said)
                self.told.later.append((to, outcome.said))
            case Result.REFUSED:
                self._note(to, Step.REFUSED, outcome.said)
                self.told.refused.append((to, outcome.said))
        self._running = self._running + 1 if outcome.result is Result.REFUSED and outcome.ours else 0
        if self._running == _REFUSED_RUNNING:
            raise PressError(f"服务器连着 {_REFUSED_RUNNING} 次不收这封邮件：{outcome.said}。没有再往下发")

    def _pace(self) -> None:
        """Wait until the next message may go."""
        if self._begun is not None:
            wait = self._begun + 60 / self.settings.per_minute - self.clock.seconds()
            if wait > 0:
                self.clock.sleep(wait)
        self._begun = self.clock.seconds()
