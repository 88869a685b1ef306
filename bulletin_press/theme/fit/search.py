"""The search for the arrangement of an issue with the best score: deterministic, and bounded.

One thing is changed at a time, that first which may help the first bad page; a change that betters the score stays.
It ends when no page is bad and the number of pages is right, or when so many layouts have been tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from types import MappingProxyType

from bulletin_press.theme.fit.choices import Choices, Way
from bulletin_press.theme.fit.score import MOST_EMPTY, MOST_EMPTY_LAST, bad_pages, empties, score
from bulletin_press.typeset.reports import PageFill

# A last page that holds no more than so many lines is rather drawn back than filled.
_FEW_LINES = 8
# A hole that is too high by so few lines is filled by a little air.
_HAIR = 2
_EQUAL = 1e-9
# Some of a line is lost where a block begins.
_SPARE = 0.5


@dataclass(frozen=True)
class Arrangement:
    """What is chosen, by the choices' names, and how many blocks each moved block is set behind, by its origin."""

    chosen: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    moved: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def key(self) -> tuple[object, ...]:
        """By which it is told from others."""
        return tuple(sorted(self.chosen.items())), tuple(sorted(self.moved.items()))

    def price(self, choices: Choices) -> float:
        """What the theme says that the choices cost, hundredths of an empty page."""
        return sum(choices[name].values[value].price for name, value in self.chosen.items())


@dataclass(frozen=True)
class Tried:
    """An arrangement and how its pages came out."""

    arrangement: Arrangement
    empty: tuple[float, ...]
    score: float


@dataclass(frozen=True)
class Found:
    """The first arrangement, the best, and how many layouts were made."""

    first: Tried
    best: Tried
    layouts: int


Fills = Sequence[PageFill]


def search(choices: Choices, first: Fills, lay_out: Callable[[Arrangement], Fills | None],
           forget: Callable[[Arrangement], None] = lambda arrangement: None, *, most: int,
           budget: int | None = None) -> Found:
    """Look for a better arrangement than the theme's own.

    Args:
        choices: what the theme declares.
        first: the pages as the theme has them.
        lay_out: makes the pages of an arrangement; None where it cannot.
        forget: told of each arrangement that is not the best, or no longer: its pages are not asked for again.
        most: how many layouts may be tried beside the first.
        budget: how many pages there should be, if that is asked for.

    Returns:
        What was found; its best is never worse than the first.
    """
    start = best = _tried(Arrangement(), first, choices, budget)
    fills, seen, layouts = first, {start.arrangement.key}, 1
    while layouts <= most and not good(best.empty, budget):
        following = next((one for one in candidates(choices, best, fills, budget) if one.key not in seen), None)
        if following is None:
            break
        seen.add(following.key)
        layouts += 1
        made = lay_out(following)
        if made is None:
            continue
        one = _tried(following, made, choices, budget)
        better = one.score < best.score - _EQUAL
        forget((best if better else one).arrangement)
        if better:
            best, fills = one, made
    return Found(start, best, layouts)


def good(empty: Sequence[float], budget: int | None) -> bool:
    """Whether pages leave nothing to be wished: no hole, and the number asked for."""
    return not bad_pages(empty) and (not budget or len(empty) == budget)


def candidates(choices: Choices, best: Tried, fills: Fills, budget: int | None = None) -> Iterator[Arrangement]:
    """The arrangements that differ from the best in little, the most promising first.

    The first of all changes the likeliest thing for each bad page at once; the others one thing each, for the
    worst page first.
    """
    bad = sorted(bad_pages(best.empty), key=lambda at: (-best.empty[at], at))
    moves = dict(flowing_up(fills, sorted(bad)))
    ranked = [_ranked(choices, best, fills, at, budget) for at in bad or [len(fills) - 1]]
    together = dict[str, str]()
    for one in ranked:
        name, value = next(((name, value) for name, value in one if name not in together), ("", ""))
        if name:
            together[name] = value
    now = best.arrangement
    for one in ranked:
        if one and _way(choices, one[0]) == "tighter":  # all that saves room, to save a page
            together |= dict(reversed([pair for pair in one if _way(choices, pair) == "tighter"]))
    if budget is None or len(fills) >= budget:
        yield replace(now, chosen={**now.chosen, **together}, moved={**moves, **now.moved})
    for origin, count in moves.items():
        yield replace(now, moved={origin: count, **now.moved})
    for each in zip_longest(*ranked):
        for one in filter(None, each):
            yield replace(now, chosen={**now.chosen, one[0]: one[1]})


def _way(choices: Choices, pair: tuple[str, str]) -> Way:
    return choices[pair[0]].values[pair[1]].way


def _ranked(choices: Choices, best: Tried, fills: Fills, at: int, budget: int | None) -> list[tuple[str, str]]:
    """The choices' names and values that may help a bad page, the likeliest first."""
    ways = wanted(best.empty, fills, at, budget)
    near = {section for page in fills[at : at + 2] for section in page.sections}
    before = {section for page in fills[: at + 1] for section in page.sections}
    ranked = []
    for place, (name, choice) in enumerate(choices.items()):
        kinds = set(choice.sections)
        here = not kinds or not before or bool(kinds & near)
        if not (here or kinds & before):
            continue  # what stands behind the hole, or nowhere
        for number, (value, what) in enumerate(choice.values.items()):
            if what.way in ways and best.arrangement.chosen.get(name) != value:
                ranked.append((ways.index(what.way), not here, place, number, name, value))
    return [(name, value) for *_, name, value in sorted(ranked)]


def wanted(empty: Sequence[float], fills: Fills, at: int, budget: int | None = None) -> tuple[Way, ...]:
    """Which ways may help a page, from 0, the best first."""
    if budget and len(fills) > budget:
        return ("tighter", "parted")
    if budget and len(fills) < budget:
        return ("looser", "closing")
    last = fills[-1]
    held = last.height - last.gap
    if at < len(fills) - 1:
        one = fills[at]
        if (empty[at] - MOST_EMPTY) * one.height <= _HAIR * one.line:
            return ("looser", "parted", "tighter", "closing")
        # What the last page holds would nearly go on the one before it.
        nearly = at == len(fills) - 2 and one.used + held - one.height <= _FEW_LINES * one.line
        return ("tighter", "parted", "looser", "closing") if nearly else ("parted", "tighter", "looser", "closing")
    # To be filled: what is beyond the third.
    if (empty[at] - MOST_EMPTY_LAST) * last.height <= _FEW_LINES / 2 * last.line:
        return ("looser", "tighter", "closing", "parted")
    return ("tighter", "closing", "looser", "parted") if held <= _FEW_LINES * last.line else \
        ("closing", "tighter", "looser", "parted")


def flowing_up(fills: Fills, bad: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Pictures and tables that jumped and left a hole, and how many of the paragraphs behind them would fill it."""
    for at in bad:
        if at + 1 >= len(fills) or not fills[at + 1].opens_with:
            continue
        hole, count = fills[at].height - fills[at].used, 0
        for _, height in fills[at + 1].texts:
            if hole <= _SPARE * fills[at].line:
                break
            hole, count = hole - height, count + 1
        if count:
            yield fills[at + 1].opens_with, count


def _tried(arrangement: Arrangement, fills: Fills, choices: Choices, budget: int | None) -> Tried:
    empty = empties(fills)
    return Tried(arrangement, empty, score(empty, budget=budget, price=arrangement.price(choices),
                                           moves=len(arrangement.moved)))

