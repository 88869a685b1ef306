"""Edits of an issue's text, each at its own place: comments, order and everything else stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bulletin_press.ground.diagnostics import InputFault, PressError
from bulletin_press.toml.positions import KeyPath, Table, parse_table
from bulletin_press.toml.source import Source

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z", re.ASCII)
_HEADER = re.compile(r"^[ \t]*\[\[?[ \t]*([^\[\]\n]*?)[ \t]*\]\]?[ \t]*(?:#.*)?$", re.M)


@dataclass(frozen=True)
class Bare:
    """A value as TOML has it, without quotes: a number with its digits, a date."""

    text: str


@dataclass(frozen=True)
class Set:
    """A value at a path; None removes the key."""

    path: KeyPath
    value: Any


@dataclass(frozen=True)
class Insert:
    """A new item of a section, before the one at ``at``; at the end where ``at`` is their number."""

    section: str
    at: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Move:
    """An item of a section to another place among them."""

    section: str
    at: int
    to: int


@dataclass(frozen=True)
class Delete:
    """An item of a section, with its tables."""

    section: str
    at: int


Edit = Set | Insert | Move | Delete


def edited(text: str, edit: Edit) -> str:
    """The text with an edit.

    Raises:
        PressError: the text cannot be read, has no such place, or would not say what was meant.
    """
    table = parse_table(Source("issue.toml", text))
    match edit:
        case Set():
            after = _set(table, edit)
            _require_only(table, after, edit)
            return after
        case Insert():
            return _inserted(table, edit)
        case Delete():
            start, end = _block(table, edit.section, edit.at)
            return text[:start] + text[end:]
        case Move():
            return _moved(table, edit)


# --- one value --------------------------------------------------------------------------------


def toml(value: Any, before: str = "") -> str:
    """A value as TOML; a text of several lines keeps the quotes that stood there where it can."""
    if isinstance(value, Bare):
        if not (_DATE.match(value.text) or _NUMBER.match(value.text)):
            return quoted(value.text)
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key_of(key)} = {toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(toml(one) for one in value) + "]"
    said = str(value).replace("\r\n", "\n").replace("\r", "\n")
    if "\n" not in said and not before.startswith(("'''", '"""')):
        return quoted(said)
    if "'''" not in said and not said.endswith("'") and not _unprintable(said):
        return f"'''\n{said}'''"
    escaped = "".join(_escaped(char, '\n\t') for char in said).replace('"""', '""\\"')
    return f'"""\n{escaped[:-1] + chr(92) + chr(34) if escaped.endswith(chr(34)) else escaped}"""'


def quoted(text: str) -> str:
    """A TOML string of one line."""
    return '"' + "".join('\\"' if char == '"' else _escaped(char, "") for char in text) + '"'


def _escaped(char: str, kept: str) -> str:
    if char == "\\":
        return "\\\\"
    if char in kept or (ord(char) >= 0x20 and ord(char) != 0x7F):
        return char
    return {"\n": "\\n", "\t": "\\t"}.get(char, f"\\u{ord(char):04x}")


def _unprintable(text: str) -> bool:
    return any((ord(char) < 0x20 and char not in "\n\t") or ord(char) == 0x7F for char in text)


def key_of(name: str) -> str:
    """A key as TOML has it."""
    return name if _BARE.match(name) else quoted(name)


def _set(table: Table, edit: Set) -> str:
    text, place = table.source.text, table.places.get(edit.path)
    if edit.value is None:
        return text if place is None else _without(table, edit.path)
    if place is not None and table.value(edit.path) is not None:
        start, end = place.value
        return text[:start] + toml(edit.value, text[start:end]) + text[end:]
    line = f"{key_of(str(edit.path[-1]))} = {toml(edit.value)}\n"
    parent = edit.path[:-1]
    if table.value(parent) is None:
        return _with_table(text, parent, line)
    at = _end_of_keys(table, parent)
    return text[:at] + ("" if at == 0 or text[at - 1] == "\n" else "\n") + line + text[at:]


def _with_table(text: str, path: KeyPath, line: str) -> str:
    if any(isinstance(part, int) for part in path):
        raise PressError("没有这一则，没有存")
    name = ".".join(key_of(str(part)) for part in path)
    return text.rstrip("\n") + f"\n\n[{name}]\n{line}"


def _without(table: Table, path: KeyPath) -> str:
    """The text without a key; its line goes where nothing else stands on it."""
    text, place = table.source.text, table.places[path]
    start, end = text.rfind("\n", 0, place.key[0]) + 1, text.find("\n", place.value[1])
    end = len(text) if end < 0 else end + 1
    rest = text[place.value[1] : end].strip()
    if text[start : place.key[0]].strip() or (rest and not rest.startswith("#")):
        raise PressError("这一项与别的写在同一行，没有把握删去")
    return text[:start] + text[end:]


def _end_of_keys(table: Table, path: KeyPath) -> int:
    """Where a table's own keys end: behind the last of them, or behind its header."""
    text = table.source.text
    inner = [place.value[1] for other, place in table.places.items()
             if len(other) == len(path) + 1 and other[: len(path)] == path and not _is_table(table, other)]
    header = table.places.get(path)
    ends = [*inner, *([header.key[1], header.value[1]] if header and not inner else [])]
    if not ends:
        raise PressError("没有找到这一项该写在哪里，没有存")
    end = text.find("\n", max(ends))
    return len(text) if end < 0 else end + 1


def _is_table(table: Table, path: KeyPath) -> bool:
    """Whether a value is a table under a header of its own, and no part of the one above."""
    place = table.places[path]
    if not isinstance(table.value(path), dict | list):
        return False
    text = table.source.text
    return text[text.rfind("\n", 0, place.key[0]) + 1 :].lstrip(" \t").startswith("[")


def _require_only(table: Table, after: str, edit: Set) -> None:
    """Refuse a text that says anything else than was meant."""
    try:
        found = parse_table(Source("issue.toml", after))
    except InputFault:
        raise PressError("这样写文件就读不出来了，没有存") from None
    if _but(table.values, edit.path) != _but(found.values, edit.path):
        raise PressError("这一项的写法特别，没有把握改，没有存")


def _but(values: Any, path: KeyPath) -> Any:
    """Values without the one at a path, and without tables that are empty then."""
    if not path:
        return None
    if isinstance(values, Mapping):
        kept = {key: _but(value, path[1:]) if key == path[0] else value for key, value in values.items()}
        return {key: value for key, value in kept.items() if key != path[0] or value not in (None, {})}
    if isinstance(values, list):
        return [_but(value, path[1:]) if index == path[0] else value for index, value in enumerate(values)]
    return values


# --- items ------------------------------------------------------------------------------------


def _starts(table: Table, section: str) -> list[int]:
    """Where the lines of the items' headers begin."""
    text, count = table.source.text, len(table.values.get(section) or ())
    starts = []
    for index in range(count):
        place = table.places.get((section, index))
        if place is None:
            raise PressError("这个栏目的写法特别，没有把握增删")
        starts.append(text.rfind("\n", 0, place.key[0]) + 1)
    if len(set(starts)) != count or not all(text[start:].lstrip(" \t").startswith("[[") for start in starts):
        raise PressError("这个栏目的写法特别，没有把握增删")
    return starts


def _block(table: Table, section: str, at: int) -> tuple[int, int]:
    """An item from its header to the next header that is none of its tables, comments before that left out."""
    text, starts = table.source.text, _starts(table, section)
    if not 0 <= at < len(starts):
        raise PressError("没有这一则")
    start = starts[at]
    inside = {place.value for path, place in table.places.items() if place.characters is not None}
    end = len(text)
    for match in _HEADER.finditer(text, text.find("\n", start) if "\n" in text[start:] else len(text)):
        if any(one <= match.start() < two for one, two in inside):
            continue
        if match[1].replace(" ", "").split(".")[0] != section or match.start() in starts:
            end = match.start()
            break
    # A remark above the next header is the next one's.
    head = text[start:end].rstrip("\n").split("\n")
    while len(head) > 1 and (not head[-1].strip() or head[-1].lstrip().startswith("#")):
        if head[-1].lstrip().startswith("#") and end == len(text):
            break
        head.pop()
    stop = start + len("\n".join(head)) + 1
    while stop < end and text[stop] == "\n":
        stop += 1
    return start, min(stop, end)


def _inserted(table: Table, edit: Insert) -> str:
    text = table.source.text
    lines = f"[[{key_of(edit.section)}]]\n" + "".join(
        f"{key_of(key)} = {toml(value)}\n" for key, value in edit.values.items())
    starts = _starts(table, edit.section)
    if not 0 <= edit.at <= len(starts):
        raise PressError("没有这个位置")
    if not starts:
        return text.rstrip("\n") + "\n\n" + lines
    if edit.at < len(starts):
        at = starts[edit.at]
        return text[:at] + lines + "\n" + text[at:]
    at = _block(table, edit.section, len(starts) - 1)[1]
    gap = "" if text[:at].endswith("\n\n") else "\n" if text[:at].endswith("\n") else "\n\n"
    return text[:at] + gap + lines + ("\n" if text[at:] else "") + text[at:]


def _moved(table: Table, edit: Move) -> str:
    text, starts = table.source.text, _starts(table, edit.section)
    if not (0 <= edit.at < len(starts) and 0 <= edit.to < len(starts)):
        raise PressError("没有这个位置")
    blocks = [_block(table, edit.section, index) for index in range(len(starts))]
    order = list(range(len(starts)))
    order.insert(edit.to, order.pop(edit.at))
    pieces = [text[start:end].rstrip("\n") + "\n" for start, end in blocks]
    made, last = text[: blocks[0][0]], blocks[0][0]
    for (start, end), index in zip(blocks, order, strict=True):
        gap = text[start + len(text[start:end].rstrip("\n")) : end]
        made += text[last:start] + pieces[index] + gap[1:]
        last = end
    return made + text[last:]
