"""What pages and Word leave in a pasted text: comments, deleted text, tags, entities.

A body is printed without them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bulletin_press.document.placed_text import INDENTS, PlacedText
from bulletin_press.language.script import is_chinese, lazy

Kind = Literal["comment", "open comment", "deleted", "open deletion", "revision", "picture", "link", "break", "tag",
               "entity", "blank"]

_BREAKING = ("br|p|div|li|ul|ol|dl|dt|dd|tr|table|tbody|thead|tfoot|section|article|blockquote|center|figure"
             "|figcaption|pre|hr|h[1-6]")
_INLINE = ("a|abbr|b|big|cite|code|del|em|font|i|iframe|img|ins|kbd|label|mark|q|s|samp|small|span|strike|strong|sub"
           "|sup|td|th|tt|u|var|video|audio|embed|object|html|head|body|meta|form|input|button|svg")
# Attributes as HTML has them: “x<b 且 y>z” is no tag.
_ATTRIBUTES = r"""(?:\s+[A-Za-z_:@][\w:.@-]*(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))?)*\s*/?>"""
_TAG = lazy(
    rf"</?(?:(?P<breaking>{_BREAKING})|(?P<inline>{_INLINE})|[A-Za-z]\w{{0,9}}:[A-Za-z]\w{{0,30}}){_ATTRIBUTES}"
    r"|<!\[[^<>\n]{0,80}\]>|<\?xml[^<>]{0,400}>|<!DOCTYPE[^<>]{0,400}>", re.I | re.ASCII)
_TABLE = lazy(r"<(table|tr)(?=[\s>])[^<>]*>", re.I)
_ENTITY = lazy(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_START = re.compile(r"`[^`\n]+`|\\[<&\[{]|[<&]|\[(?=-)|\{(?=[+>~-])")
# Line ends and tabs of a table's source are none of its text.
_START_IN_TABLE = lazy(_START.pattern + r"|[ \t\r]*[\n\t]\s*")
# Tags between which stands what was deleted.
_DELETED = lazy(
    r"<(?P<name>del|s|strike)(?=[\s>])[^<>]*>"
    r"|<(?P<styled>[A-Za-z][A-Za-z0-9]{0,9})(?=\s)[^<>]*(?:line-through|msoDel\b)[^<>]*>", re.I | re.ASCII)
# What programs that compare texts, and CriticMarkup, write: group “kept” stays.
_REVISION = lazy(
    r"\[-(?!\s*-\])[^\[\]\n]{1,400}?-\]|\{--[^{}\n]{1,400}?--\}|\{>>[^{}\n]{1,400}?<<\}"
    r"|\{~~[^{}\n]{0,400}?~>(?P<new>[^{}\n]{0,400}?)~~\}|\{\+{1,2}(?P<kept>[^{}\n]{1,400}?)\+{1,2}\}")
_HIDDEN = lazy(r"<(script|style)(?=[\s>])", re.I)
# A text without any of these holds none.
_CUES = ("<", "&", "[-", "{+", "{-", "{>", "{~")
# How an entity of a blank is told from the others.
_SPACES = frozenset("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000 \t")
_NOTHING = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


class _Reading:
    """What is known of a string while it is read: which elements never end, where the table ends."""

    def __init__(self) -> None:
        self.closes: dict[str, bool] = {}
        self.table_end = 0
        self.first_cell = True
        self.lone_row = False


@dataclass(frozen=True)
class Remnant:
    """A comment, deletion, tag or entity at ``start`` to ``end`` of a string, and what is read in its place."""

    start: int
    end: int
    kind: Kind
    read: str = ""


def entity_end(text: str, start: int) -> int:
    """Where the entity at a place ends; the place behind one character if there is none."""
    match = _ENTITY.match(text, start)
    return match.end() if match else start + 1


def remnants(text: str) -> Iterator[Remnant]:
    """Each remnant of a string, from left to right; `code` and what stands behind a backslash are none."""
    if not any(cue in text for cue in _CUES):
        return
    at, reading = 0, _Reading()
    while match := (_START_IN_TABLE if at < reading.table_end else _START).search(text, at):
        at = match.end()
        if match.group().isspace():
            yield Remnant(match.start(), at, "blank", " ")
        elif len(match.group()) == 1:
            for found in _found(text, match.start(), reading):
                yield found
                at = found.end


def _found(text: str, start: int, reading: _Reading) -> tuple[Remnant, ...]:
    if text[start] in "[{":
        return _revision(text, start)
    found = _entity(text, start) if text[start] == "&" else _tag(text, start, reading)
    return (found,) if found else ()


def _revision(text: str, start: int) -> tuple[Remnant, ...]:
    """What a comparison of two texts deleted; of what it put in, the marks round it."""
    match = _REVISION.match(text, start)
    if match is None:
        return ()
    stays = next((name for name in ("kept", "new") if match[name] is not None), None)
    if stays is None:
        return (Remnant(start, match.end(), "deleted"),)
    before, after = match.span(stays)
    return (Remnant(start, before, "deleted" if stays == "new" else "revision"),
            Remnant(after, match.end(), "revision"))


def _tag(text: str, start: int, reading: _Reading) -> Remnant | None:
    if text.startswith("<!--", start):
        end = text.find("-->", start + 4)
        return Remnant(start, end + 3, "comment") if end >= 0 else Remnant(start, len(text), "open comment")
    if hidden := _HIDDEN.match(text, start):
        closed = _close(text, hidden.end(), hidden[1].lower(), reading.closes)
        if closed:
            return Remnant(start, closed, "comment")
    if deleted := _DELETED.match(text, start):
        closed = _close(text, deleted.end(), (deleted["name"] or deleted["styled"]).lower(), reading.closes)
        return Remnant(start, closed, "deleted") if closed else Remnant(start, deleted.end(), "open deletion")
    match = _TAG.match(text, start)
    if match is None:
        return None
    name = (match["breaking"] or match["inline"] or "").lower()
    if start >= reading.table_end and (table := _TABLE.match(text, start)):
        reading.table_end = _close(text, table.end(), table[1].lower(), reading.closes) or 0
        reading.lone_row = table[1].lower() == "tr"
    if start < reading.table_end and (match["breaking"] or name in ("td", "th")):
        return Remnant(start, match.end(), "break", _in_table(text, match, name, reading))
    if match["breaking"]:
        # In a row of a table a break would end the row.
        row = text[text.rfind("\n", 0, start) + 1 : start].lstrip(INDENTS)[:1] == "|"
        return Remnant(start, match.end(), "break", " " if row else "\n\n")
    kind: Kind = "picture" if name in ("img", "video", "audio", "iframe", "embed", "object", "svg") else \
        "link" if name == "a" and "href" in match.group().lower() else "tag"
    return Remnant(start, match.end(), kind)


def _in_table(text: str, tag: re.Match[str], name: str, reading: _Reading) -> str:
    """What is read for a tag of a table: its rows are lines, a tab stands between the cells of one."""
    closing = tag.group()[1] == "/"
    if name in ("table", "tbody", "thead", "tfoot"):
        return "\n" if name == "table" else ""
    if name == "tr":
        reading.first_cell = True
        # Rows without a table: between them the line ends of their source stand.
        before, after = text[max(0, tag.start() - 80) : tag.start()].rstrip(" \t"), text[tag.end() : tag.end() + 80]
        ended = reading.lone_row and (re.match(r"[ \t]*(?:\n|<tr[\s>])", after) if closing
                                      else before[-1:] in ("", "\n"))
        return "\n" if not ended and (reading.lone_row or not closing) else ""
    if name not in ("td", "th"):
        return "" if is_chinese(text[tag.start() - 1]) or is_chinese(text[tag.end() : tag.end() + 1]) else " "
    if closing:
        return ""
    tab = "" if reading.first_cell else "\t"
    reading.first_cell = False
    return tab


def _close(text: str, start: int, name: str, closes: dict[str, bool]) -> int | None:
    """Where the element of a name ends that began before ``start``; ``closes`` keeps what never ends."""
    depth, pattern = 1, re.compile(rf"<(/?){name}(?=[\s>])[^<>]*>", re.I)
    for match in pattern.finditer(text, start) if closes.get(name, True) else ():
        depth += -1 if match[1] else 1
        if not depth:
            return match.end()
    closes[name] = False
    return None


def _entity(text: str, start: int) -> Remnant | None:
    match = _ENTITY.match(text, start)
    if match is None:
        return None
    read = html.unescape(match.group())
    if read == match.group() or read == "\ufffd":
        return None
    if read in _NOTHING:
        return Remnant(start, match.end(), "entity")
    if read in _SPACES:
        return Remnant(start, match.end(), "entity", " ")
    return Remnant(start, match.end(), "entity", read) if read.isprintable() else None


def without_remnants(text: str) -> PlacedText:
    """A string as it is read: entities as their characters, tags that end a line as ends of paragraphs.

    An entity of a blank at the head of a line is an indent; among Chinese it is nothing.
    """
    found = list(remnants(text))
    if not found:
        return PlacedText.of(text)
    chars, at, last = list[str](), list[int](), 0
    for one in found:
        chars += text[last : one.start]
        at += range(last, one.start)
        read = one.read
        if one.kind == "blank":
            read = _space(chars, text[one.end : one.end + 1])
        elif one.kind == "entity" and read == " ":
            head = "".join(chars[-80:]).rpartition("\n")[2].strip(INDENTS) == ""
            read = "\u3000" if head else _space(chars, text[one.end : one.end + 1])
        chars += read
        at += [one.start] * len(read)
        last = one.end
    chars += text[last:]
    at += range(last, len(text))
    return PlacedText("".join(chars), at)


def _space(before: list[str], after: str) -> str:
    left = before[-1] if before else ""
    return "" if is_chinese(left) or is_chinese(after) or left in ("", " ", "\n") else " "
