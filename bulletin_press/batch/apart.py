"""A job on a worker of a cluster: done in a process beside it, as those of the pool.

Where it is done in the worker itself, the worker's collector, profiler and event loop take a fifth of the processor's
time more, its memory grows from job to job, and a job that ends it costs the worker and all that it holds.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable

from bulletin_press.batch.answer import Answer, Given, Result, answered
from bulletin_press.batch.pool import Limits, Standing

# Those that have nothing to do: one for each thread of the worker at most.
_IDLE: list[Standing] = []


def do_apart(work: Callable[[Given], Result], given: Given, limits: Limits) -> Answer[Result]:
    """Have a job done in another process; whatever goes wrong is an answer in words.

    Args:
        work: the function, of a module.
        given: what it is called with.
        limits: what the job may take, from when its turn has come.
    """
    _may_have_children()
    # Threads take and put back: each step is one of the list's own.
    try:
        standing = _IDLE.pop()
    except IndexError:
        standing = Standing()
    try:
        asked = answered(lambda limited: standing.do(work, given, limited), limits)
    finally:
        _IDLE.append(standing)
    if asked.value is not None:
        return asked.value
    return Answer(asked.end, None, asked.message, asked.findings, asked.exit_status, asked.seconds)


def _may_have_children() -> None:
    """A nanny's worker is a daemon, which multiprocessing lets have none.

    Those of ours end with it: they watch it, and it ends them when it ends.
    """
    process = multiprocessing.current_process()
    if process.daemon:
        process.daemon = False
