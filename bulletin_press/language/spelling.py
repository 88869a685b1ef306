"""Names that are nearly another name: a character too few, too many, wrong, or two that changed places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from operator import add

from bulletin_press.language.script import is_han, lazy

# Shorter names have too many neighbours that mean something else.
MIN_NAME = 6
MIN_REPLACED = 8
# What tells two bodies of one kind apart is no slip, nor is the kind itself (协会, 商会).
_ORDINALS = frozenset("一二三四五六七八九十东西南北中上下前后新老大小总分甲乙丙丁")
_KIND = 2
# 的 and 和 come and go in running text.
# 会议中心 and 会展中心, 理工 and 农工, 文体 and 文旅 are two.
_KINDS = tuple(map(frozenset, (
    "议展", "农林", "理农", "体旅", "工商", "医药", "财经", "政法", "内外", "公民", "商贸", "城乡")))
_JOINING = frozenset("的之和与及或等在为")
# A slip breaks so many pairs of neighbouring characters at most: that of two that changed places.
_BROKEN = 3


def told_apart(one: str, other: str) -> bool:
    """Whether two characters tell bodies of one kind apart, as 一 and 二 do, or join words, and are no slip."""
    return {one, other} <= _ORDINALS or {one, other} in _KINDS or bool({one, other} & _JOINING)


@dataclass(frozen=True)
class Spelling:
    """A name as it should be written; ``origin`` says where it was written so, if not here.

    With ``strict`` a missing character, or a joining one, is no slip: the short form is in use.
    """

    name: str
    origin: str = ""
    strict: bool = False

    def nearly(self, text: str, at: int) -> int:
        """How many characters of a text, from an index on, are nearly this name; 0 where none are, or all."""
        name, size = self.name, len(self.name)
        same, most = 0, min(size, len(text) - at)
        while same < most and text[at + same] == name[same]:
            same += 1
        same = same if same < most else size
        here = at + same
        if same == 0 or same >= size - 1 or here >= len(text):
            return 0
        typed, meant = text[here], name[same]
        if text.startswith(name[same + 1 :], here):
            return 0 if self.strict or not is_han(meant) else size - 1
        if not is_han(typed):
            return 0
        if text.startswith(name[same:], here + 1):
            return 0 if typed in _JOINING else size + 1
        if text.startswith(typed + meant + name[same + 2 :], here) and typed == name[same + 1] and is_han(meant):
            return size
        replaced = text.startswith(name[same + 1 :], here + 1) and is_han(meant)
        apart = {typed, meant} <= _ORDINALS or len({typed, meant} & _JOINING) == 1
        return size if replaced and not apart and size >= MIN_REPLACED and 1 < same < size - _KIND else 0


@dataclass(frozen=True)
class NearMiss:
    """A stretch of a text that is nearly a name."""

    start: int
    end: int
    spelling: Spelling


class Spellings:
    """Names in the order of their authority.

    Args:
        sure: names that are right beyond doubt, however alike.
        others: names that count unless they are nearly one before them.
    """

    def __init__(self, sure: Iterable[Spelling], others: Iterable[Spelling] = ()) -> None:
        self._known: set[str] = set()
        self._heads: dict[str, list[Spelling]] = {}
        for one in sure:
            self._accept(one)
        for one in others:
            if self._near(one.name, 0, self._heads.get(one.name[:2], ())) is None:
                self._accept(one)

    def _accept(self, one: Spelling) -> None:
        if one.name not in self._known and len(one.name) >= MIN_NAME:
            # The two characters that it begins with, or begins with where the second is left out.
            for head in {one.name[:2], one.name[0] + one.name[2]}:
                self._heads.setdefault(head, []).append(one)
        self._known.add(one.name)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        seconds: dict[str, str] = {}
        for head in sorted(self._heads):
            seconds[head[0]] = seconds.get(head[0], "") + head[1]
        return lazy("|".join(f"{re.escape(first)}(?=[{re.escape(several)}])" for first, several in seconds.items())
                    ) if seconds else None

    def among(self, pairs: Set[str]) -> Spellings:
        """The names that a text may nearly hold, by the pairs of characters that stand side by side in it."""
        found = Spellings(())
        found._known = self._known
        for head, names in self._heads.items():
            if held := [one for one in names if sum(map(pairs.__contains__, map(add, one.name, one.name[1:])))
                        >= len(one.name) - 1 - _BROKEN]:
                found._heads[head] = held
        return found

    def near_misses(self, text: str) -> Iterator[NearMiss]:
        """Each stretch of a text that is nearly a name and is none, nor a part of one."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            at = match.start()
            miss = self._near(text, at, self._heads[text[at : at + 2]])
            if miss and not any(text[miss.start : miss.end] in known for known in self._known):
                yield miss

    @staticmethod
    def _near(text: str, at: int, names: Iterable[Spelling]) -> NearMiss | None:
        miss: NearMiss | None = None
        for one in names:
            if text.startswith(one.name, at):
                return None
            if miss is None and (size := one.nearly(text, at)):
                miss = NearMiss(at, at + size, one)
        return miss
