"""Characters typed for others of the same sound or look, told by a model of words.

A run of hanzi is cut into its likeliest words. What is left over as a single character, or is a rare word, or has
a homophone, is looked at closely: which word would stand there if one character were another, and how much likelier
is the whole then? Everything is measured in natural logarithms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from bulletin_press.ground.resources import spelling_folder
from bulletin_press.language.word_gaps import WordGaps
from bulletin_press.language.word_model import LONGEST, WordModel

_RUN = re.compile("[一-鿿]{2,}")
# A word that costs more is looked at as if it were none.
_RARE = 12.6
# A single character that costs more between its neighbours is looked at.
_STRAIN = 9.0
# What is gained at least for a second look.
_GAIN = 2.0
_HOMOPHONE_GAIN = 4.0
# What another likeness must gain more: of the same sound, nearly the same, like looks, none.
_PENALTY = (0.0, 1.0, 1.5, 4.0)


class Likeness(IntEnum):
    """How what was typed is like what was meant."""

    SAME = 0
    NEAR = 1
    LOOK = 2
    NONE = 3


@dataclass(frozen=True)
class Suspect:
    """Characters that were probably typed for others.

    ``start`` and ``end`` hold what differs, ``instead`` what was meant; ``left`` and ``right`` the word that
    comes about. ``gain`` is how much likelier the text is then, ``lead`` by how much the next best is worse.
    ``typed`` is the length of the word that stood there, ``cost`` what the word meant costs by itself.
    ``known`` tells that the model has seen it beside its neighbours.
    """

    start: int
    end: int
    instead: str
    left: int
    right: int
    gain: float
    lead: float
    likeness: Likeness
    typed: int
    cost: float
    known: int

    @property
    def certainty(self) -> float:
        """How sure it is that the characters are wrong: the log odds of a logistic regression.

        Fitted on planted faults against news that was printed (bench/spelling.md); 0 is even odds there, where
        one character in a hundred was a planted one: compare with thresholds alone.
        """
        size, gain, like = self.right - self.left, min(self.gain, 16.0) / 4, self.likeness
        odds = -1.15 + (0.0, -0.24, 0.71, -1.06)[like] + 1.85 * gain - 1.08 * min(gain, 2.0)
        odds += 0.10 * min(self.lead, 5.0) - 0.235 * self.cost + (0.0, 0.86, 1.84)[self.known]
        odds += (0.34 if size == 3 else 0.09 if size > 3 else 0.0) - (0.57 * gain if like is Likeness.NONE else 0.0)
        return odds - (0.88 + 0.17 * gain if self.typed > 1 else 0.0)


_Cut = tuple[int, int, int | None]
_States = dict[int | None, float]
# The states before the stretch, the word that follows and whether there is any, what stands there costs, from, to.
_Window = tuple[_States, int | None, bool, float, int, int]


class WrongCharacters:
    """What looks for wrong characters with a model.

    Args:
        model: the words.
    """

    def __init__(self, model: WordModel) -> None:
        self._model = model
        self._gaps = WordGaps(model)

    def suspects(self, text: str) -> Iterator[Suspect]:
        """Each place of a text that may be wrong, in order; two never overlap."""
        for run in _RUN.finditer(text):
            yield from self._in_run(run.group(), run.start())

    def _in_run(self, run: str, offset: int) -> Iterator[Suspect]:
        path = self._cut(run)
        found: list[Suspect] = []
        for k, (start, end, word) in enumerate(path):
            best = None
            if end - start == 1:
                if self._strain(path, k) > _STRAIN:
                    best = self._single(run, path, k, start, True)
            else:
                best = self._homophone(run, path, k)
                if word is not None and end - start == 2 and self._model.cost(word) > _RARE:
                    for at in range(start, end):
                        other = self._single(run, path, k, at, False)
                        if other and (best is None or other.gain > best.gain):
                            best = other
            if best:
                found.append(best)
        yield from (Suspect(one.start + offset, one.end + offset, one.instead, one.left + offset,
                            one.right + offset, one.gain, one.lead, one.likeness, one.typed, one.cost, one.known)
                    for one in _apart(found))

    # --- cutting ----------------------------------------------------------------------------

    def _cut(self, run: str) -> list[_Cut]:
        """The likeliest words, each by itself."""
        number, cost = self._model.number.get, self._model.costs
        size = len(run)
        best = [0] + [1 << 30] * size
        back: list[tuple[int, int | None]] = [(0, None)] * (size + 1)
        for start in range(size):
            here = best[start]
            for end in range(start + 1, min(size, start + LONGEST) + 1):
                word = number(run[start:end])
                if word is not None:
                    total = here + cost[word]
                elif end == start + 1:
                    total = here + 4352
                else:
                    continue
                if total < best[end]:
                    best[end] = total
                    back[end] = (start, word)
        path: list[_Cut] = []
        end = size
        while end:
            start, word = back[end]
            path.append((start, end, word))
            end = start
        path.reverse()
        return path

    # --- how likely a stretch is ------------------------------------------------------------

    def _through(self, states: _States, run: str, start: int, end: int) -> _States:
        """What the ways through a stretch cost, by the last word."""
        if start == end:
            return states
        number, after = self._model.number, self._model.after
        reached: list[_States] = [states] + [{} for _ in range(end - start)]
        for at in range(start, end):
            before = reached[at - start]
            if not before:
                continue
            for stop in range(at + 1, min(end, at + LONGEST) + 1):
                word = number.get(run[at:stop])
                if word is None and stop > at + 1:
                    continue
                total = min(cost + after(last, word) for last, cost in before.items())
                known = reached[stop - start].get(word)
                if known is None or total < known:
                    reached[stop - start][word] = total
        return reached[end - start]

    def _ends_in(self, states: _States, following: int | None, more: bool) -> float:
        after = self._model.after
        return min(cost + (after(last, following) if more else 0.0) for last, cost in states.items())

    def _strain(self, path: Sequence[_Cut], k: int) -> float:
        """What a word costs after the one before it, and costs the one behind it."""
        word, after = path[k][2], self._model.after
        cost = after(path[k - 1][2] if k else None, word)
        if k + 1 < len(path):
            following = path[k + 1][2]
            cost += after(word, following) - after(None, following)
        return cost

    # --- what may have been meant -----------------------------------------------------------

    def _homophone(self, run: str, path: Sequence[_Cut], k: int) -> Suspect | None:
        start, end, word = path[k]
        model = self._model
        if word is None or not (others := model.homophones(word)):
            return None
        before = path[k - 1][2] if k else None
        following = path[k + 1][2] if k + 1 < len(path) else None
        more = k + 1 < len(path)
        now = model.after(before, word) + (model.after(word, following) if more else 0.0)
        best: Suspect | None = None
        for other in others:
            seen = [model.attested(before, other) if before is not None else None,
                    model.attested(other, following) if following is not None else None]
            if seen == [None, None]:
                continue
            then = model.after(before, other) + (model.after(other, following) if more else 0.0)
            gain = now - then
            if gain < _HOMOPHONE_GAIN or (best and gain < best.gain):
                continue
            meant = model.words[other]
            differs = [n for n in range(end - start) if meant[n] != run[start + n]]
            first, last = differs[0], differs[-1] + 1
            best = Suspect(start + first, start + last, meant[first:last], start, end, gain, 99.0, Likeness.SAME,
                           end - start, model.cost(other), 2 - seen.count(None))
        return best

    def _single(self, run: str, path: Sequence[_Cut], k: int, at: int, unlike: bool) -> Suspect | None:
        """The best word that comes about when one character is another."""
        model = self._model
        after, alike = model.after, model.alike(run[at])
        windows: dict[tuple[int, int], _Window] = {}
        best: tuple[int, int, str, int, float, int] | None = None
        score, second = _GAIN, 0.0
        for left, right, fillings in self._gaps.around(run, at):
            before, following, more, now, _, high = self._window(run, path, k, left, right, windows)
            for meant, word in fillings.found(alike, unlike):
                likeness = alike.get(meant, 3)
                limit = now - score - _PENALTY[likeness]
                then = min([total + after(last, word) for last, total in before.items()])
                if then > limit or meant == run[at]:
                    continue
                if right == high:
                    then += after(word, following) if more else 0.0
                else:
                    then = self._ends_in(self._through({word: then}, run, right, high), following, more)
                weighed = now - then - _PENALTY[likeness]
                if weighed <= score:
                    second = max(second, weighed)
                    continue
                second, score = score, weighed
                best = (left, right, meant, word, now - then, likeness)
        if best is None:
            return None
        left, right, meant, word, gain, likeness = best
        before, following, more, _, _, high = self._window(run, path, k, left, right, windows)
        known = sum((any(last is not None and model.attested(last, word) is not None for last in before),
                     right == high and following is not None and model.attested(word, following) is not None))
        return Suspect(at, at + 1, meant, left, right, gain, score - second, Likeness(likeness),
                       path[k][1] - path[k][0], model.cost(word), known)

    def _window(self, run: str, path: Sequence[_Cut], k: int, left: int, right: int,
                windows: dict[tuple[int, int], _Window]) -> _Window:
        """What there is around a stretch that no word of the cut ends in."""
        if found := windows.get((left, right)):
            return found
        first, last = k, k
        while path[first][0] > left:
            first -= 1
        while path[last][1] < right:
            last += 1
        low, high = path[first][0], path[last][1]
        start: _States = {path[first - 1][2] if first else None: 0.0}
        more = last + 1 < len(path)
        following = path[last + 1][2] if more else None
        now = windows.get((low, high))
        total = now[3] if now else self._ends_in(self._through(start, run, low, high), following, more)
        found = windows[left, right] = (self._through(start, run, low, left), following, more, total, low, high)
        return found


def _apart(found: list[Suspect]) -> Iterator[Suspect]:
    """The stronger of neighbours."""
    kept: list[Suspect] = []
    for one in found:
        if kept and one.left < kept[-1].right:
            if one.gain - _PENALTY[one.likeness] > kept[-1].gain - _PENALTY[kept[-1].likeness]:
                kept[-1] = one
        else:
            kept.append(one)
    yield from kept


@cache
def wrong_characters() -> WrongCharacters:
    """What looks with the model that the press brings along; it is mapped when this is first asked for.

    Raises:
        EnvironmentFault: the installation lacks it.
    """
    return WrongCharacters(WordModel(spelling_folder() / "words.model"))
