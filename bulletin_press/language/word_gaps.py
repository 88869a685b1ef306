"""Which words fit a place but for one character: looked up by what stands before and behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from bulletin_press.language.word_model import FINE, WordModel

# A word that costs more is what nobody meant; one that costs less may be meant whatever was typed.
MEANT, COMMON = int(15.0 * FINE), int(10.2 * FINE)
# So many stretches are remembered: of those of an issue that were looked at, all.
MEMORY = 50_000
_LONGEST = 4

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Fillings:
    """Words with a gap, by what fills it: those in common use, and the others."""

    common: Mapping[str, int]
    others: Mapping[str, int]

    @cached_property
    def rare(self) -> frozenset[int]:
        """The words that are in no common use."""
        return frozenset(self.others.values())

    def meant(self, alike: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        """What may be meant by what is like it alone, in order."""
        for words in (self.common, self.others):
            for char in sorted(alike.keys() & words.keys()):
                yield char, words[char]

    def found(self, alike: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        """What may be meant: all in common use, and of the others what is like what was typed."""
        yield from self.common.items()
        for char in alike.keys() & self.others.keys():
            yield char, self.others[char]


class WordGaps:
    """The words of two to four characters of a model, by what is left of them without one."""

    def __init__(self, model: WordModel) -> None:
        self._model = model
        self._after: dict[str, dict[str, list[int]]] = {}
        self._made_of: dict[str, Fillings | None] = {}

    def filling(self, head: str, tail: str) -> Fillings | None:
        """What fills a gap of one character between a head and a tail, of which one may be empty."""
        if not head:
            if tail not in self._made_of:
                self._keep(self._made_of, tail, self._made(self._model.ending(tail), 0))
            return self._made_of[tail]
        gap = len(head)
        known = self._after.get(head)
        if known is None:
            known, listed = {}, self._model.beginning(head)
            for number, word in enumerate(self._model.words[listed.start : listed.stop], listed.start):
                if gap < len(word) <= _LONGEST:
                    known.setdefault(word[gap + 1 :], []).append(number)
            self._keep(self._after, head, known)
        if tail not in known:
            return None
        key = f"{head}?{tail}"
        if key not in self._made_of:
            self._keep(self._made_of, key, self._made(known[tail], gap))
        return self._made_of[key]

    def _made(self, words: Sequence[int], gap: int) -> Fillings | None:
        if not len(words):
            return None
        common, others = {}, {}
        for word in words:
            cost = self._model.costs[word]
            if cost <= COMMON:
                common[self._model.words[word][gap]] = word
            elif cost <= MEANT:
                others[self._model.words[word][gap]] = word
        return Fillings(common, others)

    @staticmethod
    def _keep(kept: dict[_Key, _Value], key: _Key, value: _Value) -> None:
        if len(kept) > MEMORY:
            kept.clear()
        kept[key] = value
