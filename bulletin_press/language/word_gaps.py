"""Which words fit a place but for one character: looked up by what stands before and behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulletin_press.language.word_model import WordModel

# A word that costs more is what nobody meant; one that costs less may be meant whatever was typed.
MEANT, COMMON = 15.0, 10.8
# So many stretches are remembered: of those of an issue that were looked at, all.
MEMORY = 50_000


class Fillings:
    """Words with a gap, by what fills it: those in common use, and the others."""

    __slots__ = ("common", "others")

    def __init__(self) -> None:
        self.common: dict[str, int] = {}
        self.others: dict[str, int] = {}

    def add(self, char: str, word: int, cost: float) -> None:
        """Another word, and what it costs."""
        if cost <= COMMON:
            self.common[char] = word
        elif cost <= MEANT:
            self.others[char] = word

    def found(self, alike: Mapping[str, int], unlike: bool) -> Iterator[tuple[str, int]]:
        """What may be meant: characters that are like what was typed, and with ``unlike`` all in common use."""
        if unlike:
            yield from self.common.items()
        else:
            for char in alike.keys() & self.common.keys():
                yield char, self.common[char]
        for char in alike.keys() & self.others.keys():
            yield char, self.others[char]


_NONE = Fillings()


class WordGaps:
    """The words of two to four characters of a model, by what is left of them without one."""

    def __init__(self, model: WordModel) -> None:
        self._model = model
        self._after: dict[str, dict[str, Fillings]] = {}
        self._before: dict[str, Fillings] = {}

    def around(self, run: str, at: int) -> Iterator[tuple[int, int, Fillings]]:
        """From where to where words stand that fit a run of hanzi but for one character, and what fills it."""
        size = len(run)
        for left in range(max(0, at - 3), at):
            heads = self._heads(run[left:at])
            for right in range(at + 1, min(size, left + 4) + 1) if heads else ():
                if found := heads.get(run[at + 1 : right]):
                    yield left, right, found
        for right in range(at + 2, min(size, at + 4) + 1):
            found = self._tails(run[at + 1 : right])
            if found is not _NONE:
                yield at, right, found

    def _heads(self, head: str) -> dict[str, Fillings]:
        """The words that begin with some characters and have a gap after them, by what follows the gap."""
        found = self._after.get(head)
        if found is None:
            found = {}
            words, size = self._model.words, len(head)
            for word in self._model.beginning(head):
                text = words[word]
                if size < len(text) <= 4:
                    tail = text[size + 1 :]
                    if tail not in found:
                        found[tail] = Fillings()
                    found[tail].add(text[size], word, self._model.cost(word))
            if len(self._after) > MEMORY:
                self._after.clear()
            self._after[head] = found
        return found

    def _tails(self, tail: str) -> Fillings:
        found = self._before.get(tail)
        if found is None:
            words = self._model.ending(tail)
            found = Fillings() if len(words) else _NONE
            for word in words:
                found.add(self._model.words[word][0], word, self._model.cost(word))
            if len(self._before) > MEMORY:
                self._before.clear()
            self._before[tail] = found
        return found
