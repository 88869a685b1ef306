"""Edits of an issue by key path, what they make of its values, and which edits lead from one state to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from bulletin_press.ground.diagnostics import PressError
from bulletin_press.toml.positions import KeyPath, shown_path


class Misplaced(PressError):
    """An edit of what is not there."""


@dataclass(frozen=True)
class Set:
    """A value put in its place; None removes the key.

    Values are str, int, Decimal, bool, dates and times, and lists and dicts of them.
    """

    path: KeyPath
    value: Any


@dataclass(frozen=True)
class Insert:
    """A new item of a section, before that which has the index ``at`` now.

    ``section`` is its key, or the path of another list of tables.
    """

    section: str | KeyPath
    at: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Move:
    """An item put elsewhere in its section: it has the index ``to`` afterwards."""

    section: str | KeyPath
    at: int
    to: int


@dataclass(frozen=True)
class Delete:
    """An item taken out of its section; the last one takes the section's key with it."""

    section: str | KeyPath
    at: int


Edit: TypeAlias = Set | Insert | Move | Delete


def list_path(edit: Insert | Move | Delete) -> KeyPath:
    """The path of the list that an edit is about."""
    return (edit.section,) if isinstance(edit.section, str) else edit.section


def place_of(edit: Edit) -> KeyPath:
    """Where an edit has happened: the value, or the item."""
    if isinstance(edit, Set):
        return edit.path
    return (*list_path(edit), edit.to if isinstance(edit, Move) else edit.at)


def words_of(edit: Edit) -> str:
    """What an edit does, in a word or two."""
    if isinstance(edit, Set):
        return "删去" if edit.value is None else "改"
    return {Insert: "添一则", Move: "移动", Delete: "删去一则"}[type(edit)]


def value_at(values: Any, path: KeyPath) -> Any:
    """The value at a path, None where there is none."""
    for part in path:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def same(one: Any, other: Any) -> bool:
    """Whether two values are typed alike: 12.5 is not 12.50, and true is not 1."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Decimal | float) or isinstance(other, Decimal | float):
        numbers = (int, Decimal, float)
        return isinstance(one, numbers) and isinstance(other, numbers) and _plain(one) == _plain(other)
    return type(one) is type(other) and bool(one == other)


def _plain(number: float | Decimal) -> str:
    return f"{Decimal(repr(number)) if isinstance(number, float) else Decimal(number):f}"


def pruned(values: Any) -> Any:
    """Values without tables and lists that hold nothing: a table's last key may take it along."""
    if isinstance(values, Mapping):
        kept = {key: pruned(value) for key, value in values.items()}
        return {key: value for key, value in kept.items() if not (isinstance(value, dict | list) and not value)}
    return [pruned(value) for value in values] if isinstance(values, list | tuple) else values


def edited(values: Mapping[str, Any], edit: Edit) -> dict[str, Any]:
    """The values after an edit; those given stay as they are.

    Raises:
        Misplaced: it is of something that is not there.
    """
    if isinstance(edit, Set):
        return dict(_put(values, edit.path, edit.value, edit.path))
    path = list_path(edit)
    items = value_at(values, path)
    items = list(items) if isinstance(items, list) else []
    count = len(items)
    if not 0 <= edit.at < count + isinstance(edit, Insert) or (isinstance(edit, Move) and not 0 <= edit.to < count):
        raise Misplaced(f"{shown_path((*path, edit.at))} 已经不在了，没有改动")
    if isinstance(edit, Insert):
        items.insert(edit.at, dict(edit.values))
    else:
        item = items.pop(edit.at)
        if isinstance(edit, Move):
            items.insert(edit.to, item)
    return dict(_put(values, path, items or None, path))


def _put(old: Any, path: KeyPath, value: Any, whole: KeyPath) -> Any:
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(part, int):
        if not isinstance(old, list) or not 0 <= part < len(old) + (value is not None):
            raise Misplaced(f"{shown_path(whole)} 已经不在了，没有改动")
        made = _put(old[part] if part < len(old) else None, rest, value, whole)
        return [*old[:part], *([] if made is None else [made]), *old[part + 1:]]
    if old is not None and not isinstance(old, Mapping):
        raise Misplaced(f"{shown_path(whole)} 已经换成别的写法，没有改动")
    known = dict(old or {})
    if value is None and part not in known:
        return known
    made = _put(known.get(part), rest, value, whole)
    if made is None:
        known.pop(part, None)
    else:
        known[part] = made
    return known


def differences(old: Any, new: Any, path: KeyPath = ()) -> Iterator[Edit]:
    """Edits that lead from some values to others, each to be made after the one before it."""
    if same(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [key for key in old if key not in new]:
            yield Set((*path, key), None)
        for key, value in new.items():
            yield from differences(old.get(key), value, (*path, key))
    elif _tables(old) and _tables(new):
        yield from _of_items(old, new, path)
    else:
        yield Set(path, new)


def _tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _of_items(old: Sequence[Any], new: Sequence[Any], path: KeyPath) -> Iterator[Edit]:
    at = 0
    codes = SequenceMatcher(None, list(map(repr, old)), list(map(repr, new)), autojunk=False).get_opcodes()
    for _, start, end, new_start, new_end in codes:
        both = min(end - start, new_end - new_start)
        for step in range(both):
            yield from differences(old[start + step], new[new_start + step], (*path, at))
            at += 1
        for _ in range(end - start - both):
            yield Delete(path, at)
        for one in new[new_start + both : new_end]:
            yield Insert(path, at, one)
            at += 1
