"""Characters typed for others of the same sound or look, told by a model of words.

A run of hanzi is cut into its likeliest words. What is left over as a single character, or is a rare word, or has
a homophone, is looked at closely: which word would stand there if one character were another, and how much likelier
is the whole then? Everything is measured in natural logarithms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from operator import attrgetter
from pathlib import Path

from bulletin_press.ground.resources import spelling_folder
from bulletin_press.language.dropped_characters import DroppedCharacters
from bulletin_press.language.idioms import HALF, SIZE, Idioms
from bulletin_press.language.script import lazy
from bulletin_press.language.suspects import Cut, Likeness, Suspect
from bulletin_press.language.whole_words import WholeWords
from bulletin_press.language.word_gaps import MEANT, WordGaps
from bulletin_press.language.word_model import FINE, WordModel

_RUN = lazy("[一-鿿]{2,}")
# What a character costs that is no word, and what is never reached, as the model counts (to 1/256).
_UNKNOWN, _NOWHERE = 4352, 1 << 30
# Longer words are cut.
_LONGEST = 4
# What a set phrase costs that is no word of the model.
_PHRASE = 13.5
# A single character that costs more where it stands is looked at, beside another single one and between longer words.
_BROKEN, _STRAIN = 5.0, 10.0
# What is gained at least, less what another likeness must gain more.
_GAIN = 7.0
# A character that stands in a run so often is not told to lack its neighbour.
_OFTEN = 20
# What another likeness must gain more: of the same sound, nearly the same, like looks, none.
_PENALTY = (0.0, 1.0, 1.5, 4.0)


_States = dict[int | None, float]


class WrongCharacters:
    """What looks for wrong characters with a model.

    Args:
        model: the words.
        idioms: set phrases.
    """

    def __init__(self, model: WordModel, idioms: Idioms) -> None:
        self._model = model
        self._idioms = idioms
        self._gaps = WordGaps(model)
        self._words = WholeWords(model, self._gaps)
        self._dropped = DroppedCharacters(model, self._gaps)

    def knows(self, word: str) -> bool:
        """Whether the model has a word."""
        return word in self._model.number

    def rarity(self, word: str) -> float:
        """What a word costs by itself, in natural logarithms; of one that the model lacks, as much as any."""
        number = self._model.number.get(word)
        return _UNKNOWN / FINE if number is None else self._model.cost(number)

    def cost(self, run: str) -> float:
        """What the likeliest words of a run of hanzi cost, each after the one before it."""
        return self._ends_in(self._through({None: 0.0}, run, 0, len(run)), None, True) if run else 0.0

    def words(self, run: str) -> Iterator[tuple[int, int]]:
        """Where the likeliest words of a run of hanzi begin and end, each by itself."""
        return ((start, end) for start, end, _ in self._cut(run))

    def alike(self, char: str) -> Iterable[str]:
        """The characters that a character may be typed for."""
        return self._model.alike(char)

    def suspects(self, text: str) -> Iterator[Suspect]:
        """Each place of a text that may be wrong, in order; two never overlap."""
        for run in _RUN.finditer(text):
            yield from self._in_run(run.group(), run.start())

    def _in_run(self, run: str, offset: int) -> Iterator[Suspect]:
        path, often = self._cut(run), Counter(run)
        found: list[Suspect] = []
        for k, (start, end, _) in enumerate(path):
            if end - start > 1:
                looked = [self._words.suspect(run, path, k)]
            elif run[max(0, start - 1) : end + 1] == 3 * run[start]:
                # What stands thrice was not typed for another.
                continue
            else:
                # What stands alone so often is no remnant of a word.
                looked = [self._dropped.suspect(run, path, k)] if often[run[start]] <= _OFTEN else []
                if self._strained(path, k):
                    looked += [self._single(run, path, k), self._with_next(run, path, k)]
            found += [best for best in looked if best]
        found += self._phrases(run, path)
        found.sort(key=lambda one: (one.left, one.start))
        yield from (replace(one, start=one.start + offset, end=one.end + offset, left=one.left + offset,
                            right=one.right + offset) for one in _apart(found))

    # --- cutting ----------------------------------------------------------------------------

    def _cut(self, run: str) -> list[Cut]:
        """The likeliest words, each by itself."""
        number, cost = self._model.number.get, self._model.costs
        size = len(run)
        best = [0] + [_NOWHERE] * size
        back: list[tuple[int, int | None]] = [(0, None)] * (size + 1)
        for start in range(size):
            here = best[start]
            word = number(run[start])
            total = here + (_UNKNOWN if word is None else cost[word])
            end = start + 1
            if total < best[end]:
                best[end], back[end] = total, (start, word)
            for end in range(start + 2, min(size, start + _LONGEST) + 1):
                word = number(run[start:end])
                if word is not None and (total := here + cost[word]) < best[end]:
                    best[end], back[end] = total, (start, word)
        path: list[Cut] = []
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
            for stop in range(at + 1, min(end, at + _LONGEST) + 1):
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

    def _strained(self, path: Sequence[Cut], k: int) -> bool:
        """Whether a character costs much after the one before it, and the one behind it.

        Beside another that stands alone the two may be halves of one word: less is much there.
        """
        start, end, word = path[k]
        after, broken = self._model.after, False
        cost = after(path[k - 1][2] if k else None, word)
        if k:
            broken = path[k - 1][0] == start - 1
        if k + 1 < len(path):
            following = path[k + 1][2]
            cost += after(word, following) - after(None, following)
            broken = broken or path[k + 1][1] == end + 1
        return cost > (_BROKEN if broken else _STRAIN)

    # --- what may have been meant -----------------------------------------------------------

    def _single(self, run: str, path: Sequence[Cut], k: int) -> Suspect | None:
        """The best word that comes about when a character that stands alone is another.

        It is made of whole words of the cut, mostly of two characters that stand alone side by side.
        """
        after, at = self._model.after, path[k][0]
        alike = self._model.alike(run[at])
        # What is like what was typed, and what is not: the one is not hidden by the other, which is often commoner.
        best: list[tuple[int, int, str, int, int] | None] = [None, None]
        score = [_GAIN, _GAIN]
        for first, last in self._stretches(path, k):
            fillings = self._gaps.filling(run[path[first][0] : at], run[at + 1 : path[last][1]])
            if fillings is None:
                continue
            before = path[first - 1][2] if first else None
            more = last + 1 < len(path)
            following = path[last + 1][2] if more else None
            now = self._cost(path, first, last)
            for meant, word in fillings.found(alike):
                likeness = alike.get(meant, 3)
                then, unlike = after(before, word), likeness == 3
                if now - then - _PENALTY[likeness] < score[unlike] or meant == run[at]:
                    continue
                gain = now - then - (after(word, following) if more else 0.0) - _PENALTY[likeness]
                # Of equals the commoner word, whatever order they come in.
                held = best[unlike]
                if gain > score[unlike] or (held and gain == score[unlike] and word < held[3]):
                    score[unlike], best[unlike] = gain, (first, last, meant, word, likeness)
        weighed = [one for held in best if held and (one := self._weighed(run, path, k, held))]
        return max(weighed, key=attrgetter("certainty"), default=None)

    def _with_next(self, run: str, path: Sequence[Cut], k: int) -> Suspect | None:
        """The best word of another character and the first of the word behind it: of 涣|发出 焕发|出."""
        if k + 1 == len(path) or path[k + 1][1] - path[k + 1][0] != HALF:
            return None
        model, (at, start, _), (_, _, word) = self._model, path[k], path[k + 1]
        before, following = path[k - 1][2] if k else None, path[k + 2][2] if k + 2 < len(path) else None
        left, rest = run[start], model.number.get(run[start + 1])
        if rest is None:
            return None
        then = model.after(rest, following) if k + 2 < len(path) else 0.0
        now = model.after(before, path[k][2]) + model.after(path[k][2], word) + (
            model.after(word, following) if k + 2 < len(path) else 0.0)
        best: Suspect | None = None
        for char, likeness in model.alike(run[at]).items():
            meant = model.number.get(char + left)
            if meant is None or model.costs[meant] > MEANT:
                continue
            gain = now - then - model.after(before, meant) - model.after(meant, rest)
            if gain - _PENALTY[likeness] < _GAIN or (best and gain <= best.gain):
                continue
            known = sum((before is not None and model.attested(before, meant) is not None,
                         model.attested(meant, rest) is not None))
            best = Suspect(at, at + 1, char, at, start + 1, gain, Likeness(likeness), 1, model.cost(meant), known,
                           int(before is None), self._rare(path[k][2]))
        return best

    def _rare(self, word: int | None) -> float:
        return 17.0 if word is None else self._model.cost(word)

    def _phrases(self, run: str, path: Sequence[Cut]) -> Iterator[Suspect]:
        """The set phrases that come about when characters are others, whatever words those are part of."""
        model = self._model
        # A phrase that is broken leaves a character of it alone.
        broken = {at for start, end, _ in path if end - start == 1 for at in range(start - SIZE + 1, start + 1)}
        places = sorted(broken.intersection(range(len(run) - SIZE + 1)))
        for at, start, end, phrase in self._idioms.deviations(run, places):
            meant, typed = phrase[start - at : end - at], model.number.get(run[start])
            likeness = model.alike(run[start]).get(meant[0])
            # Any other character makes another phrase: 整装再发, 各展其能.
            if likeness is None:
                continue
            word = model.number.get(phrase)
            cost = _PHRASE if word is None else model.cost(word)
            now, behind = self._alone(run), at + SIZE
            gain = now - self._alone(run[:at]) - self._alone(run[behind:]) - cost
            if gain - _PENALTY[likeness] >= _GAIN:
                yield Suspect(start, end, meant, at, behind, gain, Likeness(likeness), 1, cost, 0,
                              (at == 0) + (behind == len(run)), 17.0 if typed is None else model.cost(typed))

    def _alone(self, run: str) -> float:
        """What the likeliest words of a stretch cost, each by itself."""
        return sum(17.0 if word is None else self._model.cost(word) for _, _, word in self._cut(run))

    @staticmethod
    def _stretches(path: Sequence[Cut], k: int) -> Iterator[tuple[int, int]]:
        """The words of the cut, from first to last, that a longer word with the one at an index may be made of."""
        for first in range(k, max(-1, k - 4), -1):
            for last in range(k, min(len(path), k + 4)):
                if path[last][1] - path[first][0] > 4:
                    break
                if last > first:
                    yield first, last

    def _weighed(self, run: str, path: Sequence[Cut], k: int, best: tuple[int, int, str, int, int]) -> Suspect | None:
        """A suspect, against the best that can be made of what was typed."""
        model = self._model
        first, last, meant, word, likeness = best
        before = path[first - 1][2] if first else None
        more = last + 1 < len(path)
        following = path[last + 1][2] if more else None
        left, right, at = path[first][0], path[last][1], path[k][0]
        now = self._ends_in(self._through({before: 0.0}, run, left, right), following, more)
        then = model.after(before, word) + (model.after(word, following) if more else 0.0)
        if now - then - _PENALTY[likeness] < _GAIN:
            return None
        known = sum((before is not None and model.attested(before, word) is not None,
                     following is not None and model.attested(word, following) is not None))
        typed = path[k][2]
        return Suspect(at, at + 1, meant, left, right, now - then, Likeness(likeness), 1, model.cost(word), known,
                       (before is None) + (following is None), 17.0 if typed is None else model.cost(typed))

    def _cost(self, path: Sequence[Cut], first: int, last: int) -> float:
        """What the words of the cut cost, from the first to the last and with the one behind."""
        after = self._model.after
        before = path[first - 1][2] if first else None
        total = 0.0
        for _, _, word in path[first : last + 2]:
            total += after(before, word)
            before = word
        return total


def _apart(found: list[Suspect]) -> Iterator[Suspect]:
    """The surer of neighbours."""
    kept: list[Suspect] = []
    for one in found:
        if kept and one.left < kept[-1].right:
            if one.certainty > kept[-1].certainty:
                kept[-1] = one
        else:
            kept.append(one)
    yield from kept


def _model_path() -> Path:
    return spelling_folder() / "words.model"


def model_stamp() -> str:
    """What tells the model that the press brings along from another, without reading it.

    Raises:
        EnvironmentFault: the installation lacks it.
    """
    try:
        state = _model_path().stat()
    except OSError:
        return ""
    return f"{state.st_size}-{state.st_mtime_ns}"


@cache
def wrong_characters() -> WrongCharacters:
    """What looks with the model that the press brings along; it is mapped when this is first asked for.

    Raises:
        EnvironmentFault: the installation lacks it.
    """
    return WrongCharacters(WordModel(_model_path()), Idioms(spelling_folder() / "idioms.words"))
