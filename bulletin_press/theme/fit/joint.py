"""Several choices at once, reckoned before they are laid out: which of them together end the issue well.

Text is taken as one column that is cut into pages: a choice makes it longer or shorter, or makes the pages deeper.
Where blocks jump that is not quite so; a layout tells, and the score decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, NamedTuple

from bulletin_press.theme.fit.choices import Choice, Choices, Value
from bulletin_press.theme.fit.score import A_PAGE, MOST_EMPTY, MOST_EMPTY_LAST
from bulletin_press.typeset.reports import PageFill

# So far from its bounds, as a share of the page, what is reckoned is believed; nearer, at a price, hundredths; and
# never so full.
_SURE, _DOUBT, _LEAST = 0.06, 4.0, 0.03
# Lines: a page with more free at its foot was left by something that jumped; what an imprint takes besides,
# alone and behind text.
_JUMPED, _SPARED, _SPARE = 2.5, 2, 1.5
# What a choice costs, hundredths, that is taken back: it may have mended what nobody sees any more.
_UNDONE = 3.0
# What heads all over an issue gain or lose in air is half lost again at the feet of pages.
_SPREAD = 0.5
# Combinations are reckoned, not laid out; a theme with many choices has more than anybody looks through.
_MOST_COMBINED = 20_000


@dataclass(frozen=True)
class _Ending:
    """Where a stretch of an issue ends that flows without a jump, pt.

    Attributes:
        page: from 0.
        height: of its type area.
        held: how much stands on it.
        room: what is free on the page before it.
        spare: what its imprint takes besides where it is set behind the text.
        ordinary: how many pages before it text flows through.
        bound: how much of it may be empty, 0 to 1.
        torn: whether what stands on it jumped there, so that nothing is pushed onto it.
        whole: how high each section is from the first ordinary page on.
        alone: how high each is on the page itself.
        going_on: the section that began before that.
    """

    page: int
    height: float
    held: float
    room: float
    spare: float
    ordinary: int
    bound: float
    torn: bool
    whole: Mapping[str, float]
    alone: Mapping[str, float]
    going_on: frozenset[str]


def ends_at(fills: Sequence[PageFill]) -> int:
    """The page, from 0, on which the flow ends: what stands behind it, a back cover, is of another height."""
    # Covers are of another height.
    height = Counter(round(one.height, 1) for one in fills[1:] or fills).most_common(1)[0][0]
    return max(at for at, one in enumerate(fills) if round(one.height, 1) == height)


def together(choices: Choices, chosen: Mapping[str, str], fills: Sequence[PageFill]) -> dict[str, str] | None:
    """The cheapest choices that are reckoned to end the issue well, with those already made; None where none are.

    Where a page in the middle is too empty, those are looked for first that mend it as well.

    Args:
        choices: what the theme declares.
        chosen: what is chosen already; some of it may be chosen otherwise.
        fills: the pages as they came out with that.
    """
    # What can be let go of otherwise jumps as a whole: cards, boxes.
    stiff = frozenset(kind for name, one in choices.items() for key, value in one.values.items()
                      if value.way == "parted" and chosen.get(name) != key for kind in one.sections)
    at = ends_at(fills)
    end = _ending(fills, stiff, at)
    if end is None:
        return None
    torn = [one for page in range(1, at) if _hole(fills[page]) > _JUMPED * fills[page].line
            and (one := _ending(fills, stiff, page)) is not None]
    if any(_hole(fills[one.page]) > MOST_EMPTY * one.height for one in torn) and \
            (found := _cheapest(choices, chosen, [*torn, end])):
        return found
    return _cheapest(choices, chosen, [end])


def _hole(page: PageFill) -> float:
    return page.height - page.used


def _cheapest(choices: Choices, chosen: Mapping[str, str], ends: Sequence[_Ending]) -> dict[str, str] | None:
    """The cheapest choices with which each stretch is reckoned to end well; None where none are, or nothing changes."""
    ways = [[*_values(name, choice, ends, chosen.get(name, ""))] for name, choice in choices.items()]
    ways = [one for one in ways if len(one) > 1]
    count = 1
    for at, one in enumerate(ways):
        count *= len(one)
        if count > _MOST_COMBINED:
            ways = ways[:at]
            break
    best = min(((cost, at, pairs) for at, pairs in enumerate(product(*ways))
                if (cost := _cost(ends, pairs)) is not None), default=None)
    if best is None or all(chosen.get(one.name, "") == one.value for one in best[2]):
        return None
    made = {**chosen, **{one.name: one.value for one in best[2]}}
    return {name: value for name, value in made.items() if value}


class _Effect(NamedTuple):
    """What a value does beside what is chosen now.

    Attributes:
        name: of the choice.
        value: its key; "" as the theme has it.
        price: what it costs more, hundredths.
        deeper: how much each page grows, pt.
        grown: how much the text of each stretch grows, pt.
        filled: how much the text on the page grows that ends it, pt.
    """

    name: str
    value: str
    price: float
    deeper: float
    grown: tuple[float, ...]
    filled: tuple[float, ...]


def _values(name: str, choice: Choice, ends: Sequence[_Ending], now: str) -> Iterator[_Effect]:
    """The values of a choice whose effect is known; nothing where that of the one chosen now is not."""
    kinds = [kind for kind in dict.fromkeys(kind for end in ends for kind in end.whole)
             if not choice.sections or kind in choice.sections]
    known: dict[str, Value | None] = {"": None}
    known |= {key: value for key, value in choice.values.items() if value.way in ("tighter", "looser")
              and (value.deepens or (kinds and ((value.grows and choice.sections) or
                                                (value.adds and value.between != "items"))))}
    if now not in known:
        return
    before = known[now]
    for key, one in known.items():
        undone = _UNDONE if now and key != now else 0.0
        yield _Effect(name, key, _of(one, "price") - _of(before, "price") + undone,
                      _of(one, "deepens") - _of(before, "deepens"),
                      tuple(_grown(before, one, kinds, end.whole, end.going_on) for end in ends),
                      tuple(_grown(before, one, kinds, end.alone, frozenset()) for end in ends))


def _of(value: Value | None, what: Literal["price", "deepens", "adds"]) -> float:
    return float(getattr(value, what)) if value else 0.0


def _grown(before: Value | None, value: Value | None, kinds: Sequence[str], heights: Mapping[str, float],
           going_on: frozenset[str]) -> float:
    """How much sections grow, pt, that are as high as ``heights`` says with the value ``before``."""
    times, adds = (value.grows or 1) if value else 1, _of(before, "adds")
    was = (before.grows or 1) if before else 1
    grown, share = 0.0, 1.0 if sum(kind in heights for kind in kinds) < 2 else _SPREAD
    for kind in kinds:
        if kind in heights:
            begins = kind not in going_on
            bare = heights[kind] - begins * adds
            grown += (times / was - 1) * bare + begins * share * (_of(value, "adds") - adds)
    return grown


def _ending(fills: Sequence[PageFill], stiff: frozenset[str], at: int) -> _Ending | None:
    """How the stretch ends that ends on a page, from 0; None where that is the first."""
    height = round(fills[at].height, 1)
    one, last = fills[at], at == len(fills) - 1
    if at == 0:
        return None
    held = one.height - one.gap if last else one.used
    if not one.used:
        # The imprint alone, which takes somewhat more than it shows.
        held += _SPARED * one.line
    room, ordinary = 0.0, 0
    for page in range(at - 1, -1, -1):
        free = _hole(fills[page])
        jumped = ordinary and free > _JUMPED * one.line
        whole = not stiff.isdisjoint(fills[page].sections) and not (
            free <= _JUMPED * one.line and fills[page].sections[-1:] == fills[page + 1].sections[:1])
        if jumped or whole or round(fills[page].height, 1) != height:
            break  # what jumped from there does not come back for a line
        ordinary += 1
        room = room if ordinary > 1 else free
    start = at - ordinary
    heights = defaultdict[str, float](float)
    for page in range(start, at + 1):
        for kind, high in zip(fills[page].sections, fills[page].heights, strict=False):
            heights[kind] += high
    # What a section gains at its head it has gained before, where it goes on.
    before = fills[start - 1].sections[-1:] if start else ()
    return _Ending(at, one.height, held, room, _SPARE * one.line if last else 0.0, ordinary,
                   MOST_EMPTY_LAST if last else MOST_EMPTY, bool(ordinary) and room > _JUMPED * one.line, heights,
                   dict(zip(one.sections, one.heights, strict=False)),
                   frozenset(fills[start].sections[:1]) & frozenset(before))


def _cost(ends: Sequence[_Ending], pairs: Sequence[_Effect]) -> float | None:
    """What choices cost, hundredths of an empty page, if each stretch ends well with them; None where one does not."""
    deeper, whole, gone = sum(one.deeper for one in pairs), 0.0, -1
    for at, end in reversed([*enumerate(ends)]):
        if end.page == gone:
            continue
        grown = sum(one.grown[at] for one in pairs)
        cost = _cost_of(end, grown, sum(one.filled[at] for one in pairs), deeper)
        if cost is None:
            return None
        whole += cost
        # Where the end is drawn back, the page before it ends no stretch any more.
        gone = end.page - 1 if _drawn_back(end, grown, deeper) else -1
    return whole + sum(one.price for one in pairs) + 0.01 * sum(bool(one.value) for one in pairs)


def _drawn_back(end: _Ending, grown: float, deeper: float) -> bool:
    """Whether what the last page of a stretch holds finds room on the one before it."""
    return end.held + grown - end.ordinary * deeper + end.spare <= end.room


def _cost_of(end: _Ending, grown: float, filled: float, deeper: float) -> float | None:
    """What the end of a stretch costs whose text grows by so much, or pages do, pt; None where it is not reckoned well.

    Args:
        end: the end as it is.
        grown: how much the text of the stretch grows.
        filled: how much that on its last page does.
        deeper: how much each page does.
    """
    height, held, price, certain = end.height + deeper, end.held + grown - end.ordinary * deeper, 0.0, 1.0
    if _drawn_back(end, grown, deeper):
        if not end.ordinary:
            return None
        free, price = end.room - held, -100 * A_PAGE
        certain = (free - end.spare) / height
    else:
        free = height - (end.held + filled if end.torn else held)
        # What is free on the page before it stays so.
        price += 100 * max(0.0, end.room / end.height - MOST_EMPTY)
    share = free / height
    if not _LEAST < share <= end.bound:
        return None
    near = min(share, end.bound - share, certain) / _SURE
    return 100 * A_PAGE + price + _DOUBT * max(0.0, 1 - near)
