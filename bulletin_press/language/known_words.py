"""Words that are right though the model of words has not got them: a mapped list, asked where a word is doubted."""

from __future__ import annotations

import mmap
from functools import cache
from pathlib import Path

from bulletin_press.ground.diagnostics import EnvironmentFault
from bulletin_press.ground.resources import spelling_folder

LONGEST = 4


class KnownWords:
    """A list of words, sorted, a line each.

    Args:
        path: the file, UTF-8.

    Raises:
        EnvironmentFault: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as fault:
            raise EnvironmentFault(f"安装不完整：读不了 {path.name}。请重新安装 bulletin-press。") from fault

    def __contains__(self, word: str) -> bool:
        """Whether a word is listed: by halving, as UTF-8 sorts as its characters do."""
        wanted = word.encode("utf-8", "surrogatepass")
        low, high = 0, len(self._map)
        while low < high:
            middle = (low + high) // 2
            start = self._map.rfind(b"\n", low, middle) + 1 or low
            end = self._map.find(b"\n", middle, high)
            end = high if end < 0 else end
            line = self._map[start:end]
            if line == wanted:
                return True
            if line < wanted:
                low = end + 1
            else:
                high = start - 1 if start > low else low
        return False

    def covers(self, text: str, start: int, end: int) -> bool:
        """Whether characters of a text are part of a word of the list."""
        return any(text[first:last] in self
                   for first in range(max(0, end - LONGEST, start - LONGEST + 1), start + 1)
                   for last in range(max(end, first + 2), min(len(text), first + LONGEST) + 1))


@cache
def known_words() -> KnownWords:
    """The list that the press brings along.

    Raises:
        EnvironmentFault: the installation lacks it.
    """
    return KnownWords(spelling_folder() / "known.words")
