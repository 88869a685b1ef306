"""Edits of a state that is no longer the file's, brought over to the one that is: three ways, by key path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from bulletin_press.desk.store.edits import (
    Delete,
    Edit,
    Insert,
    Misplaced,
    Move,
    Set,
    differences,
    edited,
    list_path,
    place_of,
    same,
    value_at,
)
from bulletin_press.desk.store.literals import literal
from bulletin_press.toml.positions import KeyPath

# How alike two items must be to be the same one, changed.
_ALIKE = 0.5


@dataclass(frozen=True)
class Conflict:
    """A value that was changed here and elsewhere: as both had it, as it was to be, and as it is in the file.

    None where there is none. ``path`` is where it stands in the file now.
    """

    path: KeyPath
    base: Any
    mine: Any
    theirs: Any

    @property
    def texts(self) -> tuple[str, str]:
        """Mine and theirs, to be read side by side."""
        return _shown(self.mine), _shown(self.theirs)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "\n".join(f"{key} = {_shown(one)}" for key, one in value.items())
    return "" if value is None else value if isinstance(value, str) else literal(value)


@dataclass(frozen=True)
class Merged:
    """Edits of the file as it is, and what could not be brought over."""

    edits: tuple[Edit, ...]
    conflicts: tuple[Conflict, ...]


def merged(base: Mapping[str, Any], current: Mapping[str, Any], edits: Sequence[Edit]) -> Merged:
    """Bring edits of one state over to another.

    Args:
        base: the values that the edits were made of.
        current: the values in the file.
        edits: each made after the one before it.

    Raises:
        Misplaced: an edit is of what was not there in ``base`` either.
    """
    kept, conflicts = list[Edit](), list[Conflict]()
    mine, now = dict(base), dict(current)
    for whole in edits:
        for edit in _parts(mine, whole):
            found = _brought(mine, now, edit)
            mine = edited(mine, edit)
            if isinstance(found, Conflict):
                conflicts.append(found)
            elif found is not None:
                try:
                    now = edited(now, found)
                    kept.append(found)
                except Misplaced:
                    conflicts.append(Conflict(place_of(found), None, getattr(edit, "value", None), None))
    return Merged(tuple(kept), tuple(conflicts))


def _parts(values: Mapping[str, Any], edit: Edit) -> Iterator[Edit]:
    """An edit of a table as edits of what differs in it."""
    old = value_at(values, edit.path) if isinstance(edit, Set) else None
    if isinstance(edit, Set) and old is not None and edit.value is not None:
        yield from differences(old, edit.value, edit.path)
    else:
        yield edit


def _brought(base: Mapping[str, Any], current: Mapping[str, Any], edit: Edit) -> Edit | Conflict | None:
    """An edit as it is to be made now; None where it has been made already."""
    if isinstance(edit, Set):
        return _set(base, current, edit)
    path = _path_now(base, current, list_path(edit))
    old, new = value_at(base, list_path(edit)) or [], value_at(current, path or ()) or []
    if path is None:
        return Conflict(list_path(edit), old, None, None)
    twins = _twins(old, new)
    if isinstance(edit, Insert):
        return replace(edit, section=path, at=_slot(twins, edit.at, len(new)))
    if edit.at >= len(old):
        raise Misplaced("这一则已经不在了，没有改动")
    at = twins[edit.at]
    if isinstance(edit, Delete):
        if at is None:
            return None
        return replace(edit, section=path, at=at) if same(old[edit.at], new[at]) else \
            Conflict((*path, at), old[edit.at], None, new[at])
    if at is None:
        return Conflict((*path, edit.at), old[edit.at], old[edit.at], None)
    return _move(edit, path, twins, at, len(new))


def _move(edit: Move, path: KeyPath, twins: Sequence[int | None], at: int, count: int) -> Edit:
    """A move to behind the item that it was to follow."""
    others = [index for index in range(len(twins)) if index != edit.at]
    left = [index for index in range(count) if index != at]
    for follows in reversed(others[: edit.to]):
        twin = twins[follows]
        if twin is not None:
            return Move(path, at, left.index(twin) + 1)
    return Move(path, at, 0)


def _slot(twins: Sequence[int | None], at: int, count: int) -> int:
    """Where a new item goes: behind the one that it was to follow, or else before the next."""
    for twin in reversed(twins[:at]):
        if twin is not None:
            return twin + 1
    return next((twin for twin in twins[at:] if twin is not None), count if at else 0)


def _set(base: Mapping[str, Any], current: Mapping[str, Any], edit: Set) -> Edit | Conflict | None:
    path = _path_now(base, current, edit.path)
    was = value_at(base, edit.path)
    if path is None:
        return Conflict(edit.path, was, edit.value, None)
    now = value_at(current, path)
    if same(now, edit.value):
        return None
    return Set(path, edit.value) if same(was, now) else Conflict(path, was, edit.value, now)


def _path_now(base: Any, current: Any, path: KeyPath) -> KeyPath | None:
    """Where a path of one state leads in the other; None where the item on it is gone."""
    found: KeyPath = ()
    for part in path:
        if isinstance(part, int) and isinstance(base, list) and isinstance(current, list) \
                and all(isinstance(one, Mapping) for one in (*base, *current)) and part < len(base):
            twin = _twins(base, current)[part]
            if twin is None:
                return None
            found, base, current = (*found, twin), base[part], current[twin]
            continue
        found = (*found, part)
        base, current = value_at(base, (part,)), value_at(current, (part,))
    return found


def _twins(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """For each item of one list its like in another: the very same one first, wherever it stands, then the likest."""
    found: list[int | None] = [None] * len(old)
    free = dict.fromkeys(range(len(new)))
    texts = [repr(one) for one in new]
    for at, one in enumerate(old):
        there = [index for index in free if texts[index] == repr(one)]
        if there:
            found[at] = at if at in there else there[0]
            free.pop(found[at] or 0)
    pairs = sorted(((_alike(old[at], new[index]), -abs(at - index), at, index)
                    for at in range(len(old)) if found[at] is None for index in free), reverse=True)
    for likeness, _, at, index in pairs:
        if likeness >= _ALIKE and found[at] is None and index in free:
            found[at] = index
            free.pop(index)
    left = [at for at, twin in enumerate(found) if twin is None]
    if len(old) == len(new) and left == list(free):
        # As many as before, and each of the rest where it stood: what was rewritten throughout.
        for at in left:
            found[at] = at
    return found


def _alike(one: Any, other: Any) -> float:
    """How alike two items are, of 1: the keys with the same value, and the likeness of texts."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return 0.0
    keys = {*one, *other}
    if not keys:
        return 1.0
    return sum(_text_likeness(one.get(key), other.get(key)) for key in keys) / len(keys)


def _text_likeness(one: Any, other: Any) -> float:
    if same(one, other):
        return 1.0
    if isinstance(one, str) and isinstance(other, str):
        return SequenceMatcher(None, one[:400], other[:400], autojunk=False).quick_ratio()
    return 0.0
