"""Running tests against mutants: pytest once, a fork for each mutant.

The tests are collected once, before any of them has run. A first fork runs them all and tells which lines of
the module each runs through and what it costs; then each mutant gets a fork of its own, in which the code of one
function is changed in place and only the tests that come to that line run, the cheapest first, until one fails.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from types import FunctionType
from typing import Any

import pytest
from mutation import PROBE, Code, Module, Mutant

# Processor seconds that a mutant may take beside five times those of its tests.
GRACE = 5
SURVIVED, KILLED, FAULTY = 0, 1, 2
# Nothing printed, nothing kept, no thread beside the tests.
QUIET = ("-o", "addopts=", "-m", "not slow", "-p", "no:xdist", "-p", "no:terminal", "-p", "no:cacheprovider",
         "-o", "faulthandler_timeout=0", "-s")


class End(StrEnum):
    """How a mutant ended."""

    KILLED = "killed"
    ENDLESS = "endless"  # killed by the limit of time, or of memory
    SURVIVED = "survived"
    UNTESTED = "untested"  # no test comes to its line

    @property
    def found(self) -> bool:
        """Whether the tests told it from the program."""
        return self in (End.KILLED, End.ENDLESS)


@dataclass
class Trace:
    """What the tests do without mutants.

    Attributes:
        lines: of the module, that each test runs through, its fixtures' among them; by node id.
        seconds: of the processor, by node id.
        failed: node ids.
    """

    lines: dict[str, set[int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


class Failures:
    """A pytest plugin: the reports of failure."""

    def __init__(self) -> None:
        self.reports: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep a report of failure, of the test or of what stands around it."""
        if report.failed:
            self.reports.append(f"{report.nodeid} ({report.when})\n{report.longreprtext}")


class Run:
    """A pytest plugin: in place of the tests, the mutants of one module."""

    def __init__(self, module: Module, chosen: Sequence[Mutant], workers: int,
                 tell: Callable[[Mutant, End], None]) -> None:
        self.module, self.chosen, self.workers, self.tell = module, chosen, workers, tell
        self.failures = Failures()
        self.ends: dict[int, End] = {}
        self.trace = Trace()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests without mutants, then against each one."""
        session.config.pluginmanager.register(self.failures)
        self.trace = _in_fork(lambda: self._traced(session))
        if self.trace.failed:
            raise pytest.UsageError("tests fail without any mutant:\n" + "\n".join(self.trace.failed[:5]))
        running: dict[int, tuple[int, float]] = {}
        for number, mutant in enumerate(self.chosen):
            items = self._items(session, mutant)
            if not items:
                self._ended(number, End.UNTESTED)
                continue
            while len(running) >= self.workers:
                self._reap(running)
            limit = GRACE + 5 * sum(self.trace.seconds[item.nodeid] for item in items)
            running[self._start(mutant, items, limit)] = number, time.monotonic() + 20 * limit
        while running:
            self._reap(running)
        return True

    def _items(self, session: pytest.Session, mutant: Mutant) -> list[pytest.Item]:
        found = [item for item in session.items if not self.trace.lines[item.nodeid].isdisjoint(mutant.reach)]
        return sorted(found, key=lambda item: self.trace.seconds[item.nodeid])

    def _ended(self, number: int, end: End) -> None:
        self.ends[number] = end
        self.tell(self.chosen[number], end)

    # --- the program as it is ---------------------------------------------------------------

    def _traced(self, session: pytest.Session) -> Trace:
        trace, watch = Trace(), Watch()
        session.config.pluginmanager.register(watch)
        switch(self.module, self.module.probed(), **{PROBE: watch.ran})
        caches = list(_caches(self.module))
        for item, following in _in_order(session.items):
            for cache in caches:
                cache.cache_clear()
            start = time.process_time()
            with watch.into(watch.own):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            trace.seconds[item.nodeid] = time.process_time() - start
            trace.lines[item.nodeid] = watch.of(item)
        trace.failed = self.failures.reports
        return trace

    # --- a mutant ---------------------------------------------------------------------------

    def _start(self, mutant: Mutant, items: list[pytest.Item], limit: float) -> int:
        pid = os.fork()
        if pid:
            return pid
        status = FAULTY
        try:
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CPU, (int(limit) + 1, int(limit) + 2))
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
            mutant.apply()
            switch(self.module, self.module.code())
            status = SURVIVED
            for item, following in _in_order(items):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if self.failures.reports:
                    status = KILLED
                    break
        except BaseException as error:
            print(f"{mutant}: {error!r}", file=sys.stderr, flush=True)
        finally:
            os._exit(status)

    def _reap(self, running: dict[int, tuple[int, float]]) -> None:
        """Wait for one of the forks to end; end those that only wait."""
        while True:
            for pid, (number, until) in running.items():
                if time.monotonic() > until:
                    os.kill(pid, signal.SIGKILL)
                ended, status = os.waitpid(pid, os.WNOHANG)
                if ended:
                    del running[pid]
                    exit_code = os.waitstatus_to_exitcode(status)
                    if exit_code == FAULTY:
                        raise pytest.UsageError(f"{self.chosen[number]}: not to be run")
                    self._ended(number, End.SURVIVED if exit_code == SURVIVED else
                                End.KILLED if exit_code == KILLED else End.ENDLESS)
                    return
            time.sleep(0.005)


class Watch:
    """A pytest plugin: which lines run, in the tests and in their fixtures."""

    def __init__(self) -> None:
        self.own: set[int] = set()
        self.fixtures: dict[int, set[int]] = defaultdict(set)
        self._now = self.own

    def ran(self, line: int) -> None:
        """Write a line down."""
        self._now.add(line)

    @contextmanager
    def into(self, lines: set[int]) -> Iterator[None]:
        """Let what runs in here be written down in `lines`, which begin anew."""
        before, self._now = self._now, lines
        lines.clear()
        yield
        self._now = before

    def of(self, item: pytest.Item) -> set[int]:
        """The lines of a test that has just run."""
        found = set(self.own)
        info = getattr(item, "_fixtureinfo", None)
        for definitions in info.name2fixturedefs.values() if info else ():
            for definition in definitions:
                found |= self.fixtures[id(definition)]
        return found

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        """A fixture that several tests share runs in the first of them alone."""
        with self.into(self.fixtures[id(fixturedef)]):
            return (yield)


def switch(module: Module, code: Code, **names: object) -> None:
    """Give every function of a module, as it stands in memory, other code and some global names."""
    for function in list(_live(module)):
        function.__code__ = code[function.__code__.co_qualname, function.__code__.co_firstlineno]
        function.__globals__.update(names)
    for cache in list(_caches(module)):
        cache.cache_clear()


def _live(module: Module) -> Iterator[FunctionType]:
    file = str(module.path)
    for thing in gc.get_objects():
        if type(thing) is FunctionType and thing.__code__.co_filename == file and "<" not in thing.__code__.co_qualname:
            yield thing


def _caches(module: Module) -> Iterator[Any]:
    """What remembers results of the module's functions."""
    names = {function.__qualname__ for function in _live(module)}
    for thing in gc.get_objects():
        if hasattr(type(thing), "cache_clear") and getattr(thing, "__qualname__", None) in names:
            yield thing


def _in_order(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def _in_fork(work: Callable[[], Any]) -> Any:
    """What a function returns, that leaves nothing behind in this process."""
    source, target = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.close(source)
            with os.fdopen(target, "wb") as pipe:
                pickle.dump(work(), pipe)
        finally:
            os._exit(0)
    os.close(target)
    with os.fdopen(source, "rb") as pipe:
        found = pickle.load(pipe)  # ours
    os.waitpid(pid, 0)
    return found


def run(module: Module, tests: Sequence[str], chosen: Sequence[Mutant], workers: int,
        tell: Callable[[Mutant, End], None]) -> dict[int, End]:
    """Run the tests of a module against some of its mutants.

    Args:
        module: none of its functions may run yet in this process.
        tests: arguments of pytest that name them.
        chosen: of the module's mutants.
        workers: forks at a time.
        tell: is called as each ends.

    Returns:
        How each ended, by its index in `chosen`.

    Raises:
        SystemExit: the tests could not be collected, or fail without mutants.
    """
    loop = Run(module, chosen, workers, tell)
    status = pytest.main([*QUIET, *tests], plugins=[loop])
    if len(loop.ends) < len(chosen):
        sys.exit(f"{module.path}: the tests did not come to an end ({status!r})")
    return loop.ends
