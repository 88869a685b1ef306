"""Which of many texts hold what a regular expression needs, told of all texts by one look at their characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from operator import or_

from bulletin_press.language.required import Need
from bulletin_press.language.script import lazy

_DIGIT = lazy(r"\d")


class Presence:
    """The characters of n texts.

    Args:
        texts: the texts, numbered from 0.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        # Of each character the texts that hold it, each as a bit of an integer of n bits.
        bits: defaultdict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            bit = 1 << number
            for char in set(text):
                bits[char].append(bit)
        # For every digit, of whatever script.
        bits["0"] = [1 << number for number, text in enumerate(texts) if _DIGIT.search(text)]
        self._count, self._bits = len(texts), dict(bits)
        self._masks: dict[str, int] = {}

    def holding(self, need: Need) -> Sequence[int]:
        """The numbers of the texts that meet a need, ascending."""
        if need is None:
            return range(self._count)
        found = (1 << self._count) - 1
        for one in need:
            found &= reduce(or_, map(self._mask, self._bits.keys() & one), 0)
        return [at for at, bit in enumerate(reversed(f"{found:b}")) if bit == "1"]

    def _mask(self, char: str) -> int:
        mask = self._masks.get(char)
        if mask is None:
            # No bit stands twice among them: their sum joins them, in one step.
            mask = self._masks[char] = sum(self._bits[char])
        return mask
