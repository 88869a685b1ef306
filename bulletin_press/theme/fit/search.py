"""The search for the arrangement of an issue with the best score: deterministic, and bounded.

One thing is changed at a time, that first which may help the first bad page; a change that betters the score stays.
It ends when no page is bad and the number of pages is right, or when so many layouts have been tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bulletin_press.theme.fit.choices import Choices, Way
from bulletin_press.theme.fit.score import MOST_EMPTY_LAST, bad_pages, empties, score
from bulletin_press.typeset.reports import PageFill

# A last page that holds no more than so many lines is rather drawn back than filled.
_FEW_LINES = 8
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
    """The arrangements that differ from the best in one thing, the most promising first."""
    bad, ways = bad_pages(best.empty), wanted(best.empty, fills, budget)
    at = bad[0] if bad else len(fills) - 1
    for origin, count in flowing_up(fills, bad):
        if origin not in best.arrangement.moved:
            yield replace(best.arrangement, moved={**best.arrangement.moved, origin: count})
    near = {section for page in fills[at : at + 2] for section in page.sections}
    before = {section for page in fills[: at + 1] for section in page.sections}
    ranked = []
    for place, (name, choice) in enumerate(choices.items()):
        kinds = set(choice.sections)
        where = 0 if not kinds or kinds & near else 1 if not before or kinds & before else None
        if where is None and any(fill.sections for fill in fills):
            continue  # it stands behind the hole, or nowhere
        for number, (value, what) in enumerate(choice.values.items()):
            if what.way in ways and best.arrangement.chosen.get(name) != value:
                ranked.append((ways.index(what.way), where or 0, place, number, name, value))
    for *_, name, value in sorted(ranked):
        yield replace(best.arrangement, chosen={**best.arrangement.chosen, name: value})


def wanted(empty: Sequence[float], fills: Fills, budget: int | None = None) -> tuple[Way, ...]:
    """Which ways may help, the best first."""
    if budget and len(fills) > budget:
        return ("tighter", "parted")
    if budget and len(fills) < budget:
        return ("looser", "closing")
    bad, last = bad_pages(empty), len(fills) - 1
    if bad and bad[0] < last:
        return ("parted", "tighter", "looser", "closing")
    page = fills[last]
    lines = (page.height - page.gap) / page.line if page.line else 0
    # To be drawn back: all that stands on it. To be filled: what is beyond the third.
    lacking = (empty[last] - MOST_EMPTY_LAST) * page.height / page.line if page.line else 0
    if lacking <= _FEW_LINES / 2:
        return ("looser", "tighter", "closing", "parted")
    if lines <= _FEW_LINES:
        return ("tighter", "closing", "looser", "parted")
    return ("closing", "tighter", "looser", "parted")


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

