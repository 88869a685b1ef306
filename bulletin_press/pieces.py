"""A stretch of an author's text in which every character keeps its place."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_press.records import dataclass

# Blanks, marks of width nought and byte order marks: what editors and pages leave round a line.
BLANKS = " \t\u3000\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\ufeff"


@dataclass(frozen=True)
class Piece:
    """n characters, and for each the place in the author's string that it comes from.

    What was read out of the string (a comment, a tag) leaves a gap in ``at``.
    """

    text: str
    at: Sequence[int]

    def __getitem__(self, part: slice) -> Piece:
        return Piece(self.text[part], self.at[part])

    @classmethod
    def of(cls, text: str) -> Piece:
        """A string as it was typed."""
        return cls(text, range(len(text)))

    @property
    def end(self) -> int:
        """The place behind the last character; 0 of nothing."""
        return self.at[-1] + 1 if self.text else 0

    def stripped(self) -> Piece:
        """Without the blanks round it."""
        left = len(self.text) - len(self.text.lstrip(BLANKS + "\n"))
        right = len(self.text.rstrip(BLANKS + "\n"))
        return self[left : max(left, right)]
