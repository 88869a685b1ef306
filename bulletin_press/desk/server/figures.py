"""Figures of the report as people type and paste them, put into the issue's file: what changes, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from bulletin_press.desk.store import Edit, Set
from bulletin_press.desk.store.edits import differences, edited
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.intake.splice import Numbers, Setting, parts_of, spliced
from bulletin_press.publication.workspace import Workspace, template_folders
from bulletin_press.report.definition import Definition
from bulletin_press.report.definition_files import NONE, load_definition
from bulletin_press.toml.positions import Table, parse_table
from bulletin_press.toml.source import Source

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?\Z", re.ASCII)
_WIDE = str.maketrans("０１２３４５６７８９．－，（）％＋", "0123456789.-,()%+")
_NOTHING = frozenset({"", "-", "—", "——", "/", "…", "……"})
MOST_PLACES = 100


def definition_of(workspace: Workspace) -> Definition | None:
    """The publication's report; None where it has none."""
    name = workspace.publication.report.definition
    return None if name == NONE else load_definition(name, template_folders(workspace))


def number_of(typed: str) -> Decimal | None:
    """A number as people type or paste it: full width, thousands, a percent sign, brackets for what is below nought.

    Raises:
        PressError: it is no number.
    """
    text = typed.strip().translate(_WIDE).replace("−", "-").replace(" ", "").replace("\u3000", "").replace("%", "")
    if text in _NOTHING:
        return None
    if re.fullmatch(r"\([\d.,]+\)", text):
        text = "-" + text[1:-1]
    if re.fullmatch(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        text = text.replace(",", "")
    if not _NUMBER.match(text):
        raise PressError(f"“{typed.strip()[:20]}”不是一个数")
    try:
        return Decimal(text)
    except InvalidOperation:
        raise PressError(f"“{typed.strip()[:20]}”不是一个数") from None


def with_cells(workspace: Workspace, table: Table, cells: Iterable[Mapping[str, Any]]) -> tuple[Edit, ...]:
    """The edits that put figures in their places.

    Args:
        workspace: the publication.
        table: the issue's.
        cells: each a measure, an item, and ``value`` and ``growth`` as typed, where they change: "" takes the number
            away, and a value takes the whole figure along.

    Raises:
        PressError: one is no number or no figure of the report, or stands where it cannot be written safely.
    """
    definition = _required(workspace)
    settings, gone = list[Setting](), list[tuple[str, str, str]]()
    for cell in cells:
        measure, item = str(cell.get("measure")), str(cell.get("item"))
        if measure not in definition.measures or item not in definition.items or definition.items[item].ranking:
            raise PressError("月报里没有这一项")
        numbers = {key: number_of(str(cell[key])) for key in ("value", "growth") if cell.get(key) is not None}
        gone += [(measure, item, key) for key, number in numbers.items() if number is None]
        if any(number is not None for number in numbers.values()):
            # A growth beside a value that is typed alone: both are written, or the value would be lost.
            value = numbers.get("value")
            value = value if value is not None else _decimal(parts_of(table.value(("report", measure, item)))[0])
            settings.append(Setting(measure, item, definition.name_of(item), Numbers(value, numbers.get("growth"))))
    titles = {key: one.label for key, one in definition.measures.items()}
    after: Mapping[str, Any] = table.values
    if settings:
        text = spliced(table, settings, {}, titles)
        after = parse_table(Source(table.source.name, text)).values
    for measure, item, part in gone:
        after = _without(after, measure, item, part)
    return tuple(differences(table.values, after))


def _decimal(number: Any) -> Decimal | None:
    known = isinstance(number, int | Decimal) and not isinstance(number, bool)
    return Decimal(number) if known else None


def _required(workspace: Workspace) -> Definition:
    definition = definition_of(workspace)
    if definition is None:
        raise PressError("这份刊物不出数据月报")
    return definition


def _without(values: Mapping[str, Any], measure: str, item: str, part: str) -> Mapping[str, Any]:
    """The values without one number of a figure."""
    path = ("report", measure, item)
    held = values.get("report", {}).get(measure, {})
    raw = held.get(item) if isinstance(held, Mapping) else None
    if raw is None:
        return values
    if part == "value" and not (isinstance(raw, Mapping) and "growth" in raw):
        return edited(values, Set(path, None))
    if isinstance(raw, Mapping):
        return edited(values, Set((*path, part), None))
    if part == "value":
        return edited(values, Set(path, None))
    return edited(values, Set(path, raw[0])) if isinstance(raw, list) and len(raw) > 1 else values


def with_ranking(workspace: Workspace, table: Table, measure: str, item: str,
                 rows: Sequence[Mapping[str, Any]]) -> tuple[Edit, ...]:
    """The edits by which a ranking has these rows, in this order.

    Args:
        workspace: the publication.
        table: the issue's.
        measure: whose ranking it is.
        item: which one.
        rows: each ``name``, ``value`` and ``growth`` as typed, and ``from``: the place it had, where it had one. Rows
            without a name and a number are left out.

    Raises:
        PressError: there is no such ranking, a number is none, a name is missing.
    """
    definition = _required(workspace)
    if measure not in definition.measures or item not in definition.items or not definition.items[item].ranking:
        raise PressError("月报里没有这个排名")
    held = table.value(("report", measure, item))
    old = held if isinstance(held, list) else []
    made = [one for row in rows[:MOST_PLACES] if (one := _row(old, row)) is not None]
    after = edited(table.values, Set(("report", measure, item), made or None))
    return tuple(differences(table.values, after))


def _row(old: Sequence[Any], row: Mapping[str, Any]) -> Any:
    """A place of a ranking as it is typed: what else was said of it stays."""
    name = str(row.get("name") or "").strip()
    value, growth = (number_of(str(row.get(key) or "")) for key in ("value", "growth"))
    if not name and value is None and growth is None:
        return None
    if not name:
        raise PressError("排名里的每一行都要有名称")
    at = row.get("from")
    before = old[at] if type(at) is int and 0 <= at < len(old) else None
    if isinstance(before, Mapping):
        told = {"name": name, "value": value, "growth": growth}
        kept = {key: one for key, one in before.items() if told.get(key, one) is not None}
        return kept | {key: one for key, one in told.items() if one is not None}
    if value is None:
        return {"name": name, **({} if growth is None else {"growth": growth})}
    # What was typed as a whole number stays one: 33203 is not 33203.0.
    parts = [_plain(value), *([] if growth is None else [_plain(growth)])]
    old_value, old_growth, _ = parts_of(before)
    parts[0] = old_value if old_value == parts[0] and f"{old_value:f}" == f"{parts[0]:f}" else parts[0]
    if growth is not None and old_growth == parts[1] and f"{old_growth:f}" == f"{parts[1]:f}":
        parts[1] = old_growth
    return [name, *parts]


def _plain(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() and number.as_tuple().exponent == 0 else number
