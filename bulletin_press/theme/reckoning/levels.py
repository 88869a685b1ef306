"""The levels of an official text, as its author numbered them: 一、（一）1.（1）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin_press.document.tree import Inline, Paragraph, Subheading, Text, plain_text

_CHINESE = "[一二三四五六七八九十百]{1,4}"
_LEVELS = (
    (1, re.compile(rf"{_CHINESE}、")),
    (2, re.compile(rf"[（(]{_CHINESE}[）)]")),
    (3, re.compile(r"\d{1,2}[.．](?!\d)")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
)
# A heading has no more characters; what is longer is a paragraph that is numbered.
_LONGEST = 30
# What a heading of a line of its own does not end with: such a line is an entry of a list.
_OPEN = "；;，,、：。！？"
_STOP = "。"


@dataclass(frozen=True)
class Levelled:
    """A paragraph as far as it is a heading (``head``), and the rest; level 0 where it is none.

    A heading has a line of its own (``alone``), then ``rest`` is empty, or it is the first sentence of its paragraph.
    """

    level: int
    head: tuple[Inline, ...]
    rest: tuple[Inline, ...]
    alone: bool


def level_of(text: str) -> int:
    """The level that a text's number says, 1 to 4; 0 where it has none."""
    return next((level for level, number in _LEVELS if number.match(text)), 0)


def levelled(block: Paragraph | Subheading) -> Levelled:
    """A paragraph with its heading: the first sentence, or the whole of it, where it is numbered and short."""
    text = plain_text(block.inlines)
    none = Levelled(0, (), block.inlines, False)
    if not (level := level_of(text)):
        return none
    if isinstance(block, Subheading):
        return Levelled(level, block.inlines, (), True)
    end = text.find(_STOP) + 1
    if end == 0:
        short = len(text) <= _LONGEST and not text.endswith(tuple(_OPEN))
        return Levelled(level, block.inlines, (), True) if short else none
    parts = _parted(block.inlines, end) if end <= _LONGEST and end < len(text) else None
    return Levelled(level, *parts, False) if parts else none


def _parted(inlines: Sequence[Inline], end: int) -> tuple[tuple[Inline, ...], tuple[Inline, ...]] | None:
    """Inlines parted at a character; None where that lies within emphasis or a link."""
    taken = 0
    for at, one in enumerate(inlines):
        length = len(plain_text((one,)))
        if taken + length < end:
            taken += length
        elif taken + length == end:
            return tuple(inlines[: at + 1]), tuple(inlines[at + 1 :])
        elif isinstance(one, Text):
            cut = end - taken
            return ((*inlines[:at], Text(one.text[:cut], one.start)),
                    (Text(one.text[cut:], one.start + cut), *inlines[at + 1 :]))
        else:
            break
    return None
