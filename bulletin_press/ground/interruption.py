"""Ctrl-C: one line and status 130, whatever is going on.

The guard must stand before all else is loaded, so this module imports only what is built into Python.
"""

from __future__ import annotations

import _thread
import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    from types import FrameType
    from typing import NoReturn
else:
    # The standard module wraps this one in enumerations, which takes as long as Python's own start.
    import _signal as signal

# 128 and the number of SIGINT, as shells expect.
INTERRUPTED = 130
CANCELLED = "已取消"

# Seconds that a command has, after Ctrl-C, for removing what it has half done.
_GRACE = 2.0


def end_at_once(number: int = 0, frame: FrameType | None = None) -> NoReturn:
    """Say so and be gone, without clean-up; fit to be a signal's handler."""
    line = f"{CANCELLED}\n"
    if sys.platform == "win32" and _said(line):
        os._exit(INTERRUPTED)
    try:
        encoded = line.encode(getattr(sys.stderr, "encoding", None) or "utf-8")
    except (LookupError, UnicodeError):
        encoded = line.encode()
    if os.isatty(2):
        encoded = b"\r\x1b[?25h" + encoded  # a spinner hides the cursor
    try:  # noqa: SIM105  # contextlib is not built in
        os.write(2, encoded)
    except OSError:
        pass
    os._exit(INTERRUPTED)


def _said(line: str) -> bool:
    """Windows: say a line by Python's stream, since a console takes bytes for those of the old code page."""
    try:
        sys.stderr.write(line)
        sys.stderr.flush()
    except (AttributeError, OSError, RuntimeError, ValueError):  # RuntimeError: the handler broke into a write
        return False
    return True


def _ignored(number: int, frame: FrameType | None) -> None:
    """A second Ctrl-C must not interrupt what the first one set off."""


def _unwind(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGINT, _ignored)
    # A library may swallow the exception.
    if sys.platform == "win32":  # it knows no alarm
        _thread.start_new_thread(_end_after_grace, ())
    else:
        signal.signal(signal.SIGALRM, end_at_once)
        signal.setitimer(signal.ITIMER_REAL, _GRACE)
    raise KeyboardInterrupt


_over = False


def _end_after_grace() -> None:
    time.sleep(_GRACE)
    if not _over:
        end_at_once()


def _unraisable(problem: sys.UnraisableHookArgs) -> None:
    """An interrupt fell into a destructor or a callback, where Python would print it and go on."""
    if problem.exc_type is KeyboardInterrupt:
        end_at_once()
    sys.__unraisablehook__(problem)


class Guard:
    """What Ctrl-C does in the three parts of a process's life.

    It ends it at once while modules are loaded, for nothing is half done; ``unwind`` makes it an exception
    from then on, so that temporary files are removed, with an end at once where that is held up; after
    ``finish`` the work is done and nothing is cancelled. A process that was told to ignore Ctrl-C, as shells
    tell those in the background, goes on ignoring it.
    """

    def __init__(self) -> None:
        self._heeded = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
        if self._heeded:
            signal.signal(signal.SIGINT, end_at_once)
            sys.unraisablehook = _unraisable

    def unwind(self) -> None:
        """The command begins."""
        if self._heeded:
            signal.signal(signal.SIGINT, _unwind)

    def finish(self) -> None:
        """The command has ended."""
        if self._heeded:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            if sys.platform == "win32":
                global _over
                _over = True
            else:
                signal.setitimer(signal.ITIMER_REAL, 0)
