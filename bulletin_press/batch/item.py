"""An issue among many: what is to be done with it, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bulletin_press.batch.answer import Answer, End
from bulletin_press.ground.diagnostics import Exit, Finding, PressError

if TYPE_CHECKING:
    from bulletin_press.pipeline import Job, Rendered

_ADVICE = {
    End.TIMED_OUT: "；可以用 --limit 放宽，或看看是不是哪张图片、哪张表太大",
    End.TOO_MUCH_MEMORY: "；多半是图片太大，缩小了再试",
    End.CRASHED: "；请单独 press render 这一期，看它怎么说",
}


class Status(StrEnum):
    """What came of an issue."""

    MADE = "made"
    SKIPPED = "skipped"
    ERRORS = "errors"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The Chinese word that is printed."""
        return {"made": "生成", "skipped": "跳过", "errors": "有错误", "failed": "失败"}[self.value]


@dataclass(frozen=True)
class Item:
    """An issue to be rendered.

    Args:
        title: what it is called, such as 大连/2022-08.
        job: what is to be done; None where it cannot be begun.
        place: the line of the list that names it, as file:line; empty where there is no list.
        fault: why it cannot be begun.
    """

    title: str
    job: Job | None = None
    place: str = ""
    fault: PressError | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of an item; ``seconds`` are those of the last try, ``tries`` how often it was begun."""

    item: Item
    status: Status
    rendered: Rendered | None = None
    message: str = ""
    findings: tuple[Finding, ...] = ()
    exit_status: Exit = Exit.CLEAN
    seconds: float = 0.0
    tries: int = 0


def refused(item: Item, fault: PressError) -> Outcome:
    """The outcome of an item that could not be begun."""
    return Outcome(item, Status.FAILED, None, fault.message, fault.findings, fault.exit_status)


def outcome_of(item: Item, answer: Answer[Rendered]) -> Outcome:
    """The outcome of an item whose job has ended."""
    rendered = answer.value
    if rendered is None:
        return Outcome(item, Status.FAILED, None, answer.message + _ADVICE.get(answer.end, ""), answer.findings,
                       answer.exit_status, answer.seconds, answer.tries)
    if not rendered.outputs:
        return Outcome(item, Status.ERRORS, rendered, "有错误，没有生成", rendered.checked.findings, Exit.ERRORS,
                       answer.seconds, answer.tries)
    return Outcome(item, Status.MADE, rendered, "", rendered.checked.findings, Exit.CLEAN,
                   answer.seconds, answer.tries)
