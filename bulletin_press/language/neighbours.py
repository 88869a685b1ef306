"""The pairs of characters that stand side by side in a text, each as one number: found and compared faster than strings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import compress, count
from typing import Any

_CODE, _PAIR = 4, 8


class Neighbours:
    """The n - 1 pairs of a text of n characters.

    Args:
        text: the text.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _pairs(self) -> frozenset[int]:
        even, odd = _views(self._text)
        return frozenset(even).union(odd)

    def __contains__(self, pair: object) -> bool:
        return isinstance(pair, str) and len(pair) == 2 and int.from_bytes(_encoded(pair), "little") in self._pairs

    def flipped(self) -> Iterator[int]:
        """Where a pair of two characters stands that stands the other way round somewhere, ascending."""
        # The same character twice is itself the other way round.
        flips = {pair for view in _views(self._text[::-1]) for pair in self._pairs.intersection(view)
                 if pair >> 8 * _CODE != pair & 0xFFFFFFFF}
        even, odd = _views(self._text)
        found = [*compress(count(0, 2), map(flips.__contains__, even)),
                 *compress(count(1, 2), map(flips.__contains__, odd))]
        return iter(sorted(found))


def _encoded(text: str) -> bytes:
    return text.encode("utf-32-le", "surrogatepass")


def _views(text: str) -> tuple[Any, Any]:
    """The pairs that begin at even places, and those that begin at odd ones."""
    data = memoryview(_encoded(text))
    return tuple(data[start : start + (len(data) - start) // _PAIR * _PAIR].cast("Q")
                 for start in (0, min(_CODE, len(data))))  # type: ignore[return-value]
