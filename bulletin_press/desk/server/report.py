"""The report's figures as a sheet: measure by item, with what earlier issues had beside them, and the text of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bulletin_press.desk.server.figures import definition_of
from bulletin_press.desk.server.forms import Field, filled
from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.intake.splice import parts_of
from bulletin_press.issue.sections.report import AFTER, BEFORE, NOTE, WORDS, ReportFields
from bulletin_press.language.numerals import Period, decimals, rounded
from bulletin_press.publication.workspace import Workspace
from bulletin_press.report.definition import Definition
from bulletin_press.report.facts import base_interval, derived_month
from bulletin_press.report.figure_reading import read_figures
from bulletin_press.report.figures import Figure, ReportFigures

# Months before and after the issue's that its period may be chosen from.
_BACK, _ON = 8, 2
_TEXTS = (
    Field("before", "月报前面的话", "写在程序的文字之前", "body"),
    Field("after", "月报后面的话", "写在程序的文字之后", "body"),
    Field("note", "注", "印成“注：……”", "body"),
)


@dataclass(frozen=True)
class _Past:
    """What stands beside the figures: the last report, that of the same period a year before, each with its issue."""

    last: tuple[str, ReportFigures] | None = None
    year: tuple[str, ReportFigures] | None = None


@dataclass(frozen=True)
class _Here:
    """The report that is typed."""

    raw: Mapping[str, Any] = field(default_factory=dict)
    figures: ReportFigures | None = None


def grid_of(workspace: Workspace, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of an issue as rows; each cell with its path and what earlier issues had."""
    definition = definition_of(workspace)
    report = values.get("report")
    report = report if isinstance(report, Mapping) else {}
    if definition is None:
        return {"definition": ""}
    house = workspace.publication.report.unit or ""
    here = _Here(report, _figures(report, definition, house))
    period = here.figures.period if here.figures else None
    past = _past(workspace, name, definition, period)
    months = period is not None and not period.single and any(
        definition.measures[key].kind == "flow" for key in definition.measures)
    measures = [{"key": key, "label": one.label, "unit": definition.unit_of(key, house)}
                for key, one in definition.measures.items()]
    rows = [_row(definition, item, here, past) for item, spec in definition.items.items() if not spec.ranking]
    return {
        "definition": definition.title, "source": workspace.publication.report.source, "measures": measures,
        "rows": rows, "sparse": any(row["used"] for row in rows), "rankings": list(_rankings(definition, here, past)),
        "period": str(report.get("period", "")), "periods": _periods(workspace, name, report.get("period")),
        "covers": _covers(period), "month": f"{period.month}月当月" if period and months else "",
        "last": _told(past.last), "year": _told(past.year), "words": _words(report)}


def _told(one: tuple[str, ReportFigures] | None) -> dict[str, str] | None:
    return {"issue": one[0], "covers": _covers(one[1].period)} if one else None


def _covers(period: Period | None) -> str:
    if period is None:
        return ""
    return f"{period.month}月当月" if period.single else period.months


def _words(report: Mapping[str, Any]) -> list[Any]:
    """The author's own words of the report."""
    held = report.get(WORDS)
    fields = [one for one in _TEXTS if one.key in (BEFORE, AFTER, NOTE)]
    return filled(fields, held if isinstance(held, Mapping) else {}, ("report", WORDS))


def _periods(workspace: Workspace, name: str, typed: Any) -> list[tuple[str, str]]:
    """The periods that may be chosen, as typed and in words; the one that is typed among them."""
    try:
        middle = Period.parse(str(typed))
    except ValueError:
        middle = Period(workspace.year_of(name), (workspace.month_of(name) - 1) % 12 + 1)
    at, found = middle.year * 12 + middle.month - 1, []
    for month in range(at + _ON, at - _BACK, -1):
        for single in (False, True):
            one = Period(month // 12, month % 12 + 1, single)
            found.append((str(one), f"{one.year}年{one.month}月当月" if single else f"{one.year}年{one.months}"
                          + ("累计" if one.month > 1 else "")))
    known = {value for value, _ in found}
    return [*([] if str(typed or "") in known else [(str(typed or ""), str(typed or "请选期间"))]), *found]


def _figures(report: Mapping[str, Any], definition: Definition, unit: str) -> ReportFigures | None:
    """The figures of a report as far as they can be read; None where its period cannot."""
    try:
        period = Period.parse(str(report.get("period")))
    except ValueError:
        return None
    raw = {key: value for key, value in report.items() if key not in ReportFields.model_fields}
    return read_figures(raw, period, definition, ("report",), unit)[0]


def _past(workspace: Workspace, name: str, definition: Definition, period: Period | None) -> _Past:
    last: tuple[str, ReportFigures] | None = None
    for other in workspace.earlier(name):
        with suppress(InputFault):
            report = workspace.plain(other).get("report")
            found = _figures(report, definition, "") if isinstance(report, Mapping) else None
            if found is None:
                continue
            last = last or (other, found)
            if period is None or found.period == Period(period.year - 1, period.month, period.single):
                return _Past(last, (other, found) if period else None)
            if found.period.year < period.year - 1:
                break
    return _Past(last)


def _row(definition: Definition, item: str, here: _Here, past: _Past) -> dict[str, Any]:
    spec = definition.items[item]
    cells = [_cell(definition, measure, item, here, past) for measure in definition.measures]
    scope = definition.scope_of(item)
    label = (spec.short or spec.label) + (scope.note if scope else "")
    return {"key": item, "label": label, "inner": spec.within is not None, "cells": cells,
            "used": any(cell["typed"] or cell["last"] for cell in cells)}


def _cell(definition: Definition, measure: str, item: str, here: _Here, past: _Past) -> dict[str, Any]:
    held = here.raw.get(measure)
    raw = held.get(item) if isinstance(held, Mapping) else None
    value, growth, _ = parts_of(raw)
    now = here.figures.find(measure, item) if here.figures else None
    last, year = (one[1].find(measure, item) if one else None for one in (past.last, past.year))
    beside = _beside(definition, measure, now, last, year, here, past)
    return {"path": ["report", measure, item], "value": shown_number(value), "growth": shown_number(growth),
            "typed": raw is not None, **beside, "from": _origin(here.raw, measure, item)}


def _origin(report: Mapping[str, Any], measure: str, item: str) -> str:
    """The cell of the sheet that a figure was taken from."""
    sources = report.get("source")
    return str(sources.get(f"{measure}.{item}", "")) if isinstance(sources, Mapping) else ""


def _beside(definition: Definition, measure: str, now: Figure | None, last: Figure | None, year: Figure | None,
            here: _Here, past: _Past) -> dict[str, Any]:
    """What stands beside a value: the last issue's, last year's, the month; ``reckoned`` are those not typed."""
    reckoned = set()
    before = shown_number(year.value) if year else ""
    if not before and now and definition.measures[measure].kind == "flow" and base_interval(now, exact=True):
        before = shown_number(_base(now))
        reckoned.add("year")
    month = _month(definition, measure, now, last, here, past)
    if month[1]:
        reckoned.add("month")
    return {"last": shown_number(last.value) if last else "", "year": before, "month": month[0], "reckoned": reckoned}


def _base(now: Figure) -> Decimal:
    """The value a year before as it follows from the growth, to the value's decimals, two at least."""
    if now.previous is not None or now.growth is None:
        return now.previous or Decimal(0)
    return rounded(now.value / (1 + now.growth / 100), max(2, decimals(now.value)))


def _month(definition: Definition, measure: str, now: Figure | None, last: Figure | None, here: _Here,
           past: _Past) -> tuple[str, bool]:
    """The last month alone, and whether it was reckoned."""
    if now is None or here.figures is None or here.figures.period.single:
        return "", False
    if now.month and now.month.value is not None:
        return shown_number(now.month.value), False
    if here.figures.period.month == 1:
        return shown_number(now.value), False
    follows = past.last and not past.last[1].period.single and past.last[1].period.next() == here.figures.period
    derived = derived_month(now, last) if last and follows and definition.measures[measure].kind == "flow" else None
    return (shown_number(derived.value), True) if derived else ("", False)


def shown_number(number: Any) -> str:
    """A number as it is typed; what was typed instead of one as it is."""
    if isinstance(number, Decimal):
        return f"{number:f}"
    return str(number) if isinstance(number, int | float | str) and not isinstance(number, bool) else ""


def _rankings(definition: Definition, here: _Here, past: _Past) -> Iterator[dict[str, Any]]:
    """Every ranking of which something is typed now or was in the last issue; then the others, folded away."""
    for item, spec in definition.items.items():
        if not spec.ranking:
            continue
        for measure, told in definition.measures.items():
            rows = list(_places(definition, measure, item, here, past))
            last = past.last[1].ranking(measure, item) if past.last else ()
            if not rows and not last and any(_held(here, other, item) for other in definition.measures):
                continue
            yield {"measure": measure, "item": item, "label": spec.label, "of": told.label, "rows": rows,
                   "used": bool(rows or last), "last": [one.name for one in last]}


def _held(here: _Here, measure: str, item: str) -> Sequence[Any]:
    held = here.raw.get(measure)
    raw = held.get(item) if isinstance(held, Mapping) else None
    return raw if isinstance(raw, list) else ()


def _places(definition: Definition, measure: str, item: str, here: _Here, past: _Past) -> Iterator[dict[str, Any]]:
    for at, row in enumerate(_held(here, measure, item)):
        value, growth, _ = parts_of(row)
        name = row.get("name") if isinstance(row, Mapping) else row[0] if isinstance(row, list) and row else ""
        now, last, year = (one.find(measure, item, str(name)) if one else None for one in (
            here.figures, past.last[1] if past.last else None, past.year[1] if past.year else None))
        yield {"at": at, "name": str(name), "value": shown_number(value), "growth": shown_number(growth),
               **_beside(definition, measure, now, last, year, here, past)}
