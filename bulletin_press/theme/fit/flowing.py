"""Laid-out pages as one flow of pieces, which can be cut into pages anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from bulletin_press.typeset.reports import FlowPiece, PageFill


@dataclass(frozen=True)
class Flow:
    """Pieces that are cut into pages of one height, and the pages of other heights, covers, between them.

    ``fixed`` says of pages that stay as they are how empty they are, by the number of the run before which they stand;
    ``below`` is the white below the letters of a page's last line, pt; ``more`` is how much emptier the last page
    looks than what its foot leaves, 0 to 1.
    """

    runs: tuple[tuple[FlowPiece, ...], ...]
    fixed: tuple[tuple[int, float], ...]
    height: float
    line: float
    below: float
    more: float = 0.0


def flow_of(fills: Sequence[PageFill]) -> Flow | None:
    """The pieces of pages as one flow; None where pages do not tell theirs."""
    heights = [round(one.height, 1) for one in fills]
    # Covers are of another height, and so may a lone first page be.
    ordinary = max(heights[1:] or heights, key=heights.count)
    runs, fixed, run = list[tuple[FlowPiece, ...]](), list[tuple[int, float]](), list[FlowPiece]()
    for one, height in zip(fills, heights, strict=True):
        if not one.pieces:
            return None
        # A list of contents spreads over its page, whatever there is to it.
        alone = height != ordinary or {piece.section for piece in one.pieces} == {"contents"}
        if alone or one.pieces[0].forced:
            runs.append(tuple(run))
            run = []
        if alone:
            fixed.append((len(runs), (one.height - one.used) / one.height))
        else:
            run.extend(_held(one))
    runs.append(tuple(run))
    ordinaries = [one for one, height in zip(fills, heights, strict=True) if height == ordinary]
    below = [over for one in ordinaries
             if one.pieces[-1].kind == "text" and 0 <= (over := _high(one) - one.used) < one.line]
    return Flow(tuple(runs), tuple(fixed), ordinaries[0].height, ordinaries[0].line, median(below) if below else 0.0)


def _high(page: PageFill) -> float:
    """How far down the pieces of a page reach, pt."""
    return sum(one.space * (at > 0) + one.height for at, one in enumerate(page.pieces))


def _held(page: PageFill) -> Iterator[FlowPiece]:
    """The pieces of a page, none of them higher than they were on it."""
    over = _high(page) - page.height
    highest = max(page.pieces, key=lambda one: one.height)
    yield from (replace(one, height=one.height - over) if over > 0 and one is highest else one for one in page.pieces)


def moved_in(flow: Flow, fills: Sequence[PageFill], moved: Mapping[str, int]) -> Flow:
    """A flow in which pictures stand behind the text that follows them."""
    passed = {(one.pieces[0].section, one.pieces[0].height):
              sum(height for _, height in one.texts[: moved[one.opens_with]])
              for one in fills if one.opens_with in moved and one.pieces}
    if not passed:
        return flow
    runs = list[tuple[FlowPiece, ...]]()
    for run in flow.runs:
        made, at = list(run), 0
        while at < len(made):
            room = passed.pop((made[at].section, made[at].height), 0.0)
            to = at + 1
            while room > flow.line / 2 and to < len(made) and made[to].kind == "text":
                room -= made[to].height + made[to].space
                to += 1
            made[at:to] = [*made[at + 1 : to], made[at]]
            at = to
        runs.append(tuple(made))
    return replace(flow, runs=tuple(runs))
