"""Passages: an author's strings as stretches of prose, each character with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from bulletin_press.document.body_tables import aligned_lines
from bulletin_press.document.markup import blocks_of, stretches
from bulletin_press.document.prose import Prose
from bulletin_press.document.tree import text_nodes
from bulletin_press.document.web_text import entity_end
from bulletin_press.language.script import lazy
from bulletin_press.toml.positions import KeyPath, Table

# What stands for every character of an address: neither hanzi nor letter nor digit nor mark.
MASK = "\ufffc"
# Marks that end a clause, not an address.
_FOLLOWING = ",;:.!?"

# Each branch starts only where a run starts and never gives back what it took: linear.
_ADDRESS = lazy(
    r"`[^`\n]+`"
    r"|\[\^[^\[\]\s]{1,20}\]:?"
    r"|&(?:[A-Za-z][A-Za-z0-9]{1,30}|\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6});"
    r"|(?<![A-Za-z0-9:]):(?:[a-z][a-z0-9_+-]{1,30}|[+-]1):(?![A-Za-z0-9:])"
    r"|!\[[^\[\]\n]*\]\([^()\n]*\)"
    r"|(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*+://[!-~]++"
    r"|(?<![\w.%+-])[\w.%+-]++@[A-Za-z0-9-]++(?>(?:\.[A-Za-z0-9-]++)*)"
    r"|(?<![A-Za-z0-9.-])(?>(?:[A-Za-z0-9-]++\.)+)[A-Za-z]{2,}+(?::\d+)?(?:/[!-~]*+)?", re.ASCII)

# A text without any of these holds no address.
_CUE = lazy(r"[@`&]|\[\^|://|!\[|\.[A-Za-z]{2}|:[a-z+-]")


def masked(text: str) -> str:
    """A text of the same length without addresses, host and file names, `code`, pictures, entities, :smile:.

    Each character of theirs is blotted out by ``MASK``.
    """
    return _ADDRESS.sub(_blotted, text) if _CUE.search(text) else text


def _blotted(match: re.Match[str]) -> str:
    """An address is blotted out, but not the mark that follows it nor the bracket that closes round it."""
    address = match.group()
    if address[0] in "&:`[":
        return MASK * len(address)
    own = address.rstrip(_FOLLOWING)
    if own.count(")") > own.count("("):
        own = own.rstrip(")").rstrip(_FOLLOWING)
    return MASK * len(own) + address[len(own) :]


@dataclass(frozen=True)
class Passage:
    """A paragraph, title, caption or table cell, without the marks of ``markup``.

    ``path`` leads to the string in ``table`` that it was typed in; ``offsets`` hold the place in
    that string of each of its n characters, and of its end. ``aligned`` tells that it is a line
    with columns that spaces keep apart: no rule takes those out.
    """

    text: str
    path: KeyPath
    table: Table
    offsets: Sequence[int]
    aligned: bool = False

    @cached_property
    def key(self) -> str:
        """The TOML key that it was typed under."""
        return next(part for part in reversed(self.path) if isinstance(part, str))

    @cached_property
    def words(self) -> str:
        """The text with its addresses blotted out."""
        return masked(self.text)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` (exclusive) stand in the string."""
        first = self.offsets[start]
        if end <= start:
            return first, first
        last = self.offsets[end - 1]
        # An entity is one character and several in the string.
        typed = None if isinstance(self.offsets, range) else self.table.value(self.path)
        return first, entity_end(typed, last) if isinstance(typed, str) and typed[last : last + 1] == "&" else last + 1


def passages_of(table: Table, prose: Prose) -> Iterator[Passage]:
    """The passages of one string."""
    if not prose.marked:
        yield Passage(prose.text, prose.path, table, range(len(prose.text) + 1))
        return
    rows = aligned_lines(prose.text)
    for block in blocks_of(prose.text, prose.path):
        for inlines in stretches(block):
            nodes = tuple(text_nodes(inlines))
            text = "".join(node.text for node in nodes)
            if len(nodes) == 1:
                start = nodes[0].start
                yield Passage(text, prose.path, table, range(start, start + len(text) + 1), start in rows)
            elif text:
                offsets = list(chain.from_iterable(range(node.start, node.start + len(node.text)) for node in nodes))
                yield Passage(text, prose.path, table, [*offsets, offsets[-1] + 1], offsets[0] in rows)
