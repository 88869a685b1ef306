"""The author's marks inside a body: paragraphs, bold, links, 小标题, lists, simple tables.

Our own and not CommonMark: CommonMark's emphasis needs white space that Chinese does not write
(``他说**“好”**了`` stays literal), and every character must keep its place in the file.

What Word, pages and PDF readers leave in a pasted text is read as it was meant where there is no doubt:
see ``web_text`` and ``line_breaks``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from bulletin_press.document.page_numbers import page_numbers
from bulletin_press.document.pieces import Piece
from bulletin_press.document.tree import (
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
from bulletin_press.document.web_text import without_remnants
from bulletin_press.document.wrapped_lines import Line, begins, doubtful, lines_of
from bulletin_press.language.script import HAN, lazy
from bulletin_press.toml.positions import KeyPath

_ESCAPED = re.compile(r"\\([\\*\[\]()|#<>&`~_$=+-])")
# Not after an exclamation mark: a picture, which bodies have none of, comes out as it was typed.
_LINK = re.compile(r"\[(?<!\A!\[)(?<![^A-Za-z]!\[)([^\[\]\n]+)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
# As long as an address may be: without a limit every link would search the rest of the text.
_BARE_URL = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{0,2000}[A-Za-z0-9/=#_~-]")
_STRONG = re.compile(r"\*\*(?=\S)((?:(?!\*\*).)+)(?<=\S)\*\*", re.S)
# A text without any of these has no mark.
_CUES = ("**", "http", "](", "\\")
_SAFE_LINK = re.compile(r"(?:https?://[^\s/?#]+|mailto:[^\s@]+@[^\s@]+\.[^\s@]+)", re.I)
_NO_SCHEME = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?([/?#]\S*)?")
# One # is how people write notes to themselves: never a heading.
_SUBHEADING = re.compile(r"#{2,6}[ \u3000]+")
# Hyphens and stars, the bullets of Word and WPS, and the letters and private characters that Wingdings and
# Symbol draw them with.
_BULLET = lazy(
    "[-*•·●■◆➢➤▪▫◦○‣⁃∙§–－√✓✔☑\uf06c\uf06e\uf075\uf070\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uf076\uf071](?:[ \t\u3000\u00a0]+)"
    f"|[•·●■◆➢➤▪‣∙§\uf000-\uf0ff](?=[{HAN}A-Za-z“《（])"
    f"|[√✓✔☑](?=[{HAN}“《（])|—[ \t\u3000]+(?=[{HAN}“《（])"
    f"|[+l§Øü](?:\t+[ \u00a0]*|[ \u3000\u00a0]+(?=[{HAN}“《（]))|[nuopqvØü]\t+[ \u00a0]*")
_QUOTED = re.compile(r"(?:>[ \t\u3000]*)+(?![ \t\u3000]*[\d=>])")
_DIVIDER = re.compile(r"(?:-{3,}|\*{3,}|_{3,}|={3,}|(?:[-*_] ){2,}[-*_]|[—─━═＝－]{3,})\Z")
_RULE_CELL = re.compile(r":?-{2,}:?|:-:?|-:")
_FIGURE = re.compile(r"[▲▼+\-−]?[\d,]+(?:\.\d+)?\s*[%％‰]?\Z|[—–-]\Z|\Z")
_YEAR = re.compile(r"(?:19|20)\d\d年?\Z")
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


def parse_inline(text: str) -> tuple[Inline, ...]:
    """The marks inside one line of text (a title has none: use ``Text``)."""
    return tuple(_inlines(Piece.of(text)))


def _inlines(piece: Piece, *, strong: bool = True, links: bool = True) -> Iterator[Inline]:
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


def _marked(match: re.Match[str], piece: Piece, *, strong: bool) -> Iterator[Inline]:
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


def _plain(piece: Piece) -> Iterator[Text]:
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


Kind = Literal["blank", "subheading", "bullet", "table", "columns", "divider", "text"]


def _kind(line: str) -> Kind:
    if not line:
        return "blank"
    if "\u4e00" <= line[0] <= "\u9fff":
        return "text"
    if _SUBHEADING.match(line):
        return "subheading"
    if _DIVIDER.match(line):
        return "divider"
    if line.startswith("|") and 1 < line.count("|") <= MAX_COLUMNS + 1:
        return "table"
    return "bullet" if _BULLET.match(line) else "text"


@dataclass(frozen=True)
class Group:
    """Lines of a body that stand together: of one kind, or a list's with the lines that run on.

    ``columns`` are lines with tabs between cells, ``divider`` a line of dashes that is not printed.
    """

    kind: Kind
    lines: Sequence[Line]


@lru_cache(maxsize=256)
def _lines(text: str) -> tuple[Line, ...]:
    return tuple(lines_of(without_remnants(text)))


@lru_cache(maxsize=256)
def groups_of(text: str) -> tuple[Group, ...]:
    """A body in groups of lines, blank lines between them left out."""
    lines = _without_page_numbers([_unquoted(line) for line in _lines(text)])
    kinds = [_kind(line.text.text) for line in lines]
    if any("\t" in line.raw.text for line in lines):
        _mark_columns(lines, kinds)
    found: list[Group] = []
    start = 0
    for at in range(1, len(lines) + 1):
        last = kinds[at - 1]
        goes_on = at < len(lines) and (kinds[at] == last or (kinds[at] == "text" and last == "bullet"))
        if goes_on and kinds[at] == "text":
            kinds[at] = kinds[start] if kinds[start] == "bullet" else "text"
        if not goes_on or last == "subheading" or _leaves(lines, kinds, start, at):
            if kinds[start] != "blank":
                found.append(Group(kinds[start], lines[start:at]))
            if at < len(lines) and goes_on and kinds[at] == "bullet" and not _BULLET.match(lines[at].text.text):
                kinds[at] = "text"
            start = at
    return tuple(found)


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    """Lines without page numbers; a sentence that one parts is joined over it, past blank lines."""
    left_out = set[int]()
    for found in page_numbers(lines) if len(lines) > 1 else ():
        if not found.sure:
            continue
        left_out.add(found.at)
        for step in (-1, 1) if found.within else ():
            at = found.at + step
            while 0 <= at < len(lines) and not lines[at].text.text:
                left_out.add(at)
                at += step
    return [line for at, line in enumerate(lines) if at not in left_out] if left_out else lines


def page_numbers_of(text: str) -> Iterator[tuple[int, int, bool]]:
    """Each page number in a body: start, end, and whether it is left out."""
    lines = _lines(text)
    for found in page_numbers(lines) if len(lines) > 1 else ():
        line = lines[found.at].text
        yield line.at[0], line.end, found.sure


def _leaves(lines: Sequence[Line], kinds: Sequence[Kind], start: int, at: int) -> bool:
    """Whether a line of text, though it stands below a list's entry, is none of it."""
    if kinds[start] != "bullet" or _BULLET.match(lines[at].text.text):
        return False
    indented = lines[at].raw.text[:1] in " \t" and lines[at].raw.text[:1] != "\u3000"
    first = max(start, at - 20)
    return not indented and begins(lines[first : at + 1], at - first)


def _unquoted(line: Line) -> Line:
    """A line without the marks of a quotation before it."""
    match = _QUOTED.match(line.text.text) if line.text.text[:1] == ">" else None
    return Line(line.raw, line.text[match.end() :]) if match else line


def _mark_columns(lines: Sequence[Line], kinds: list[Kind]) -> None:
    """Lines below one another with tabs between cells are a table; one alone is not."""
    start = 0
    # A row whose last cells are empty ends with the tabs that the others have.
    known = {line.raw.text.count("\t") for line in lines if line.cells}
    for at in range(len(lines) + 1):
        if at < len(lines) and kinds[at] == "text" and lines[at].cells < MAX_COLUMNS and (
                lines[at].cells or ("\t" in lines[at].raw.text and lines[at].raw.text.count("\t") in known)):
            continue
        if at - start > 1 and any(line.cells for line in lines[start:at]):
            kinds[start:at] = ["columns"] * (at - start)
        start = at + 1


TextBlock = Paragraph | Subheading | BulletList | Grid


def parse_body(text: str, path: KeyPath) -> tuple[TextBlock, ...]:
    """A body as blocks.

    Args:
        text: the string value.
        path: where it stands, for the blocks' origins.

    Returns:
        The blocks in order; every character that is neither a mark nor a line end comes out once.
    """
    return tuple(block for group in groups_of(text) for block in _blocks(group, path))


def _blocks(group: Group, path: KeyPath) -> Iterator[TextBlock]:
    if group.kind == "divider":
        return
    origin = Origin(path, group.lines[0].text.at[0])
    entries = [[line.text for line in entry] for entry in entries_of(group)]
    if group.kind in ("table", "columns"):
        yield _grid(group, origin)
    elif group.kind == "bullet":
        yield BulletList(tuple(tuple(_inlines(_without(_BULLET, _wrapped(entry)))) for entry in entries), origin)
    elif group.kind == "subheading":
        yield Subheading(tuple(_inlines(_without(_SUBHEADING, entries[0][0]))), origin)
    else:
        for entry in entries:
            yield Paragraph(tuple(_inlines(_wrapped(entry))), Origin(path, entry[0].at[0]))


def entries_of(group: Group) -> list[list[Line]]:
    """A group's lines by paragraph, entry or row: those of one were only wrapped."""
    entries: list[list[Line]] = []
    for at, line in enumerate(group.lines):
        goes_on = at > 0 and (not _BULLET.match(line.text.text) if group.kind == "bullet" else
                              group.kind == "text" and not begins(group.lines, at))
        if goes_on:
            entries[-1].append(line)
        else:
            entries.append([line])
    return entries


def joined_in_doubt(text: str) -> Iterator[tuple[int, int]]:
    """Lines of a body that were joined to the one before though that one is short: start and end."""
    for group in groups_of(text):
        if group.kind == "text" and len(group.lines) > 1:
            for at in range(1, len(group.lines)):
                if doubtful(group.lines, at):
                    yield group.lines[at].text.at[0], group.lines[at].text.end
                    break


def _without(mark: re.Pattern[str], piece: Piece) -> Piece:
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


def _wrapped(lines: Sequence[Piece]) -> Piece:
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
    return Piece("".join(text), at)


def _western(char: str) -> bool:
    return "" < char < "\u2000"


def _cells(line: Piece) -> list[Piece]:
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


@dataclass(frozen=True)
class RaggedRow:
    """A row of a table from ``start`` to ``end`` in the body; its cells, and those of the table's head.

    ``tabbed`` tells that tabs keep its cells apart, not bars.
    """

    start: int
    end: int
    cells: int
    head: int
    tabbed: bool = False


def ragged_rows(text: str) -> Iterator[RaggedRow]:
    """Each row of a table with another number of cells than the head has."""
    for group in groups_of(text) if any(cue in text for cue in ("|", "\t", "<")) else ():
        if group.kind not in ("table", "columns"):
            continue
        rows, rule = _rows(group)
        lines = [*group.lines[:1], *group.lines[2:]] if rule else group.lines
        for row, line in zip(rows, lines, strict=True):
            if len(row) != len(rows[0]):
                yield RaggedRow(line.text.at[0], line.text.end, len(row), len(rows[0]), group.kind == "columns")


@dataclass(frozen=True)
class LooseColumns:
    """Lines of a body, from ``start`` to ``end``, that look like a table and are read as none or in doubt.

    ``fault`` is ``lone`` for one line with tabs, ``spaced`` for columns kept apart by spaces, ``headless``
    for a table whose first row has figures as all others have.
    """

    start: int
    end: int
    fault: Literal["lone", "spaced", "headless"]


def loose_columns(text: str) -> Iterator[LooseColumns]:
    """What looks like a table, and is read as none or in doubt."""
    for group in groups_of(text) if any(cue in text for cue in ("\t", "  ", "\u3000", "<")) else ():
        if group.kind == "columns":
            rows = _columns(group.lines)
            if _headless(rows):
                first = group.lines[0].text
                yield LooseColumns(first.at[0], first.end, "headless")
        elif group.kind in ("text", "bullet"):
            yield from _loose(group.lines)


def _loose(lines: Sequence[Line]) -> Iterator[LooseColumns]:
    for line in lines:
        if line.cells:
            yield LooseColumns(line.text.at[0], line.text.end, "lone")
    for run in _aligned(lines):
        yield LooseColumns(run[0].text.at[0], run[0].text.end, "spaced")


def _aligned(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Runs of two lines and more with columns kept apart by spaces."""
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and lines[at].aligned and not lines[at].cells:
            continue
        if at - start > 1:
            yield lines[start:at]
        start = at + 1


def aligned_lines(text: str) -> frozenset[int]:
    """The places of all characters in those lines of a body that were aligned with spaces as a table's."""
    if "  " not in text and "\u3000" not in text:
        return frozenset()
    return frozenset(place for group in groups_of(text) if group.kind in ("text", "bullet")
                     for run in _aligned(group.lines) for line in run for place in line.text.at)


def _headless(rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether a table's first row has figures below no words: a head has none but years."""
    figures = [bool(cell.text and _FIGURE.match(cell.text) and not _YEAR.match(cell.text)) for cell in rows[0]]
    return any(figures)




def _rows(group: Group) -> tuple[list[list[Piece]], str]:
    """A table's rows in cells, and the line of dashes that was below its head."""
    if group.kind == "columns":
        return _columns(group.lines), ""
    lines = [line.text for line in group.lines]
    # Below the head only: elsewhere a row of dashes is a row without figures.
    ruled = len(lines) > 1 and _is_rule(lines[1].text)
    return [_cells(line) for line in ([*lines[:1], *lines[2:]] if ruled else lines)], lines[1].text if ruled else ""


def _columns(lines: Sequence[Line]) -> list[list[Piece]]:
    """Lines in cells at their tabs; a tab at the head of every line is an indent."""
    indented = all(line.raw.text.startswith("\t") for line in lines)
    rows = []
    for line in lines:
        row, start, cells = line.raw[1:] if indented else line.raw, 0, []
        for match in re.finditer("\t", row.text):
            cells.append(row[start : match.start()].stripped())
            start = match.end()
        rows.append([*cells, row[start:].stripped()])
    # Columns in which nothing stands at all: Excel's, beyond the table.
    while len({len(row) for row in rows}) == 1 and len(rows[0]) > 1 and not any(row[-1].text for row in rows):
        rows = [row[:-1] for row in rows]
    return rows


def _grid(group: Group, origin: Origin) -> Grid:
    rows, rule = _rows(group)
    columns = max((len(row) for row in rows), default=0)
    empty = Piece("", [])
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
