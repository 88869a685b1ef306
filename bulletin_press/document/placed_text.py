"""A stretch of an author's text in which every character keeps its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# What editors leave behind a line; before it, pages and Word leave more: blanks of all kinds, marks of width nought.
BLANKS = " \t\u3000"
INDENTS = BLANKS + "\u00a0\u2002\u2003\u2009\u200b\u200c\u200d\u202f\u2060\ufeff"


@dataclass(frozen=True)
class PlacedText:
    """n characters, and for each the place in the author's string that it comes from.

    What was read out of the string (a comment, a tag) leaves a gap in ``at``.
    """

    text: str
    at: Sequence[int]

    def __getitem__(self, part: slice) -> PlacedText:
        return PlacedText(self.text[part], self.at[part])

    @classmethod
    def of(cls, text: str) -> PlacedText:
        """A string as it was typed."""
        return cls(text, range(len(text)))

    @property
    def end(self) -> int:
        """The place behind the last character; 0 of nothing."""
        return self.at[-1] + 1 if self.text else 0

    def stripped(self) -> PlacedText:
        """Without the blanks round it."""
        left = len(self.text) - len(self.text.lstrip(INDENTS + "\n"))
        right = len(self.text.rstrip(BLANKS + "\n"))
        return self[left : max(left, right)]
