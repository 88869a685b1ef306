"""Edits made in a file's text: only what changes is touched, and what comes of it is read again before it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bulletin_press.desk.store.edits import (
    Edit,
    Insert,
    Set,
    differences,
    edited,
    place_of,
    pruned,
    same,
    value_at,
)
from bulletin_press.desk.store.items import item_splices
from bulletin_press.desk.store.laid import Laid, Splice
from bulletin_press.desk.store.literals import cleaned
from bulletin_press.desk.store.order import Order
from bulletin_press.desk.store.setting import Setting, Unplaced
from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.toml.positions import shown_path


def clean(edit: Edit) -> Edit:
    """An edit whose values can be written.

    Raises:
        InputFault: they hold what no file may.
    """
    if isinstance(edit, Set):
        try:
            return edit if edit.value is None else replace(edit, value=cleaned(edit.value))
        except InputFault as fault:
            raise InputFault(f"{shown_path(edit.path)}：{fault.message}") from None
    return replace(edit, values=cleaned(edit.values)) if isinstance(edit, Insert) else edit


def applied(laid: Laid, edits: Sequence[Edit], order: Order) -> Laid:
    """A file after some edits, each made after the one before it.

    Raises:
        InputFault: the file is no TOML; or a value cannot be written in it.
        Misplaced: an edit is of what is not there.
    """
    edits = [clean(edit) for edit in edits]
    if len(edits) > 1 and _apart(laid.table.values, edits):
        try:
            # Values beside one another: one reading of the text is enough for all.
            return _tried(laid, edits, order, plain=False)
        except (Unplaced, ValueError):
            pass
    for edit in edits:
        laid = _one(laid, edit, order)
    return laid


def _apart(values: Mapping[str, Any], edits: Sequence[Edit]) -> bool:
    """Whether edits are of different values that are there, none of which holds another, or is held with another."""
    paths = [edit.path for edit in edits if isinstance(edit, Set) and edit.value is not None]
    if len(paths) < len(edits) or any(value_at(values, path) is None for path in paths):
        return False
    ordered = sorted(paths, key=lambda path: [str(part) for part in path])
    return all(two[: len(one)] != one for one, two in pairwise(ordered))


def _one(laid: Laid, edit: Edit, order: Order) -> Laid:
    for plain in (False, True):
        try:
            return _tried(laid, [edit], order, plain=plain)
        except (Unplaced, ValueError):
            continue
    if isinstance(edit, Set):
        return _by_parts(laid, edit, order)
    raise _peculiar(laid, edit)


def _by_parts(laid: Laid, edit: Set, order: Order) -> Laid:
    """A table, or a list of tables, set key by key and item by item; of another type, anew."""
    old = value_at(laid.table.values, edit.path)
    steps: list[Edit] = list(differences(old, edit.value, edit.path)) if old is not None else []
    if not steps and isinstance(edit.value, list):
        steps = [Insert(edit.path, at, one) for at, one in enumerate(edit.value) if isinstance(one, Mapping)]
    if steps == [edit]:
        steps = [Set(edit.path, None), edit] if not isinstance(edit.path[-1], int) else []
    if not steps:
        raise _peculiar(laid, edit)
    for step in steps:
        if step == edit and value_at(laid.table.values, edit.path) is not None:
            raise _peculiar(laid, edit)
        laid = _one(laid, step, order)
    return laid


def _peculiar(laid: Laid, edit: Edit) -> InputFault:
    return InputFault(f"{laid.name} 里 {shown_path(place_of(edit))} 的写法特别，没有把握改，没有存；"
                      "请用文本编辑器改这一项")


def _tried(laid: Laid, edits: Sequence[Edit], order: Order, *, plain: bool) -> Laid:
    """The file after edits, read again.

    Raises:
        Unplaced: it would not say what it is to say.
        ValueError: the edits' places overlap.
    """
    values: dict[str, Any] = dict(laid.table.values)
    for edit in edits:
        values = edited(values, edit)
    made = laid.spliced(list(_splices(laid, edits, order, plain=plain)))
    try:
        found = made.table.values
    except InputFault:
        raise Unplaced from None
    if not same(pruned(found), pruned(values)):
        raise Unplaced
    return made


def _splices(laid: Laid, edits: Sequence[Edit], order: Order, *, plain: bool) -> Iterator[Splice]:
    setting = Setting(laid.table, order, plain=plain)
    for edit in edits:
        if isinstance(edit, Set):
            yield from setting.put(edit.path, edit.value)
        else:
            yield from item_splices(laid, edit, order, plain=plain)
