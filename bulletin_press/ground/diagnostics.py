"""What the press tells people: findings, and faults that end a command."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum


class Severity(StrEnum):
    """How bad a finding is. An error blocks ``press render``."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The Chinese word that reports print."""
        return {"error": "错误", "warning": "警告", "info": "提示"}[self.value]


class Exit(IntEnum):
    """The exit statuses that scripts may rely on."""

    CLEAN = 0
    ERRORS = 1
    USAGE = 2
    ENVIRONMENT = 3


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of a source file.

    Lines and columns are 1-based and counted in code points; ``end_column`` is exclusive.
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True)
class Finding:
    """One thing that a person should look at.

    ``marked`` holds the words that the span covers, so that a waiver can name them; ``fixable``
    says that the suggestion is beyond doubt and ``press check --fix`` may put it in their place.
    ``around`` is the word that the span is part of, where only some of its characters are at fault.
    """

    rule: str
    severity: Severity
    message: str
    span: Span
    suggestion: str | None = None
    marked: str = field(default="", compare=False)
    fixable: bool = field(default=False, compare=False)
    around: Span | None = field(default=None, compare=False)

    def narrowed(self) -> Finding:
        """Only the characters in which what is marked differs from a suggestion of the same length.

        As it is where more than half of it does, or where the file has more in between than the words.
        """
        span, typed, meant = self.span, self.marked, self.suggestion or ""
        unlike = [at for at, pair in enumerate(zip(typed, meant, strict=False)) if pair[0] != pair[1]]
        if not len(meant) == len(typed) == span.end_column - span.column or span.line != span.end_line:
            return self
        if not 0 < 2 * len(unlike) <= len(typed):
            return self
        first, end = unlike[0], unlike[-1] + 1
        place = replace(span, column=span.column + first, end_column=span.column + end)
        return replace(self, span=place, suggestion=meant[first:end], marked=typed[first:end], around=span)


class PressError(Exception):
    """A fault after which a stage can give no output.

    The message is Chinese and says what to do; ``findings`` hold what can be placed in a file.
    """

    exit_status = Exit.ERRORS

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.findings = tuple(findings)


class InputFault(PressError):
    """A file that cannot be read as what it should be."""


class UsageFault(PressError):
    """A command that asks for what does not exist or cannot be combined."""

    exit_status = Exit.USAGE


class EnvironmentFault(PressError):
    """A missing system library, font or packaged file; the message says what to install."""

    exit_status = Exit.ENVIRONMENT
