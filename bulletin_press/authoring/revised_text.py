"""A reviser's words as edits of issue.toml: each into the string that it changes, escaped as that string asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from bulletin_press.toml.positions import KeyPath, Table
from bulletin_press.writers.word.slots import Place, Slot

Edit = tuple[int, int, str]
"""Characters of the file, from and to, and what stands there instead."""

NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
# What would be read as one of our marks in a body.
_MARKS = re.compile(r"[\\*\[\]|<&`]")
_OPENING = re.compile(r"[ \t\u3000]*(?:[-*•·]|#{2,6})[ \t\u3000]*\Z")
_MARKED = ("body", "intro")


class Unmapped(Exception):
    """A change that has no place in issue.toml; the message says why."""


def is_marked(path: KeyPath) -> bool:
    """Whether the marks of bodies are read in a string, which has paragraphs."""
    return path[-1] in _MARKED or path[:2] == ("report", "text")


def text_edits(table: Table, slot: Slot, new: str) -> tuple[Edit, ...]:
    """The edits by which a paragraph reads as it was revised.

    Raises:
        Unmapped: some of it is none of the author's text.
    """
    owned = [place if place and _owns(table, place, char) else None
             for place, char in zip(slot.at, slot.text, strict=True)]
    found = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, slot.text, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found.append(_edit(table, owned, start, end, new[new_start:new_end]))
    return tuple(found)


def _owns(table: Table, place: Place, char: str) -> bool:
    value = table.value(place[0])
    return isinstance(value, str) and place[1] < len(value) and value[place[1]] == char


def _edit(table: Table, owned: list[Place | None], start: int, end: int, new: str) -> Edit:
    places = owned[start:end]
    if places:
        first, last = places[0], places[-1]
        if first is None or last is None or None in places or first[0] != last[0]:
            raise Unmapped("改到了程序写的字")
        return source_edit(table, first[0], first[1], last[1] + 1, new)
    before = owned[start - 1] if start else None
    after = owned[start] if start < len(owned) else None
    if before:
        return source_edit(table, before[0], before[1] + 1, before[1] + 1, new)
    if after:
        return source_edit(table, after[0], after[1], after[1], new)
    raise Unmapped("加在了程序写的字里")


def source_edit(table: Table, path: KeyPath, start: int, end: int, new: str, *, marks: bool = False) -> Edit:
    """The edit of some characters of a string.

    Args:
        table: the issue.
        path: the string's.
        start: of its characters.
        end: exclusive.
        new: what is to stand there.
        marks: it has been given the marks that it is to have.

    Raises:
        Unmapped: the string is typed in a way that cannot hold it.
    """
    if is_marked(path) and not marks:
        new = _MARKS.sub(r"\\\g<0>", new)
    place = table.places.get(path)
    if place is None or place.characters is None:
        raise Unmapped("它在文件里的写法特别")
    opening = table.source.text[place.value[0] : place.value[0] + 3]
    if opening == "'''":
        if "'''" in new:
            raise Unmapped("里面有三个单引号")
    elif opening.startswith("'"):
        if "'" in new or "\n" in new:
            raise Unmapped("单引号里写不下，请把它改成 ''' ''' 再试")
    else:
        new = new.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
        if opening != '"""':
            new = new.replace("\n", "\\n")
    return (*table.offsets(path, start, end), new)


def added_edit(table: Table, slot: Slot, new: str) -> Edit:
    """The edit that puts another paragraph behind one.

    Raises:
        Unmapped: there are no paragraphs in what that one comes from.
    """
    last = slot.at[-1] if slot.at else None
    if last is None or not is_marked(last[0]) or not _owns(table, last, slot.text[-1]):
        raise Unmapped("新加的一段不在正文里")
    text = re.sub(r"\A(?=[-#>+•·=])", r"\\", _MARKS.sub(r"\\\g<0>", new))
    value = str(table.value(last[0]))
    # Behind a mark that ends with the paragraph: bold, a link.
    end = value.find("\n", last[1])
    at = len(value.rstrip()) if end < 0 else end
    return source_edit(table, last[0], at, at, "\n\n" + text, marks=True)


def removed_edit(table: Table, slot: Slot) -> Edit:
    """The edit that takes a paragraph away, with the mark before it.

    Raises:
        Unmapped: it is none of a body's.
    """
    places = [place for place in slot.at if place]
    if not places or len(places) < len(slot.at) or not is_marked(places[0][0]) \
            or not _owns(table, places[0], slot.text[0]):
        raise Unmapped("这一项不能空着")
    path, start = places[0]
    value = str(table.value(path))
    line = value.rfind("\n", 0, start) + 1
    if _OPENING.match(value[line:start]) or value[line:start].strip(" \t\u3000*[") == "":
        start = line
    last = places[-1][1] + 1
    end = value.find("\n", last)
    return source_edit(table, path, start, len(value) if end < 0 else end, "")


def number_pairs(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """The numbers that differ between two texts which say the same otherwise; none where they do not."""
    if NUMBER.sub("#", old) != NUMBER.sub("#", new):
        return ()
    return tuple(dict.fromkeys((one, two) for one, two in zip(NUMBER.findall(old), NUMBER.findall(new), strict=True)
                               if one != two))


def figures_of(table: Table, number: str) -> Iterator[KeyPath]:
    """The figures of the report that are typed as a number, or as the same below nought."""
    def walk(value: Any, path: KeyPath) -> Iterator[KeyPath]:
        if isinstance(value, dict):
            for key, one in value.items():
                if path != ("report",) or key not in ("source", "text", "period"):
                    yield from walk(one, (*path, key))
        elif isinstance(value, list):
            for at, one in enumerate(value):
                yield from walk(one, (*path, at))
        elif isinstance(value, int | Decimal) and not isinstance(value, bool) and abs(value) == Decimal(number):
            yield path

    yield from walk(table.values.get("report", {}), ("report",))


def figure_edit(table: Table, path: KeyPath, number: str) -> Edit:
    """The edit of a figure's digits; its sign stays.

    Raises:
        Unmapped: it is typed in a way of its own.
    """
    place = table.places.get(path)
    if place is None:
        raise Unmapped("它在文件里的写法特别")
    typed = table.source.text[slice(*place.value)]
    return (*place.value, ("-" if typed.startswith("-") else "") + number)


def with_edits(text: str, edits: list[Edit]) -> str:
    """A text with edits, the same one made once.

    Raises:
        Unmapped: two of them contradict each other.
    """
    ordered = sorted(set(edits))
    for one, two in pairwise(ordered):
        if two[0] < one[1] or (two[:2] == one[:2] and one[0] < one[1]):
            raise Unmapped("与另一处改动冲突")
    for start, end, new in reversed(ordered):
        text = text[:start] + new + text[end:]
    return text
