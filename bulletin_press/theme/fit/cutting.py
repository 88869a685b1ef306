"""A flow of pieces cut into pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bulletin_press.theme.fit.flowing import Flow
from bulletin_press.theme.fit.score import EXHIBITS, LONE_LEAST
from bulletin_press.typeset.reports import FlowPiece

# A piece that ends so near the page's foot, as a share of the page, may go to the other; its hole beyond this counts.
_CLOSE, _JUMP = 0.03, 0.1
# pt that a page may be too full by, which is no more than how exactly a machine reckons.
_GRAIN = 1e-6


@dataclass(frozen=True)
class CutPage:
    """A page that was reckoned.

    ``empty`` is how much of it is, 0 to 1; ``lone``: it begins with a lone exhibit; ``flows``: it is no cover;
    ``risk`` is half the hole that a piece would leave or fill that may stand on it or on the next; 0 where none may.
    """

    empty: float
    lone: bool = False
    flows: bool = True
    risk: float = 0.0


def cut(flow: Flow, deeper: float) -> list[CutPage]:
    """The pages that a flow makes where pages are so much deeper, pt."""
    made, fixed = list[CutPage](), list(flow.fixed)
    for at, run in enumerate(flow.runs):
        while fixed and fixed[0][0] == at:
            made.append(CutPage(fixed.pop(0)[1], flows=False))
        made.extend(_cut_run(run, flow.height + deeper, flow.below) if run else ())
    made.extend(CutPage(empty, flows=False) for _, empty in fixed)
    if made[-1].flows:
        made[-1] = replace(made[-1], empty=max(0.0, made[-1].empty + flow.more))
    return made


def _cut_run(run: Sequence[FlowPiece], height: float, below: float) -> Iterator[CutPage]:
    ends, end = list[float](), 0.0
    for one in run:
        end += one.space + one.height
        ends.append(end)
    start = 0
    while start < len(run):
        # The white above a page's first piece is dropped.
        top = ends[start] - run[start].height
        stop = max(bisect_right(ends, top + height + _GRAIN, start), start + 1)
        whole = stop
        while stop < len(run) and stop > start + 1 and run[stop].follows:
            stop -= 1
        if stop == start + 1 and stop < len(run) and run[stop].follows:
            stop = whole
        foot = run[stop - 1].height if run[stop - 1].kind == "foot" else 0.0
        used = ends[stop - 1] - top - (foot + run[stop - 1].space if foot else 0.0)
        # What hardly found room, and what hardly found none.
        near = [run[stop - 1]] if stop < len(run) and height - used < _CLOSE * height else []
        near += [run[stop]] if stop < len(run) and ends[stop] - top - height < _CLOSE * height else []
        risk = sum(max(0.0, one.height / height - _JUMP) for one in near) / 2
        empty = min(1.0, max(0.0, (height - used - foot + below) / height))
        yield CutPage(empty, _lone(run, start, stop, height), risk=risk)
        start = stop


def _lone(run: Sequence[FlowPiece], start: int, stop: int, height: float) -> bool:
    """Whether a page begins with charts or tables that are cut from their text, and with nothing else of theirs."""
    if not start or run[start].kind not in EXHIBITS or run[start - 1].section != run[start].section:
        return False
    at, high = start, 0.0
    while at < stop and run[at].kind in EXHIBITS and run[at].section == run[start].section:
        high += run[at].height
        at += 1
    behind = at < stop and run[at].section == run[start].section
    return not behind and high < LONE_LEAST * height
