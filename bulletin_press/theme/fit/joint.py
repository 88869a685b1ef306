"""Several choices at once, reckoned before they are laid out: which of them together end the issue well.

Text is taken as one column that is cut into pages: a choice makes it longer or shorter, or makes the pages deeper.
Where blocks jump that is not quite so; a layout tells, and the score decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from bulletin_press.theme.fit.choices import Choice, Choices, Value
from bulletin_press.theme.fit.score import A_PAGE, MOST_EMPTY, MOST_EMPTY_LAST
from bulletin_press.typeset.reports import PageFill

# So far from its bounds, as a share of the page, what is reckoned is believed; nearer, at a price, hundredths; and
# never so full.
_SURE, _DOUBT, _LEAST = 0.06, 4.0, 0.03
# Lines: a page with more free at its foot was left by something that jumped; what an imprint takes besides,
# alone and behind text.
_JUMPED, _SPARED, _SPARE = 2.5, 2, 1.5
# Combinations are reckoned, not laid out; a theme with many choices has more than anybody looks through.
_MOST_COMBINED = 20_000


@dataclass(frozen=True)
class _Ending:
    """Where the flow of an issue ends, pt.

    Attributes:
        page: from 0.
        height: of its type area.
        held: how much stands on it.
        room: what is free on the page before it.
        spare: what its imprint takes besides where it is set behind the text.
        ordinary: how many pages before it text flows through.
        bound: how much of it may be empty, 0 to 1.
    """

    page: int
    height: float
    held: float
    room: float
    spare: float
    ordinary: int
    bound: float


def together(choices: Choices, chosen: Mapping[str, str], fills: Sequence[PageFill]) -> dict[str, str] | None:
    """The cheapest choices that are reckoned to end the issue well, with those already made; None where none are.

    Args:
        choices: what the theme declares.
        chosen: what is chosen already; some of it may be chosen otherwise.
        fills: the pages as they came out with that.
    """
    # What can be let go of otherwise jumps as a whole: cards, boxes.
    stiff = frozenset(kind for one in choices.values() if any(value.way == "parted" for value in one.values.values())
                      for kind in one.sections)
    end = _ending(fills, stiff)
    if end is None:
        return None
    start = end.page - end.ordinary
    heights = defaultdict[str, float](float)
    for page in fills[start : end.page + 1]:
        for kind, height in zip(page.sections, page.heights, strict=False):
            heights[kind] += height
    # What a section gains at its head it has gained before, where it goes on.
    before = fills[start - 1].sections[-1:] if start else ()
    going_on = frozenset(fills[start].sections[:1]) & frozenset(before)
    ways = [[*_values(name, choice, heights, going_on, chosen.get(name, ""))] for name, choice in choices.items()]
    ways = [one for one in ways if len(one) > 1]
    count = 1
    for at, one in enumerate(ways):
        count *= len(one)
        if count > _MOST_COMBINED:
            ways = ways[:at]
            break
    best = min(((cost, at, pairs) for at, pairs in enumerate(product(*ways))
                if (cost := _cost(end, pairs)) is not None), default=None)
    if best is None or all(chosen.get(name, "") == value for name, value, *_ in best[2]):
        return None
    made = {**chosen, **{name: value for name, value, *_ in best[2]}}
    return {name: value for name, value in made.items() if value}


_Effect = tuple[str, str, float, float, float]


def _values(name: str, choice: Choice, heights: Mapping[str, float], going_on: frozenset[str],
            now: str) -> Iterator[_Effect]:
    """The values of a choice whose effect is known, each beside what is chosen now.

    Yields:
        name, value, price, how much the text grows, how much each page grows, pt.
    """
    kinds = [kind for kind in heights if not choice.sections or kind in choice.sections]
    effects = {"": (0.0, 0.0, 0.0)}
    for key, value in choice.values.items():
        if value.way in ("tighter", "looser") and (value.deepens or (kinds and (value.grows or value.adds))):
            effects[key] = value.price, _grown(value, kinds, heights, going_on), value.deepens
    if now in effects:
        price, grown, deeper = effects[now]
        for key, (more, higher, deep) in effects.items():
            yield name, key, more - price, higher - grown, deep - deeper


def _grown(value: Value, kinds: Sequence[str], heights: Mapping[str, float], going_on: frozenset[str]) -> float:
    return ((value.grows or 1) - 1) * sum(heights[kind] for kind in kinds) + value.adds * sum(
        kind not in going_on for kind in kinds)


def _ending(fills: Sequence[PageFill], stiff: frozenset[str]) -> _Ending | None:
    """None where the flow has but one page, or ends on a page of another size than most."""
    # Covers are of another height.
    height = Counter(round(one.height, 1) for one in fills[1:] or fills).most_common(1)[0][0]
    flowing = [at for at, one in enumerate(fills) if round(one.height, 1) == height]
    at = flowing[-1]
    one, last = fills[at], at == len(fills) - 1
    if at == 0:
        return None
    held = one.height - one.gap if last else one.used
    if not one.used:
        # The imprint alone, which takes somewhat more than it shows.
        held += _SPARED * one.line
    room, ordinary = 0.0, 0
    for page in range(at - 1, -1, -1):
        free = fills[page].height - fills[page].used
        jumped = ordinary and free > _JUMPED * one.line
        whole = not stiff.isdisjoint(fills[page].sections) and not (
            free <= _JUMPED * one.line and fills[page].sections[-1:] == fills[page + 1].sections[:1])
        if jumped or whole or page not in flowing:
            break  # what jumped from there does not come back for a line
        ordinary += 1
        room = room if ordinary > 1 else free
    return _Ending(at, one.height, held, room, _SPARE * one.line if last else 0.0, ordinary,
                   MOST_EMPTY_LAST if last else MOST_EMPTY)


def _cost(end: _Ending, pairs: Sequence[_Effect]) -> float | None:
    """What choices cost, hundredths of an empty page, if they end the issue well; None where they do not."""
    grown, deeper = sum(one[3] for one in pairs), sum(one[4] for one in pairs)
    height, held = end.height + deeper, end.held + grown - end.ordinary * deeper
    price, certain = sum(one[2] for one in pairs), 1.0
    if held + end.spare <= end.room:
        if not end.ordinary:
            return None
        free, price = end.room - held, price - 100 * A_PAGE
        certain = (free - end.spare) / height
    else:
        free = height - held
        # What is free on the page before it stays so.
        price += 100 * max(0.0, end.room / end.height - MOST_EMPTY)
    share = free / height
    if not _LEAST < share <= end.bound:
        return None
    near = min(share, end.bound - share, certain) / _SURE
    return 100 * A_PAGE + price + _DOUBT * max(0.0, 1 - near) + (0.01 * sum(bool(one[1]) for one in pairs))
