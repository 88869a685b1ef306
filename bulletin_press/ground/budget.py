"""A budget of time and memory for what other people's templates and style sheets make us do.

A loop in a template or a style sheet that sends the layout from page to page never ends by itself. A
thread looks on and, when the budget is spent, raises ``Spent`` in the one that spends: between two steps
of Python code, never inside a single call in C. Such calls are to be bounded where they are made.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bulletin_press.ground.process_memory import most_memory

_LOOKS: Final = 0.05
# Cleaning up takes time, and must not be broken into; code that swallows everything is told again.
_AGAIN: Final = 3.0


class Spent(BaseException):
    """The budget is spent. No ``Exception``, for much code catches those."""


class Budget:
    """Seconds of processor time and bytes of memory for one piece of work, spent in one thread at a time.

    Args:
        seconds: for all ``spending`` together.
        memory: growth of the process beyond the most that it had when spending began, bytes.
    """

    def __init__(self, seconds: float, memory: int) -> None:
        self.left, self.memory = seconds, memory

    @contextmanager
    def spending(self) -> Iterator[None]:
        """Spend from the budget while the block runs.

        Raises:
            Spent: in the block, when nothing is left.
        """
        watch = _Watch(self.left, most_memory() + self.memory)
        watch.start()
        try:
            yield
        finally:
            self.left -= watch.stop()


class _Watch(threading.Thread):
    """Looks at the thread that made it until it is stopped."""

    def __init__(self, seconds: float, memory: int) -> None:
        super().__init__(daemon=True, name="budget")
        self._seconds, self._memory = seconds, memory
        self._watched, self._begun = threading.get_ident(), time.thread_time()
        self._clock = time.pthread_getcpuclockid(self._watched) if hasattr(time, "pthread_getcpuclockid") else None
        self._done, self._lock = threading.Event(), threading.Lock()

    def run(self) -> None:
        while not self._done.wait(_LOOKS):
            if self._used() <= self._seconds and most_memory() <= self._memory:
                continue
            with self._lock:
                if self._done.is_set():
                    return
                _raise(self._watched, Spent)
            self._done.wait(_AGAIN)

    def _used(self) -> float:
        if sys.platform == "win32" or self._clock is None:  # it and macOS know no other thread's clock
            return time.process_time() - self._begun
        return time.clock_gettime(self._clock) - self._begun

    def stop(self) -> float:
        """Stop looking; returns the seconds that were spent."""
        with self._lock:
            self._done.set()
        # One that was raised and has not arrived would come in the middle of something else.
        _raise(self._watched, None)
        return time.thread_time() - self._begun


def _raise(thread: int, exception: type[BaseException] | None) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(exception) if exception else None)
