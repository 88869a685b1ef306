"""One value set, added or removed: the splices of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bulletin_press.desk.store.blocks import Blocks
from bulletin_press.desk.store.edits import same, value_at
from bulletin_press.desk.store.inline import Inline
from bulletin_press.desk.store.laid import Splice
from bulletin_press.desk.store.literals import PROSE, key_text, literal
from bulletin_press.desk.store.order import Order, title_of
from bulletin_press.toml.positions import KeyPath, Table
from bulletin_press.toml.scanned import Statement

_WAITING = re.compile(r"#[#\s]*([A-Za-z_][\w-]*)[ \t]*=[ \t]*(\[[^\]#\n]*\]|\{[^}#\n]*\}|\"[^\"\n]*\"|[^#\n]*[^#\s])?")

# What closes a file, or an item.
_CLOSING = frozenset({"allow", "errata", *PROSE})


class Unplaced(Exception):
    """The values there are typed in a way in which this one has no place of its own."""


class Setting:
    """Splices that set values, all by the places of one text.

    Args:
        table: the text.
        order: where keys belong.
        plain: whether texts are to be in escapes.
    """

    def __init__(self, table: Table, order: Order, *, plain: bool = False) -> None:
        self.table, self.text, self.order, self.plain = table, table.source.text, order, plain
        self.blocks, self.inline = Blocks(table), Inline(table, plain=plain)
        self._pairs = {one.path for one in table.statements if not one.header}

    def put(self, path: KeyPath, new: Any) -> Iterator[Splice]:
        """A value set; None removes it.

        Raises:
            Unplaced: it is a table or a list of tables, which is set key by key.
        """
        old = self.table.value(path)
        if old is None and new is None:
            return
        holder = next((path[:length] for length in range(1, len(path) + 1) if path[:length] in self._pairs), None)
        if holder is not None and (holder != path or new is not None):
            # All that stands inside one value: the whole of it, changed there.
            whole = self.table.value(holder)
            yield from self.inline.replaced(holder, whole, _within(whole, path[len(holder):], new))
        elif new is None:
            yield from self._removed(path)
        elif old is None:
            yield from self._added(path, new)
        elif not same(old, new):
            raise Unplaced

    def _removed(self, path: KeyPath) -> Iterator[Splice]:
        for block in self.blocks.of(path):
            if block.statements[0].header:
                yield Splice(*self.blocks.without(block), "")
                continue
            yield from (self._line_cut(one) for one in block.statements)

    def _line_cut(self, one: Statement) -> Splice:
        """A key's lines cut, with what is said of it behind it."""
        start, end = self.blocks.line_start(one.start), self.blocks.line_end(one.end)
        if end < len(self.text):
            return Splice(start, end + 1, "")
        return Splice(max(0, start - 1), end, "")

    # --- what is not there yet ----------------------------------------------------------------

    def _added(self, path: KeyPath, new: Any) -> Iterator[Splice]:
        parent = path[:-1]
        while parent and self.table.value(parent) is None:
            path, new, parent = parent, {path[-1]: new}, parent[:-1]
        key = path[-1]
        if not isinstance(key, str):
            raise Unplaced
        holder = value_at(self.table.values, parent)
        if not isinstance(holder, Mapping):
            raise Unplaced
        inner = next((path[:length] for length in range(1, len(path)) if path[:length] in self._pairs), None)
        if inner is not None:
            whole = self.table.value(inner)
            yield from self.inline.replaced(inner, whole, _within(whole, path[len(inner):], new))
        elif isinstance(new, Mapping) and parent in ((), ("report",)):
            yield self._table(path, new)
        elif isinstance(new, list) and not parent and new and all(isinstance(one, Mapping) for one in new):
            raise Unplaced
        else:
            yield self._line(parent, key, new)

    def _line(self, parent: KeyPath, key: str, new: Any) -> Splice:
        """A line for a key, where the scaffold has it: in place of the comment that waits for it, or beside others."""
        source = f"{key_text(key)} = {literal(new, prose=key in PROSE, plain=self.plain)}"
        header = self.blocks.header_of(parent)
        if parent and header is None:
            return self._without_header(parent, key, new)
        if waiting := self._waiting(parent, key, header):
            start, end, remark = waiting
            head, line_end, rows = source.partition("\n")
            listed = line_end and isinstance(new, list)
            return Splice(start, end, head + remark + line_end + rows if listed else source + remark)
        pairs = [(names[0], one) for names, one in self.blocks.pairs_of(parent) if names]
        rank = _ranks(self.order(parent), [str(name) for name, _ in pairs], key)
        before = [one for (_, one), lower in zip(pairs, rank, strict=True) if lower]
        if before:
            return self._below(before[-1], source)
        if pairs:
            start = self.blocks.line_start(pairs[0][1].start)
            return Splice(start, start, f"{self._indent(pairs[0][1])}{source}\n")
        if header:
            return self._below(header, source)
        start = self.blocks.lead(0) if self.table.statements else len(self.text)
        return Splice(start, start, f"{source}\n\n")

    def _indent(self, one: Statement) -> str:
        return self.text[self.blocks.line_start(one.start) : one.start]

    def _below(self, one: Statement, source: str) -> Splice:
        """A line right below a statement."""
        end = self.blocks.line_end(one.end)
        return Splice(end, end, f"\n{self._indent(one)}{source}")

    def _without_header(self, parent: KeyPath, key: str, new: Any) -> Splice:
        """A key of a table that is made by dotted keys, or by the headers of the tables in it."""
        header: Statement | None = None
        found: tuple[KeyPath, Statement] | None = None
        for one in self.table.statements:
            header = one if one.header else header
            above = header.path if header else ()
            if not one.header and one.path[: len(parent)] == parent and parent[: len(above)] == above:
                found = above, one
        if found:
            above = found[0]
            name = ".".join(key_text(str(part)) for part in (*parent[len(above):], key))
            return self._below(found[1], f"{name} = {literal(new, inline=True, plain=self.plain)}")
        first = next((index for index, one in enumerate(self.table.statements)
                      if one.path[: len(parent)] == parent), None)
        if first is None or not all(isinstance(part, str) for part in parent):
            raise Unplaced
        start = self.blocks.lead(first)
        head = ".".join(key_text(str(part)) for part in parent)
        return Splice(start, start, f"[{head}]\n{key_text(key)} = {literal(new, plain=self.plain)}\n\n")

    def _waiting(self, parent: KeyPath, key: str, header: Statement | None) -> tuple[int, int, str] | None:
        """The comment of the scaffold that waits for a key: its place, and what it says behind it."""
        if header is None:
            return None
        after = [one for one in self.table.statements if one.header and one.start > header.start]
        stop = after[0].start if after else len(self.text)
        comments = [one for one in self.table.comments if header.end <= one.start < stop]
        for index, comment in enumerate(comments):
            text = self.text[comment.start : comment.end]
            found = _WAITING.match(text)
            alone = not self.text[self.blocks.line_start(comment.start) : comment.start].strip()
            if not found or found[1] != key or not alone:
                continue
            rest = text[found.end():].strip()
            remark = f"    {rest}" if rest.startswith("#") else ""
            if found[2] and found[2].startswith("[") and not found[2].endswith("]"):
                last = next((one for one in comments[index + 1:]
                             if re.fullmatch(r"#\s*\]\s*", self.text[one.start : one.end])), None)
                rest = text[found.end():].strip()
                return (comment.start, last.end, f"    {rest}" if rest.startswith("#") else "") if last else None
            return comment.start, comment.end, remark
        return None

    def _table(self, path: KeyPath, new: Mapping[str, Any]) -> Splice:
        """A table with a header of its own, where the scaffold has it."""
        lines = table_lines(path, new, self.order, plain=self.plain)
        return self.beside(path, lines)

    def beside(self, path: KeyPath, lines: str) -> Splice:
        """Lines that begin a table of which there is nothing yet: below what comes before it in the scaffold."""
        parent, key = path[:-1], str(path[-1])
        heading = title_of(key) if not parent else None
        at = self.blocks.heading(heading) if heading else None
        if at is None:
            at = self._end_before(parent, key)
        before = "\n\n" if self.text[:at].strip() else ""
        after = "\n" if at >= len(self.text) or (not self.text[at:].startswith("\n\n") and self.text[at:].strip()) \
            else ""
        return Splice(at, at, before + lines + after)

    def _end_before(self, parent: KeyPath, key: str) -> int:
        """The end of the last statement that comes before a table of some name."""
        depth = len(parent)
        known = [(index, str(one.path[depth])) for index, one in enumerate(self.table.statements)
                 if one.path[:depth] == parent and len(one.path) > depth]
        if parent:
            return self.blocks.tail(known[-1][0]) if known else len(self.text.rstrip("\n"))
        ranks = _ranks(self.order(parent), [name for _, name in known], key)
        earlier = [index for (index, _), lower in zip(known, ranks, strict=True) if lower]
        if earlier:
            return self.blocks.tail(earlier[-1])
        return 0 if known and ranks else len(self.text.rstrip("\n"))


def _within(old: Any, path: KeyPath, new: Any) -> Any:
    """A value with another put in somewhere inside it; what is empty then is kept."""
    if not path:
        return new
    part, rest = path[0], path[1:]
    if isinstance(part, int):
        if not isinstance(old, list) or part > len(old):
            raise Unplaced
        made = _within(old[part] if part < len(old) else {}, rest, new)
        return [*old[:part], *([] if made is None else [made]), *old[part + 1:]]
    known = dict(old) if isinstance(old, Mapping) else {}
    made = _within(known.get(part), rest, new)
    if made is None:
        known.pop(part, None)
    else:
        known[part] = made
    return known


def _ranks(order: Sequence[str], names: Sequence[str], key: str) -> list[bool]:
    """Which of some names come before a key: all where nothing is known of it, but for what closes the table."""
    places = {name: at for at, name in enumerate(order)}
    if key not in places:
        return [name not in _CLOSING for name in names]
    unknown = -1 if "allow" not in places else places["allow"] - 1
    return [places.get(name, unknown) < places[key] for name in names]


def table_lines(path: KeyPath, values: Mapping[str, Any], order: Order, *, several: bool = False,
                plain: bool = False) -> str:
    """A table as lines, its keys in the scaffold's order; without a line end behind the last."""
    names = ".".join(key_text(part) for part in path if isinstance(part, str))
    known = {key: at for at, key in enumerate(order(path))}
    # What is not known stands before the running text.
    last = min((known[key] for key in PROSE if key in known), default=len(known))
    keys = sorted(values, key=lambda key: known.get(key, last - 0.5))
    deep = [key for key in keys if path == ("report",) and isinstance(values[key], Mapping)]
    lines = [f"[[{names}]]" if several else f"[{names}]"]
    lines += [f"{key_text(key)} = {literal(values[key], prose=key in PROSE, plain=plain)}"
              for key in keys if key not in deep]
    return "\n\n".join(["\n".join(lines), *(table_lines((*path, key), values[key], order, plain=plain)
                                            for key in deep)])
