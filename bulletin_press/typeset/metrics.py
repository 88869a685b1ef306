"""What a paragraph's lines can gain and lose: sums over its boxes, so that a line's is one subtraction."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import inf
from operator import add
from typing import Final

from bulletin_press.typeset.items import BoxedParagraph
from bulletin_press.typeset.spacing import SOLID_GIVE, SPACE_SHARE, Shrink, StretchOrder

# em; letters join in from here on, those of words and of figures up to there; those of addresses without end.
LETTER_FROM: Final = 0.02
WORD_MOST: Final = 0.03
LETTER_MOST: Final = 0.1


class Metrics:
    """Running sums over a paragraph, so that any line is measured in constant time.

    Attributes:
        left: left edge of each box set naturally, em; n values.
        right: right edge of each box, em; n values.
        shrinks: by `Shrink` rank, sums of what glues can lose, em; n values each.
        shrink_left: sums of all of it, and of what letters can lose, before each box, em; n values.
        shrink_right: the same with what letters inside it can lose; n values.
        stretches: by `StretchOrder` rank (0–2), sums of what glues can grow, em or shares; word spaces are
            among the even gaps too, once they have grown to their bound.
        letters_left: sums of the letter gaps before each box; n values.
        letters_right: the same with those inside it; n values.
        small_left: sums of those among them that are in words of small letters; n values.
        small_right: the same with those inside it; n values.
        addresses: numbers of pieces of addresses before each box; n + 1 values.
    """

    def __init__(self, paragraph: BoxedParagraph) -> None:
        boxes, glues, _ = paragraph
        self.paragraph = paragraph
        widths = [box.before + box.width + box.after for box in boxes]
        gaps, shrinks, shrink_ranks, stretches, stretch_ranks, penalties = zip(*glues, strict=True)
        self.left: list[float] = _before(map(add, widths, gaps))
        self.right: list[float] = list(map(add, self.left, widths))
        self.shrinks = [_before(_only(rank, shrink_ranks, shrinks)) for rank in Shrink]
        word, latin, even = (_only(rank, stretch_ranks, stretches) for rank in range(3))
        if any(word):
            even = [own + SPACE_SHARE * (room > 0) for own, room in zip(even, word, strict=True)]
        self.stretches = [_before(word), _before(latin), _before(even)]
        inner = [float(box.letters) for box in boxes]
        joints = _only(StretchOrder.LETTER, stretch_ranks, stretches)
        self.letters_left: list[float] = _before(map(add, inner, joints))
        self.letters_right: list[float] = list(map(add, self.letters_left, inner))
        head = list(map(SOLID_GIVE.__mul__, self.letters_left))
        tail = list(map(SOLID_GIVE.__mul__, self.letters_right))
        shrink, solid = _before(shrinks), self.shrinks[Shrink.SOLID]
        self.shrink_left: list[float] = list(map(add, shrink, head))
        self.shrink_right: list[float] = list(map(add, shrink, tail))
        self._solid_left, self._solid_right = list(map(add, solid, head)), list(map(add, solid, tail))
        small = [box.letters * box.small for box in boxes]
        between = [joint * box.small for joint, box in zip(joints, boxes, strict=True)] if any(joints) else joints
        self.small_left: list[float] = _before(map(add, small, between))
        self.small_right: list[float] = list(map(add, self.small_left, small))
        pieces = (box.letters > 0 and not (box.figure or box.small) for box in boxes)
        self.addresses: list[int] = list(accumulate(pieces, initial=0))
        self.penalties: Sequence[float] = penalties

    def give(self, rank: Shrink) -> tuple[Sequence[float], Sequence[float]]:
        """Return the sums of what whites of a rank can lose before each box, and with what is inside it, em."""
        glues = self.shrinks[rank]
        return (self._solid_left, self._solid_right) if rank == Shrink.SOLID else (glues, glues)

    def most(self, first: int, last: int) -> float:
        """Return the most that a letter gap of a line may grow, em."""
        return inf if self.addresses[last + 1] > self.addresses[first] else LETTER_MOST


def shares(slack: float, even: float, letters: float, small: float, most: float) -> tuple[float, float]:
    """Divide slack among even gaps and letters.

    Args:
        slack: what is to be divided, em.
        even: number of even gaps.
        letters: number of letter gaps; they join in where it is much.
        small: number of those in words of small letters, which grow by `WORD_MOST` at the most.
        most: the most another letter gap may grow, em.

    Returns:
        What each even gap grows, and each letter gap; small ones no more than their most.
    """
    if even and (not letters or slack / even <= LETTER_FROM):
        return slack / even, 0.0
    if not letters:
        return 0.0, 0.0
    each = slack / (even + letters)
    if even and each < LETTER_FROM:
        return LETTER_FROM, (slack - LETTER_FROM * even) / letters
    if small and each > WORD_MOST and even + letters > small:
        slack -= WORD_MOST * small
        letters -= small
        each = slack / (even + letters)
    if even and each > most:
        return (slack - most * letters) / even, max(most, WORD_MOST)
    return each, each


def _before(steps: Iterable[float]) -> list[float]:
    """Return the sum of all steps before each one."""
    sums = list(accumulate(steps, initial=0.0))
    sums.pop()
    return sums


def _only(rank: int, ranks: Sequence[int], amounts: Sequence[float]) -> list[float]:
    """Return the amounts of one rank, 0 for the others."""
    if rank not in ranks:
        return [0.0] * len(ranks)
    return [amount if own == rank else 0.0 for own, amount in zip(ranks, amounts, strict=True)]
