"""The names that a report's measures and items go by, and what a label names: all of it, or nothing.

A label is cut into names, scopes and words without meaning; it matches only where nothing is left over.
Likeness is never enough: 合同额 and 合同执行额 are alike and are two things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from bulletin_press.intake.labels import FILLERS, TOTALS, Span, bare_name, label_of, narrowed
from bulletin_press.report.definition import Definition

Sort = Literal["measure", "item", "scope", "total", "word"]
# A label of more characters is a sentence.
MAX_LABEL = 60


@dataclass(frozen=True)
class Named:
    """What a label names; ``known`` is false where something of it is no name of the report's."""

    measures: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    total: bool = False
    known: bool = True
    ignored: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether it names neither a measure nor an item."""
        return self.known and not (self.measures or self.items or self.scopes or self.total or self.ignored)


@dataclass(frozen=True)
class Names:
    """All names of one report.

    ``remembered`` are the labels of ``intake.toml``: verbatim but for blanks, to a key, two keys with a full
    stop between, or "" for what is not wanted.
    """

    definition: Definition
    regions: tuple[str, ...] = ()
    remembered: Mapping[str, str] = field(default_factory=dict)

    def whole(self, measure: str | None) -> str | None:
        """The one item that no other contains: what a measure's figure is of where no item is named.

        Of several (居民, 入境游客, 星级饭店) it is the one that the report speaks of in that measure.
        """
        wholes = {key for key, item in self.definition.items.items() if item.within is None and not item.ranking}
        if len(wholes) > 1:
            wholes &= {item for paragraph in self.definition.paragraphs for sentence in paragraph.sentences
                       if measure in sentence.measures for item in sentence.items}
        return wholes.pop() if len(wholes) == 1 else None

    @cached_property
    def spans(self) -> Mapping[str, Span]:
        """The measures that sheets tell apart by 当月 and 累计 alone, and which of the two each is."""
        found = {key: span for key, measure in self.definition.measures.items() for word in measure.synonyms
                 if (span := label_of(word).span) and not label_of(word).name}
        return found if len(set(found.values())) > 1 else {}

    @cached_property
    def codes(self) -> frozenset[str]:
        """The names that are numbers: 9610."""
        return frozenset(name for name, meant in self._known.items() if name.isascii() and name.isdecimal()
                         and any(sort == "item" for sort, _ in meant))

    @cached_property
    def _known(self) -> Mapping[str, tuple[tuple[Sort, str], ...]]:
        found: dict[str, set[tuple[Sort, str]]] = {}

        def put(words: Iterable[str | None], sort: Sort, key: str) -> None:
            for word in words:
                if word and (name := bare_name(word)):
                    found.setdefault(name, set()).add((sort, key))

        for key, measure in self.definition.measures.items():
            put((measure.label, measure.short, *measure.synonyms), "measure", key)
        for key, item in self.definition.items.items():
            labels = (item.label, item.short, *item.synonyms, *(later.label for later in item.since))
            put(labels, "item", key)
            put((part for label in labels if label for part in _parts(label)), "item", key)
        for key, scope in self.definition.scopes.items():
            put((scope.label, scope.prefix, scope.note), "scope", key)
        put(TOTALS, "total", "")
        put((*FILLERS, *self.regions), "word", "")
        return {name: tuple(sorted(meant)) for name, meant in found.items()}

    def named(self, name: str, text: str = "") -> Named:
        """What a label names.

        Args:
            name: what ``labels.Label`` left of it.
            text: the label as it stands, for the remembered ones.
        """
        if (name, text) not in self._said:
            key = self.remembered.get(remembered_name(text)) if text else None
            self._said[name, text] = self._cut(name) if key is None else self._of_key(key)
        return self._said[name, text]

    @cached_property
    def _said(self) -> dict[tuple[str, str], Named]:
        """What was found out already: a sheet has many numbers and few labels."""
        return {}

    def _cut(self, name: str) -> Named:
        """What a name names, by cutting it up."""
        if not name:
            return Named()
        if len(name) > MAX_LABEL:
            return Named(known=False)
        ways = self._ways(name)
        fewest = min((len(way) for way in ways), default=0)
        meanings = {_named(way) for way in ways if len(way) == fewest}
        if not meanings:
            return Named(known=False)
        if len(meanings) == 1:
            return meanings.pop()
        # Several readings: each is a possibility, and more than one key is told as such.
        return Named(frozenset().union(*(one.measures for one in meanings)),
                     frozenset().union(*(one.items for one in meanings)),
                     frozenset().union(*(one.scopes for one in meanings)), any(one.total for one in meanings))

    def _of_key(self, key: str) -> Named:
        first, _, second = key.partition(".")
        parts = {part for part in (first, second) if part}
        measures, items = parts & self.definition.measures.keys(), parts & self.definition.items.keys()
        return Named(frozenset(measures), frozenset(items), ignored=not key,
                     known=parts <= self.definition.measures.keys() | self.definition.items.keys())

    def _ways(self, name: str) -> list[tuple[tuple[Sort, str], ...]]:
        """Every way to cut a name into known ones, the few shortest for each beginning."""
        longest = max(map(len, self._known))
        best: list[list[tuple[tuple[Sort, str], ...]]] = [[()], *([] for _ in name)]
        for end in range(1, len(name) + 1):
            for start in range(max(0, end - longest), end):
                for meaning in self._known.get(name[start:end], ()) if best[start] else ():
                    best[end] += [(*way, meaning) for way in best[start]]
            best[end] = sorted(set(best[end]), key=len)[:24]
        return best[-1]


def remembered_name(text: str) -> str:
    """A label as ``intake.toml`` knows it: blanks and widths make no difference."""
    return "".join(narrowed(text).split())


def _parts(label: str) -> Iterator[str]:
    """The two names of 信息技术外包（ITO）."""
    before, mark, inside = narrowed(label).partition("(")
    if mark:
        yield before
        yield inside.partition(")")[0]


def _named(way: tuple[tuple[Sort, str], ...]) -> Named:
    def of(sort: Sort) -> frozenset[str]:
        return frozenset(key for kind, key in way if kind == sort)

    return Named(of("measure"), of("item"), of("scope"), any(kind == "total" for kind, _ in way))
