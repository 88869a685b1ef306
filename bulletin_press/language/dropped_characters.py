"""Words of which a character was probably left out: 进一提高 for 进一步提高, 以人民为中的 for 以人民为中心的.

What is left of such a word stands alone where nothing of the kind stands. How much likelier the text is with the
whole word is weighed by a logistic regression, fitted on words that a machine took a character out of, in printed news
and in prose of strangers, against the same texts as they were (bench/spelling.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from bulletin_press.language.suspects import LEAST, Cut, Likeness, Suspect
from bulletin_press.language.word_gaps import COMMON, Fillings, WordGaps
from bulletin_press.language.word_model import FINE, WordModel

# A character that costs less where it stands is no remnant; so much is gained at least.
_STRAIN, _GAIN = 5.0, 2.5
# What a word has left, and how many words of the cut that may be.
_LEFT, _WORDS = 3, 3
# What a word is tied to is so much likelier beside it than anywhere, in natural logarithms.
_TIED = 3.4
# The regression: what it counts that one neighbour or both are known to stand beside the word meant, and what each
# unit of gain does then, up to a most; the length of what is left, and how many words of the cut that is.
# The last is where its odds are those that a warning needs of every suspect.
_KNOWN, _GAINED, _MOST = (-1.05, -1.37), (2.47 / 4, 4.40 / 4), 16.0
_SIZES, _CUTS, _AT_END, _STRAINED, _COST = (0.0, 0.0, -2.06, 0.58), (0.0, -0.65, -1.77, 0.0), 1.77, 0.164, 0.048
_BEGUN, _SHIFT = -2.41, 5.3
# What stands alone in terse prose, as a word (促消费, 扩内需), behind one (平台方, 理事会) or for a state.
_ALONE = frozenset(
    "促扩稳控优严超已拟将达获保实增要成当启从据共力药会币度网性院路额组期机品园场社业乡轨展宣近享数源贸本基万亿千百第"
    "员师家者手户值应岗店馆站线厂县区镇村中美英法德日韩俄印欧率量果厨待粮足请")


class _Stretch(NamedTuple):
    """Words of a cut, from first to last, and the ones beside them."""

    first: int
    last: int
    left: int
    right: int
    before: Cut | None
    behind: Cut | None

    @classmethod
    def of(cls, path: Sequence[Cut], first: int, last: int) -> _Stretch:
        """The words of a cut from the first to the last."""
        return cls(first, last, path[first][0], path[last][1], path[first - 1] if first else None,
                   path[last + 1] if last + 1 < len(path) else None)

    @property
    def size(self) -> int:
        """How many characters it has."""
        return self.right - self.left

    @property
    def edges(self) -> int:
        """How many sides have no word that could tell."""
        return (self.before is None or self.before[2] is None) + (self.behind is None or self.behind[2] is None)

    def odds(self, strain: float) -> float:
        """The odds that it lacks a character, but for what the word meant counts."""
        return (_BEGUN - _SHIFT + _SIZES[self.size] + _CUTS[self.last - self.first + 1]
                + (_AT_END if self.edges == 1 else 0.0) + _STRAINED * min(strain, 20.0))


def _ties(beside: Cut | None) -> bool:
    """Whether a word beside a stretch can tie one to it: it is of two characters or more."""
    return beside is not None and beside[2] is not None and beside[1] - beside[0] > 1


def _least(odds: float, edges: int, cost: float) -> float:
    """What a word that costs so much by itself must gain to make up for odds; infinite where none were enough."""
    if edges == 2:
        return inf
    wanted = LEAST - odds + _COST * cost
    least = (wanted - _KNOWN[0]) / _GAINED[0]
    if not edges:
        least = min(least, (wanted - _KNOWN[1]) / _GAINED[1])
    return inf if least > _MOST else max(_GAIN, least)


class DroppedCharacters:
    """What looks for such words.

    Args:
        model: the words.
        gaps: its words by what is left of them.
    """

    def __init__(self, model: WordModel, gaps: WordGaps) -> None:
        self._model, self._gaps = model, gaps

    def suspect(self, run: str, path: Sequence[Cut], k: int) -> Suspect | None:
        """The word that most likely lost a character around a single one.

        Args:
            run: the run of hanzi.
            path: its cut.
            k: which of the cut: a character that stands alone.
        """
        # A character that stands twice is another matter.
        if k and run[path[k - 1][0]] == run[path[k][0]]:
            return None
        strain = self._strain(path, k)
        if strain < _STRAIN:
            return None
        best: tuple[float, float, int, int, int] | None = None
        for first in range(k, max(-1, k - _WORDS), -1):
            for last in range(k, min(len(path), k + _WORDS)):
                stretch = _Stretch.of(path, first, last)
                if stretch.size > _LEFT:
                    break
                if stretch.size == 1 and run[stretch.left] in _ALONE:
                    continue
                for gain, tie, word in self._gains(run, path, stretch, strain):
                    if best is None or (gain + tie, -word) > (best[0], -best[2]):
                        best = gain + tie, gain, word, first, last
        return self._weighed(path, best[1:], strain) if best else None

    def _strain(self, path: Sequence[Cut], k: int) -> float:
        """What a character costs after the one before it, with what the one behind it costs more than by itself."""
        after, word = self._model.after, path[k][2]
        cost = after(path[k - 1][2] if k else None, word)
        if k + 1 < len(path):
            following = path[k + 1][2]
            cost += after(word, following) - after(None, following)
        return cost

    def _gains(self, run: str, path: Sequence[Cut], stretch: _Stretch, strain: float) -> list[tuple[float, float, int]]:
        """What is gained by each word that has one character more than a stretch of the cut, and how it is tied.

        Of the words that are not in common use those alone that are tied to a neighbour.
        """
        odds, edges, now = stretch.odds(strain), stretch.edges, self._now(path, stretch)
        least, seldom = _least(odds, edges, 0.0), _least(odds, edges, COMMON / FINE)
        if now <= least:
            return []
        left, right, behind = stretch.left, stretch.right, stretch.behind
        found = []
        for at in range(left, right + 1):
            fillings = self._gaps.filling(run[left:at], run[at:right])
            if fillings is None:
                continue
            for word, then in self._before(stretch, fillings, now - least, now - seldom):
                gain = now - then - (self._model.after(word, behind[2]) if behind else 0.0)
                rare = self._model.costs[word] > COMMON
                if gain > (seldom if rare else least):
                    tie = max(self._tie(stretch.before, word, True), self._tie(behind, word, False))
                    if tie >= _TIED or not rare:
                        found.append((gain, tie, word))
        return found

    def _before(self, stretch: _Stretch, fillings: Fillings, most: float,
                most_rare: float) -> Iterator[tuple[int, float]]:
        """The words that may stand in a stretch, with what they cost after the word before it, up to a most."""
        model, before = self._model, stretch.before[2] if stretch.before else None
        known = model.following(before)
        seen, costs, further = known.get, model.costs, model.backoff(before)
        tied_behind = _ties(stretch.behind)
        others = fillings.others.values() if tied_behind else ()
        for words, limit in ((fillings.common.values(), most), (others, most_rare)):
            for word in words:
                then = seen(word)
                if then is None:
                    then = costs[word] / FINE + further
                if then < limit:
                    yield word, then
        if _ties(stretch.before) and not tied_behind:
            for word in known.keys() & fillings.rare:
                if known[word] < most_rare:
                    yield word, known[word]

    def _now(self, path: Sequence[Cut], stretch: _Stretch) -> float:
        """What a stretch costs as it is, with the word behind it."""
        now, previous = 0.0, stretch.before[2] if stretch.before else None
        for _, _, word in path[stretch.first : stretch.last + 2]:
            now += self._model.after(previous, word)
            previous = word
        return now

    def _tie(self, beside: Cut | None, word: int, follows: bool) -> float:
        """How much likelier a word is beside a word of the cut of two characters or more than anywhere."""
        if beside is None or beside[2] is None or beside[1] - beside[0] == 1:
            return 0.0
        first, second = (beside[2], word) if follows else (word, beside[2])
        seen = self._model.attested(first, second)
        return 0.0 if seen is None else max(0.0, self._model.cost(second) - seen)

    def _weighed(self, path: Sequence[Cut], best: tuple[float, int, int, int], strain: float) -> Suspect | None:
        model = self._model
        gained, word, first, last = best
        before = path[first - 1][2] if first else None
        following = path[last + 1][2] if last + 1 < len(path) else None
        known = sum((before is not None and model.attested(before, word) is not None,
                     following is not None and model.attested(word, following) is not None))
        if not known:
            return None
        stretch = _Stretch.of(path, first, last)
        odds = stretch.odds(strain) + _KNOWN[known - 1] + _GAINED[known - 1] * min(gained, _MOST)
        odds -= _COST * model.cost(word)
        return Suspect(stretch.left, stretch.right, model.words[word], stretch.left, stretch.right, gained,
                       Likeness.NONE, stretch.size, model.cost(word), known, stretch.edges, 0.0, odds)
