"""Whole words that were probably typed for others of the same sound, nearly the same, or like looks: 形势 for 形式.

Both are words, so that only their neighbours tell. What is gained before and behind is weighed by a logistic
regression, fitted on words exchanged by machine in printed news and in prose of strangers, against the same texts as
they were (bench/spelling.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin_press.language.script import lazy
from bulletin_press.language.suspects import Cut, Likeness, Suspect
from bulletin_press.language.word_gaps import WordGaps
from bulletin_press.language.word_model import FINE, WordModel

_NUMBER = lazy("[一二三四五六七八九十百千万亿两零〇几]+")
# A word that costs less with what is before and behind stands where it should; so much is gained at least.
_SMOOTH, _GAIN = 8.0, 3.0
# A word of another likeness that costs more is what nobody meant.
_MEANT = 14.0
_LONGEST = 4
# What another likeness must gain more, to be taken before one of the same sound.
_PENALTY = (0.0, 1.0, 1.5)
# Where the regression's odds are those that a warning needs of every suspect.
_SHIFT = 3.0


@dataclass(frozen=True)
class _Place:
    """A word of a cut and the words beside it: none at the ends of a run, or where a character is no word."""

    before: int | None
    word: int
    following: int | None
    more: bool
    single_before: bool
    single_behind: bool


class WholeWords:
    """What looks for such words.

    Args:
        model: the words.
        gaps: its words by what is left of them.
    """

    def __init__(self, model: WordModel, gaps: WordGaps) -> None:
        self._model, self._gaps = model, gaps
        self._others: dict[int, dict[int, int]] = {}

    def suspect(self, run: str, path: Sequence[Cut], k: int) -> Suspect | None:
        """The word of a cut, if another may have been meant that its neighbours know better.

        Args:
            run: the run of hanzi.
            path: its cut.
            k: which word of the cut, of two characters or more.
        """
        start, end, word = path[k]
        # A number is told by what is counted, and no neighbour speaks against it.
        if word is None or _NUMBER.fullmatch(run, start, end):
            return None
        model = self._model
        more = k + 1 < len(path)
        place = _Place(path[k - 1][2] if k else None, word, path[k + 1][2] if more else None, more,
                       k > 0 and start - path[k - 1][0] == 1, more and path[k + 1][1] - end == 1)
        left, right = model.after(place.before, word), model.after(word, place.following) if more else 0.0
        if left + right < _SMOOTH:
            return None
        best: tuple[float, int, int] | None = None
        seen = model.following(place.before).get
        further, costs, most = model.backoff(place.before), model.costs, left + right - _GAIN
        for other, likeness in self._alike(word).items():
            then = seen(other)
            if then is None:
                then = further + costs[other] / FINE
            if then >= most:
                continue
            then += model.after(other, place.following) if more else 0.0
            gain = left + right - then
            better = best is None or gain - _PENALTY[likeness] > best[0]
            if gain > _GAIN and better and any(self._known(place, other)):
                best = gain - _PENALTY[likeness], other, likeness
        return self._weighed(run, start, end, place, best[1], best[2]) if best else None

    def _alike(self, word: int) -> dict[int, int]:
        """The words that a word may be typed for, with their likeness."""
        found = self._others.get(word)
        if found is None:
            model, typed = self._model, self._model.words[word]
            found = dict.fromkeys(model.homophones(word), 0)
            for at, char in enumerate(typed if len(typed) <= _LONGEST else ""):
                fillings = self._gaps.filling(typed[:at], typed[at + 1 :])
                if fillings is None:
                    continue
                alike = model.alike(char)
                for other, meant in fillings.meant(alike):
                    if model.costs[meant] < _MEANT * FINE:
                        found.setdefault(meant, alike[other])
            self._others[word] = found
        return found

    def _known(self, place: _Place, word: int) -> tuple[bool, bool]:
        """Whether the model has seen a word behind what is before, and before what is behind."""
        attested = self._model.attested
        return (place.before is not None and attested(place.before, word) is not None,
                place.following is not None and attested(word, place.following) is not None)

    def _weighed(self, run: str, start: int, end: int, place: _Place, meant: int, likeness: int) -> Suspect:
        model, word = self._model, place.word
        left = model.after(place.before, word) - model.after(place.before, meant)
        right = model.after(word, place.following) - model.after(meant, place.following) if place.more else 0.0
        before, behind = self._known(place, meant)
        known, edges = before + behind, (place.before is None) + (place.following is None)
        gain, cost, rare = min(left + right, 14.0) / 4, model.cost(meant), model.cost(word)
        typed, other = run[start:end], model.words[meant]
        odds = -0.47 + 3.28 * gain + 0.25 * min(left, right, 4.0) - 0.032 * rare - 0.084 * cost
        odds += (0.65 * gain - 1.26 if known == 2 else 0.0) - 1.59 * max(0.0, rare - 11)
        odds += 0.31 if any(self._known(place, word)) else 0.0
        odds += (0.5 if edges == 1 else 0.0) - (0.51 if end - start > 2 else 0.0)
        # A single character tells less than a word.
        odds += 0.29 if (before and not place.single_before) or (behind and not place.single_behind) else 0.0
        odds += (0.0, 0.34, -0.01)[likeness] - (0.39 if any(map(str.__eq__, typed, other)) else 0.0)
        differs = [n for n, (one, two) in enumerate(zip(typed, other, strict=False)) if one != two]
        first, last = differs[0], differs[-1] + 1
        return Suspect(start + first, start + last, other[first:last], start, end, left + right, Likeness(likeness),
                       end - start, cost, known, edges, rare, odds - _SHIFT)
