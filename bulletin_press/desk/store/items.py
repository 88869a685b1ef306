"""Items of a section put in, moved and taken out, with the comments that belong to them."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.desk.store.blocks import Block
from bulletin_press.desk.store.edits import Delete, Edit, Insert, Move, Set, list_path
from bulletin_press.desk.store.laid import Laid, Splice
from bulletin_press.desk.store.order import Order
from bulletin_press.desk.store.setting import Setting, Unplaced, table_lines
from bulletin_press.toml.positions import KeyPath


def item_splices(laid: Laid, edit: Insert | Move | Delete, order: Order, *, plain: bool) -> Iterator[Splice]:
    """The splices of a change of a section's items.

    Raises:
        Unplaced: they are typed in a way in which they cannot be moved whole.
    """
    setting = Setting(laid.table, order, plain=plain)
    path = list_path(edit)
    items = laid.table.value(path)
    if items and any(one.path == path and not one.header for one in laid.table.statements):
        yield from setting.put(path, _relisted(items, edit))
        return
    blocks = setting.blocks
    whole = [blocks.of((*path, at)) for at in range(len(items or ()))]
    if isinstance(edit, Insert):
        lines = table_lines(path, edit.values, order, several=True, plain=plain)
        yield _inserted(setting, path, [one[0] for one in whole if one], edit.at, lines)
    elif isinstance(edit, Delete):
        for block in whole[edit.at]:
            yield Splice(*blocks.without(block), "")
    else:
        if any(len(one) != 1 for one in whole[min(edit.at, edit.to) : max(edit.at, edit.to) + 1]):
            raise Unplaced
        yield from _moved(laid, [one[0] for one in whole], edit)


def _relisted(items: list[object], edit: Edit) -> list[object] | None:
    items = list(items)
    if isinstance(edit, Insert):
        items.insert(edit.at, dict(edit.values))
    elif not isinstance(edit, Set):
        one = items.pop(edit.at)
        if isinstance(edit, Move):
            items.insert(edit.to, one)
    return items or None


def _inserted(setting: Setting, path: KeyPath, whole: list[Block], at: int, lines: str) -> Splice:
    if at < len(whole):
        start = whole[at].start
        return Splice(start, start, lines + "\n\n")
    if whole:
        end = whole[-1].end
        return Splice(end, end, "\n\n" + lines + ("\n" if end >= len(setting.text) else ""))
    if len(path) > 1:
        owner = setting.blocks.of(path[:-1])
        if not owner:
            raise Unplaced
        end = owner[0].end
        return Splice(end, end, "\n\n" + lines + ("\n" if end >= len(setting.text) else ""))
    return setting.beside(path, lines)


def _moved(laid: Laid, whole: list[Block], edit: Move) -> Iterator[Splice]:
    """Each item's lines put where another's were; what stands between them stays there."""
    order = list(range(len(whole)))
    order.insert(edit.to, order.pop(edit.at))
    for slot, source in enumerate(order):
        if slot != source:
            taken, place = whole[source], whole[slot]
            yield Splice(place.start, place.end, laid.raw_slice(taken.start, taken.end), raw=True)
