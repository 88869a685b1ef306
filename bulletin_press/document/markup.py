"""The author's marks inside a body: paragraphs, bold, links, 小标题, lists, simple tables, footnotes.

Our own and not CommonMark: CommonMark's emphasis needs white space that Chinese does not write
(``他说**“好”**了`` stays literal), and every character must keep its place in the file.

What Word, pages and PDF readers leave in a pasted text is read as it was meant where there is no doubt:
see ``web_text`` and ``line_breaks``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bulletin_press.document.body_tables import grid_of
from bulletin_press.document.inline import ALL, Marks, inlines_of, link_target, parse_inline, safe_href
from bulletin_press.document.line_groups import BULLET, SUBHEADING, LineGroup, entries_of, groups_of
from bulletin_press.document.notes import footnotes_of, is_said, numbers_of
from bulletin_press.document.placed_text import PlacedText
from bulletin_press.document.tree import BulletList, Grid, Inline, Origin, Paragraph, Subheading
from bulletin_press.toml.positions import KeyPath

__all__ = ["TextBlock", "blocks_of", "link_target", "parse_body", "parse_inline", "safe_href", "stretches"]

TextBlock = Paragraph | Subheading | BulletList | Grid


def parse_body(text: str, path: KeyPath) -> tuple[TextBlock, ...]:
    """A body as blocks.

    Args:
        text: the string value.
        path: where it stands, for the blocks' origins.

    Returns:
        The blocks in order; every character that is neither a mark nor a line end comes out once.
    """
    groups = groups_of(text)
    notes = numbers_of(groups) if "[^" in text else {}
    marks, seen = Marks(notes=notes) if notes else ALL, set[str]()
    text_blocks = [block for group in groups for block in _blocks(group, path, marks, seen)]
    return (*text_blocks, *footnotes_of(groups, notes, path)) if notes else tuple(text_blocks)


def _blocks(group: LineGroup, path: KeyPath, marks: Marks, seen: set[str]) -> Iterator[TextBlock]:
    if group.kind == "divider":
        return
    origin = Origin(path, group.lines[0].text.at[0])
    entries = [[line.text for line in entry] for entry in entries_of(group)]
    if group.kind in ("table", "columns"):
        yield grid_of(group, origin, marks)
    elif group.kind == "bullet":
        pieces = [_without(BULLET, _wrapped(entry)) for entry in entries]
        yield BulletList(tuple(tuple(inlines_of(piece, marks)) for piece in pieces), origin)
    elif group.kind == "subheading":
        yield Subheading(tuple(inlines_of(_without(SUBHEADING, entries[0][0]), marks)), origin)
    elif group.kind == "note":
        # What nothing calls is printed where it stands, so that no word is lost.
        for line in (line.text for line in group.lines):
            if not is_said(line, marks.notes, seen):
                yield Paragraph(tuple(inlines_of(line)), Origin(path, line.at[0]))
    else:
        for entry in entries:
            yield Paragraph(tuple(inlines_of(_wrapped(entry), marks)), Origin(path, entry[0].at[0]))


def _without(mark: re.Pattern[str], piece: PlacedText) -> PlacedText:
    match = mark.match(piece.text)
    return piece[match.end() if match else 0 :]


@lru_cache(maxsize=256)
def blocks_of(text: str, path: KeyPath) -> tuple[TextBlock, ...]:
    """``parse_body``, kept for who asks next: the rules and the document read the same bodies."""
    return parse_body(text, path)


def stretches(block: TextBlock) -> Iterator[tuple[Inline, ...]]:
    """A block's text: of a list each entry, of a table each cell."""
    if isinstance(block, BulletList):
        yield from block.entries
    elif isinstance(block, Grid):
        for row in (block.head, *block.rows):
            yield from row
    else:
        yield block.inlines


def _wrapped(lines: Sequence[PlacedText]) -> PlacedText:
    """The lines of one paragraph as one: a space between Western words, nothing between hanzi."""
    if len(lines) == 1:
        return lines[0]
    text, at, last = [], list[int](), ""
    for line in lines:
        # A hyphen at a line's end joins: e- | commerce.
        hyphen = last[-1:] == "-" and last[-2:-1].isalpha()
        if _western(last[-1:]) and _western(line.text[:1]) and not hyphen:
            text.append(" ")
            at.append(at[-1] + 1)
        text.append(line.text)
        at += line.at
        last = line.text or last
    return PlacedText("".join(text), at)


def _western(char: str) -> bool:
    return "" < char < "\u2000"
