"""Many issues rendered, and told of in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bulletin_press.batch.answer import Answer
from bulletin_press.batch.freshness import is_fresh, remember, sources
from bulletin_press.batch.item import Item, Outcome, Status, outcome_of, refused
from bulletin_press.batch.pool import Limits, work_off
from bulletin_press.pipeline import Job, Rendered, run

# Has jobs done, and tells of each end by the job's index.
Doing = Callable[[Sequence[Job], Callable[[int, Answer[Rendered]], None]], None]


def by_processes(processes: int, limits: Limits | None = None) -> Doing:
    """Have jobs done by so many processes of this machine."""
    return lambda jobs, told: work_off(jobs, run, told, processes=processes, limits=limits)


def render_all(items: Sequence[Item], doing: Doing, told: Callable[[Outcome], None], *, marks: bool = False,
               resumes: bool = False, ended: Callable[[int], None] = lambda count: None) -> None:
    """Render many issues; one that fails stops no other.

    Args:
        items: the issues.
        doing: who renders them.
        told: told of each outcome, in the order of the items.
        marks: mark what is rendered now, so that it can be left out when it has not changed.
        resumes: leave out what was marked before and has not changed.
        ended: told how many have ended, as they end.

    Raises:
        EnvironmentFault: nobody can render them.
    """
    waiting, given = dict[int, Outcome](), 0

    def put(index: int, outcome: Outcome) -> None:
        nonlocal given
        waiting[index] = outcome
        ended(given + len(waiting))
        while given in waiting:
            given += 1
            told(waiting.pop(given - 1))

    left, jobs, digests = list[int](), list[Job](), list[str | None]()
    for index, item in enumerate(items):
        if item.job is None:
            assert item.fault is not None  # it says why there is no job
            put(index, refused(item, item.fault))
            continue
        digest = sources(item.job) if marks or resumes else None
        if resumes and is_fresh(item.job, digest):
            put(index, Outcome(item, Status.SKIPPED, message="没有改动"))
        else:
            left.append(index)
            jobs.append(item.job)
            digests.append(digest)

    def done(at: int, answer: Answer[Rendered]) -> None:
        if answer.value is not None:
            remember(jobs[at], digests[at], answer.value)
        put(left[at], outcome_of(items[left[at]], answer))

    if jobs:
        doing(jobs, done)
