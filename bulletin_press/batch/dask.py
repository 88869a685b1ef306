"""Jobs on a cluster of dask.distributed: errands go, bytes come back and are written here."""

from __future__ import annotations

import time
import warnings
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

from bulletin_press.batch.answer import Answer, End, answered
from bulletin_press.batch.apart import do_apart
from bulletin_press.batch.bundle import bundled
from bulletin_press.batch.freshness import release
from bulletin_press.batch.pool import TRIES, Limits
from bulletin_press.batch.there import Brought, Errand, bring, refuse_at_home, unpacked
from bulletin_press.ground.diagnostics import EnvironmentFault, Exit, UsageFault
from bulletin_press.pipeline import Job, Rendered, write
from bulletin_press.publication.workspace import Workspace

# Seconds: to reach the scheduler, to hear from a worker, between two looks at the clocks, and at what workers there are.
_REACH, _HEAR, _LOOK, _MEET = 10.0, 30.0, 0.5, 5.0
# Jobs that wait on the cluster for each thread of a worker; their bundles lie in memory there.
_AHEAD = 2
_SCHEMES = ("tcp://", "tls://", "ucx://", "ws://", "wss://", "inproc://")

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
    """
    return lambda jobs, told: _Cluster(address, said, limits or Limits(), work).run(jobs, told)


def _library() -> Any:
    try:
        import distributed
    except ImportError:
        raise EnvironmentFault("要交给集群做，请先安装：pip install 'bulletin-press[cluster]'") from None
    return distributed


class _Cluster:
    def __init__(self, address: str, said: Callable[[str], None], limits: Limits,
                 work: Callable[[Errand], Brought]) -> None:
        if not address.startswith(_SCHEMES):
            raise UsageFault(f"--scheduler 写调度程序的地址，例如 tcp://127.0.0.1:8786，不能是 {address}")
        self._address, self._said, self._limits, self._do = address, said, limits, work
        self._library = _library()
        self._heard = Event()
        # The workers that are used, with their threads; those that are not.
        self._threads, self._refused = dict[str, int](), set[str]()
        # When something came last, when the workers were asked for last, and when there were some.
        self._last = self._met = self._seen = 0.0

    def run(self, jobs: Sequence[Job], told: Told) -> None:
        """Until every job has ended."""
        try:
            client = self._library.Client(self._address, timeout=_REACH, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:  # the last where a certificate is missing
            raise EnvironmentFault(f"连不上 {self._address}（{type(error).__name__}）。请看调度程序（dask scheduler）"
                                   "是不是在运行，地址和证书对不对") from None
        futures: dict[Any, tuple[int, float]] = {}
        try:
            self._begin(client)
            self._work(client, jobs, told, futures)
        finally:
            with suppress(Exception):
                client.cancel(list(futures), force=True)
            with suppress(Exception):
                client.close(timeout=1)

    def _begin(self, client: Any) -> None:
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=_HEAR)
        self._last = time.monotonic()
        try:
            self._meet(client)
        except Exception as error:  # what a scheduler that goes away raises is of several kinds
            raise EnvironmentFault(f"{self._address} 没有回音（{type(error).__name__}）。请看调度程序和 worker "
                                   "是不是在运行") from None
        if not self._threads:
            raise EnvironmentFault(f"{self._address} 上没有可以用的 worker：程序和字体要与这里的同一版"
                                   if self._refused else f"{self._address} 上没有 worker；请先启动 dask worker")

    def _meet(self, client: Any) -> None:
        """Which workers there are now, and, of those that have come, which have the same press as here."""
        there, own = client.nthreads(callback_timeout=_HEAR), release()
        self._threads = {worker: count for worker, count in self._threads.items() if worker in there}
        new = [worker for worker in there if worker not in self._threads and worker not in self._refused]
        for worker, told in _releases(client, new).items():
            if told == own:
                self._threads[worker] = there[worker]
            else:
                self._refused.add(worker)
                self._said(f"注意：不用 {worker}：{_why_not(told, own)}")
        self._met = time.monotonic()
        if self._threads:
            self._seen = self._met

    def _work(self, client: Any, jobs: Sequence[Job], told: Told, futures: dict[Any, tuple[int, float]]) -> None:
        waiting = deque(range(len(jobs)))
        while waiting or futures:
            while waiting and len(futures) < _AHEAD * sum(self._threads.values()):
                index = waiting.popleft()
                errand = answered(_errand, jobs[index])
                if errand.value is None:
                    told(index, _fault(errand))
                elif (future := self._sent(client, index, errand.value)) is None:
                    waiting.appendleft(index)
                    break
                else:
                    futures[future] = index, time.monotonic()
            if futures or waiting:
                self._heard.wait(_LOOK)
                self._heard.clear()
            if why := self._broken(client):
                for index in sorted([*(index for index, _ in futures.values()), *waiting]):
                    told(index, Answer(End.FAULT, None, why, (), Exit.ENVIRONMENT))
                futures.clear()
                return
            for future in [one for one in futures if one.done()]:
                index, begun = futures.pop(future)
                self._last = time.monotonic()
                told(index, _taken(future, jobs[index], time.monotonic() - begun))
            self._end_deaf(client, futures, told)

    def _sent(self, client: Any, index: int, errand: Errand) -> Any:
        """The future of an errand; None where the cluster takes none any more."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that a bundle is large
            try:
                future = client.submit(do_apart, self._do, errand, self._limits, workers=list(self._threads),
                                       allow_other_workers=True, pure=False,
                                       key=f"press-{index}-{id(errand)}-{time.monotonic_ns()}")
            except Exception:  # what it raises when its scheduler has gone is of several kinds
                if self._broken(client):
                    return None
                raise
        future.add_done_callback(lambda _: self._heard.set())
        return future

    def _broken(self, client: Any) -> str | None:
        """Why nothing more will come of the cluster, in words."""
        with suppress(Exception):
            if client.status == "running" and time.monotonic() - self._met > _MEET:
                self._meet(client)
        if client.status != "running":
            return f"没有做：和调度程序 {self._address} 的连接断了。启动它和 worker，再运行一次，只做没有做成的"
        if time.monotonic() - self._seen > _HEAR:
            return f"没有做：{self._address} 上的 worker 都停了。启动 worker，再运行一次，只做没有做成的"
        return None

    def _end_deaf(self, client: Any, futures: dict[Any, tuple[int, float]], told: Told) -> None:
        """Give up a job where no worker has brought anything for longer than any job may take.

        A worker ends by itself what takes too long; this one has gone deaf, and is started anew.
        """
        now = time.monotonic()
        future = min(futures, key=lambda one: futures[one][1], default=None)
        if future is None or now - self._last <= self._limits.seconds * TRIES + _HEAR:
            return
        index, begun = futures.pop(future)
        with suppress(Exception):
            busy = client.processing()
            future.cancel(force=True)
            client.restart_workers([worker for worker, keys in busy.items() if future.key in keys], timeout=_HEAR)
        self._last = now
        told(index, Answer(End.TIMED_OUT, None, "worker 太久没有回音，已经停下", (), Exit.ERRORS, now - begun))


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


def _why_not(told: Any, own: str) -> str:
    if isinstance(told, TimeoutError):
        return f"它 {_HEAR:g} 秒没有回音"
    why = f"是 {told}，这里是 {own}" if isinstance(told, str) else "没有装 bulletin-press，或版本太旧"
    return f"它的程序或字体与这里的不同（{why}）"


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
    """What came back, written here."""
    if future.status != "finished":
        error = future.exception() if future.status == "error" else None
        why = f"（{type(error).__name__}）" if error else ""
        return Answer(End.CRASHED, None, f"worker 中途停了，换了几个都这样{why}", (), Exit.ERRORS, seconds)
    answer: Answer[Brought] = future.result()
    if answer.value is None:
        return _fault(answer)
    written = answered(lambda brought: write(unpacked(brought, job)), answer.value)
    return replace(written, seconds=answer.seconds)


