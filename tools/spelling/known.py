"""The words of a segmenter's dictionary that are no slip, though the model has not got them, and its set phrases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

HANZI = re.compile("[\u4e00-\u9fff]{2,4}")
NUMERAL = re.compile("[零〇一二两三四五六七八九十百千万亿几半多余数第]")
PHRASE = 4
# Kinds in the dictionary: of numbers and persons, whose words differ in a character rightly; idioms; usual phrases.
NO_SLIPS, PERSON, IDIOM, USUAL = ("m", "t", "q"), "nr", "i", "l"
# A usual phrase that is counted less often is often no phrase.
OFTEN = 5
# A word that is counted at most so often may be another mistyped that is counted so many times as often; of the same
# sound or nearly.
SELDOM, SOUNDS_AND_LOOKS, SOUNDS = 30, 4, (0, 1)

Alike = Callable[[str], Collection[str]]
_Entries = Mapping[str, tuple[int, str]]


def entries(dictionary: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Each word of two to four hanzi with its count and kind.

    Args:
        dictionary: lines of word, count and kind.
    """
    rows = (line.split(" ") for line in dictionary)
    return {word: (int(count), kind) for word, count, kind in rows if HANZI.fullmatch(word)}


def misspelt(words: _Entries, model: Mapping[str, float], alike: Alike) -> set[str]:
    """The phrases of four characters that are a commoner one but for a character like what should stand there.

    Args:
        words: the dictionary.
        model: what each word of the model costs.
        alike: the characters that a character may be typed for.
    """
    phrases = [word for word in {**words, **model} if len(word) == PHRASE]
    gaps: dict[tuple[str, str], list[str]] = defaultdict(list)
    for phrase in phrases:
        for at in range(PHRASE):
            gaps[phrase[:at], phrase[at + 1 :]].append(phrase)

    def others(word: str) -> Iterator[str]:
        for at in range(PHRASE):
            for other in gaps[word[:at], word[at + 1 :]]:
                if other != word and other[at] in alike(word[at]):
                    yield other

    def commoner(word: str, other: str) -> bool:
        named = words[word][1].startswith(PERSON) and words.get(other, (0, ""))[1] not in (IDIOM, USUAL)
        return other in model or (not named and words[other][0] >= 3 * words[word][0])

    return {word for word in phrases
            if word in words and word not in model and not words[word][1].startswith(NO_SLIPS)
            and not NUMERAL.match(word[1:]) and any(commoner(word, other) for other in others(word))}


def mistyped(words: _Entries, model: Collection[str], alike: Callable[[str], Mapping[str, int]],
             looks: Alike) -> set[str]:
    """The words of two or three characters that are a commoner one but for a character of its sound and looks: 典藉.

    The dictionary counts what was typed, slips and all. Words that are right go with them (老账 beside 老张): they only
    cease to protect, and are told where the model is sure.

    Args:
        words: the dictionary.
        model: the words of the model.
        alike: the characters that a character may be typed for, each with how it is like it.
        looks: those that look like it.
    """
    def commoner(word: str) -> bool:
        count, least = words[word][0], SOUNDS_AND_LOOKS * words[word][0]
        return count <= SELDOM and any(
            other in model and words.get(other, (0, ""))[0] >= least
            for at, char in enumerate(word) for like, kind in alike(char).items()
            if kind in SOUNDS and like in looks(char) and (other := word[:at] + like + word[at + 1 :]) != word)

    return {word for word, (_, kind) in words.items()
            if len(word) < PHRASE and word not in model and not kind.startswith((*NO_SLIPS, PERSON)) and commoner(word)}


def pack_known(words: _Entries, model: Collection[str], slips: Collection[str]) -> bytes:
    """Each word of two to four hanzi that the model lacks, but slips: sorted, a line each, UTF-8."""
    return "\n".join(sorted(word for word in words if word not in model and word not in slips)).encode()


def pack_idioms(words: _Entries, model: Collection[str], slips: Collection[str]) -> bytes:
    """The set phrases of four characters, of the dictionary and of the model: sorted, a line each, UTF-8."""
    chosen = {word for word, (count, kind) in words.items() if len(word) == PHRASE and word not in slips
              and (kind == IDIOM or (kind == USUAL and count >= OFTEN))}
    chosen |= {word for word in model if len(word) == PHRASE}
    kept = (word for word in chosen if not NUMERAL.search(word[:1] + word[2:]) or word in words)
    return "\n".join(sorted(kept)).encode()
