"""The report's figures as a sheet: measure by item, with what earlier issues had beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from bulletin_press.desk.store import Edit
from bulletin_press.desk.store.edits import differences
from bulletin_press.ground.diagnostics import InputFault, PressError
from bulletin_press.intake.splice import Numbers, Setting, parts_of, spliced
from bulletin_press.publication.workspace import Workspace, template_folders
from bulletin_press.report.definition import Definition
from bulletin_press.report.definition_files import NONE, load_definition
from bulletin_press.toml.positions import Table, parse_table
from bulletin_press.toml.source import Source

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?\Z", re.ASCII)


def definition_of(workspace: Workspace) -> Definition | None:
    """The publication's report; None where it has none."""
    name = workspace.publication.report.definition
    return None if name == NONE else load_definition(name, template_folders(workspace))


def grid_of(workspace: Workspace, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of an issue as rows; each cell with its path and what the issue before had."""
    definition = definition_of(workspace)
    report = values.get("report")
    report = report if isinstance(report, Mapping) else {}
    if definition is None:
        return {"measures": [], "rows": [], "rankings": [], "period": str(report.get("period", ""))}
    last = _earlier(workspace, name)
    house = workspace.publication.report.unit or ""
    measures = [{"key": key, "label": one.label, "unit": definition.unit_of(key, house)}
                for key, one in definition.measures.items()]
    rows, rankings = [], []
    for item, spec in definition.items.items():
        if spec.ranking:
            for measure in measures:
                ranking = _ranking(report, measure["key"], item)
                if ranking:
                    rankings.append({"label": f"{measure['label']}　{spec.label}", "rows": ranking})
            continue
        cells = [_cell(report, last, measure["key"], item) for measure in measures]
        if any(cell["typed"] or cell["last"] for cell in cells):
            rows.append({"key": item, "label": spec.short or spec.label, "inner": spec.within is not None,
                         "cells": cells})
    return {"measures": measures, "rows": rows, "rankings": rankings, "period": str(report.get("period", "")),
            "last": last[0]}


def _earlier(workspace: Workspace, name: str) -> tuple[str, Mapping[str, Any]]:
    """The name and the report of the issue before; empty where there is none."""
    for other in workspace.earlier(name)[:1]:
        try:
            report = workspace.plain(other).get("report")
        except InputFault:
            break
        if isinstance(report, Mapping):
            return other, report
    return "", {}


def _at(report: Mapping[str, Any], measure: str, item: str) -> Any:
    held = report.get(measure)
    return held.get(item) if isinstance(held, Mapping) else None


def _text(number: Any) -> str:
    if isinstance(number, Decimal):
        return f"{number:f}"
    return str(number) if isinstance(number, int | float) and not isinstance(number, bool) else ""


def _cell(report: Mapping[str, Any], last: tuple[str, Mapping[str, Any]], measure: str, item: str) -> dict[str, Any]:
    raw = _at(report, measure, item)
    value, growth, _ = parts_of(raw)
    before = parts_of(_at(last[1], measure, item))[0]
    return {"path": ["report", measure, item], "value": _text(value), "growth": _text(growth),
            "last": _text(before), "typed": raw is not None}


def _ranking(report: Mapping[str, Any], measure: str, item: str) -> list[dict[str, Any]]:
    raw = _at(report, measure, item)
    found = []
    for at, row in enumerate(raw if isinstance(raw, list) else ()):
        value, growth, _ = parts_of(row)
        name = row.get("name") if isinstance(row, Mapping) else row[0] if isinstance(row, list) and row else ""
        found.append({"name": str(name), "path": ["report", measure, item, at], "value": _text(value),
                      "growth": _text(growth)})
    return found


def number_of(typed: str) -> Decimal | None:
    """A number as people type or paste it: full width, thousands, a percent sign, brackets for what is below nought.

    Raises:
        PressError: it is no number.
    """
    text = typed.strip().translate(str.maketrans("０１２３４５６７８９．－，（）％＋", "0123456789.-,()%+"))
    text = text.replace("−", "-").replace(" ", "").removesuffix("%").replace("%", "")
    if not text or text in ("-", "—", "——", "/"):
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
        cells: each a measure, an item, and ``value`` and ``growth`` as typed, where they change.

    Raises:
        PressError: one is no number or no figure of the report, or stands where it cannot be written safely.
    """
    definition = definition_of(workspace)
    if definition is None:
        raise PressError("这份刊物不出数据月报")
    settings = []
    for cell in cells:
        measure, item = str(cell.get("measure")), str(cell.get("item"))
        if measure not in definition.measures or item not in definition.items or definition.items[item].ranking:
            raise PressError("月报里没有这一项")
        value, growth = (None if cell.get(key) is None else number_of(str(cell[key])) for key in ("value", "growth"))
        if value is None and growth is None:
            raise PressError("空着的数不写；要删去一项，请在文件里删")
        settings.append(Setting(measure, item, definition.name_of(item), Numbers(value, growth)))
    for setting in settings:
        if table.value(setting.path) is None and (setting.figure is None or setting.figure.value is None):
            raise PressError("先填数值，再填同比")
    titles = {key: one.label for key, one in definition.measures.items()}
    after = spliced(table, settings, {}, titles)
    return tuple(differences(table.values, parse_table(Source(table.source.name, after)).values))
