"""Set phrases, and what becomes of them when a character is lost, doubled or changes places with the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bulletin_press.ground.resources import templates_folder
from bulletin_press.language.script import is_han
from bulletin_press.language.wrong_characters import wrong_characters

# Of shorter ones too little is left to know them by, when a character is lost.
_SHORTEST, _SHORTEST_CUT = 3, 5
_HEAD = 2
# How much likelier a text must be with the phrase, in natural logarithms; so many characters beside it are read.
_GAIN, _BESIDE = 2.0, 4


@dataclass(frozen=True)
class Slip:
    """A stretch of a text, from ``start`` to before ``end``, that is a set phrase but for one character."""

    start: int
    end: int
    phrase: str


class Phrases:
    """Set phrases to be known by what is left of them.

    Args:
        listed: the phrases, of hanzi.
        right: what looks like a slip and is none.
    """

    def __init__(self, listed: tuple[str, ...], right: frozenset[str]) -> None:
        self._slips: dict[str, dict[str, str]] = {}
        for phrase in listed:
            for slip in _slips(phrase):
                if slip not in right and not any(slip in other for other in listed):
                    self._slips.setdefault(slip[:_HEAD], {})[slip] = phrase
        self._lengths: Mapping[str, tuple[int, ...]] = {
            head: tuple(sorted({len(slip) for slip in slips}, reverse=True)) for head, slips in self._slips.items()}

    def slips(self, text: str) -> Iterator[Slip]:
        """Each slip in a text, in order; two never overlap."""
        end = 0
        lengths, slips = self._lengths, self._slips
        for at in range(len(text) - _HEAD):
            head = text[at : at + _HEAD]
            if at < end or head not in lengths:
                continue
            for length in lengths[head]:
                phrase = slips[head].get(text[at : at + length])
                if phrase and _likelier(text, at, at + length, phrase):
                    end = at + length
                    yield Slip(at, end, phrase)
                    break


def _likelier(text: str, start: int, end: int, phrase: str) -> bool:
    """Whether a text is likelier with the phrase: 高量发展, but not 国民经济发展 where 民营经济发展 is known."""
    left, right = start, end
    while left and start - left < _BESIDE and is_han(text[left - 1]):
        left -= 1
    while right < len(text) and right - end < _BESIDE and is_han(text[right]):
        right += 1
    cost = wrong_characters().cost
    return cost(text[left:start] + phrase + text[end:right]) + _GAIN < cost(text[left:right])


def _slips(phrase: str) -> Iterator[str]:
    """What a phrase becomes by one slip inside it; its first and last character stay."""
    for at in range(1, len(phrase) - 1):
        if len(phrase) >= _SHORTEST_CUT:
            yield phrase[:at] + phrase[at + 1 :]
        yield phrase[: at + 1] + phrase[at:]
        if at + 2 < len(phrase) and len(phrase) >= _SHORTEST_CUT and phrase[at] != phrase[at + 1]:
            yield phrase[:at] + phrase[at + 1] + phrase[at] + phrase[at + 2 :]


@cache
def phrases() -> Phrases:
    """The phrases that the package carries; read when they are first asked for."""
    lines = [line for line in (templates_folder() / "checks" / "phrases.txt").read_text("utf-8").split("\n")
             if line and not line.startswith("#")]
    return Phrases(tuple(line for line in lines if line[0] != "=" and len(line) >= _SHORTEST),
                   frozenset(line[1:] for line in lines if line[0] == "="))
