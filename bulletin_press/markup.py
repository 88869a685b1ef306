"""The author's marks inside a body: paragraphs, bold, links, 小标题, lists, simple tables.

Our own and not CommonMark: CommonMark's emphasis needs white space that Chinese does not write
(``他说**“好”**了`` stays literal), and every character must keep its place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from bulletin_press.document import (
    Alignment,
    BulletList,
    Grid,
    Inline,
    Link,
    Origin,
    Paragraph,
    Strong,
    Subheading,
    Text,
)
from bulletin_press.positions import KeyPath
from bulletin_press.records import dataclass

_ESCAPED = re.compile(r"\\([\\*\[\]()|#-])")
# Not after an exclamation mark: a picture, which bodies have none of, comes out as it was typed.
_LINK = re.compile(r"\[(?<!\A!\[)(?<![^A-Za-z]!\[)([^\[\]\n]+)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
# As long as an address may be: without a limit every link would search the rest of the text.
_BARE_URL = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{0,2000}[A-Za-z0-9/=#_~-]")
_STRONG = re.compile(r"\*\*(?=\S)((?:(?!\*\*).)+)(?<=\S)\*\*", re.S)
# A text without any of these has no mark.
_CUES = ("**", "http", "](", "\\")
_SAFE_LINK = re.compile(r"(?:https?://[^\s/?#]+|mailto:[^\s@]+@[^\s@]+\.[^\s@]+)", re.I)
_NO_SCHEME = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?([/?#]\S*)?")
_SUBHEADING = re.compile(r"#{1,6}[ \u3000]+")
_BULLET = re.compile(r"[-*•][ \u3000]+")
_RULE_CELL = re.compile(r":?-{2,}:?|:-:?|-:")
_FIGURE = re.compile(r"[▲▼+\-−]?[\d,]+(?:\.\d+)?\s*[%％‰]?\Z|[—–-]\Z|\Z")
_BLANKS = " \t\u3000"
# More bars than a page has room for are no table.
MAX_COLUMNS = 40


def safe_href(typed: str) -> str | None:
    """The address to link to, or None: http, https and mailto only.

    An address without a scheme (www.ibm.com) is taken for https.
    """
    typed = typed.strip()
    href = typed if _SAFE_LINK.match(typed) else "https://" + typed if _NO_SCHEME.fullmatch(typed) else None
    # Not printable: control characters, blanks, and marks that turn the direction of reading.
    return href if href and href.isprintable() and " " not in href and _splits(href) else None


def _splits(href: str) -> bool:
    try:
        return urlsplit(href).port is None or True
    except ValueError:
        return False


@dataclass(frozen=True)
class _Piece:
    """A stretch of the body: text and the place of each of its characters."""

    text: str
    at: Sequence[int]

    def __getitem__(self, part: slice) -> _Piece:
        return _Piece(self.text[part], self.at[part])

    def stripped(self) -> _Piece:
        left = len(self.text) - len(self.text.lstrip(_BLANKS + "\n"))
        right = len(self.text.rstrip(_BLANKS + "\n"))
        return self[left : max(left, right)]


def parse_inline(text: str) -> tuple[Inline, ...]:
    """The marks inside one line of text (a title has none: use ``Text``)."""
    return tuple(_inlines(_Piece(text, range(len(text)))))


def _inlines(piece: _Piece, *, strong: bool = True, links: bool = True) -> Iterator[Inline]:
    """Marks in one pass: at each place the earliest mark wins."""
    if not any(cue in piece.text for cue in _CUES):
        yield from _plain(piece)
        return
    patterns = [_ESCAPED] + ([_LINK, _BARE_URL] if links else []) + ([_STRONG] if strong else [])
    at = 0
    pending: list[re.Match[str] | None] = [pattern.search(piece.text) for pattern in patterns]
    while True:
        # Search on only with those patterns whose last match lies behind: linear in the text.
        pending = [pattern.search(piece.text, at) if match and match.start() < at else match
                   for pattern, match in zip(patterns, pending, strict=True)]
        matches = [match for match in pending if match]
        if not matches:
            yield from _plain(piece[at:])
            return
        match = min(matches, key=lambda found: (found.start(), -found.end()))
        yield from _plain(piece[at : match.start()])
        yield from _marked(match, piece, strong=strong)
        at = match.end()


def _marked(match: re.Match[str], piece: _Piece, *, strong: bool) -> Iterator[Inline]:
    if match.re is _ESCAPED:
        yield from _plain(piece[match.start(1) : match.end(1)])
    elif match.re is _STRONG:
        yield Strong(tuple(_inlines(piece[match.start(1) : match.end(1)], strong=False)))
    elif match.re is _BARE_URL:
        yield Link(match.group(), tuple(_plain(piece[match.start() : match.end()])))
    else:
        inner = tuple(_inlines(piece[match.start(1) : match.end(1)], strong=strong, links=False))
        href = safe_href(match[2])
        if href:
            yield Link(href, inner)
        else:
            yield from inner


def refused_links(text: str) -> Iterator[tuple[int, int, str]]:
    """Links to addresses that the press will not make: start, end, address."""
    for match in _LINK.finditer(text):
        if safe_href(match[2]) is None:
            yield match.start(2), match.end(2), match[2]


@dataclass(frozen=True)
class RaggedRow:
    """A row of a table from ``start`` to ``end`` in the body; its cells, and those of the table's head."""

    start: int
    end: int
    cells: int
    head: int


def ragged_rows(text: str) -> Iterator[RaggedRow]:
    """Each row of a table with another number of cells than the head has."""
    rows: list[_Piece] = []
    at = 0
    for typed in [*(text.split("\n") if "|" in text else ()), ""]:
        line = _Piece(typed, range(at, at + len(typed))).stripped() if "|" in typed else None
        at += len(typed) + 1
        if line and _kind(line.text) == "table":
            rows.append(line)
            continue
        head = len(_cells(rows[0])) if rows else 0
        for number, row in enumerate(rows):
            cells = len(_cells(row))
            if cells != head and not (number == 1 and _is_rule(row.text)):
                yield RaggedRow(row.at[0], row.at[0] + len(row.text), cells, head)
        rows = []


def _plain(piece: _Piece) -> Iterator[Text]:
    """Text nodes, one for each stretch whose characters stand side by side in the file."""
    if isinstance(piece.at, range):
        if piece.text:
            yield Text(piece.text, piece.at[0])
        return
    start = 0
    for i in range(1, len(piece.text) + 1):
        if i == len(piece.text) or piece.at[i] != piece.at[i - 1] + 1:
            if i > start:
                yield Text(piece.text[start:i], piece.at[start])
            start = i


def _lines(text: str) -> Iterator[_Piece]:
    at = 0
    for line in text.split("\n"):
        yield _Piece(line, range(at, at + len(line))).stripped()
        at += len(line) + 1


def _kind(line: str) -> str:
    if not line:
        return "blank"
    if _SUBHEADING.match(line):
        return "subheading"
    if _BULLET.match(line):
        return "bullet"
    return "table" if line.startswith("|") and 1 < line.count("|") <= MAX_COLUMNS + 1 else "text"


TextBlock = Paragraph | Subheading | BulletList | Grid


def parse_body(text: str, path: KeyPath) -> tuple[TextBlock, ...]:
    """A body as blocks.

    Args:
        text: the string value.
        path: where it stands, for the blocks' origins.

    Returns:
        The blocks in order; every character that is neither a mark nor a line end comes out once.
    """
    blocks: list[TextBlock] = []
    group: list[list[_Piece]] = []  # an entry's lines, as typed
    kind = "blank"
    for line in [*_lines(text), _Piece("", [])]:
        found = _kind(line.text)
        if kind == found == "text" or (kind == "bullet" and found == "text"):
            group[-1].append(line)
            continue
        if found != kind or found == "subheading":
            if group:
                blocks.append(_block(kind, [_wrapped(entry) for entry in group], path))
            group, kind = [], found
        if found != "blank":
            group.append([line])
    return tuple(blocks)


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


def _wrapped(lines: Sequence[_Piece]) -> _Piece:
    """The lines of one paragraph as one: a space between Latin words, nothing between hanzi."""
    if len(lines) == 1:
        return lines[0]
    text, at, last = [], list[int](), ""
    for line in lines:
        if last.isascii() and last and line.text[:1].isascii():
            text.append(" ")
            at.append(line.at[0] - 1)
        text.append(line.text)
        at += line.at
        last = line.text[-1:] or last
    return _Piece("".join(text), at)


def _block(kind: str, lines: Sequence[_Piece], path: KeyPath) -> TextBlock:
    origin = Origin(path, lines[0].at[0])
    if kind == "subheading":
        mark = _SUBHEADING.match(lines[0].text)
        return Subheading(tuple(_inlines(lines[0][mark.end() if mark else 0 :])), origin)
    if kind == "bullet":
        entries = []
        for line in lines:
            mark = _BULLET.match(line.text)
            entries.append(tuple(_inlines(line[mark.end() if mark else 0 :])))
        return BulletList(tuple(entries), origin)
    if kind == "table":
        return _grid(lines, origin)
    return Paragraph(tuple(_inlines(lines[0])), origin)


def _cells(line: _Piece) -> list[_Piece]:
    cells, start = [], 0
    text = line.text
    for i, char in enumerate(text):
        if char == "|" and (i == 0 or text[i - 1] != "\\"):
            cells.append(line[start:i].stripped())
            start = i + 1
    cells.append(line[start:].stripped())
    if text.startswith("|"):
        cells = cells[1:]
    return cells if cells and cells[-1].text else cells[:-1]


def _is_rule(row: str) -> bool:
    return all(_RULE_CELL.fullmatch(cell.strip()) for cell in row.removeprefix("|").removesuffix("|").split("|"))


def _grid(lines: Sequence[_Piece], origin: Origin) -> Grid:
    # Below the head only: elsewhere a row of dashes is a row without figures.
    ruled = len(lines) > 1 and _is_rule(lines[1].text)
    rule = lines[1].text if ruled else ""
    rows = [_cells(line) for line in ([*lines[:1], *lines[2:]] if ruled else lines)]
    columns = max((len(row) for row in rows), default=0)
    empty = _Piece("", [])
    rows = [row + [empty] * (columns - len(row)) for row in rows]
    marks = [cell.strip() for cell in rule.strip("| ").split("|")] if rule else []
    alignments: list[Alignment] = []
    for column in range(columns):
        mark = marks[column] if column < len(marks) else ""
        figures = all(_FIGURE.match(row[column].text) for row in rows[1:]) and len(rows) > 1
        if mark.startswith(":") and mark.endswith(":"):
            alignments.append("center")
        else:
            alignments.append("right" if mark.endswith(":") or (figures and not mark.startswith(":")) else "left")
    cooked = [tuple(tuple(_inlines(cell)) for cell in row) for row in rows]
    return Grid(cooked[0] if cooked else (), tuple(cooked[1:]), tuple(alignments), origin)
