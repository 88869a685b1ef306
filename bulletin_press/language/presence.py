"""Which of many texts hold what a regular expression needs, told of all texts by one look at their characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from bulletin_press.language.required import Need
from bulletin_press.language.script import lazy

_DIGIT = lazy(r"\d")


class Presence:
    """The characters of n texts.

    Args:
        texts: the texts, numbered from 0.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for char in set(text):
                places[char].append(number)
        self._places = dict(places)
        # For every digit, of whatever script.
        self._digits = frozenset(number for number, text in enumerate(texts) if _DIGIT.search(text))
        self._places["0"] = sorted(self._digits)

    def holding(self, need: Need) -> Sequence[int]:
        """The numbers of the texts that meet a need, ascending."""
        if need is None:
            return range(len(self._texts))
        places = self._places
        most = [sum(len(places[char]) for char in one if char in places) for one in need]
        rarest = min(range(len(need)), key=most.__getitem__)
        found: Collection[int] = set[int]().union(*(places[char] for char in need[rarest] if char in places))
        for at, one in enumerate(need):
            # What nearly every text holds need not be asked of each.
            if at != rarest and found and most[at] < 4 * len(self._texts):
                found = self._among(found, one)
        return sorted(found)

    def _among(self, numbers: Collection[int], characters: str) -> Collection[int]:
        texts, held = self._texts, frozenset(characters)
        if "0" in held:
            digits = self._digits
            return [number for number in numbers if number in digits or not held.isdisjoint(texts[number])]
        return [number for number in numbers if not held.isdisjoint(texts[number])]
