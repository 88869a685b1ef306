"""A process of the desk's that does slow work: it can be ended and started anew, and nothing typed is in it."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, TypeVar

from bulletin_press.ground.diagnostics import Finding, PressError

T = TypeVar("T")

# Seconds: no issue of a bulletin takes as long.
LONGEST = 120.0
# Garbage of a question is mostly collected when nobody waits: so many objects are made before, or so many questions
# answered; and seconds without a question that are such a moment.
_OBJECTS, _QUESTIONS, _QUIET = 200_000, 12, 0.05


# A priority class of Windows, which has no niceness.
_BELOW_NORMAL = 0x4000


class EngineStopped(PressError):
    """The process ended or took too long; it has been started anew."""


def _step_back(niceness: int) -> None:
    """Let other processes have the processor first."""
    if sys.platform == "win32":
        this_process = ctypes.c_void_p(-1)  # a pseudo-handle, as wide as a pointer
        ctypes.windll.kernel32.SetPriorityClass(this_process, _BELOW_NORMAL)
    else:
        os.nice(niceness)


def _serve(connection: Connection, niceness: int) -> None:
    """The process: one task after another, until nobody asks any more."""
    if niceness:
        _step_back(niceness)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when it is over
    gc.set_threshold(_OBJECTS, 10, 10)
    answered = 0
    while True:
        try:
            work, arguments, tells = connection.recv()
        except (EOFError, OSError):
            return
        told = {"progress": lambda words: connection.send((None, words))} if tells else {}
        try:
            answer: tuple[bool, Any] = True, work(*arguments, **told)
        except PressError as fault:
            answer = False, (fault.message, fault.findings)
        except Exception as error:  # whatever it is, the desk goes on
            answer = False, (f"程序内部出错（{type(error).__name__}：{error}）", ())
        with suppress(OSError):
            connection.send(answer)
        del work, arguments, told, answer
        answered += 1
        with suppress(OSError):
            if answered % _QUESTIONS == 0 or not connection.poll(_QUIET):
                gc.collect()
        if answered == 1:
            gc.freeze()  # what was loaded stays


class Engine:
    """One such process; whoever asks waits for those before.

    Args:
        niceness: how far it steps back behind the others for the processor.
    """

    def __init__(self, niceness: int = 0) -> None:
        self._niceness = niceness
        self._lock = Lock()
        self._process: Any = None
        self._ours: Any = None  # of another kind on Windows
        self._over = False
        self.restarts = 0

    def start(self) -> None:
        """Start the process; it loads what it needs on its own time."""
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._niceness), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def process_id(self) -> int | None:
        """The process's number, while it runs."""
        return self._process.pid if self._process is not None else None

    def stop(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if self._ours:
            self._ours.close()
            self._ours = None
        if process is not None:
            process.kill()
            process.join(2)

    def close(self) -> None:
        """End the process for good: whoever waits is told, and nobody is answered any more."""
        self._over = True
        self.interrupt()  # who waits for an answer lets go of the lock
        with self._lock:
            self.stop()

    def restart(self) -> None:
        """End it and start another."""
        self.stop()
        self.restarts += 1
        self.start()

    def interrupt(self) -> None:
        """Break off what is under way: whoever waits for it is told that the process ended."""
        process = self._process
        if process is not None:
            process.kill()

    def ask(self, work: Callable[..., T], *arguments: Any, seconds: float = LONGEST,
            progress: Callable[[str], None] | None = None) -> T:
        """Have a function of a module called in the process.

        Args:
            work: the function.
            arguments: what it is called with.
            seconds: how long it may be silent.
            progress: told, in words, what is being done; the function then takes such a ``progress`` of its own.

        Raises:
            EngineStopped: the process ended, or took longer.
            PressError: what the function raised.
        """
        with self._lock:
            if self._over:
                raise EngineStopped("编刊台正在关上")
            if self._process is None or not self._process.is_alive():
                self.restart()
            assert self._ours is not None
            try:
                self._ours.send((work, arguments, progress is not None))
                done = None
                while done is None:
                    if not self._ours.poll(seconds):
                        raise EOFError
                    done, answer = self._ours.recv()
                    if done is None and progress:
                        progress(answer)
            except (EOFError, OSError):
                if self._over:
                    raise EngineStopped("编刊台正在关上") from None
                self.restart()
                raise EngineStopped("排版程序停了，已经重新启动") from None
        if done:
            value: T = answer
            return value
        message, findings = answer
        raise PressError(message, _findings(findings))


def _findings(raw: Any) -> tuple[Finding, ...]:
    return tuple(one for one in raw if isinstance(one, Finding))
