"""A pool of worker processes over a list of jobs.

A supervisor with a pipe to each worker: what a worker does, or does not, harms its own job at most. The workers are
forked from a process that has imported all that a render needs, and are replaced before they grow.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from typing import Any, Generic

from bulletin_press.batch.answer import Answer, End, Given, Result
from bulletin_press.batch.worker import READY, serve
from bulletin_press.ground.diagnostics import EnvironmentFault, Exit
from bulletin_press.ground.process_memory import memory_of

# Seconds between two looks at clocks and memory.
_LOOK = 0.2
# Seconds that a worker has for ending by itself before it is ended.
_GRACE = 0.5
# How often a job is begun whose process ends under it.
TRIES = 2
# So many workers in a row that end before they are ready: none will ever be.
_STILLBORN = 3
_PRELOADED = "bulletin_press.batch.preloaded"


@dataclass(frozen=True)
class Limits:
    """What a job may take, and how long a worker lives.

    Args:
        seconds: of the clock, for one job.
        memory: bytes that a worker may have in memory, where the system says (Linux, Windows); its address space
            may grow by twice as many.
        jobs: after so many a worker is replaced.
        grown: bytes in memory after a job beyond which it is replaced as well.
    """

    seconds: float = 600.0
    memory: int = 2_000_000_000
    jobs: int = 50
    grown: int = 700_000_000


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def work_off(jobs: Sequence[Given], work: Callable[[Given], Result], told: Callable[[int, Answer[Result]], None], *,
             processes: int, limits: Limits | None = None) -> None:
    """Have jobs done by worker processes.

    Args:
        jobs: what the function is called with, one after another; it must go from one process to another.
        work: the function, of a module.
        told: told of each job's end, by its index, as the ends come; each once.
        processes: how many workers, at least one.
        limits: what a job may take.

    Raises:
        EnvironmentFault: no worker can be started.
        BaseException: what ``told`` raises, or Ctrl-C; the workers are ended within a second.
    """
    workers = list[_Worker]()
    try:
        _Supervisor(jobs, work, told, limits or Limits(), workers).run(max(1, min(processes, len(jobs))))
    finally:
        _end(workers)


class Standing:
    """A worker that stays for whoever has jobs one by one; it is replaced as those of a pool are."""

    def __init__(self) -> None:
        self._workers = list[_Worker]()

    def do(self, work: Callable[[Given], Result], given: Given, limits: Limits | None = None) -> Answer[Result]:
        """Have a job done; the worker is started where there is none.

        Raises:
            EnvironmentFault: no worker can be started.
            BaseException: Ctrl-C, say; the worker is ended.
        """
        answers = list[Answer[Result]]()
        for worker in [one for one in self._workers if one.process.exitcode is not None]:  # it has ended meanwhile
            self._workers.remove(worker)
            worker.close()
        try:
            _Supervisor([given], work, lambda _, answer: answers.append(answer), limits or Limits(),
                        self._workers).run(1)
        except BaseException:
            self.end()
            raise
        return answers[0]

    def end(self) -> None:
        """End the worker."""
        _end(self._workers)


class _Worker:
    """One process, our end of its pipe, and the job that it is at."""

    def __init__(self, limits: Limits) -> None:
        ours, theirs = _context().Pipe()
        self.pipe: Connection = ours
        self.process: Any = _context().Process(target=serve, args=(theirs, 2 * limits.memory), daemon=True)
        try:
            self.process.start()
        except (OSError, EOFError) as error:
            ours.close()
            raise EnvironmentFault(f"启动不了排版的子进程（{error}）。请关掉一些程序，或减少 --jobs") from None
        finally:
            theirs.close()
        self.ready, self.done = False, 0
        self.job: int | None = None
        self.begun = 0.0

    @property
    def memory(self) -> int:
        return memory_of(self.process.pid) or 0

    def close(self, *, kill: bool = False) -> None:
        """End it: at once, or, where it is at nothing, by telling it that nothing more comes."""
        self.pipe.close()
        if kill:
            self.process.kill()
        self.process.join(_GRACE)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join(_GRACE)
        if self.process.exitcode is not None:
            self.process.close()


def _end(workers: list[_Worker]) -> None:
    """End workers, those first that have nothing to do."""
    for worker in workers:
        if worker.job is None and worker.ready:
            worker.pipe.close()
        else:
            worker.process.terminate()
    last = time.monotonic() + _GRACE
    for worker in workers:
        worker.process.join(max(0.0, last - time.monotonic()))
    for worker in workers:
        worker.close(kill=worker.process.exitcode is None)
    workers.clear()


def _context() -> Any:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload([_PRELOADED])
    return context


class _Supervisor(Generic[Given, Result]):
    """Hands out jobs, takes answers, looks at the clocks."""

    def __init__(self, jobs: Sequence[Given], work: Callable[[Given], Result],
                 told: Callable[[int, Answer[Result]], None], limits: Limits, workers: list[_Worker]) -> None:
        self._jobs, self._work, self._told, self._limits = jobs, work, told, limits
        self._waiting = deque(range(len(jobs)))
        self._tries = [0] * len(jobs)
        self._left = len(jobs)
        self._workers = workers
        self._stillborn = 0

    def run(self, processes: int) -> None:
        """Until every job has ended."""
        while self._left:
            while len(self._workers) < min(processes, self._left):
                self._workers.append(_Worker(self._limits))
            for worker in self._workers:
                if worker.ready and worker.job is None and self._waiting:
                    self._hand_out(worker)
            heard = wait([worker.pipe for worker in self._workers], _LOOK)
            for worker in list(self._workers):
                if worker.pipe in heard:
                    self._listen(worker)
                else:
                    self._look(worker)

    def _listen(self, worker: _Worker) -> None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            self._lost(worker)
            return
        if said == READY:
            worker.ready, self._stillborn = True, 0
        else:
            self._ended(worker, said)
            worker.done += 1
            if worker.done >= self._limits.jobs or worker.memory > self._limits.grown:
                self._dismiss(worker)

    def _hand_out(self, worker: _Worker) -> None:
        worker.job, worker.begun = self._waiting.popleft(), time.monotonic()
        self._tries[worker.job] += 1
        with suppress(OSError):  # it has just ended: that is heard next
            worker.pipe.send((self._work, self._jobs[worker.job]))

    def _look(self, worker: _Worker) -> None:
        """End a job that takes too much."""
        if worker.job is None:
            return
        seconds = time.monotonic() - worker.begun
        if seconds > self._limits.seconds:
            answer: Answer[Result] = Answer(
                End.TIMED_OUT, None, f"{_lasted(self._limits.seconds)}还没有做完，已经停下", (), Exit.ERRORS)
        elif worker.memory > self._limits.memory:
            answer = Answer(
                End.TOO_MUCH_MEMORY, None, f"用了超过 {self._limits.memory / 1e9:g} GB 内存，已经停下", (), Exit.ERRORS)
        else:
            return
        job = worker.job
        self._dismiss(worker, kill=True)
        self._tell(job, replace(answer, seconds=seconds))

    def _lost(self, worker: _Worker) -> None:
        """A process has ended by itself, or somebody has ended it: its job is begun once more."""
        job, seconds = worker.job, time.monotonic() - worker.begun
        self._dismiss(worker, kill=True)
        if job is None:
            self._stillborn += not worker.ready
            if self._stillborn >= _STILLBORN:
                raise EnvironmentFault("排版的子进程一启动就停了。请先用 press render 试一期，看它怎么说")
        elif self._tries[job] < TRIES:
            self._waiting.appendleft(job)
        else:
            self._tell(job, Answer(End.CRASHED, None, f"排版的进程中途停了，试了 {TRIES} 次都这样",
                                   (), Exit.ERRORS, seconds))

    def _ended(self, worker: _Worker, answer: Answer[Result]) -> None:
        job, worker.job = worker.job, None
        if job is not None:
            self._tell(job, answer)

    def _tell(self, job: int, answer: Answer[Result]) -> None:
        self._left -= 1
        self._told(job, replace(answer, tries=self._tries[job]))

    def _dismiss(self, worker: _Worker, *, kill: bool = False) -> None:
        self._workers.remove(worker)
        worker.close(kill=kill)


def _lasted(seconds: float) -> str:
    return f"过了 {seconds / 60:g} 分钟" if seconds >= 60 else f"过了 {seconds:g} 秒"
