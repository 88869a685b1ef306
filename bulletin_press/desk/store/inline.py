"""Changes inside a value: a list or a table in braces keeps all of it that does not change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bulletin_press.desk.store.edits import same
from bulletin_press.desk.store.laid import Splice, trimmed
from bulletin_press.desk.store.literals import key_text, literal
from bulletin_press.toml.positions import KeyPath, Table


class Inline:
    """Splices inside the values of a table.

    Args:
        table: the text.
        plain: whether texts are to be in escapes.
    """

    def __init__(self, table: Table, *, plain: bool = False) -> None:
        self.table, self.text, self.plain = table, table.source.text, plain

    def _span(self, path: KeyPath) -> tuple[int, int]:
        return self.table.places[path].value

    def replaced(self, path: KeyPath, old: Any, new: Any, *, inside: bool = False) -> Iterator[Splice]:
        """A value changed; ``inside`` tells that it stands in brackets or braces."""
        if same(old, new):
            return
        start, end = self._span(path)
        source = self.text[start:end]
        if source.startswith("{") and isinstance(old, Mapping) and isinstance(new, Mapping) and new:
            yield from self._pairs(path, old, new)
        elif source.startswith("[") and isinstance(old, list) and isinstance(new, list) and old and new:
            yield from self._elements(path, old, new)
        else:
            yield trimmed(start, source, literal(new, source, inline=inside, plain=self.plain))

    # --- tables in braces ---------------------------------------------------------------------

    def _pairs(self, path: KeyPath, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Splice]:
        gone, come = [key for key in old if key not in new], [key for key in new if key not in old]
        dotted = any(self._is_dotted((*path, key)) for key in old)
        if dotted or len(gone) == len(old):
            start, end = self._span(path)
            yield trimmed(start, self.text[start:end], literal(new, inline=True, plain=self.plain))
            return
        keys = list(old)
        kept = [key for key in keys if key in new]
        for key in kept:
            yield from self.replaced((*path, key), old[key], new[key], inside=True)
        for key in gone:
            yield self._without(path, keys, key, kept)
        if come:
            end = self._span((*path, kept[-1]))[1]
            yield Splice(end, end, "".join(
                f", {key_text(key)} = {literal(new[key], inline=True, plain=self.plain)}" for key in come))

    def _is_dotted(self, path: KeyPath) -> bool:
        place = self.table.places.get(path)
        return place is None or place.key == place.value

    def _without(self, path: KeyPath, keys: Sequence[str], key: str, kept: Sequence[str]) -> Splice:
        """A key cut with the comma before it, or, of those ahead of the first that stays, with the one behind it."""
        at = keys.index(key)
        place = self.table.places[(*path, key)]
        if at > keys.index(kept[0]):
            return Splice(self._span((*path, keys[at - 1]))[1], place.value[1], "")
        return Splice(place.key[0], self.table.places[(*path, keys[at + 1])].key[0], "")

    # --- lists --------------------------------------------------------------------------------

    def _elements(self, path: KeyPath, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Splice]:
        """What differs between two lists: the elements alike at both ends stay, then pairs, then the rest."""
        most = min(len(old), len(new))
        head = next((at for at in range(most) if not same(old[at], new[at])), most)
        tail = next((at for at in range(most - head) if not same(old[-1 - at], new[-1 - at])), most - head)
        both = most - head - tail
        for at in range(head, head + both):
            yield from self.replaced((*path, at), old[at], new[at], inside=True)
        at = head + both
        if len(new) > len(old):
            yield from self._added(path, at, len(old), new[at : len(new) - tail])
        elif len(old) > len(new):
            yield self._cut(path, at, len(old) - tail, len(old))

    def _alone(self, path: KeyPath, at: int) -> bool:
        """Whether an element begins its line."""
        start = self._span((*path, at))[0]
        return not self.text[self.text.rfind("\n", 0, start) + 1 : start].strip()

    def _comma(self, path: KeyPath, at: int, count: int) -> int | None:
        """Where the comma behind an element is; comments may stand before it."""
        position = self._span((*path, at))[1]
        limit = self._span((*path, at + 1))[0] if at + 1 < count else self._span(path)[1] - 1
        while position < limit:
            if self.text[position] == "#":
                position = self.text.find("\n", position, limit)
                if position < 0:
                    return None
            elif self.text[position] == ",":
                return position
            position += 1
        return None

    def _added(self, path: KeyPath, at: int, count: int, new: Sequence[Any]) -> Iterator[Splice]:
        texts = [literal(one, inline=True, plain=self.plain) for one in new]
        beside = at - 1 if at else 0
        start, end = self._span((*path, beside))
        if not self._alone(path, beside):
            yield Splice(end, end, "".join(f", {one}" for one in texts)) if at else \
                Splice(start, start, "".join(f"{one}, " for one in texts))
            return
        indent = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        if not at:
            yield Splice(start, start, "".join(f"{one},\n{indent}" for one in texts))
            return
        comma = self._comma(path, beside, count)
        if comma is None:
            yield Splice(end, end, ",")
        line = self.text.find("\n", end if comma is None else comma)
        closing = self._span(path)[1] - 1
        follows = self._span((*path, at))[0] if at < count else closing
        if 0 <= line < follows:
            yield Splice(line, line, "".join(f"\n{indent}{one}," for one in texts))
        else:
            place = end if comma is None else comma + 1
            yield Splice(place, place, "".join(f"\n{indent}{one}," for one in texts))

    def _cut(self, path: KeyPath, first: int, stop: int, count: int) -> Splice:
        """Some elements cut: with their lines where they have lines of their own."""
        start, end = self._span((*path, first))[0], self._span((*path, stop - 1))[1]
        comma = self._comma(path, stop - 1, count)
        line_end = self.text.find("\n", end if comma is None else comma)
        follows = self._span((*path, stop))[0] if stop < count else self._span(path)[1] - 1
        if self._alone(path, first) and 0 <= line_end < follows:
            return Splice(self.text.rfind("\n", 0, start) + 1, line_end + 1, "")
        if first:
            return Splice(self._span((*path, first - 1))[1], end, "")
        return Splice(start, self._span((*path, stop))[0], "")
