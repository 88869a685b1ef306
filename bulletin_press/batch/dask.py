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
from bulletin_press.batch.bundle import bundled
from bulletin_press.batch.freshness import release
from bulletin_press.batch.pool import Limits
from bulletin_press.batch.there import Brought, Errand, do_errand, refuse_at_home, unpacked
from bulletin_press.ground.diagnostics import EnvironmentFault, Exit, UsageFault
from bulletin_press.pipeline import Job, Rendered, write
from bulletin_press.publication.workspace import Workspace

# Seconds: to reach the scheduler, to hear from a worker, between two looks at the clocks.
_REACH, _HEAR, _LOOK = 10.0, 30.0, 0.5
# Jobs that wait on the cluster for each thread of a worker; their bundles lie in memory there.
_AHEAD = 2
_SCHEMES = ("tcp://", "tls://", "ucx://", "ws://", "wss://", "inproc://")

Told = Callable[[int, Answer[Rendered]], None]


def by_cluster(address: str, said: Callable[[str], None],
               limits: Limits | None = None,
               work: Callable[[Errand], Answer[Brought]] = do_errand) -> Callable[[Sequence[Job], Told], None]:
    """Have jobs done by the workers of a scheduler.

    Args:
        address: the scheduler's, tcp://host:8786 or tls://….
        said: told of workers that are refused, in words.
        limits: what a job may take; only its seconds count, from when it is at the head of the queue.
        work: what a worker does with an errand.
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
                 work: Callable[[Errand], Answer[Brought]]) -> None:
        if not address.startswith(_SCHEMES):
            raise UsageFault(f"--scheduler 写调度程序的地址，例如 tcp://127.0.0.1:8786，不能是 {address}")
        self._address, self._said, self._limits, self._do = address, said, limits, work
        self._library = _library()
        self._heard = Event()

    def run(self, jobs: Sequence[Job], told: Told) -> None:
        """Until every job has ended."""
        try:
            client = self._library.Client(self._address, timeout=_REACH, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:  # the last where a certificate is missing
            raise EnvironmentFault(f"连不上 {self._address}（{type(error).__name__}）。请看调度程序（dask scheduler）"
                                   "是不是在运行，地址和证书对不对") from None
        futures: dict[Any, tuple[int, float]] = {}
        try:
            workers, threads = self._fit(client)
            self._work(client, workers, _AHEAD * threads, jobs, told, futures)
        finally:
            with suppress(Exception):
                client.cancel(list(futures), force=True)
            with suppress(Exception):
                client.close(timeout=1)

    def _fit(self, client: Any) -> tuple[list[str], int]:
        """The workers that have the same press as here, and how many threads they have."""
        own = release()
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=_HEAR)
        found = client.run(release, on_error="return")
        fit = [worker for worker, told in found.items() if told == own]
        for worker, told in found.items():
            if worker not in fit:
                why = f"是 {told}，这里是 {own}" if isinstance(told, str) else "没有装 bulletin-press，或版本太旧"
                self._said(f"注意：不用 {worker}：它的程序或字体与这里的不同（{why}）")
        if not fit:
            raise EnvironmentFault(f"{self._address} 上没有可以用的 worker：程序和字体要与这里的同一版"
                                   if found else f"{self._address} 上没有 worker；请先启动 dask worker")
        threads = client.nthreads(fit)
        return fit, sum(threads.values())

    def _work(self, client: Any, workers: list[str], ahead: int, jobs: Sequence[Job], told: Told,
              futures: dict[Any, tuple[int, float]]) -> None:
        waiting = deque(range(len(jobs)))
        while waiting or futures:
            while waiting and len(futures) < ahead:
                index = waiting.popleft()
                errand = answered(_errand, jobs[index])
                if errand.value is None:
                    told(index, _fault(errand))
                    continue
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", UserWarning)  # that a bundle is large
                    future = client.submit(self._do, errand.value, workers=workers, allow_other_workers=True,
                                           pure=False, key=f"press-{index}-{id(errand)}-{time.monotonic_ns()}")
                future.add_done_callback(lambda _: self._heard.set())
                futures[future] = index, time.monotonic()
            if not futures:
                continue
            self._heard.wait(_LOOK)
            self._heard.clear()
            for future in [one for one in futures if one.done()]:
                index, begun = futures.pop(future)
                told(index, _taken(future, jobs[index], time.monotonic() - begun))
            self._end_late(client, futures, told)

    def _end_late(self, client: Any, futures: dict[Any, tuple[int, float]], told: Told) -> None:
        """Give up the job that has taken too long; the worker that is at it is started anew."""
        now = time.monotonic()
        future = min(futures, key=lambda one: futures[one][1], default=None)
        # Behind others it waits its turn.
        if future is None or now - futures[future][1] <= self._limits.seconds * _AHEAD:
            return
        index, begun = futures.pop(future)
        with suppress(Exception):
            busy = client.processing()
            future.cancel(force=True)
            client.restart_workers([worker for worker, keys in busy.items() if future.key in keys], timeout=_HEAR)
        # Those behind it have waited for nothing.
        futures.update({one: (other, time.monotonic()) for one, (other, _) in futures.items()})
        told(index, Answer(End.TIMED_OUT, None, "太久没有做完，已经停下", (), Exit.ERRORS, now - begun))


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


