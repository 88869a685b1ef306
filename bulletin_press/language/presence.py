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
        self._held: list[set[str]] = []
        self._places: dict[str, list[int]] = defaultdict(list)
        places, has_digit = self._places, _DIGIT.search
        for number, text in enumerate(texts):
            held = set(text)
            if has_digit(text):
                held.add("0")
            self._held.append(held)
            for char in held:
                places[char].append(number)

    def holding(self, need: Need) -> Sequence[int]:
        """The numbers of the texts that meet a need, ascending."""
        return range(len(self._held)) if need is None else sorted(self._found(need))

    def _found(self, need: Need) -> Collection[int]:
        if isinstance(need, str):
            places = [self._places[char] for char in need if char in self._places]
            return places[0] if len(places) == 1 else set[int]().union(*places)
        if need is None:
            return range(len(self._held))
        if need[0] == "|":
            return set[int]().union(*map(self._found, need[1:]))
        # What the fewest texts can meet is looked for, the rest among those.
        rarest = min(need[1:], key=self._most)
        others, held = [one for one in need[1:] if one is not rarest], self._held
        return [number for number in self._found(rarest) if all(_met(one, held[number]) for one in others)]

    def _most(self, need: Need) -> int:
        """How many texts can meet a need at most."""
        if isinstance(need, str):
            return sum(len(self._places[char]) for char in need if char in self._places)
        if need is None:
            return len(self._held)
        counts = map(self._most, need[1:])
        return sum(counts) if need[0] == "|" else min(counts)


def _met(need: Need, held: set[str]) -> bool:
    if isinstance(need, str):
        return not held.isdisjoint(need)
    if need is None:
        return True
    return any(_met(one, held) for one in need[1:]) if need[0] == "|" else all(_met(one, held) for one in need[1:])
