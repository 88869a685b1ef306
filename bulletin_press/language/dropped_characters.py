"""Words of which a character was probably left out: 进一提高 for 进一步提高, 以人民为中的 for 以人民为中心的.

What is left of such a word stands alone where nothing of the kind stands. How much likelier the text is with the
whole word is weighed by a logistic regression, fitted on words that a machine took a character out of, in printed news
and in prose of strangers, against the same texts as they were (bench/spelling.md).
"""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_press.language.suspects import Cut, Likeness, Suspect
from bulletin_press.language.word_gaps import WordGaps
from bulletin_press.language.word_model import WordModel

# A character that costs less where it stands is no remnant; so much is gained at least.
_STRAIN, _GAIN = 5.0, 2.5
# What a word has left, and how many words of the cut that may be.
_LEFT, _WORDS = 3, 3
# What a word is tied to is so much likelier beside it than anywhere, in natural logarithms.
_TIED = 3.4
# Where the regression's odds are those that a warning needs of every suspect.
_SHIFT = 5.3
# What stands alone in terse prose, as a word (促消费, 扩内需), behind one (平台方, 理事会) or for a state.
_ALONE = frozenset(
    "促扩稳控优严超已拟将达获保实增要成当启从据共力药会币度网性院路额组期机品园场社业乡轨展宣近享数源贸本基万亿千百第"
    "员师家者手户值应岗店馆站线厂县区镇村中美英法德日韩俄印欧率量果厨待粮足请")


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
                left, right = path[first][0], path[last][1]
                if right - left > _LEFT:
                    break
                if right - left == 1 and run[left] in _ALONE:
                    continue
                for gain, tie, word in self._gains(run, path, first, last):
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

    def _gains(self, run: str, path: Sequence[Cut], first: int, last: int) -> list[tuple[float, float, int]]:
        """What is gained by each word that has one character more than a stretch of the cut, and how it is tied.

        Of the words that are not in common use those alone that are tied to a neighbour.
        """
        after = self._model.after
        left, right = path[first][0], path[last][1]
        before, more = path[first - 1] if first else None, last + 1 < len(path)
        behind = path[last + 1] if more else None
        now, previous = 0.0, before[2] if before else None
        for _, _, word in path[first : last + 2]:
            now += after(previous, word)
            previous = word
        found = []
        for at in range(left, right + 1):
            fillings = self._gaps.filling(run[left:at], run[at:right])
            if fillings is None:
                continue
            for common, words in ((True, fillings.common.values()), (False, fillings.others.values())):
                for word in words:
                    then = after(before[2] if before else None, word)
                    if now - then <= _GAIN:
                        continue
                    gain = now - then - (after(word, behind[2]) if behind else 0.0)
                    if gain > _GAIN:
                        tie = max(self._tie(before, word, True), self._tie(behind, word, False))
                        if common or tie >= _TIED:
                            found.append((gain, tie, word))
        return found

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
        left, right, words = path[first][0], path[last][1], last - first + 1
        edges = (before is None) + (following is None)
        gain, cost, meant = min(gained, 16.0) / 4, model.cost(word), model.words[word]
        odds = -2.41 + 2.47 * gain + (0.0, -1.05, -1.37 + 1.93 * gain)[known] - 0.048 * cost
        odds += (0.0, 0.0, -2.06, 0.29)[right - left] + (0.0, -0.65, -1.77, 0.0)[words]
        odds += (1.77 if edges == 1 else 0.0) + 0.164 * min(strain, 20.0) + (0.29 if len(meant) == _LEFT + 1 else 0.0)
        return Suspect(left, right, meant, left, right, gained, Likeness.NONE, right - left, cost, known, edges, 0.0,
                       odds - _SHIFT)
