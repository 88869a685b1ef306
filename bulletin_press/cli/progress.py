"""One line of progress over many issues, for a person who waits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.status import Status


class Progress:
    """A spinner with words at the foot of the terminal; nothing for a script.

    Args:
        words: what it says at first.
    """

    def __init__(self, words: str) -> None:
        self.watched = sys.stderr.isatty()
        self._words = words
        self._status: Status | None = None

    def __enter__(self) -> Self:
        """Begin to show it."""
        if self.watched:
            from rich.console import Console

            self._status = Console(stderr=True).status(self._words)
            self._status.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 trace: TracebackType | None) -> None:
        """Take it away."""
        if self._status:
            self._status.stop()
            self._status = None

    def say(self, words: str) -> None:
        """Show other words."""
        if self._status:
            self._status.update(words)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take it away while something is printed: it would stand in the middle of that."""
        if self._status:
            self._status.stop()
        yield
        if self._status:
            self._status.start()
