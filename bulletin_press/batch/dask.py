"""Jobs on a cluster of dask.distributed: errands go, bytes come back and are written here."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

from bulletin_press.batch.answer import Answer, End, answered
from bulletin_press.batch.apart import do_apart
from bulletin_press.batch.bundle import bundled
from bulletin_press.batch.freshness import release, unlike
from bulletin_press.batch.pool import TRIES, Limits
from bulletin_press.batch.reaching import library, quiet, reached, require_address
from bulletin_press.batch.there import Brought, Errand, bring, refuse_at_home, unpacked
from bulletin_press.ground.diagnostics import EnvironmentFault, Exit
from bulletin_press.pipeline import Job, Rendered, write
from bulletin_press.publication.workspace import Workspace

# Seconds: to hear from a worker, between two looks at the clocks, and at what workers there are.
_HEAR, _LOOK, _MEET = 30.0, 0.5, 5.0
# Jobs that wait on the cluster for each thread of a worker; their bundles lie in memory there.
_AHEAD = 2

Told = Callable[[int, Answer[Rendered]], None]


def by_cluster(address: str, said: Callable[[str], None],
               limits: Limits | None = None,
               work: Callable[[Errand], Brought] = bring) -> Callable[[Sequence[Job], Told], None]:
    """Have jobs done by the workers of a scheduler.

    Args:
        address: the scheduler's, tcp://host:8786 or tls://….
        said: told of workers that are refused, in words.
        limits: what a job may take, from when a worker begins it.
        work: what a worker does with an errand, in a process beside it.

    Raises:
        UsageFault: that is no address.
    """
    require_address(address)
    return lambda jobs, told: _Cluster(address, said, limits or Limits(), work).run(jobs, told)


@dataclass(frozen=True)
class _Sent:
    """A job on its way: its index, when it was sent, the workers that it was sent for."""

    index: int
    begun: float
    workers: frozenset[str]


class _Cluster:
    def __init__(self, address: str, said: Callable[[str], None], limits: Limits,
                 work: Callable[[Errand], Brought]) -> None:
        self._address, self._said, self._limits, self._do = address, said, limits, work
        self._client: Any = None
        self._heard = Event()
        # The workers that are used, with their threads; those that are not.
        self._threads, self._refused = dict[str, int](), set[str]()
        self._waiting, self._sent = deque[int](), dict[Any, _Sent]()
        # How often what was done was lost before it was fetched.
        self._lost = Counter[int]()
        # When an answer or a worker came last, when the workers were asked for last, and when there were some.
        self._last = self._met = self._seen = 0.0

    def run(self, jobs: Sequence[Job], told: Told) -> None:
        """Until every job has ended."""
        library()  # that it sets up its own words first
        with quiet():
            self._client = reached(self._address)
            self._waiting.extend(range(len(jobs)))
            try:
                self._begin()
                while self._waiting or self._sent:
                    self._turn(jobs, told)
            finally:
                with suppress(Exception):
                    self._client.cancel(list(self._sent), force=True)
                with suppress(Exception):
                    self._client.close(timeout=1)

    def _begin(self) -> None:
        with suppress(Exception):  # who is there, and whether anybody, is asked next
            self._client.wait_for_workers(1, timeout=_HEAR)
        try:
            self._meet()
        except Exception as error:  # what a scheduler that goes away raises is of several kinds
            raise EnvironmentFault(f"{self._address} 没有回音（{type(error).__name__}）。请看调度程序和 worker "
                                   "是不是在运行") from None
        if not self._threads:
            raise EnvironmentFault(f"{self._address} 上没有可以用的 worker：要装与这里同一版的 bulletin-press"
                                   if self._refused else f"{self._address} 上没有 worker；请先启动 dask worker")

    def _meet(self) -> None:
        """Which workers there are now, and, of those that have come, which have the same press as here."""
        there, own = self._client.nthreads(callback_timeout=_HEAR), release()
        self._threads = {worker: count for worker, count in self._threads.items() if worker in there}
        new = [worker for worker in there if worker not in self._threads and worker not in self._refused]
        for worker, told in _releases(self._client, new).items():
            if told == own:
                self._threads[worker], self._last = there[worker], time.monotonic()
            else:
                self._refused.add(worker)
                self._said(f"注意：不用 {worker}：{_why_not(told)}")
        self._met = time.monotonic()
        if self._threads:
            self._seen = self._met
        # A nanny's new worker has an address of its own: nobody is left who may do what the old one was to do.
        for future, sent in list(self._sent.items()):
            if self._threads and sent.workers.isdisjoint(self._threads) and not future.done():
                future.cancel(force=True)
                del self._sent[future]
                self._waiting.appendleft(sent.index)

    def _turn(self, jobs: Sequence[Job], told: Told) -> None:
        """Send what there is room for, wait a little, take what has come."""
        while self._waiting and len(self._sent) < _AHEAD * sum(self._threads.values()):
            index = self._waiting.popleft()
            errand = answered(_errand, jobs[index])
            if errand.value is None:
                told(index, _fault(errand))
            elif not self._send(index, errand.value):
                self._waiting.appendleft(index)
                break
        if self._waiting or self._sent:
            self._heard.wait(_LOOK)
            self._heard.clear()
        if why := self._broken():
            left = sorted([*(sent.index for sent in self._sent.values()), *self._waiting])
            self._sent.clear()
            self._waiting.clear()
            for index in left:
                told(index, Answer(End.FAULT, None, why, (), Exit.ENVIRONMENT))
            return
        for future in [one for one in self._sent if one.done()]:
            sent, self._last = self._sent.pop(future), time.monotonic()
            try:
                answer = _taken(future, jobs[sent.index], self._last - sent.begun)
            except TimeoutError:
                # It was done, and its worker went before it was fetched: nobody else has it, or may make it.
                with suppress(Exception):
                    future.cancel(force=True)
                self._lost[sent.index] += 1
                if self._lost[sent.index] < TRIES:
                    self._waiting.appendleft(sent.index)
                    continue
                answer = Answer(End.CRASHED, None, "worker 做完以后停了，没有取回来", (), Exit.ERRORS,
                                time.monotonic() - sent.begun)
            told(sent.index, answer)
        self._end_deaf(told)

    def _send(self, index: int, errand: Errand) -> bool:
        """Send an errand; whether the cluster takes any."""
        now = time.monotonic()
        try:
            # To these workers and no others: jobs that lie about are taken by whoever is idle.
            future = self._client.submit(do_apart, self._do, errand, self._limits, workers=list(self._threads),
                                         pure=False, key=f"press-{index}-{id(errand)}-{time.monotonic_ns()}")
        except Exception:  # what it raises when its scheduler has gone is of several kinds
            if self._broken():
                return False
            raise
        future.add_done_callback(lambda _: self._heard.set())
        self._sent[future] = _Sent(index, now, frozenset(self._threads))
        return True

    def _broken(self) -> str | None:
        """Why nothing more will come of the cluster, in words."""
        with suppress(Exception):
            if self._client.status == "running" and time.monotonic() - self._met > _MEET:
                self._meet()
        if self._client.status != "running":
            return f"没有做：和调度程序 {self._address} 的连接断了。启动它和 worker，再运行一次，只做没有做成的"
        if time.monotonic() - self._seen > _HEAR:
            return f"没有做：{self._address} 上的 worker 都停了。启动 worker，再运行一次，只做没有做成的"
        return None

    def _end_deaf(self, told: Told) -> None:
        """Give up a job where no worker has brought anything for longer than any job may take.

        A worker ends by itself what takes too long; this one has gone deaf, and is started anew.
        """
        now = time.monotonic()
        future = min(self._sent, key=lambda one: self._sent[one].begun, default=None)
        if future is None or now - self._last <= self._limits.seconds * TRIES + _HEAR:
            return
        sent, self._last = self._sent.pop(future), now
        with suppress(Exception):
            held = {worker: set(keys) for worker, keys in self._client.processing().items() if future.key in keys}
            future.cancel(force=True)
            # Whoever was behind it goes elsewhere; the worker that its nanny makes instead has another address.
            for other in [one for one in self._sent if any(one.key in keys for keys in held.values())]:
                other.cancel(force=True)
                self._waiting.appendleft(self._sent.pop(other).index)
            for worker in held:
                self._threads.pop(worker, None)
                self._refused.add(worker)
            Thread(target=_restart, args=(self._client, list(held)), daemon=True, name="restart").start()
        told(sent.index, Answer(End.TIMED_OUT, None, "worker 太久没有回音，已经停下", (), Exit.ERRORS,
                                now - sent.begun))


def _restart(client: Any, workers: list[str]) -> None:
    with suppress(Exception):
        client.restart_workers(workers, timeout=_HEAR)


def _releases(client: Any, workers: list[str]) -> dict[str, Any]:
    """What each worker says that its press is, or what was raised instead; a TimeoutError where it says nothing."""
    if not workers:
        return {}
    try:
        return dict(client.run(release, workers=workers, on_error="return", callback_timeout=_HEAR))
    except TimeoutError as error:
        if len(workers) == 1:
            return {workers[0]: error}
        # One keeps the others from being heard.
        half = len(workers) // 2
        return _releases(client, workers[:half]) | _releases(client, workers[half:])


def _why_not(told: Any) -> str:
    if isinstance(told, TimeoutError):
        return f"{_HEAR:g} 秒没有回音"
    return unlike(told) if isinstance(told, str) else "没有装 bulletin-press，或版本太旧"


def _errand(job: Job) -> Errand:
    refuse_at_home(job)
    place = Workspace(job.root, job.today, job.shown_from)
    path = place.issue_path(job.issue)
    # Nobody there need know where it lies here.
    how = replace(job, root=Path(), shown_from=Path(), issue="", output=None)
    return Errand(bundled(place, path), how, release())


def _fault(answer: Answer[Any]) -> Answer[Rendered]:
    return Answer(answer.end, None, answer.message, answer.findings, answer.exit_status, answer.seconds)


def _taken(future: Any, job: Job, seconds: float) -> Answer[Rendered]:
    """What came back, written here.

    Raises:
        TimeoutError: it is not to be had any more.
    """
    if future.status != "finished":
        error = future.exception() if future.status == "error" else None
        why = f"（{type(error).__name__}）" if error else ""
        return Answer(End.CRASHED, None, f"worker 中途停了，换了几个都这样{why}", (), Exit.ERRORS, seconds)
    answer: Answer[Brought] = future.result(timeout=_HEAR)
    if answer.value is None:
        return _fault(answer)
    written = answered(lambda brought: write(unpacked(brought, job)), answer.value)
    return replace(written, seconds=answer.seconds)


