"""The closing summary of many issues, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bulletin_press.batch.item import Outcome, Status
from bulletin_press.ground.diagnostics import Finding

_ADVICE = {
    Status.MADE: "",
    Status.SKIPPED: "没有改动；要重新生成，加 --no-resume",
    Status.ERRORS: "改正后再运行一次，只做没有做成的",
    Status.FAILED: "按下面说的改好，再运行一次",
}
_LABEL = 6  # columns: three hanzi


def counts(outcomes: Sequence[Outcome]) -> dict[Status, int]:
    """How many there are of each status."""
    return {status: sum(one.status is status for one in outcomes) for status in Status}


def as_text(outcomes: Sequence[Outcome], seconds: float) -> str:
    """The summary for a person: a row a status, then what was not made and why."""
    return "\n".join(_rows(outcomes, seconds))


def _rows(outcomes: Sequence[Outcome], seconds: float) -> Iterator[str]:
    found = counts(outcomes)
    yield f"共 {len(outcomes)} 期，用了 {lasted(seconds)}"
    for status, count in found.items():
        if count or status is Status.MADE:
            blanks = " " * (_LABEL - 2 * len(status.label))
            yield f"  {status.label}{blanks}{count:>6}  {_ADVICE[status]}".rstrip()
    for status in (Status.ERRORS, Status.FAILED):
        for one in outcomes:
            if one.status is status:
                yield f"{status.label}：{said(one)}"


def said(outcome: Outcome) -> str:
    """An outcome that is no output, in a line: the line of the list, what it is called, why."""
    item = outcome.item
    named = "" if item.title in outcome.message else f"{item.title} "
    return (f"{item.place}: " if item.place else "") + (named + outcome.message).rstrip()


def lasted(seconds: float) -> str:
    """A time in words."""
    if seconds < 60:
        return f"{seconds:.1f} 秒"
    return f"{int(seconds) // 60} 分 {int(seconds) % 60} 秒"


def as_json(outcomes: Sequence[Outcome], seconds: float, listed: Callable[[Sequence[Finding]], Any], *,
            escaped: bool = False) -> str:
    """The summary for programs.

    Args:
        outcomes: what came of the issues.
        seconds: what all took.
        listed: findings as values of JSON.
        escaped: write ASCII only.
    """
    totals = {status.value: count for status, count in counts(outcomes).items()}
    return json.dumps({"total": len(outcomes), **totals, "seconds": round(seconds, 3),
                       "issues": [_entry(one, listed) for one in outcomes]}, ensure_ascii=escaped, indent=1)


def _entry(one: Outcome, listed: Callable[[Sequence[Finding]], Any]) -> dict[str, Any]:
    job = one.item.job
    outputs = one.rendered.outputs if one.rendered else ()
    return {
        "title": one.item.title, "place": one.item.place or None,
        "workspace": str(job.root) if job else None, "issue": job.issue if job else None,
        "status": one.status.value, "message": one.message or None, "exit_status": int(one.exit_status),
        "seconds": round(one.seconds, 3), "tries": one.tries,
        "outputs": [{"outlet": output.outlet, "path": str(output.path), "pages": output.pages,
                     "files": list(output.holds)} for output in outputs],
        "findings": listed(one.findings),
    }
