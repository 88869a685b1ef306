"""The search for the arrangement of an issue with the best score: deterministic, and bounded.

One thing is changed at a time, that first which may help the first bad page; a change that betters the score stays.
It ends when no page is bad, text has flown up where a picture jumped, and the number of pages is right, or when so
many layouts have been tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest
from types import MappingProxyType

from bulletin_press.theme.fit import joint
from bulletin_press.theme.fit.choices import Choices, Way
from bulletin_press.theme.fit.reckoned import best_first
from bulletin_press.theme.fit.score import (
    A_MOVE,
    MOST_EMPTY,
    MOST_EMPTY_LAST,
    bad_pages,
    empties,
    lone_heads,
    score,
)
from bulletin_press.typeset.reports import PageFill

# A last page that holds no more than so many lines is rather drawn back than filled.
_FEW_LINES = 8
# A hole that is too high by so few lines is filled by a little air.
_HAIR = 2
# A page that a picture left so empty, as a share of it, is filled with text.
_TORN = 0.17
_EQUAL = 1e-9
# Hundredths: more than half of what a page is worth.
_DEAR = 10.0
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
    onwards: Iterator[Arrangement] = iter(())
    while layouts <= most:
        following = next((one for one in chain(onwards, candidates(choices, best, fills, budget))
                          if one.key not in seen), None)
        if following is None:
            break
        seen.add(following.key)
        layouts += 1
        made = lay_out(following)
        if made is None:
            continue
        one = _tried(following, made, choices, budget)
        if not budget and not bad_pages(one.empty):
            most = min(most, layouts - 1)  # what is wrong no more is not bettered at the price of a layout
        onwards = _mended(choices, one, best, made, budget)
        better = one.score < best.score - _EQUAL
        forget((best if better else one).arrangement)
        if better:
            best, fills = one, made
    return Found(start, best, layouts)


def _mended(choices: Choices, one: Tried, best: Tried, fills: Fills, budget: int | None) -> Iterator[Arrangement]:
    """What would mend pages that are nearly good, though they may have become worse as they are.

    Where they can be reckoned, that which is to be better than the best; else what ends the issue well, where nothing
    else is wrong any more.
    """
    known = _reckoned(choices, one, fills, budget) if not budget and bad_pages(one.empty) else []
    yield from (then for cost, then in known if cost < min(one.score, best.score) - _EQUAL)
    if not known and not budget and not [at for at in bad_pages(one.empty) if at < joint.ends_at(fills) - 1] and \
            (reckoned := joint.together(choices, one.arrangement.chosen, fills)):
        made = replace(one.arrangement, chosen=reckoned)
        if not _dear(choices, made, one.arrangement):
            yield made


def _dear(choices: Choices, one: Arrangement, now: Arrangement) -> bool:
    return one.price(choices) > now.price(choices) + _DEAR


def good(empty: Sequence[float], budget: int | None, lone: Sequence[int] = ()) -> bool:
    """Whether pages leave nothing to be wished: no hole, no lone exhibit, and the number asked for."""
    return not bad_pages(empty) and not lone and (not budget or len(empty) == budget)


def candidates(choices: Choices, best: Tried, fills: Fills, budget: int | None = None) -> Iterator[Arrangement]:
    """The arrangements that differ from the best in little, the most promising first.

    The first of all changes the likeliest thing for each bad page at once; the others one thing each, for the
    worst page first.
    """
    if good(best.empty, budget, lone_heads(fills)):
        # Nothing is wrong; what jumped for want of room may still leave the foot of its page to the text behind it.
        if moves := dict(flowing_up(fills, [at for at, share in enumerate(best.empty[:-1]) if share > _TORN])):
            yield replace(best.arrangement, moved={**moves, **best.arrangement.moved})
        return
    known = _reckoned(choices, best, fills, budget)
    yield from (one for cost, one in known if cost < best.score - _EQUAL)
    if known and not budget:
        return  # where pages could be reckoned, nothing else is tried
    reckoned = None if budget else joint.together(choices, best.arrangement.chosen, fills)
    # A back cover is not to be filled.
    ends = joint.ends_at(fills)
    fills = fills[: ends + 1]
    bad = sorted((at for at in bad_pages(best.empty) if at <= ends), key=lambda at: (-best.empty[at], at))
    moves = dict(flowing_up(fills, sorted({*bad, *spilled(fills, bad)})))
    places = bad or [ends]
    ranked = {at: _ranked(choices, best, fills, at, budget) for at in places}
    now = best.arrangement
    if budget is None or len(fills) >= budget:
        first = list[Arrangement]()
        # What is drawn back from the last page leaves nothing there to be spread out.
        spared = {ends} if len(bad) > 1 and _nearly(fills, bad) else set()
        if reckoned and max(bad, default=0) >= ends - 1:
            # A hole further up is mended in the same go: each layout more costs as much as the pages themselves.
            parted = {name: value for at in bad if at < ends - 1 for name, value in ranked[at][:1]
                      if _way(choices, (name, value)) == "parted" and name not in reckoned}
            first.append(replace(now, chosen={**reckoned, **parted}, moved={**moves, **now.moved}))
        together = _together(choices, best, fills, {at: ranked[at] for at in places if at not in spared}, budget)
        first.append(replace(now, chosen={**now.chosen, **together}, moved={**moves, **now.moved}))
        # What is reckoned comes first unless it is dear: it may be wrong, and costs nearly what it is to save.
        yield from sorted(first, key=lambda one: _dear(choices, one, now))
    for origin, count in moves.items():
        yield replace(now, moved={origin: count, **now.moved})
    for each in zip_longest(*ranked.values()):
        for one in filter(None, each):
            yield replace(now, chosen={**now.chosen, one[0]: one[1]})


def _reckoned(choices: Choices, best: Tried, fills: Fills, budget: int | None) -> list[tuple[float, Arrangement]]:
    """The arrangements that are reckoned to be good, with their scores, the best first; with and without text moved."""
    now, bad = best.arrangement, bad_pages(best.empty)
    moves = {**dict(flowing_up(fills, bad)), **now.moved}
    ranked = list[tuple[float, int, Arrangement]]()
    for moved in [moves] if moves == now.moved else [now.moved, moves]:
        found = best_first(choices, now.chosen, fills, budget=budget,
                           moved={origin: count for origin, count in moved.items() if origin not in now.moved})
        ranked.extend((cost + A_MOVE * len(moved), at, replace(now, chosen=chosen, moved=moved))
                      for at, (cost, chosen) in enumerate(found))
    return [(cost, one) for cost, _, one in sorted(ranked, key=lambda each: each[:2])]


def _together(choices: Choices, best: Tried, fills: Fills, ranked: Mapping[int, Sequence[tuple[str, str]]],
              budget: int | None) -> dict[str, str]:
    """The likeliest for each bad page; all that saves room, where none of it is sure to save the page."""
    together = dict[str, str]()
    for one in ranked.values():
        name, value = next(((name, value) for name, value in one if name not in together), ("", ""))
        if name:
            together[name] = value
    for at, one in ranked.items():
        if one and _way(choices, one[0]) == "tighter" and (budget or not foretold(choices, best, fills, at, one[0])):
            together |= dict(reversed([pair for pair in one if _way(choices, pair) == "tighter"]))
    return together


def foretold(choices: Choices, best: Tried, fills: Fills, at: int, pair: tuple[str, str]) -> bool | None:
    """Whether a value will mend a bad page, from 0; None where that cannot be reckoned.

    Of the last page and of what stays empty before it that is reckoned from what the theme says of the value:
    how many times as high it makes the sections that stand on the last page.
    """
    choice, last = choices[pair[0]], fills[-1]
    what, kinds = choice.values[pair[1]], set(choice.sections)
    if not kinds or not last.sections or at < len(fills) - 2 or pair[0] in best.arrangement.chosen:
        return None
    ends = at == len(fills) - 1
    if what.way == "closing":
        return None if not ends or set(last.sections) <= kinds else False
    high = sum(height for kind, height in zip(last.sections, last.heights, strict=False) if kind in kinds)
    if not (what.grows or what.adds) or not high:
        return None
    more = ((what.grows or 1) - 1) * high + what.adds
    if ends:
        return _SPARE * last.line <= last.gap - more <= MOST_EMPTY_LAST * last.height if more > 0 else None
    return True if -more >= _over(fills) > 0 else None


def _over(fills: Fills) -> float:
    """How much of the last page, pt, would find no room on the one before it."""
    before, last = fills[-2:]
    return before.used + last.height - last.gap - before.height


def _nearly(fills: Fills, bad: Sequence[int]) -> bool:
    """Whether what the last page holds would nearly go into a hole before it."""
    return len(fills) - 2 in bad and _over(fills) <= _FEW_LINES * fills[-1].line


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
            sure = None if budget else foretold(choices, best, fills, at, (name, value))
            if what.way in ways and best.arrangement.chosen.get(name) != value and sure is not False:
                # What is wide of it all makes little room on one page.
                wide = what.way == "looser" and not kinds
                ranked.append((not sure, ways.index(what.way), not here, wide, place, number, name, value))
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
        nearly = at == len(fills) - 2 and _nearly(fills, (at,))
        return ("tighter", "parted", "looser", "closing") if nearly else ("parted", "tighter", "looser", "closing")
    # To be filled: what is beyond the third.
    if (empty[at] - MOST_EMPTY_LAST) * last.height <= _FEW_LINES / 2 * last.line:
        return ("looser", "tighter", "closing", "parted")
    if sum(fills[page].height - fills[page].used for page in spilled(fills, bad_pages(empty))) >= held:
        return ("parted", "tighter", "closing", "looser")
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


def spilled(fills: Fills, bad: Sequence[int]) -> Iterator[int]:
    """The pages, from 0, whose holes are small but would together take what little the last page holds."""
    last = fills[-1]
    if len(fills) - 1 in bad and last.height - last.gap <= _FEW_LINES * last.line:
        yield from (at for at, one in enumerate(fills[:-1])
                    if at not in bad and one.height - one.used > _HAIR * one.line)


def _tried(arrangement: Arrangement, fills: Fills, choices: Choices, budget: int | None) -> Tried:
    empty = empties(fills)
    return Tried(arrangement, empty, score(empty, budget=budget, price=arrangement.price(choices),
                                           moves=len(arrangement.moved), lone=len(lone_heads(fills))))

