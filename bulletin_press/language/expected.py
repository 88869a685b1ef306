"""What stands in a context, and what was typed there of the same sound: 予以公式 for 予以公示.

Both are words, so that no dictionary tells; but what stands beside leaves only one of them. Which words a context
takes is listed (templates/checks/contexts.toml); what sounds like them, or nearly so, is reckoned from the model of
words once, and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import compress, count

from bulletin_press.language.script import is_han
from bulletin_press.language.word_model import WordModel
from bulletin_press.language.wrong_characters import wrong_characters

GAP, DIGIT, SURE = "~", "#", "!"
# What "#" stands for.
FIGURES = frozenset("0123456789一二三四五六七八九十两几数百千")
# So many characters a word has, and so many of a context are looked up.
SIZE = 2
# How much likelier a text must be with what is meant, in natural logarithms, and where the context is beyond doubt; so
# many characters beside it are read.
_GAIN, _SURE_GAIN, _BESIDE = 1.5, -5.0, 4
# What is a word itself may be meant, where no context is beyond doubt: so much more is asked of what would be instead.
_WORDED = 1.5
# What stands so often that no context speaks against it.
_MEANT = ("其中",)
# Both are written for the same.
_EITHER = {"制定", "制订"}
# Rarer characters nobody types by mistake, rarer words nobody is offered; in natural logarithms.
_CHARACTER, _WORD = 12.5, 15.0

# Of a word the contexts before it and behind it, by the two characters next to it: what is before, what is behind,
# and how much likelier the word must be there.
Place = tuple[str, str, float]
Places = Mapping[str, tuple[Place, ...]]
# What may be typed, for which words; of each word its places before and behind; the same of words that are right there.
Table = tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[Places, Places]], Mapping[str, tuple[Places, Places]]]
# The group of words that are right: of what is meant elsewhere (生长环境 is not 生产环境).
RIGHT = "right"


@dataclass(frozen=True)
class Slip:
    """A stretch of a text, from ``start`` to before ``end``, and what is meant there."""

    start: int
    end: int
    meant: str


def table_of(contexts: Mapping[str, Mapping[str, str]], model: WordModel) -> Table:
    """What may be typed for the words of contexts, in plain values that can be kept.

    Args:
        contexts: of each group of words of one sound the words, and where each stands: contexts with "~" for it and
            "#" for a figure, spaces between them; those with "!" before them are beyond doubt. The group ``RIGHT`` has
            words that are typed rightly: in which contexts, for which words without "~" never, for none if empty.
        model: what tells which words and characters sound alike.

    Raises:
        ValueError: a word has not two characters, or a context no gap, or not two characters beside it.
    """
    places: dict[str, tuple[Places, Places]] = {}
    typed: dict[str, dict[str, None]] = {}
    common = {char for char in model.words if len(char) == 1 and model.cost(model.number[char]) < _CHARACTER}
    right = {word: listed.split() for word, listed in contexts.get(RIGHT, {}).items()}
    for group in (group for name, group in contexts.items() if name != RIGHT):
        for word, listed in group.items():
            if len(word) != SIZE:
                raise ValueError(word)
            places[word] = _placed(listed.split())
            for variant in _variants(word, model, common):
                if variant not in right or (right[variant] and word not in right[variant]):
                    typed.setdefault(variant, {})[word] = None
    own = {word: _placed(several) for word, listed in right.items()
           if (several := [one for one in listed if GAP in one])}
    return {variant: tuple(words) for variant, words in typed.items()}, places, own


def _placed(contexts: Sequence[str]) -> tuple[Places, Places]:
    found: tuple[dict[str, list[Place]], dict[str, list[Place]]] = {}, {}
    for context in contexts:
        before, gap, behind = context.removeprefix(SURE).partition(GAP)
        anchors = before[-SIZE:], behind[:SIZE]
        side = next((k for k, one in enumerate(anchors) if len(one) == SIZE and DIGIT not in one), None)
        if not gap or side is None:
            raise ValueError(context)
        found[side].setdefault(anchors[side], []).append(
            (before, behind, _SURE_GAIN if context.startswith(SURE) else _GAIN))
    before_it, behind_it = ({anchor: tuple(several) for anchor, several in one.items()} for one in found)
    return before_it, behind_it


def _variants(word: str, model: WordModel, common: Set[str]) -> Iterator[str]:
    """What may be typed for a word: words of its sound, or nearly so, and what has one other character."""
    first, second = ([char, *(other for other, likeness in model.alike(char).items() if likeness < SIZE)]
                     for char in word)
    for one in first:
        for other in second:
            known = model.number.get(one + other)
            single = (one == word[0] and other in common) or (other == word[1] and one in common)
            typed = one + other
            offered = single or (known is not None and model.cost(known) < _WORD)
            if offered and typed not in (word, *_MEANT) and {typed, word} != _EITHER:
                yield typed


class Expected:
    """What is asked where a word stands that sounds like another.

    Args:
        table: as ``table_of`` makes it.
    """

    def __init__(self, table: Table) -> None:
        self._typed, self._places, self._right = table

    def slips(self, text: str, neighbours: Sequence[str], pairs: Set[str]) -> Iterator[Slip]:
        """Each word of a text that stands where only another of its sound can, in order.

        Args:
            text: n characters.
            neighbours: the n - 1 pairs of characters that stand side by side in it, in order.
            pairs: the same, each once.
        """
        typed = {pair: self._typed[pair] for pair in self._typed.keys() & pairs}
        for at in compress(count(), map(typed.__contains__, neighbours)):
            if neighbours[at] in self._right and _gain(text, at, self._right[neighbours[at]]) is not None:
                continue
            for meant in typed[neighbours[at]]:
                gain = self._expected(text, at, meant)
                if gain is None:
                    continue
                if gain == _GAIN and wrong_characters().knows(neighbours[at]):
                    gain += _WORDED
                if likelier(text, at, at + SIZE, meant, gain) and not _torn(text, at, at + SIZE):
                    yield Slip(at, at + SIZE, meant)
                    break

    def _expected(self, text: str, at: int, meant: str) -> float | None:
        """How much likelier a word must be in a place where it is expected; None where it is not, or what stands is."""
        before_it, behind_it = self._places[meant]
        end = at + SIZE
        own = self._places.get(text[at:end])
        found = None
        for side, places, anchor in ((0, before_it, text[max(0, at - SIZE) : at]),
                                     (1, behind_it, text[end : end + SIZE])):
            for before, behind, gain in places.get(anchor, ()):
                if _ends(text, before, at) and _begins(text, behind, end):
                    if own and any(one[:2] == (before, behind) for one in own[side].get(anchor, ())):
                        return None
                    found = gain if found is None else min(found, gain)
        return found


def _gain(text: str, at: int, places: tuple[Places, Places]) -> float | None:
    """What the first context says that is there; None where none is."""
    end = at + SIZE
    for listed, anchor in zip(places, (text[max(0, at - SIZE) : at], text[end : end + SIZE]), strict=True):
        for before, behind, gain in listed.get(anchor, ()):
            if _ends(text, before, at) and _begins(text, behind, end):
                return gain
    return None


def _begins(text: str, pattern: str, at: int) -> bool:
    """Whether a text has a context from an index on."""
    if DIGIT not in pattern:
        return text.startswith(pattern, at)
    part = text[at : at + len(pattern)]
    return len(part) == len(pattern) and all(
        char == own or (own == DIGIT and char in FIGURES) for char, own in zip(part, pattern, strict=True))


def _ends(text: str, pattern: str, end: int) -> bool:
    """Whether a text has a context before an index."""
    start = end - len(pattern)
    return start >= 0 and _begins(text, pattern, start)


def _torn(text: str, start: int, end: int) -> bool:
    """Whether an edge of a stretch is within a word of the text: 会已 of 协会已派人 is nothing that was typed."""
    left, right = _run(text, start, end)
    return any(first < edge < last for edge in (start - left, end - left)
               for first, last in wrong_characters().words(text[left:right]))


def likelier(text: str, start: int, end: int, meant: str, gain: float) -> bool:
    """Whether a text is likelier with something else from ``start`` to before ``end``, by so many logarithms."""
    return price(text, start, end, meant) + gain < price(text, start, end, text[start:end])


def _run(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the hanzi beside it, so many at most."""
    left, right = start, end
    while left and start - left < _BESIDE and is_han(text[left - 1]):
        left -= 1
    while right < len(text) and right - end < _BESIDE and is_han(text[right]):
        right += 1
    return left, right


def price(text: str, start: int, end: int, meant: str) -> float:
    """What a text costs with something from ``start`` to before ``end``, with the hanzi beside it."""
    left, right = _run(text, start, end)
    return wrong_characters().cost(text[left:start] + meant + text[end:right])
