"""A model of which word follows which: libime's, with what the statutes count, pruned.

Words are numbered in the order of their text. Costs are natural logarithms, negative.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

HAN = re.compile("[一-鿿]+")
LN10 = math.log(10)
LONGEST = 5
# The share of libime in the mixture; after how many sightings of a word the statutes weigh as much.
SHARE, TRUST = 0.5, 400
# What a count is worth less: the first sighting of a pair says little.
DISCOUNT = 0.6
MIN_WORD, MIN_PAIR = 4, 2


@dataclass(frozen=True)
class Arpa:
    """A model as read: log p and back-off by word, log p by pair."""

    words: dict[str, tuple[float, float]]
    pairs: dict[tuple[str, str], float]


@dataclass(frozen=True)
class Model:
    """What ships: words in order, log p, back-off, and for each word its followers with log p."""

    words: list[str]
    log: list[float]
    backoff: list[float]
    followers: list[list[tuple[int, float]]]


def read_arpa(text: str) -> Arpa:
    """Words of hanzi alone, of at most ``LONGEST``, and their pairs."""
    words: dict[str, tuple[float, float]] = {}
    pairs: dict[tuple[str, str], float] = {}
    at = 0
    for line in text.splitlines():
        if line.startswith("\\"):
            at = int(line[1]) if line[1:2].isdigit() else 0
            if at == 3:
                break
            continue
        parts = line.split("\t")
        if at == 1 and len(parts) >= 2 and len(parts[1]) <= LONGEST and HAN.fullmatch(parts[1]):
            words[parts[1]] = (float(parts[0]) * LN10, float(parts[2]) * LN10 if len(parts) > 2 else 0.0)
        elif at == 2 and len(parts) >= 2:
            first, _, second = parts[1].partition(" ")
            if first in words and second in words:
                pairs[first, second] = float(parts[0]) * LN10
    return Arpa(words, pairs)


def cut(run: str, words: dict[str, tuple[float, float]]) -> list[str]:
    """A run of hanzi as its likeliest words, each by itself."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        found = (-1e9, end - 1)
        for start in range(max(0, end - LONGEST), end):
            known = words.get(run[start:end])
            score = known[0] if known else -25.0 if end - start == 1 else None
            if score is not None and best[start][0] + score > found[0]:
                found = (best[start][0] + score, start)
        best.append(found)
    cuts, end = [], len(run)
    while end:
        start = best[end][1]
        cuts.append(run[start:end])
        end = start
    return cuts[::-1]


def count(texts: Iterable[str], arpa: Arpa) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How often the words and the pairs of words stand in texts."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for run in HAN.findall(text):
            found = cut(run, arpa.words)
            words.update(found)
            pairs.update(pairwise(found))
    return words, pairs


def _single(arpa: Arpa, counted: Counter[str], most: int) -> dict[str, float]:
    total = sum(counted.values())
    share = SHARE if total else 1.0
    chance = {word: share * math.exp(log) for word, (log, _) in arpa.words.items()}
    for word, times in counted.items():
        if len(word) == 1 or times >= MIN_WORD:
            chance[word] = chance.get(word, 0.0) + (1 - share) * times / total
    longer = heapq.nlargest(most, (word for word in chance if len(word) > 1), key=lambda w: (chance[w], w))
    chosen = {word: chance[word] for word in chance if len(word) == 1} | {word: chance[word] for word in longer}
    whole = sum(chosen.values())
    return {word: value / whole for word, value in chosen.items()}


def _backoff(pairs: dict[tuple[str, str], float], single: dict[str, float]) -> dict[str, float]:
    seen: dict[str, float] = defaultdict(float)
    left: dict[str, float] = defaultdict(float)
    for (first, second), chance in pairs.items():
        seen[first] += chance
        left[first] += single[second]
    return {word: max(0.02, 1 - min(seen[word], 0.98)) / max(0.02, 1 - min(left[word], 0.98)) for word in seen}


def _mixed(arpa: Arpa, counted: tuple[Counter[str], Counter[tuple[str, str]]],
           single: dict[str, float]) -> Iterator[tuple[tuple[str, str], float]]:
    times: Counter[str] = Counter()
    for (first, _), n in counted[1].items():
        times[first] += n
    often = {pair: n for pair, n in counted[1].items() if n >= MIN_PAIR}
    for pair in sorted({*arpa.pairs, *often}):
        first, second = pair
        if first not in single or second not in single:
            continue
        n = times[first]
        trust = n / (n + TRUST) * (1 - SHARE)
        own = arpa.words.get(first, (0.0, 0.0))[1] + arpa.words.get(second, (-20.7, 0.0))[0]
        theirs = (often[pair] - DISCOUNT) / n if pair in often else 0.0
        yield pair, (1 - trust) * math.exp(arpa.pairs.get(pair, own)) + trust * (theirs + 0.2 * single[second])


def mix(arpa: Arpa, counted: tuple[Counter[str], Counter[tuple[str, str]]], most_words: int,
        most_pairs: int) -> Model:
    """Interpolate, then keep the pairs that say most beyond what their words say (relative entropy)."""
    single = _single(arpa, counted[0], most_words)
    pairs = dict(_mixed(arpa, counted, single))
    back = _backoff(pairs, single)
    gain = {}
    for (first, second), chance in pairs.items():
        alone = back[first] * single[second]
        if chance > alone:
            gain[first, second] = single[first] * chance * math.log(chance / alone)
    kept = {pair: pairs[pair] for pair in heapq.nlargest(most_pairs, gain, key=lambda p: (gain[p], p))}
    back = _backoff(kept, single)
    words = sorted(single)
    number = {word: k for k, word in enumerate(words)}
    followers: list[list[tuple[int, float]]] = [[] for _ in words]
    for (first, second), chance in kept.items():
        followers[number[first]].append((number[second], math.log(chance)))
    return Model(words, [math.log(single[word]) for word in words],
                 [math.log(back.get(word, 1.0)) for word in words], [sorted(row) for row in followers])
