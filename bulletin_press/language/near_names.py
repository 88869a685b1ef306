"""Names that were written with two characters exchanged or one left out, found in one pass over a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from bulletin_press.language.script import is_han, lazy, spelled

# A name of so many characters is known without one of them; shorter ones leave words of their own.
LEAVES = 5
EXCHANGES = 4
# 孟加拉湾, 罗马尼亚语: with these it is another name.
OTHERWISE = frozenset("湾虎语族人队河山洋海岛裔籍国区市省县州站的和与及在是有等")


@dataclass(frozen=True)
class NearNames:
    """Wrong forms of names, each with the name that is meant."""

    names: Mapping[str, str]
    whole: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str], wrong: Mapping[str, str], known: Iterable[str] = ()) -> NearNames:
        """The forms that slips make of some names, and wrong ones listed; ``known`` may have a wrong character."""
        right = frozenset(names)
        made = {slip: name for name in right for slip in _slips(name)}
        return cls({slip: name for slip, name in made.items() if slip not in right} | dict(wrong),
                   frozenset(name for name in known if len(name) >= EXCHANGES))

    @cached_property
    def _by_head(self) -> Mapping[str, tuple[str, ...]]:
        """The whole names by their first two characters."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.whole):
            found.setdefault(name[:2], []).append(name)
        return {head: tuple(names) for head, names in found.items()}

    @cached_property
    def _forms_by_head(self) -> Mapping[str, Sequence[str]]:
        heads: dict[str, list[str]] = {}
        for name in self.names:
            heads.setdefault(name[:2], []).append(name)
        return heads

    def among(self, text: str, pairs: Set[str]) -> NearNames:
        """The forms that a text holds: the same are found in its parts, sooner.

        ``pairs`` are all that stand side by side in the text, two characters each.
        """
        return NearNames({name: self.names[name] for head, names in self._forms_by_head.items()
                          if len(head) < 2 or head in pairs
                          for name in names if spelled(name, pairs) and name in text},
                         frozenset(name for head, names in self._by_head.items() if head in pairs for name in names))

    @cached_property
    def _starts(self) -> re.Pattern[str]:
        pairs = sorted({name[:2] for name in (*self.names, *self.whole)})
        heads: dict[str, str] = {}
        for pair in pairs:
            heads[pair[0]] = heads.get(pair[0], "") + pair[1]
        return lazy("|".join(f"{head}[{re.escape(nexts)}]" for head, nexts in heads.items()) or r"(?!)")

    @cached_property
    def _lengths(self) -> Mapping[str, tuple[int, ...]]:
        """How long the forms are that begin with a pair, the longest first."""
        lengths: dict[str, set[int]] = {}
        for name in self.names:
            lengths.setdefault(name[:2], set()).add(len(name))
        return {pair: tuple(sorted(several, reverse=True)) for pair, several in lengths.items()}

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Each wrong form: where it starts and ends, and the name that is meant."""
        for match in self._starts.finditer(text):
            start = match.start()
            for length in self._lengths.get(match.group(), ()):
                form = text[start : start + length]
                meant = self.names.get(form)
                if meant and not text.startswith(meant, start):
                    yield start, start + len(form), meant
                    break
            else:
                yield from self._exchanged(text, start, match.group())

    def _exchanged(self, text: str, start: int, head: str) -> Iterator[tuple[int, int, str]]:
        """A name of which one character is another, where nothing else is written: 哈萨克斯但."""
        for name in self._by_head.get(head, ()):
            form = text[start : start + len(name)]
            if form not in self.whole and len(form) == len(name) and is_han(form[-1]):
                differ = [at for at, char in enumerate(name) if form[at] != char]
                if len(differ) == 1 and form[differ[0]] not in OTHERWISE and is_han(form[differ[0]]):
                    yield start, start + len(name), name
                    return


def _slips(name: str) -> Iterator[str]:
    if len(name) >= EXCHANGES:
        for at in range(len(name) - 1):
            if name[at] != name[at + 1]:
                yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if len(name) >= LEAVES:
        for at in range(1, len(name) - 1):
            yield name[:at] + name[at + 1 :]


def distance(one: str, other: str, most: int) -> int:
    """How many characters must be changed, added or left out between two strings; ``most`` + 1 where more."""
    # Most pairs have too little in common to be worth the table.
    if abs(len(one) - len(other)) > most or len(set(one) - set(other)) > most or len(set(other) - set(one)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (char != against))
        if min(row) > most:
            return most + 1
    return row[-1]
