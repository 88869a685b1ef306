"""The lines of a body that stand together: paragraphs, lists, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bulletin_press.document.page_numbers import page_numbers
from bulletin_press.document.web_text import without_remnants
from bulletin_press.document.wrapped_lines import Line, begins, doubtful, lines_of
from bulletin_press.language.script import HAN, lazy

# One # is how people write notes to themselves: never a heading.
SUBHEADING = re.compile(r"#{2,6}[ \u3000]+")
# Hyphens and stars, the bullets of Word and WPS, and the letters and private characters that Wingdings and
# Symbol draw them with.
BULLET = lazy(
    "[-*•·●■◆➢➤▪▫◦○‣⁃∙§–－√✓✔☑\uf06c\uf06e\uf075\uf070\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uf076\uf071](?:[ \t\u3000\u00a0]+)"
    "|[•·●■◆➢➤▪‣∙§\uf000-\uf0ff](?=[A-Za-z])"
    "|(?:[•·●■◆➢➤▪‣∙§\uf000-\uf0ff√✓✔☑]|—[ \t\u3000]+|[+l§Øü][ \u3000\u00a0]+)"
    f"(?=[{HAN}“《（])"
    "|[+l§nuopqvØü]\t+[ \u00a0]*")
NOTE = re.compile(r"\[\^([^\[\]\s]{1,20})\]:[ \t\u3000]*(?=[^ \t\u3000])")
_QUOTED = lazy(r"(?:>[ \t\u3000]*)+(?![ \t\u3000]*[\d=>])")
_DIVIDER = re.compile(r"(?:-{3,}|\*{3,}|_{3,}|={3,}|(?:[-*_] ){2,}[-*_]|[—─━═＝－]{3,})\Z")
# More bars than a page has room for are no table.
MAX_COLUMNS = 40
Kind = Literal["blank", "subheading", "bullet", "table", "columns", "divider", "note", "text"]


def _kind(line: str) -> Kind:
    if not line:
        return "blank"
    if "\u4e00" <= line[0] <= "\u9fff":
        return "text"
    if SUBHEADING.match(line):
        return "subheading"
    if line[0] == "[" and NOTE.match(line):
        return "note"
    if _DIVIDER.match(line):
        return "divider"
    if line.startswith("|") and 1 < line.count("|") <= MAX_COLUMNS + 1:
        return "table"
    return "bullet" if BULLET.match(line) else "text"


@dataclass(frozen=True)
class LineGroup:
    """Lines of a body that stand together: of one kind, or a list's with the lines that run on.

    ``columns`` are lines with tabs between cells, ``divider`` a line of dashes that is not printed,
    ``note`` lines that say a footnote each.
    """

    kind: Kind
    lines: Sequence[Line]


@lru_cache(maxsize=256)
def _lines(text: str) -> tuple[Line, ...]:
    return tuple(lines_of(without_remnants(text)))


@lru_cache(maxsize=256)
def groups_of(text: str) -> tuple[LineGroup, ...]:
    """A body in groups of lines, blank lines between them left out."""
    lines = _without_page_numbers([_unquoted(line) for line in _lines(text)])
    kinds = [_kind(line.text.text) for line in lines]
    if any("\t" in line.raw.text for line in lines):
        _mark_columns(lines, kinds)
    found: list[LineGroup] = []
    start = 0
    for at in range(1, len(lines) + 1):
        last = kinds[at - 1]
        goes_on = at < len(lines) and (kinds[at] == last or (kinds[at] == "text" and last == "bullet"))
        if goes_on and kinds[at] == "text":
            kinds[at] = kinds[start] if kinds[start] == "bullet" else "text"
        if not goes_on or last == "subheading" or _leaves(lines, kinds, start, at):
            if kinds[start] != "blank":
                found.append(LineGroup(kinds[start], lines[start:at]))
            if at < len(lines) and goes_on and kinds[at] == "bullet" and not BULLET.match(lines[at].text.text):
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
    if kinds[start] != "bullet" or BULLET.match(lines[at].text.text):
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


def entries_of(group: LineGroup) -> list[list[Line]]:
    """A group's lines by paragraph, entry or row: those of one were only wrapped."""
    entries: list[list[Line]] = []
    for at, line in enumerate(group.lines):
        goes_on = at > 0 and (not BULLET.match(line.text.text) if group.kind == "bullet" else
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
