"""What the prose of associations joins, as a list of our own says it, put into the model of words.

libime's pairs come from the web, the statutes' from laws: neither says that a 纠纷 is 调解 or that 转型 follows 数字化.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from words import LONGEST, Model, cut

LIST = Path(__file__).with_name("collocations.txt")
# What a new word costs, as one that is seldom met; how much likelier a word is behind what it is listed with, and
# what it costs there at least: many are listed with one (natural logarithm).
_NEW = -11.5
_TIED, _LEAST = 4.0, 4.0


def read(text: str) -> tuple[set[str], set[tuple[str, str]]]:
    """The words (``+ word …``) and the pairs (``first … : second …``) of a list."""
    words, pairs = set[str](), set[tuple[str, str]]()
    for line in text.splitlines():
        if line.startswith("+"):
            words.update(line[1:].split())
        elif line and not line.startswith("#"):
            left, _, right = line.partition(":")
            pairs.update((first, second) for first in left.split() for second in right.split())
    return words, pairs


def with_words(model: Model, words: Iterable[str]) -> Model:
    """The model with words that it lacks, seldom met and followed by none."""
    log, backoff = dict(zip(model.words, model.log, strict=True)), dict(zip(model.words, model.backoff, strict=True))
    new = {word for word in words if 1 < len(word) <= LONGEST} - log.keys()
    every = sorted(log.keys() | new)
    number = {word: k for k, word in enumerate(every)}
    followers: list[list[tuple[int, float]]] = [[] for _ in every]
    for word, row in zip(model.words, model.followers, strict=True):
        followers[number[word]] = [(number[model.words[second]], chance) for second, chance in row]
    return Model(every, [log.get(word, _NEW) for word in every], [backoff.get(word, 0.0) for word in every], followers)


def with_pairs(model: Model, pairs: Iterable[tuple[str, str]]) -> Model:
    """The model with pairs likelier than it has them, where they are less likely; longer ones are cut."""
    known = {word: (log, 0.0) for word, log in zip(model.words, model.log, strict=True)}
    number = {word: k for k, word in enumerate(model.words)}
    followers = [dict(row) for row in model.followers]
    for first, second in sorted(pairs):
        for left, right in pairwise(cut(first, known) + cut(second, known)):
            if left not in number or right not in number or len(left) + len(right) == 2:
                continue
            a, b = number[left], number[right]
            tied = min(-_LEAST, model.log[b] + _TIED)
            if tied > followers[a].get(b, model.log[b] + model.backoff[a]):
                followers[a][b] = tied
    return Model(model.words, model.log, model.backoff, [sorted(row.items()) for row in followers])


def add(model: Model) -> Model:
    """The model with the words and the pairs of the list."""
    words, pairs = read(LIST.read_text(encoding="utf-8"))
    return with_pairs(with_words(model, words), pairs)
