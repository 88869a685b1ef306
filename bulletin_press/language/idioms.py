"""Set phrases of four characters, told when one character of them was typed for another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bulletin_press.ground.diagnostics import EnvironmentFault

SIZE, HALF = 4, 2


class Deviation(NamedTuple):
    """Where a text has all of a phrase but what differs: ``start`` and ``end`` of that within the text."""

    at: int
    start: int
    end: int
    phrase: str


class Idioms:
    """The phrases, by their first and by their last half: of one with one wrong character a half is always right.

    Args:
        path: the file, UTF-8, a phrase a line.

    Raises:
        EnvironmentFault: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        try:
            phrases = path.read_text("utf-8").split("\n")
        except (OSError, ValueError) as fault:
            raise EnvironmentFault(f"安装不完整：读不了 {path.name}。请重新安装 bulletin-press。") from fault
        self._heads: dict[str, list[str]] = {}
        self._tails: dict[str, list[str]] = {}
        for phrase in phrases:
            head, tail = phrase[:HALF], phrase[HALF:]
            self._heads.setdefault(head, []).append(tail)
            self._tails.setdefault(tail, []).append(head)

    def deviations(self, run: str, places: Iterable[int]) -> Iterator[Deviation]:
        """Each of some places where other characters stand for some of a phrase."""
        heads, tails = self._heads, self._tails
        for at in places:
            head, tail = run[at : at + HALF], run[at + HALF : at + SIZE]
            after, before = heads.get(head), tails.get(tail)
            # A phrase as it should be; what is one of another phrase's halves on each side is no slip either.
            if after and tail in after:
                continue
            for meant in after or ():
                if differs := _differs(tail, meant):
                    yield Deviation(at, at + HALF + differs[0], at + HALF + differs[1], head + meant)
            for meant in before or ():
                if differs := _differs(head, meant):
                    yield Deviation(at, at + differs[0], at + differs[1], meant + tail)


def _differs(typed: str, meant: str) -> tuple[int, int] | None:
    """What differs in a half, where one character does, or both of a doubled one."""
    if typed[0] == meant[0]:
        first, last = 1, 2
    elif typed[1] == meant[1]:
        first, last = 0, 1
    elif typed[0] == typed[1] and meant[0] == meant[1]:
        first, last = 0, 2
    else:
        return None
    return first, last
