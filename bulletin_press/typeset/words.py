"""Where words end in a title: a small word list, read from the left, longest word first.

Not a dictionary. It knows what bulletins of trade and industry have in their titles; what it does
not know is a word too where it is two or three characters between words that it knows: a name.
"""

from functools import cache
from pathlib import Path
from typing import Final

# Within these a title had better not break.
WORDS: Final = frozenset((Path(__file__).parent / "words.txt").read_text("utf-8").split())
# One character that is a word: before some a title breaks well, after others.
JOINING: Final = frozenset("和与及或并而在对为以向把将被让由从自就按据因")
TRAILING: Final = frozenset("的")
SINGLE: Final = JOINING | TRAILING | frozenset("了等是有要到这那上下中前后各每其不也都使个")
LONGEST: Final = max(map(len, WORDS))
NAME: Final = 3

WITHIN_WORD: Final = 40.0
WITHIN_NAME: Final = 24.0
UNKNOWN: Final = 12.0
BETWEEN: Final = 6.0
GOOD: Final = 3.0


@cache
def break_prices(text: str) -> tuple[float, ...]:
    """Price the breaks of a stretch of 汉字, by how they part its words.

    Args:
        text: n ≥ 1 汉字, with nothing between them.

    Returns:
        n − 1 prices, of breaking after each character but the last.
    """
    prices: list[float] = []
    for word, within in _words(text):
        if prices:
            prices[-1] = GOOD if word in JOINING else prices[-1]
        prices += [within] * (len(word) - 1)
        prices.append(GOOD if word in TRAILING else BETWEEN)
    return tuple(prices[:-1])


def _words(text: str) -> list[tuple[str, float]]:
    """Cut a text into words, each with the price of breaking inside it."""
    words: list[tuple[str, float]] = []
    at = unknown = 0
    while at < len(text):
        length = next(
            (n for n in range(LONGEST, 1, -1) if text[at : at + n] in WORDS and at + n <= len(text)),
            int(text[at] in SINGLE),
        )
        if length:
            words += _unknown(text[unknown:at])
            words.append((text[at : at + length], WITHIN_WORD))
            unknown = at + length
        at += length or 1
    return words + _unknown(text[unknown:])


def _unknown(text: str) -> list[tuple[str, float]]:
    return [(text, WITHIN_NAME if len(text) <= NAME else UNKNOWN)] if text else []
