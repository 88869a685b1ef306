"""Characters that were probably typed for others, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

# A cut of a run of hanzi: where a word begins and ends, and its number in the model, None where it is in none.
Cut = tuple[int, int, int | None]


class Likeness(IntEnum):
    """How what was typed is like what was meant."""

    SAME = 0
    NEAR = 1
    LOOK = 2
    NONE = 3


# What is less sure than that, whatever else speaks for it, nobody asks for.
LEAST = -2.7
# What strangers' prose, full of names and of words of trades, asks beyond that (bench/spelling.md).
_STRICT = (1.2, 1.6, 1.2, 1.6)


@dataclass(frozen=True)
class Suspect:
    """Characters that were probably typed for others.

    ``start`` and ``end`` hold what differs, ``instead`` what was meant; ``left`` and ``right`` the word that
    comes about. ``gain`` is how much likelier the text is then.
    ``typed`` is the length of the word that stood there, ``cost`` what the word meant costs by itself.
    ``known`` counts the neighbours, at most two, that the model has seen it beside, ``edges`` those that there
    are not; ``rare`` is what costs by itself what was typed. ``odds`` of a whole word, and of one that lacks a
    character, of which regressions of their own tell (see ``whole_words``, ``dropped_characters``), stand for all that.
    """

    start: int
    end: int
    instead: str
    left: int
    right: int
    gain: float
    likeness: Likeness
    typed: int
    cost: float
    known: int
    edges: int
    rare: float
    odds: float | None = None

    @property
    def lacks(self) -> bool:
        """Whether a character was left out."""
        return len(self.instead) > self.end - self.start

    @property
    def strange(self) -> bool:
        """Whether no neighbour is known to stand beside the short word meant, that sounds like what was typed."""
        short = self.right - self.left == 2 and self.odds is None
        return short and not self.known and self.likeness < Likeness.LOOK

    @property
    def certainty(self) -> float:
        """How sure it is that the characters are wrong: the log odds of a logistic regression.

        Fitted on planted faults against news that was printed (bench/spelling.md); 0 is even odds there, where
        one character in a hundred was a planted one: compare with thresholds alone.
        """
        if self.odds is not None:
            return self.odds
        gain, like = min(self.gain, 16.0) / 4, self.likeness
        odds = -4.11 + (0.0, -0.99, -0.92, -2.56)[like] + 2.36 * gain + 0.14 * min(gain, 2.0)
        odds += (0.0, 0.99, 2.16)[self.known] - 0.11 * self.cost - (0.75 if self.cost > 13 else 0.0)
        odds += (0.23 if self.right - self.left == 3 else 0.0) - 0.077 * self.rare - (0.2 if self.rare > 9.5 else 0.0)
        # What stands alone has no neighbours that could tell.
        odds += (0.0, 0.21 * gain - 0.2, 0.21 * gain - 1.01)[self.edges]
        odds -= 0.75 * gain if like is Likeness.NONE else 0.0
        return odds - _STRICT[like]
