"""The white between two neighbours: its width, its give, and the price of breaking there.

Full-width marks are half an em of ink and half an em of white; the white is glue here, so that
squeezing a pair, trimming a line end and justifying are one thing. Sources: CLREQ 3.1.5–3.1.9 (mark
pairs, line ends, 汉字 beside Latin), CLREQ 4.2 (the order in which white gives way).
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from math import inf
from typing import Final, Literal, NamedTuple

from bulletin_press.typeset.characters import (
    ALPHANUMERIC,
    FULL_WIDTH,
    IDEOGRAPHS,
    MARKS,
    NEVER_FIRST,
    NEVER_LAST,
    Edge,
)

StyleName = Literal["gentle", "compact"]


class Shrink(IntEnum):
    """Whites in the order in which they give way."""

    WORD_SPACE = 0
    INTERPUNCT = 1
    BRACKET = 2
    COMMA = 3
    LATIN = 4
    STOP = 5
    SOLID = 6  # 汉字 set closer than solid: a hair, where that spares a gaping line


class StretchOrder(IntEnum):
    """Whites in the order in which they grow; `NONE` never does."""

    WORD_SPACE = 0
    LATIN = 1
    EVEN = 2
    NONE = 3
    LETTER = 4  # between the pieces of a word or an address, with their letters


class Space(IntEnum):
    """What becomes of a typed space."""

    NONE = 0  # none was typed
    DROPPED = 1  # 汉字 beside Latin: the composer's gap stands for it
    SILENT = 2  # beside a full-width mark: no white, yet kept in copied text
    DRAWN = 3  # between two words, two 汉字


class Glue(NamedTuple):
    """White between two boxes, em; `penalty` is the price of a break here (inf: none)."""

    width: float
    shrink: float
    shrink_rank: int
    stretch: float
    stretch_rank: int
    penalty: float


class Round(NamedTuple):
    """One round of squeezing: whites of a rank give up a share of what they can lose.

    Attributes:
        rank: which whites.
        share: of their room, 0–1; the shares of a rank add up to 1.
        price: of an em taken.
    """

    rank: Shrink
    share: float
    price: float


@dataclass(frozen=True)
class LineStyle:
    """How a house likes its white.

    Attributes:
        name: what a publication calls it.
        comma_floor: least white after ，、；：, em.
        stop_floor: least white after 。？！, em.
        rounds: in which order white is taken.
        squeeze: weight of what was taken from a line.
        squeeze_curve: weight of its square.
        stretch: weight of what was added to each even gap of a line.
        stretch_curve: weight of its square.
    """

    name: StyleName
    comma_floor: float
    stop_floor: float
    rounds: tuple[Round, ...]
    squeeze: float
    squeeze_curve: float
    stretch: float
    stretch_curve: float


# Brackets give half their white, figures more than half, then commas theirs, so that none is crushed beside the other.
# Below a quarter of an em the white after a mark is dear, yet cheaper than a line that gapes; so is what is left of
# the white beside brackets and figures, or a line is jammed between two that are not.
GENTLE: Final = LineStyle(
    name="gentle",
    comma_floor=0.1,
    stop_floor=0.1,
    rounds=(
        Round(Shrink.WORD_SPACE, 1.0, 0.3),
        Round(Shrink.INTERPUNCT, 1.0, 0.4),
        Round(Shrink.BRACKET, 0.5, 0.5),
        Round(Shrink.LATIN, 0.6, 0.7),
        Round(Shrink.COMMA, 0.625, 1.0),
        Round(Shrink.STOP, 0.625, 1.1),
        Round(Shrink.LATIN, 0.4, 1.6),
        Round(Shrink.SOLID, 1.0, 2.0),
        Round(Shrink.BRACKET, 0.5, 2.5),
        Round(Shrink.COMMA, 0.375, 4.0),
        Round(Shrink.STOP, 0.375, 5.0),
    ),
    squeeze=60.0,
    squeeze_curve=60.0,
    stretch=100.0,
    stretch_curve=60000.0,
)
COMPACT: Final = LineStyle(
    name="compact",
    comma_floor=0.0,
    stop_floor=0.0,
    rounds=(
        Round(Shrink.WORD_SPACE, 1.0, 0.3),
        Round(Shrink.INTERPUNCT, 1.0, 0.4),
        Round(Shrink.BRACKET, 1.0, 0.5),
        Round(Shrink.COMMA, 1.0, 0.7),
        Round(Shrink.LATIN, 1.0, 0.8),
        Round(Shrink.STOP, 1.0, 1.0),
        Round(Shrink.SOLID, 1.0, 20.0),
    ),
    squeeze=10.0,
    squeeze_curve=10.0,
    stretch=100.0,
    stretch_curve=80000.0,
)
STYLES: Final[dict[StyleName, LineStyle]] = {"gentle": GENTLE, "compact": COMPACT}

LATIN_GAP: Final = 0.25
LATIN_GAP_LEAST: Final = 0.125
LATIN_GAP_MOST: Final = 1 / 3
WORD_SPACE_LEAST: Final = 0.2
WORD_SPACE_MOST: Final = 0.5
# Where all gaps of a line grow, a word space grows so many times as much: it is wider, and its growth less seen.
SPACE_SHARE: Final = 2.0
INTERPUNCT_LEAST: Final = 0.5
# A tenth of a point in text of 11 pt, less than an office printer places.
SOLID_GIVE: Final = 0.01

UNIT_PRICE: Final = 1000.0
RANGE_PRICE: Final = 1200.0
COMPOUND_UNIT_PRICE: Final = 900.0
DASH_PRICE: Final = 30.0
MULTIPLES: Final = frozenset("万亿千百")
_COUNTED: Final = frozenset("元美欧港人个件家户吨")
# Pairs that no line parts cheaply: 万|美元, 个|百分点, 美|元.
UNIT_PAIRS: Final = frozenset(first + second for first in MULTIPLES for second in _COUNTED) | frozenset(
    ("个百", "百分", "分点", "美元", "欧元", "港元", "日元")
)
PAIR_FIRST: Final = frozenset(pair[0] for pair in UNIT_PAIRS)
COMPOUND: Final = frozenset("".join(UNIT_PAIRS))


class Side(NamedTuple):
    """One side of a gap: the edge a box shows, the white its glyph brings, its glyph's width."""

    edge: Edge
    blank: float
    advance: float
    character: str


def space_kind(left: Edge, right: Edge) -> Space:
    """Decide what becomes of a space typed between two edges."""
    if left in IDEOGRAPHS and right in IDEOGRAPHS:
        return Space.DRAWN
    if left in FULL_WIDTH and right in FULL_WIDTH:
        return Space.SILENT
    latin_left, latin_right = left in ALPHANUMERIC, right in ALPHANUMERIC
    if (latin_left and right in IDEOGRAPHS) or (left in IDEOGRAPHS and latin_right):
        return Space.DROPPED
    if left in MARKS or right in MARKS or right is Edge.SUFFIX:
        return Space.SILENT
    return Space.DRAWN


def _mark_whites(left: Side, right: Side) -> tuple[float, float]:
    """Return the white (before, after) that two neighbours bring, pairs sharing half an em."""
    after = left.blank if left.edge in (Edge.CLOSE, Edge.COMMA, Edge.STOP) else 0.0
    before = right.blank if right.edge is Edge.OPEN else 0.0
    if left.edge is Edge.OPEN:
        before = 0.0
    if left.edge in MARKS and right.edge in (Edge.CLOSE, Edge.COMMA, Edge.STOP):
        after = 0.0
    if left.edge in (Edge.OPEN, Edge.CLOSE) and right.edge is Edge.SUFFIX:
        after = 0.0
    if before and after:
        after, before = (0.0, before) if left.edge is not Edge.STOP else (after, 0.0)
    return before, after


def _mark_glue(left: Side, right: Side, style: LineStyle) -> tuple[float, float, Shrink]:
    before, after = _mark_whites(left, right)
    if before:
        return before, before, Shrink.BRACKET
    if left.edge is Edge.CLOSE:
        return after, after, Shrink.BRACKET
    if left.edge is Edge.COMMA:
        return after, max(0.0, after - style.comma_floor), Shrink.COMMA
    return after, max(0.0, after - style.stop_floor), Shrink.STOP


def _interpunct_glue(left: Side, right: Side) -> tuple[float, float]:
    """Return width and give beside an interpunct: it fills at least half an em, at most one."""
    width = least = 0.0
    for side in (left, right):
        if side.edge is Edge.MIDDLE:
            share = (INTERPUNCT_LEAST - side.advance) / 2
            width += max(0.0, share)
            least += share
    return width, width - least


def _penalty(left: Side, right: Side) -> float:
    if right.edge in NEVER_FIRST or left.edge in NEVER_LAST:
        return inf
    if left.edge in ALPHANUMERIC and right.edge in ALPHANUMERIC:
        return inf
    if left.edge is Edge.SIGN and right.edge in ALPHANUMERIC:
        return inf
    if left.edge is Edge.DIGIT and right.edge is Edge.UNIT:
        return UNIT_PRICE
    # A range, a ratio; a unit that is a product: kW·|h.
    if (left.edge is Edge.CONNECTOR and right.edge is Edge.DIGIT) or (
        left.edge is Edge.MIDDLE and right.edge in ALPHANUMERIC
    ):
        return RANGE_PRICE
    if left.character + right.character in UNIT_PAIRS:
        return COMPOUND_UNIT_PRICE
    return DASH_PRICE if right.edge is Edge.DASH else 0.0


@lru_cache(maxsize=65536)
def glue_between(left: Side, right: Side, space: float, style: LineStyle) -> Glue:
    """Return the glue between two boxes.

    Args:
        left: the right edge of the box before.
        right: the left edge of the box after.
        space: width of the typed space that is drawn here, em; 0 for none.
        style: the house style.
    """
    if space:
        if left.edge in ALPHANUMERIC and right.edge is Edge.UNIT:
            penalty = UNIT_PRICE
        else:
            penalty = inf if right.edge in NEVER_FIRST or left.edge in NEVER_LAST else 0.0
        shrink = max(0.0, space - WORD_SPACE_LEAST)
        stretch = max(0.0, WORD_SPACE_MOST - space)
        return Glue(space, shrink, Shrink.WORD_SPACE, stretch, StretchOrder.WORD_SPACE, penalty)
    penalty = _penalty(left, right)
    edges = (left.edge, right.edge)
    if Edge.MIDDLE in edges:
        width, give = _interpunct_glue(left, right)
        return Glue(width, give, Shrink.INTERPUNCT, 0.0, StretchOrder.NONE, penalty)
    width, give, rank = _mark_glue(left, right, style)
    if width:
        return Glue(width, give, rank, 1.0, StretchOrder.EVEN, penalty)
    if _is_latin_gap(*edges):
        give, growth = LATIN_GAP - LATIN_GAP_LEAST, LATIN_GAP_MOST - LATIN_GAP
        return Glue(LATIN_GAP, give, Shrink.LATIN, growth, StretchOrder.LATIN, penalty)
    latin = {*ALPHANUMERIC, Edge.SIGN, Edge.OPEN_SIGN, Edge.PREFIX}
    if edges == (Edge.DASH, Edge.DASH) or (left.edge in latin and right.edge in latin):
        return Glue(0.0, 0.0, Shrink.COMMA, 0.0, StretchOrder.NONE, penalty)
    give = SOLID_GIVE if left.edge in IDEOGRAPHS and right.edge in IDEOGRAPHS else 0.0
    return Glue(0.0, give, Shrink.SOLID, 1.0, StretchOrder.EVEN, penalty)


def _is_latin_gap(left: Edge, right: Edge) -> bool:
    return (left in IDEOGRAPHS and (right in ALPHANUMERIC or right is Edge.PREFIX)) or (
        left in ALPHANUMERIC and right in IDEOGRAPHS
    )
