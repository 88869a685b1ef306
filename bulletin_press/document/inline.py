"""The author's marks inside a line: bold, emphasis dots, links, calls of notes, escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from bulletin_press.document.placed_text import PlacedText
from bulletin_press.document.references import reference_of
from bulletin_press.document.tree import Call, Dotted, Inline, Link, Ruby, Strong, Text
from bulletin_press.language.script import HAN, lazy

_ESCAPED = re.compile(r"\\([\\*\[\]{}()|#<>&`~_$=+-])")
# Not after an exclamation mark: a picture, which bodies have none of, comes out as it was typed.
_LINK = re.compile(r"\[(?<!\A!\[)(?<![^A-Za-z]!\[)([^\[\]\n]+)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
# As long as an address may be: without a limit every link would search the rest of the text.
_BARE_URL = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{0,2000}[A-Za-z0-9/=#_~-]")
# Four stars in a row hide digits (138****5678): no mark, wherever they stand.
_STRONG = re.compile(r"(?:(?<!\*)|(?<=\\\*))\*\*(?!\*\*)(?=\S)((?:\*{4,}(?!\*)|(?!\*\*).)+)(?<=\S)\*\*(?!\*\*)", re.S)
# Hanzi or their marks at both ends: where programs are spoken of, a==b and c==d stay what they are.
_DOTTED = lazy(rf"(?<![=\\])==(?=[{HAN}“‘《（【*])([^=\n]{{1,200}})(?<=[{HAN}”’》）】*])==(?!=)")
# 汉字 and as many syllables, with or without their tones: a colon, for a bar would part the cells of a table.
_SYLLABLE = "[A-Za-zāáǎàōóǒòēéěèêīíǐìūúǔùüǖǘǚǜńňǹ]{1,7}"
_RUBY = lazy(rf"(?<!\\)\{{([{HAN}]{{1,12}})[:：] ?({_SYLLABLE}(?:[ '’·]{_SYLLABLE}){{0,11}})\}}")
CALL = re.compile(r"(?<!\\)\[\^([^\[\]\s]{1,20})\]")
# A text without any of these has no mark.
_CUES = ("**", "http", "](", "\\", "==", "[^", "{")
_SAFE_LINK = re.compile(r"(?:https?://[^\s/?#]+|mailto:[^\s@]+@[^\s@]+\.[^\s@]+)", re.I)
_NO_SCHEME = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?([/?#]\S*)?")


def safe_href(typed: str) -> str | None:
    """The address to link to, or None: http, https and mailto only.

    An address without a scheme (www.ibm.com) is taken for https.
    """
    typed = typed.strip()
    href = typed if _SAFE_LINK.match(typed) else "https://" + typed if _NO_SCHEME.fullmatch(typed) else None
    # Not printable: control characters, blanks, and marks that turn the direction of reading.
    return href if href and href.isprintable() and " " not in href and _splits(href) else None


def link_target(typed: str) -> str | None:
    """The address that a link in a body may have: ``safe_href``'s, or another issue's as it is typed."""
    return typed.strip() if reference_of(typed) else safe_href(typed)


def _splits(href: str) -> bool:
    try:
        return urlsplit(href).port is None or True
    except ValueError:
        return False


def parse_inline(text: str) -> tuple[Inline, ...]:
    """The marks inside one line of text (a title has none: use ``Text``)."""
    return tuple(inlines_of(PlacedText.of(text)))


@dataclass(frozen=True)
class Marks:
    """Which marks are read; what stands inside one is read without it. ``notes``: numbers by label."""

    strong: bool = True
    dots: bool = True
    links: bool = True
    notes: Mapping[str, int] = field(default_factory=dict)

    def patterns(self, text: str) -> list[re.Pattern[str]]:
        """The patterns of the marks that a text may have."""
        return [_ESCAPED, *((_LINK, _BARE_URL) if self.links else ()), *((_STRONG,) if self.strong else ()),
                *((_DOTTED,) if self.dots and "==" in text else ()), *((_RUBY,) if "{" in text else ()),
                *((CALL,) if self.notes else ())]


ALL = Marks()


def inlines_of(piece: PlacedText, marks: Marks = ALL) -> Iterator[Inline]:
    """Marks in one pass: at each place the earliest mark wins."""
    if not any(cue in piece.text for cue in _CUES):
        yield from _plain(piece)
        return
    patterns = marks.patterns(piece.text)
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
        yield from _marked(match, piece, marks)
        at = match.end()


def _marked(match: re.Match[str], piece: PlacedText, marks: Marks) -> Iterator[Inline]:
    inner = piece[match.start(1) : match.end(1)] if match.re is not _BARE_URL else piece
    if match.re is _ESCAPED:
        yield from _plain(inner)
    elif match.re is _STRONG:
        yield Strong(tuple(inlines_of(inner, replace(marks, strong=False))))
    elif match.re is _BARE_URL:
        yield Link(match.group(), tuple(_plain(piece[match.start() : match.end()])))
    elif match.re is CALL:
        number = marks.notes.get(match[1])
        yield from [Call(number)] if number else _plain(piece[match.start() : match.end()])
    elif match[0].startswith("{"):
        syllables = syllables_of(match)
        yield from [Ruby(tuple(_plain(inner)), syllables)] if syllables else _plain(piece[match.start() : match.end()])
    elif match[0].startswith("=="):
        yield Dotted(tuple(inlines_of(inner, replace(marks, dots=False))))
    else:
        children = tuple(inlines_of(inner, replace(marks, links=False)))
        href = link_target(match[2])
        if href:
            yield Link(href, children)
        else:
            yield from children


def syllables_of(match: re.Match[str]) -> tuple[str, ...]:
    """The syllables of 汉字 with their reading; none where there are more or fewer than 汉字."""
    syllables = tuple(re.split("[ '’·]", match[2]))
    return syllables if len(syllables) == len(match[1]) else ()


def ruby_at(text: str) -> Iterator[tuple[int, int]]:
    """Where readings are read in a text: start and end, marks and all."""
    found = _RUBY.finditer(text) if "{" in text else ()
    return (match.span() for match in found if syllables_of(match))


def dotted_at(text: str) -> Iterator[tuple[int, int]]:
    """Where emphasis dots are read in a text: start and end, marks and all."""
    return (match.span() for match in (_DOTTED.finditer(text) if "==" in text else ()))


def refused_links(text: str) -> Iterator[tuple[int, int, str]]:
    """Links to addresses that the press will not make: start, end, address."""
    for match in _LINK.finditer(text):
        if link_target(match[2]) is None:
            yield match.start(2), match.end(2), match[2]


def links_in(text: str) -> Iterator[tuple[int, str]]:
    """The links that a body has with words of their own: where the address begins, the address."""
    return ((match.start(2), match[2]) for match in _LINK.finditer(text))


def _plain(piece: PlacedText) -> Iterator[Text]:
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
