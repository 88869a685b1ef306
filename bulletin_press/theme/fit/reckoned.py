"""What pages would come out as with other choices, reckoned from pages that were laid out.

The pieces of the pages are taken as one column and cut into pages anew: pieces grow, white between them, pages become
deeper, a chart goes behind the text. What a theme does not say of its values is not reckoned, and lines are not broken
anew; so a layout follows, and the score decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from bulletin_press.theme.fit.changes import Change, changed_by, changes_of
from bulletin_press.theme.fit.choices import Choices
from bulletin_press.theme.fit.cutting import cut
from bulletin_press.theme.fit.flowing import Flow, flow_of, moved_in
from bulletin_press.theme.fit.score import MOST_EMPTY, MOST_EMPTY_LAST, empties, score
from bulletin_press.typeset.reports import PageFill

# Combinations that are all reckoned, at most, and their pieces; of how many of the best one thing more is changed, over
# and over; and how many are told.
_MOST, _PIECES, _BETTERED, _TOLD = 1200, 60_000, 4, 10
# A last page that is reckoned fuller than this, as a share, may not hold what it should, and what that would cost.
_NARROW, _DOUBT = 0.075, 0.17
# All pages of which a piece may go to the other count no more than this.
_RISKED = 0.12
# How what is parted comes out is least sure.
_PARTED = 0.05
# A page that is reckoned so near its bound, as a share, may come out beyond it, and what that would cost.
_NEAR, _BEYOND = 0.04, 0.06


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
    flow = flow_of(fills)
    as_it_is = cut(flow, 0.0) if flow else []
    if flow is None or len(as_it_is) != len(fills):
        return []
    flow = replace(flow, more=empties(fills)[-1] - as_it_is[-1].empty)
    flow = moved_in(flow, fills, moved or {})
    ways = [[*changes_of(name, choice, chosen.get(name, ""), flow)] for name, choice in choices.items()]
    found = _searched(flow, [one for one in ways if len(one) > 1], budget)
    made = [(cost, {**chosen, **{one.name: one.value for one in pairs}}) for cost, pairs in found[:_TOLD]]
    return [(cost, {name: one[name] for name in choices if one.get(name)}) for cost, one in made]


def _searched(flow: Flow, ways: list[list[Change]], budget: int | None) -> list[tuple[float, tuple[Change, ...]]]:
    """Combinations of one value of each choice, with their scores, the best first.

    Some choices are tried all with all; of the best of these one value after the other is changed, of any choice, as
    long as that betters them.
    """
    crossed, others = _bounded(ways, min(_MOST, _PIECES // max(1, sum(map(len, flow.runs)))))
    kept = tuple(one[0] for one in others)
    found = dict[tuple[str, ...], tuple[float, int, tuple[Change, ...]]]()
    flows: dict[tuple[str, ...], Flow] = {(): flow}

    def changed(pairs: tuple[Change, ...]) -> Flow:
        key = tuple(one.value for one in pairs)
        if key not in flows:
            flows[key] = changed_by(changed(pairs[:-1]), pairs[-1:])
        return flows[key]

    def reckon(pairs: tuple[Change, ...]) -> tuple[float, int, tuple[Change, ...]]:
        key = tuple(one.value for one in pairs)
        if key not in found:
            cost = _score(changed(pairs[1:]), pairs[0].deeper, pairs, budget)
            found[key] = (cost, len(found), pairs)
        return found[key]

    for pairs in product(*crossed):
        reckon((*pairs, *kept))
    first = sorted(found.values())
    # The best of each depth of pages: what is best at one may be found from there alone.
    starts = [next(one for one in first if one[2][0] is way) for way in crossed[0]]
    for best in [*first[:_BETTERED], *(one for one in starts if one not in first[:_BETTERED])]:
        while True:
            now = best[2]
            tried = [reckon((*now[:at], way, *now[at + 1 :])) for at, one in enumerate([*crossed, *others])
                       for way in one if way is not now[at]]
            better = min(tried, default=best)
            if better[0] >= best[0]:
                break
            best = better
    return [(cost, pairs) for cost, _, pairs in sorted(found.values())]


def _bounded(ways: list[list[Change]], most: int) -> tuple[list[list[Change]], list[list[Change]]]:
    """The choices that are tried all with all, the depth of pages first; and those that are too many for that."""
    deeper = next((one for one in ways if any(way.deeper for way in one)), [Change("", "", None, None, frozenset())])
    crossed, others, count = [deeper], list[list[Change]](), len(deeper)
    for one in ways:
        if one is deeper:
            continue
        if count * len(one) <= most:
            count *= len(one)
            crossed.append(one)
        else:
            others.append(one)
    return crossed, others


def _score(flow: Flow, deeper: float, pairs: Sequence[Change], budget: int | None) -> float:
    pages = cut(flow, deeper)
    # Where a back cover stands at the end, the page before it is the last that fills.
    end = next((one.empty for one in reversed(pages) if one.flows), 1.0)
    doubt = _DOUBT * max(0.0, 1 - end / _NARROW) if any(way.now is not way.then for way in pairs) else 0.0
    doubt += _PARTED * sum(way.then is not None and way.then.way == "parted" for way in pairs)
    doubt += sum(_beyond(one.empty, last=at == len(pages) - 1) for at, one in enumerate(pages))
    doubt += min(_RISKED, sum(one.risk for one in pages)) if any(way.now is not way.then for way in pairs) else 0.0
    return doubt + score([one.empty for one in pages], budget=budget, price=sum(one.price for one in pairs),
                         lone=sum(one.lone for one in pages)) + 1e-4 * sum(bool(one.value) for one in pairs)


def _beyond(share: float, *, last: bool) -> float:
    """What it may cost that a page is near its bound, or beyond."""
    bound = MOST_EMPTY_LAST if last else MOST_EMPTY
    return _BEYOND * min(1.0, max(0.0, 1 - (bound - share) / _NEAR))
