"""The model of words as a mapped file: which words there are, how likely each is, and which follows which.

The layout is written by tools/spelling/pack.py: a magic, a table of sections, the sections. Costs are
negative natural logarithms, to 1/256 for words and to 1/14 for pairs; here all are floats.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from bulletin_press.ground.diagnostics import EnvironmentFault

MAGIC = b"BPWM0001"
PAGE = 65536
FINE, COARSE = 256.0, 14.0
# What a character costs that is no word of the model.
UNKNOWN = 17.0
LONGEST = 5
# So many groups of sounds are kept of a character, of each kind.
CODES = 4
# So many pairs are remembered; an issue has some 50,000.
MEMORY = 200_000
# So many words' followers are remembered, some sixty each.
ROWS = 4_000
# What pairs cost, by how it is written.
_COARSELY = tuple(cost / COARSE for cost in range(256))


class WordModel:
    """The words in order, numbered from 0, and what they cost.

    Args:
        path: the file.

    Raises:
        EnvironmentFault: it cannot be read, or is no such file.
    """

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._map = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError) as fault:
            raise EnvironmentFault(f"安装不完整：读不了 {path.name}。请重新安装 bulletin-press。") from fault
        if self._map[:8] != MAGIC:
            raise EnvironmentFault(f"安装不完整：{path.name} 不是字词模型。请重新安装 bulletin-press。")
        parts = [self._map[start : start + size] for start, size in self._table()]
        self.words: list[str] = str(parts[0], "utf-8").split("\n")
        self.number: dict[str, int] = dict(zip(self.words, range(len(self.words)), strict=True))
        self.costs, self._backoff = _numbers(parts[1], "H"), _numbers(parts[2], "h")
        self._starts, self._seconds, self._pairs = _numbers(parts[3], "I"), _numbers(parts[4], "H"), parts[5]
        self._same_starts, self._same = _numbers(parts[6], "I"), _numbers(parts[7], "I")
        self._tails = _numbers(parts[8], "I")
        self._chars = {char: k for k, char in enumerate(str(parts[9], "utf-8"))}
        self._sounds = tuple(str(part, "utf-8").split("\n") for part in parts[10:12])
        self._codes, self._looks = _numbers(parts[12], "H"), str(parts[13], "utf-8").split("\n")
        self._alike: dict[str, dict[str, int]] = {}
        self._pages = (len(self.words) + PAGE - 1) // PAGE
        self._memory: dict[int, float] = {}
        self._rows: dict[int, dict[int, float]] = {}

    def _table(self) -> list[tuple[int, int]]:
        (count,) = struct.unpack_from("<I", self._map, 8)
        return [struct.unpack_from("<II", self._map, 12 + 8 * k) for k in range(count)]

    @cached_property
    def digest(self) -> str:
        """What tells this model from another."""
        return hashlib.sha256(self._map).hexdigest()[:16]

    # --- what words cost --------------------------------------------------------------------

    def cost(self, word: int) -> float:
        """What a word costs by itself."""
        return self.costs[word] / FINE

    def attested(self, first: int, second: int) -> float | None:
        """What the second costs after the first, where the model has seen the pair."""
        row = first * self._pages + second // PAGE
        low, high = self._starts[row], self._starts[row + 1]
        short = second % PAGE
        at = bisect_left(self._seconds, short, low, high)
        return self._pairs[at] / COARSE if at < high and self._seconds[at] == short else None

    def after(self, first: int | None, second: int | None) -> float:
        """What a word costs after another; ``None`` is the beginning, or a character that is no word."""
        if second is None:
            return UNKNOWN
        if first is None:
            return self.costs[second] / FINE
        key = first << 18 | second
        found = self._memory.get(key)
        if found is None:
            seen = self.attested(first, second)
            found = (self._backoff[first] + self.costs[second]) / FINE if seen is None else seen
            if len(self._memory) > MEMORY:
                self._memory.clear()
            self._memory[key] = found
        return found

    def following(self, first: int | None) -> dict[int, float]:
        """What the words cost that the model has seen behind a word, by their numbers; none behind ``None``."""
        if first is None:
            return {}
        found = self._rows.get(first)
        if found is None:
            found, starts = {}, self._starts
            for page in range(self._pages):
                low, high = starts[first * self._pages + page], starts[first * self._pages + page + 1]
                seconds: Iterable[int] = self._seconds[low:high]
                if page:
                    seconds = map((page * PAGE).__add__, seconds)
                found.update(zip(seconds, map(_COARSELY.__getitem__, self._pairs[low:high]), strict=True))
            if len(self._rows) > ROWS:
                self._rows.clear()
            self._rows[first] = found
        return found

    def backoff(self, first: int | None) -> float:
        """What a word costs more behind another than by itself, where the model has not seen the two."""
        return 0.0 if first is None else self._backoff[first] / FINE

    # --- words that are like words ----------------------------------------------------------

    def homophones(self, word: int) -> Sequence[int]:
        """The words of the same sound that somebody may have meant."""
        return self._same[self._same_starts[word] : self._same_starts[word + 1]]

    def beginning(self, head: str) -> range:
        """The words that begin with some characters."""
        return range(bisect_left(self.words, head), bisect_left(self.words, head + "\U0010ffff"))

    def ending(self, tail: str) -> Sequence[int]:
        """The words of two to four characters that have one character before a tail."""
        low = bisect_left(self._tails, tail, key=self._tail)
        return self._tails[low : bisect_right(self._tails, tail, low, key=self._tail)]

    def _tail(self, word: int) -> str:
        return self.words[word][1:]

    def _group(self, char: str, kind: int) -> str:
        """The characters of one sound (0), or of one that many do not tell apart: zh/z, n/l, -ng/-n (1)."""
        at = self._chars.get(char)
        codes = () if at is None else self._codes[(2 * at + kind) * CODES : (2 * at + kind + 1) * CODES]
        return "".join(self._sounds[kind][code - 1] for code in codes if code)

    def alike(self, char: str) -> dict[str, int]:
        """The characters that a character may be typed for: 0 of one sound, 1 of nearly one, 2 of like looks."""
        found = self._alike.get(char)
        if found is None:
            found = dict.fromkeys(self.looks(char), 2)
            found.update(dict.fromkeys(self._group(char, 1), 1))
            found.update(dict.fromkeys(self._group(char, 0), 0))
            found.pop(char, None)
            self._alike[char] = found
        return found

    def looks(self, char: str) -> str:
        """The characters that look like a character, the likest first."""
        at = self._chars.get(char)
        return "" if at is None else self._looks[at]


def _numbers(part: memoryview, kind: str) -> Sequence[int]:
    """A section as whole numbers, little-endian: in place, but for machines of the other kind."""
    if sys.byteorder == "little":
        return part.cast(kind)  # type: ignore[call-overload, no-any-return]
    copied = array(kind, part.tobytes())
    copied.byteswap()
    return copied
