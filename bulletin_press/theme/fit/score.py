"""How good laid-out pages are, as a number: the white that a reader stumbles over, in empty pages.

0 is an issue without a hole, on no pages. What is added, for each page and each liberty taken:

* of a page that is more than a quarter empty, what is beyond the quarter;
* of one that is more than a tenth empty, three tenths of what is beyond that: a full page is better;
* of the last page, what its largest hole is beyond a third;
* .1 for each page beyond its bound: a hole is seen, be it ever so little too large;
* .12 for each page that begins with a chart or table cut from its text, alone, and no higher than a quarter of it;
* .2 for each page: one page more must be worth a fifth of a page of holes;
* 2 for each page too many or too few, where the issue has a number to keep to;
* .02 for each picture or table that stands behind text that it stood before;
* what the theme says that each of its choices costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from bulletin_press.typeset.reports import PageFill

MOST_EMPTY: Final = 0.25
MOST_EMPTY_LAST: Final = 1 / 3
A_PAGE: Final = 0.2
A_PAGE_OFF: Final = 2.0
A_MOVE: Final = 0.02
LONE: Final = 0.12
# Exhibits that take so much of a page are not alone on it.
LONE_LEAST: Final = 1 / 4
EXHIBITS: Final = ("chart", "table", "picture")
# From here on a page is looked at twice, and what that counts.
EASY: Final = 0.1
_EASE: Final = 0.3
_A_HOLE: Final = 0.1
# Below this nobody sees a difference: a line on a page of forty.
_GRAIN = 0.0005


def empties(fills: Sequence[PageFill]) -> tuple[float, ...]:
    """The share of each page that is empty, 0 to 1: below what flows; of the last, its largest hole."""
    last = len(fills) - 1
    shares = ((one.gap if at == last else one.height - one.used) / one.height if one.height else 0.0
              for at, one in enumerate(fills))
    return tuple(min(max(share, 0.0), 1.0) for share in shares)


def bad_pages(empty: Sequence[float]) -> tuple[int, ...]:
    """The pages, from 0, that have a hole too many."""
    return tuple(at for at, share in enumerate(empty) if _beyond(share, last=at == len(empty) - 1) > 0)


def score(empty: Sequence[float], *, budget: int | None = None, price: float = 0.0, moves: int = 0,
          lone: int = 0) -> float:
    """How good pages are; less is better.

    Args:
        empty: the share of each page that is empty, 0 to 1, in order.
        budget: how many pages there should be; None where that is nobody's business.
        price: what the choices cost, hundredths.
        moves: how many pictures and tables stand behind text that they stood before.
        lone: how many pages begin with an exhibit alone.
    """
    beyond = [_beyond(share, last=at == len(empty) - 1) for at, share in enumerate(empty)]
    holes = sum(beyond) + _A_HOLE * sum(over > 0 for over in beyond)
    off = abs(len(empty) - budget) if budget else 0
    holes += _EASE * sum(max(0.0, share - EASY) for share in empty[:-1])
    return holes + A_PAGE * len(empty) + A_PAGE_OFF * off + price / 100 + A_MOVE * moves + LONE * lone


def lone_heads(fills: Sequence[PageFill]) -> tuple[int, ...]:
    """The pages, from 0, that begin with a chart or table whose text stands on the page before, and nothing else."""
    return tuple(at for at in range(1, len(fills)) if _is_lone(fills[at - 1], fills[at]))


def _is_lone(before: PageFill, one: PageFill) -> bool:
    pieces = one.pieces
    if not pieces or not before.pieces or pieces[0].forced or pieces[0].kind not in EXHIBITS:
        return False
    section = pieces[0].section
    exhibits = [*takewhile(lambda piece: piece.kind in EXHIBITS and piece.section == section, pieces)]
    behind = pieces[len(exhibits)].section if len(exhibits) < len(pieces) else ""
    high = sum(piece.height for piece in exhibits)
    return before.pieces[-1].section == section != behind and high < LONE_LEAST * one.height


def _beyond(share: float, *, last: bool) -> float:
    over = share - (MOST_EMPTY_LAST if last else MOST_EMPTY)
    return over if over > _GRAIN else 0.0
