"""Which of many texts hold what a regular expression needs, told of all texts by one look at their characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, reduce
from itertools import accumulate, compress, count, repeat
from operator import or_
from typing import NamedTuple

from bulletin_press.language.required import Need
from bulletin_press.language.script import lazy, need_of, ways_of

# How far apart what is sought in an echo stands at most.
_FARTHEST = 9
_NONE = repeat(0)
# So few bits are sought one by one.
_FEW = 48
# The figures 0 and 1 as numbers.
_AS_NUMBERS = bytes.maketrans(b"01", b"\0\1")
_DIGIT = lazy(r"\d")


class Held(NamedTuple):
    """Of n texts, where a pattern may match.

    ``mask`` tells it by n bits; ``figures`` by n characters, "1" or "0", where the pattern is of one way, and ``ways``
    by the ways of it that each text may hold, by the text's number, where it is of several. The pattern is kept too: so
    no other has its identity.
    """

    pattern: re.Pattern[str]
    mask: int
    figures: str
    ways: Mapping[int, tuple[re.Pattern[str], ...]]


class Presence:
    """The characters of n texts.

    Args:
        texts: the texts, numbered from 0.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        # Of each character the texts that hold it, each as a bit of an integer of n bits.
        bits: dict[str, int] = {}
        known = bits.get
        for number, text in enumerate(texts):
            bit = 1 << number
            for char in set(text):
                bits[char] = known(char, 0) | bit
        # For every digit, of whatever script.
        bits["0"] = sum(1 << number for number, text in enumerate(texts) if _DIGIT.search(text))
        self._texts, self._count, self._bits = texts, len(texts), bits
        # Of strings, the texts that hold one of their characters.
        self._masks: dict[str, int] = {}
        self._all = (1 << len(texts)) - 1
        self.known: dict[int, Held] = {}

    def holding(self, need: Need) -> Sequence[int]:
        """The numbers of the texts that meet a need, ascending."""
        return range(self._count) if need is None else _places(self._meeting(need))

    def may_hold(self, pattern: re.Pattern[str]) -> Held:
        """Where a ``lazy`` pattern may match; told once of each pattern."""
        known = self.known.get(id(pattern))
        if known is None:
            ways = ways_of(pattern)
            masks = [self._meeting(need_of(way)) for way in ways]
            if len(ways) == 1:
                known = Held(pattern, masks[0], f"{masks[0]:0{self._count}b}"[::-1], {})
            else:
                found: dict[int, tuple[re.Pattern[str], ...]] = {}
                for way, mask in zip(ways, masks, strict=True):
                    one = (way,)
                    for number in _places(mask):
                        found[number] = found[number] + one if number in found else one
                known = Held(pattern, reduce(or_, masks), "", found)
            self.known[id(pattern)] = known
        return known

    def read_by(self, patterns: Iterable[re.Pattern[str]], needs: str = "") -> Sequence[int]:
        """The numbers of the texts that may hold one of some ``lazy`` patterns, and hold one of some characters."""
        found = reduce(or_, (self.may_hold(pattern).mask for pattern in patterns))
        return _places(found & self._meeting((needs,)) if needs else found)

    def _meeting(self, need: Need) -> int:
        """The texts that meet a need, as bits."""
        found = self._all
        for one in need or ():
            mask = self._masks.get(one)
            if mask is None:
                mask = self._masks[one] = reduce(or_, map(self._bits.get, one, _NONE), 0)
            found &= mask
            if not found:
                break
        return found

    @cached_property
    def echoing(self) -> Sequence[int]:
        """The numbers of the texts in which 1 to 6 characters stand twice on end, or 2 to 8 with one between.

        Asked of all of them at once: of a text against itself, moved by so many, such characters leave nothing.
        """
        data = "\n".join(self._texts).encode("utf-32-le", "surrogatepass")
        number, ends = int.from_bytes(data, "little"), tuple(accumulate(len(text) + 1 for text in self._texts))
        found: set[int] = set()
        for apart in range(1, _FARTHEST + 1):
            left = (number ^ number >> 32 * apart).to_bytes(len(data), "little")
            # With one between, one less is the same.
            zeros = bytes(4 * (apart if apart < 3 else apart - 1))
            # What stands past the end is nothing, too.
            last = len(data) - 4 * apart
            at = left.find(zeros, 0, last)
            while at >= 0:
                # The upper bytes of what stands before may be nothing, too.
                text = bisect_right(ends, (at + 3) // 4)
                found.add(text)
                at = left.find(zeros, 4 * ends[text], last)
        return sorted(found)


def _places(bits: int) -> list[int]:
    """The places of the bits that are set, ascending."""
    if not bits:
        return []
    figures = f"{bits:b}"[::-1]
    if bits.bit_count() > _FEW:
        return list(compress(count(), figures.encode("ascii").translate(_AS_NUMBERS)))
    found, at = [], figures.find("1")
    while at >= 0:
        found.append(at)
        at = figures.find("1", at + 1)
    return found
