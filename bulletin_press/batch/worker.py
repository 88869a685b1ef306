"""The worker process: one job after another, until nobody asks any more."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from bulletin_press.batch.answer import answered
from bulletin_press.ground.process_memory import address_space_of

READY = "ready"
# Linux, prctl(2): the signal that comes when the parent ends.
_PR_SET_PDEATHSIG = 1
# Seconds between asking a process to end and ending it.
_GRACE = 2.0


def serve(connection: Connection, address_space: int | None) -> None:
    """The life of a worker.

    Args:
        connection: jobs come by it, as (function, argument), and answers go.
        address_space: by how much its address space may grow, bytes: more is a MemoryError. None sets no limit.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor says when it is over
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()
    gc.set_threshold(20_000, 50, 50)  # as the command does
    if address_space is not None:
        _limit_address_space(address_space)
    with suppress(EOFError, OSError):
        connection.send(READY)
        while True:
            work, given = connection.recv()
            connection.send(_sendable(answered(work, given)))
            work = given = None


def _sendable(answer: Any) -> Any:
    """An answer that can travel; a value that cannot is an answer as well."""
    from multiprocessing.reduction import ForkingPickler

    try:
        ForkingPickler.dumps(answer)
    except Exception as error:
        return answered(_raise, error)
    return answer


def _raise(error: Exception) -> None:
    raise error


def _end_with_parent() -> None:
    """See that this process ends when the supervisor does, whatever it is at.

    The signal lets a file that is being written be taken away; the second comes where the first is not heeded.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            # The parent is the process that forks, which ends with the supervisor.
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if parent := parent_process():
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True, name="parent").start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE)
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def _limit_address_space(growth: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    taken = address_space_of(os.getpid())
    if taken is None:
        return
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = taken + growth
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))
