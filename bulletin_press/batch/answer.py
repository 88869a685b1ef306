"""What came of a job that was handed to another process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import Generic, TypeVar

from bulletin_press.ground.diagnostics import Exit, Finding, PressError

Result = TypeVar("Result")
Given = TypeVar("Given")

INTERNAL = "程序内部出错"
TOO_LARGE = "内容太大或嵌套太深，排不下去。请检查最近粘贴的内容"


class End(StrEnum):
    """How a job ended."""

    DONE = "done"
    FAULT = "fault"  # it said itself why not
    CRASHED = "crashed"  # its process ended, each time that it was tried
    TIMED_OUT = "timed-out"
    TOO_MUCH_MEMORY = "too-much-memory"


@dataclass(frozen=True)
class Answer(Generic[Result]):
    """The end of a job: ``value`` where it is done, else ``message`` in words.

    ``seconds`` are those of the last try, ``tries`` how often a process began it.
    """

    end: End
    value: Result | None = None
    message: str = ""
    findings: tuple[Finding, ...] = ()
    exit_status: Exit = Exit.CLEAN
    seconds: float = 0.0
    tries: int = 1


def answered(work: Callable[[Given], Result], given: Given) -> Answer[Result]:
    """Do a job; whatever it raises becomes words, so that the others go on."""
    begun = perf_counter()

    def fault(message: str, findings: tuple[Finding, ...] = (), status: Exit = Exit.ERRORS) -> Answer[Result]:
        return Answer(End.FAULT, None, message, findings, status, perf_counter() - begun)

    try:
        return Answer(End.DONE, work(given), seconds=perf_counter() - begun)
    except PressError as error:
        return fault(error.message, error.findings, error.exit_status)
    except (MemoryError, RecursionError):
        return fault(TOO_LARGE)
    except Exception as error:  # whatever it is, the others go on
        return fault(f"{INTERNAL}（{type(error).__name__}：{error}；{_last_place(error)}）。"
                     "请把这句话和 issue.toml 发给开发者")


def _last_place(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
