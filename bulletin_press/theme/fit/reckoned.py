"""What pages would come out as with other choices, reckoned from pages that were laid out.

The pieces of the pages are taken as one column and cut into pages anew: pieces grow, white between them, pages become
deeper, a chart goes behind the text. What a theme does not say of its values is not reckoned, and lines are not broken
anew; so a layout follows, and the score decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from statistics import median

from bulletin_press.theme.fit.choices import CHARTS, Choice, Choices, Value
from bulletin_press.theme.fit.score import EXHIBITS, LONE_LEAST, empties, score
from bulletin_press.typeset.reports import FlowPiece, PageFill

# Combinations that are reckoned at most, and how many of the best are told.
_MOST, _TOLD = 700, 10
# A last page that is reckoned fuller than this, as a share, may not hold what it should, and what that would cost.
_NARROW, _DOUBT = 0.075, 0.17
# A piece that ends so near the page's foot, as a share of the page, may go to the other; its hole beyond this counts.
# All such pages together count no more than the last.
_CLOSE, _JUMP, _RISKED = 0.03, 0.1, 0.12
# How what is parted comes out is least sure.
_PARTED = 0.05
# White that is so many times what a choice adds to it is white between sections or items.
_BETWEEN = 1.7
# pt of a chart that is its title and note, and does not grow with it.
_TITLE = 24.0
_AFTER, _ABREAST = ("charts", "after"), ("charts", "abreast")
# Lines that stay together where a piece is parted.
_KEPT = 6
# pt that a page may be too full by, which is no more than how exactly a machine reckons.
_GRAIN = 1e-6


@dataclass(frozen=True)
class _Flow:
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


@dataclass(frozen=True)
class _Way:
    """One value of a choice, as against the one that is chosen now (``None`` is the theme's own)."""

    name: str
    value: str
    now: Value | None
    then: Value | None
    sections: frozenset[str]

    @property
    def price(self) -> float:
        """What it costs, hundredths of an empty page."""
        return self.then.price if self.then else 0.0

    @property
    def deeper(self) -> float:
        """How much deeper pages become, pt."""
        return (self.then.deepens if self.then else 0.0) - (self.now.deepens if self.now else 0.0)


def best_first(choices: Choices, chosen: Mapping[str, str], fills: Sequence[PageFill], *, budget: int | None = None,
               moved: Mapping[str, int] | None = None) -> list[tuple[float, dict[str, str]]]:
    """The choices that are reckoned to make the best pages, with their scores, the best first; none where that fails.

    Args:
        choices: what the theme declares.
        chosen: what is chosen already; some of it may be chosen otherwise.
        fills: the pages as they came out with that.
        budget: how many pages there should be.
        moved: pictures that shall stand behind the text that follows them, by how many paragraphs.
    """
    flow = _flow(fills)
    as_it_is = _cut(flow, 0.0) if flow else []
    if flow is None or len(as_it_is) != len(fills):
        return []
    flow = replace(flow, more=empties(fills)[-1] - as_it_is[-1].empty)
    flow = _moved(flow, fills, moved or {})
    ways = [[*_ways(name, choice, chosen.get(name, ""), flow)] for name, choice in choices.items()]
    ways, deeper = _bounded([one for one in ways if len(one) > 1])
    found = list[tuple[float, int, tuple[_Way, ...]]]()
    for pairs in product(*ways):
        made = _changed(flow, pairs)
        for page in deeper:
            combined = (*pairs, page)
            found.append((_score(made, page.deeper, combined, budget), len(found), combined))
    found.sort()
    return [(cost, {name: value for name, value in
                    {**chosen, **{one.name: one.value for one in pairs if one.name}}.items() if value})
            for cost, _, pairs in found[:_TOLD]]


def _bounded(ways: list[list[_Way]]) -> tuple[list[list[_Way]], list[_Way]]:
    """Choices apart from the depth of pages, no more of them than are looked through; and the depths."""
    deeper = next((one for one in ways if any(way.deeper for way in one)), [_Way("", "", None, None, frozenset())])
    others, count = list[list[_Way]](), len(deeper)
    for one in ways:
        if one is not deeper and count * len(one) <= _MOST:
            count *= len(one)
            others.append(one)
    return others, deeper


def _ways(name: str, choice: Choice, now: str, flow: _Flow) -> Iterator[_Way]:
    """The values of a choice whose effect is known, that of now first."""
    sections, held = frozenset(choice.sections), choice.values.get(now)
    if sections and not any(one.section in sections for run in flow.runs for one in run):
        return
    rows = any(one.kind == after.kind == "chart" for run in flow.runs for one, after in pairwise(run))
    known = {now: held, "": None} | {key: value for key, value in choice.values.items()
                                     if _known(value) and (rows or _ABREAST not in value.sets.items())}
    if held is None or _known(held):
        yield from (_Way(name, key, held, value, sections) for key, value in known.items())


def _known(value: Value) -> bool:
    return bool(value.deepens or value.grows or value.adds or CHARTS in value.sets or _AFTER in value.sets.items()
                or _ABREAST in value.sets.items() or value.way == "parted")


def _flow(fills: Sequence[PageFill]) -> _Flow | None:
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
    return _Flow(tuple(runs), tuple(fixed), ordinaries[0].height, ordinaries[0].line, median(below) if below else 0.0)


def _high(page: PageFill) -> float:
    """How far down the pieces of a page reach, pt."""
    return sum(one.space * (at > 0) + one.height for at, one in enumerate(page.pieces))


def _held(page: PageFill) -> Iterator[FlowPiece]:
    """The pieces of a page, none of them higher than they were on it."""
    over = _high(page) - page.height
    highest = max(page.pieces, key=lambda one: one.height)
    yield from (replace(one, height=one.height - over) if over > 0 and one is highest else one for one in page.pieces)


def _moved(flow: _Flow, fills: Sequence[PageFill], moved: Mapping[str, int]) -> _Flow:
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


def _changed(flow: _Flow, pairs: Sequence[_Way]) -> _Flow:
    """A flow with what values make of its pieces."""
    for way in pairs:
        if way.now is not way.then:
            flow = replace(flow, runs=tuple(tuple(_with(run, way, flow.line)) for run in flow.runs))
    return flow


def _with(run: Sequence[FlowPiece], way: _Way, line: float) -> Iterator[FlowPiece]:
    adds = _adds(way.then) - _adds(way.now)
    grows = ((way.then and way.then.grows) or 1.0) / ((way.now and way.now.grows) or 1.0)
    scale = _scale(way.then) / _scale(way.now)
    after = way.then is not None and _AFTER in way.then.sets.items()
    parted = way.then is not None and way.then.way == "parted" and not after
    abreast = way.then is not None and _ABREAST in way.then.sets.items()
    # Charts that no text speaks of stand behind it as it is; they come first there.
    held, tail, before, kind = list[FlowPiece](), list[FlowPiece](), "", ""
    for one in run:
        if abreast and one.kind == kind == "chart" and one.section in way.sections:
            continue  # beside the one before it
        kind = one.kind
        if one.section != before:
            yield from (*tail, *held)
            held, tail = [], []
        elif one.kind != "chart":
            held, tail = [*held, *tail], []
        begins, before = one.section != before, one.section
        if way.sections and (one.section not in way.sections or one.kind == "foot"):
            yield one
        elif len(way.sections) != 1:
            space = max(0.0, one.space + adds) if adds and one.space >= _BETWEEN * abs(adds) else one.space
            yield replace(one, space=space, height=one.height * (grows if one.kind == "picture" else 1))
        elif abreast:
            yield replace(one, height=one.height * (grows if one.kind == "chart" else 1))
        elif after and one.kind == "chart":
            tail.append(replace(one, follows=False))
        elif parted and one.height > 4 * line:
            yield from _parted(replace(one, height=one.height * grows + adds), line, way.then.into if way.then else 0)
        else:
            high = _TITLE + (one.height - _TITLE) * scale if one.kind == "chart" else one.height * grows
            yield replace(one, height=high + begins * adds)
    yield from (*tail, *held)


def _parted(one: FlowPiece, line: float, into: int) -> Iterator[FlowPiece]:
    """A piece parted into so many, or into lines, of which the first and the last stay together."""
    count = into or int(one.height // line)
    for at in range(count):
        follows = one.follows if at == 0 else not into and (at < _KEPT or at > count - 2)
        yield replace(one, space=0.0 if at else one.space, height=one.height / count, forced=not at and one.forced,
                      follows=follows)


def _adds(value: Value | None) -> float:
    """What a value adds, pt; nothing where that is about charts, which are reckoned one by one."""
    return value.adds if value and CHARTS not in value.sets else 0.0


def _scale(value: Value | None) -> float:
    return float(value.sets.get(CHARTS, 1)) if value else 1.0


@dataclass(frozen=True)
class _Page:
    """A page that was reckoned.

    ``empty`` is how much of it is, 0 to 1; ``lone``: it begins with a lone exhibit; ``flows``: it is no cover;
    ``risk`` is half the hole that a piece would leave or fill that may stand on it or on the next; 0 where none may.
    """

    empty: float
    lone: bool = False
    flows: bool = True
    risk: float = 0.0


def _score(flow: _Flow, deeper: float, pairs: Sequence[_Way], budget: int | None) -> float:
    pages = _cut(flow, deeper)
    # Where a back cover stands at the end, the page before it is the last that fills.
    end = next((one.empty for one in reversed(pages) if one.flows), 1.0)
    doubt = _DOUBT * max(0.0, 1 - end / _NARROW) if any(way.now is not way.then for way in pairs) else 0.0
    doubt += _PARTED * sum(way.then is not None and way.then.way == "parted" for way in pairs)
    doubt += min(_RISKED, sum(one.risk for one in pages)) if any(way.now is not way.then for way in pairs) else 0.0
    return doubt + score([one.empty for one in pages], budget=budget, price=sum(one.price for one in pairs),
                         lone=sum(one.lone for one in pages)) + 1e-4 * sum(bool(one.value) for one in pairs)


def _cut(flow: _Flow, deeper: float) -> list[_Page]:
    """The pages that a flow makes where pages are so much deeper, pt."""
    made, fixed = list[_Page](), list(flow.fixed)
    for at, run in enumerate(flow.runs):
        while fixed and fixed[0][0] == at:
            made.append(_Page(fixed.pop(0)[1], flows=False))
        made.extend(_cut_run(run, flow.height + deeper, flow.below) if run else ())
    made.extend(_Page(empty, flows=False) for _, empty in fixed)
    if made[-1].flows:
        made[-1] = replace(made[-1], empty=max(0.0, made[-1].empty + flow.more))
    return made


def _cut_run(run: Sequence[FlowPiece], height: float, below: float) -> Iterator[_Page]:
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
        yield _Page(empty, _lone(run, start, stop, height), risk=risk)
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
