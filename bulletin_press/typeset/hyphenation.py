"""Where a Latin word may be parted at a line end: the patterns of American English (pyphen)."""

import re
from functools import cache, lru_cache
from typing import Any, Final

SHORTEST: Final = 7
# Letters that stay at either side; two say too little.
LEFT: Final = 3
RIGHT: Final = 3
_WORD: Final = re.compile(rf"(?<![A-Za-z\d])[A-Z]?[a-z]{{{SHORTEST - 1},}}(?![A-Za-z\d])")


@cache
def _dictionary() -> Any:
    # Some seventy milliseconds: not before there is a word to be parted.
    import pyphen  # type: ignore[import-untyped, unused-ignore]  # has no types

    return pyphen.Pyphen(lang="en_US", left=LEFT, right=RIGHT)


@lru_cache(maxsize=8192)
def hyphen_places(text: str) -> tuple[int, ...]:
    """Return the offsets in a text at which a word of it may be parted, ascending.

    Words of fewer than seven letters, abbreviations and what has digits or capitals inside stay whole.
    """
    found = []
    for match in _WORD.finditer(text):
        found += [match.start() + int(place) for place in _dictionary().positions(match[0])]
    return tuple(found)
