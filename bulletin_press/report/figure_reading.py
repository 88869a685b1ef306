"""Reading figures: every form that an author may type one in, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from bulletin_press.ground.diagnostics import Finding, Severity
from bulletin_press.language.numerals import Period
from bulletin_press.report.definition import Definition
from bulletin_press.report.figures import Figure, Given, Key, Place, PublishedMonth, Ranked, ReportFigures
from bulletin_press.report.measure import Measure
from bulletin_press.report.sentence import SPANS, Span
from bulletin_press.toml.positions import KeyPath, Table, shown_path
from bulletin_press.toml.schema import Complaint, close_match
from bulletin_press.toml.typed_values import in_unit, number_meant

_THOUSANDS = re.compile(r"(?<=[\[,\s])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?=\s*[,\]])")

MAX_VALUE = Decimal(10) ** 15
MAX_GROWTH = Decimal(10) ** 6
MAX_DECIMALS = 6
MAX_RANKS = 30
MAX_NAME = 60
MAX_NOTE = 200
KEYS = ("value", "growth", "previous", "month", "mom", "share", "share_change", "contribution", "comparable", "base",
        "note", "revised")
# One of these makes a figure.
_SAYING = ("value", "growth", "share", "month", "mom", "contribution")


@dataclass(frozen=True)
class _Number:
    """What a number may be: what it is called, whether in per cent, its bounds."""

    name: str
    percent: bool
    low: Decimal
    high: Decimal


_HUNDRED = Decimal(100)
_VALUE = _Number("数值", False, Decimal(0), MAX_VALUE)
_SIGNED = replace(_VALUE, low=-MAX_VALUE)
_GROWTH = _Number("同比", True, -_HUNDRED, MAX_GROWTH)
_POINTS = replace(_GROWTH, low=-MAX_GROWTH)
_MOM = replace(_GROWTH, name="环比")
_SHARE = _Number("占比", True, Decimal(0), _HUNDRED)
_SHARE_CHANGE = _Number("占比的变化", True, -_HUNDRED, _HUNDRED)
_CONTRIBUTION = _Number("拉动的百分点", True, -MAX_GROWTH, MAX_GROWTH)


def _shown(number: Decimal) -> str:
    """A number as a message quotes it, in a few characters."""
    return f"{number:f}" if abs(number.adjusted()) < 20 else f"{number:.3e}"


class _Reader:
    """Reads figures, collecting complaints instead of stopping at the first."""

    def __init__(self, unit: str | None = None) -> None:
        self.complaints: list[Complaint] = []
        self.unit = unit
        self.value_of, self.growth_of = _VALUE, _GROWTH

    def turn_to(self, measure: Measure, unit: str | None) -> None:
        """Read figures of a measure from here on."""
        self.unit = unit if measure.own_unit is None else measure.own_unit
        self.value_of = _SIGNED if measure.signed else _VALUE
        self.growth_of = _POINTS if measure.in_points or measure.signed else _GROWTH

    def refuse(self, path: KeyPath, message: str, suggestion: str | None = None,
               rule: str = "wrong-type", *, certain: bool = False) -> None:
        self.complaints.append(Complaint(rule, path, message, suggestion, certain=certain))

    def _no_number(self, raw: Any, path: KeyPath, kind: _Number) -> None:
        """Refuse what stands for a number, with the number that it was meant to be."""
        advice = number_meant(raw, amount=not kind.percent) if isinstance(raw, str) else None
        advice = advice and in_unit(advice, "%" if kind.percent else self.unit)
        said = f"{kind.name}要写数字，不加引号、单位和百分号"
        if advice and (advice.suggestion is None or not advice.certain):
            said = f"{said}：{advice.message}"
        self.refuse(path, said, advice.suggestion if advice else None, certain=bool(advice and advice.certain))

    def number(self, raw: Any, path: KeyPath, kind: _Number) -> Decimal | None:
        if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
            self._no_number(raw, path, kind)
            return None
        number = Decimal(raw)
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int):
            self.refuse(path, f"{kind.name}要写一个确定的数", rule="wrong-value")
        elif number < kind.low:
            self.refuse(path, _too_low(number, kind), rule="wrong-value")
        elif number > kind.high:
            self.refuse(path, f"{kind.name}太大了（{_shown(number)}），请核对", rule="wrong-value")
        elif -exponent > MAX_DECIMALS:
            self.refuse(path, f"{kind.name}的小数超过 {MAX_DECIMALS} 位，请核对", rule="wrong-value")
        else:
            return number
        return None

    def figure(self, raw: Any, path: KeyPath) -> Given | None:
        """A figure: value, [value], [value, growth] or a table."""
        if isinstance(raw, list):
            if not 1 <= len(raw) <= 2:
                self.refuse(path, f"{shown_path(path)} 要写成 数值 或 [数值, 同比]")
                return None
            return self._parts(raw, path, path)
        if isinstance(raw, dict):
            return self._table(raw, path)
        value = self.number(raw, path, self.value_of)
        return None if value is None else Figure(value, None, None, path, path, path)

    def _parts(self, parts: list[Any], path: KeyPath, base: KeyPath, first: int = 0) -> Figure | None:
        value_path, growth_path = (*base, first), (*base, first + 1)
        value = self.number(parts[0], value_path, self.value_of)
        growth = self.number(parts[1], growth_path, self.growth_of) if len(parts) > 1 else None
        if value is None or (len(parts) > 1 and growth is None):
            return None
        return Figure(value, growth, None, path, value_path, growth_path)

    def _table(self, raw: dict[str, Any], path: KeyPath, *, named: bool = False) -> Given | None:
        keys = ("name", *KEYS) if named else KEYS
        unknown = [key for key in raw if key not in keys]
        for key in unknown:
            self.complaints.append(Complaint(
                "unknown-key", (*path, key), f"没有“{key}”这个键，可用的键：{'、'.join(keys)}",
                close_match(key, keys), at_key=True))
        if not any(key in raw for key in _SAYING):
            if not any(close_match(key, keys) in _SAYING for key in unknown):
                self.refuse(path, f"{shown_path(path)} 缺少 value；只公布同比或占比的，写 growth 或 share",
                            rule="missing-key")
            return None
        before = len(self.complaints)
        value = self._in(raw, "value", path, self.value_of)
        flags = {key: self._flag(raw, key, path) for key in ("comparable", "revised")}
        parts: dict[str, Any] = {
            **flags, "path": path, "value_path": (*path, "value"), "growth_path": (*path, "growth"),
            "growth": self._in(raw, "growth", path, self.growth_of),
            "previous": self._in(raw, "previous", path, self.value_of),
            "month": self._month(raw["month"], (*path, "month")) if "month" in raw else None,
            "mom": self._in(raw, "mom", path, _POINTS if self.growth_of is _POINTS else _MOM),
            "share": self._in(raw, "share", path, _SHARE),
            "share_change": self._in(raw, "share_change", path, _SHARE_CHANGE),
            "contribution": self._in(raw, "contribution", path, _CONTRIBUTION),
            "base": self._words(raw["base"], (*path, "base")) if "base" in raw else None,
            "note": (self._words(raw["note"], (*path, "note")) if "note" in raw else "") or ""}
        if len(self.complaints) > before and (value is None or None in flags.values()):
            return None
        return Given(None, **parts) if value is None else Figure(value, **parts)

    def _in(self, raw: dict[str, Any], key: str, path: KeyPath, kind: _Number) -> Decimal | None:
        return self.number(raw[key], (*path, key), kind) if key in raw else None

    def _flag(self, raw: dict[str, Any], key: str, path: KeyPath) -> Any:
        flag = raw.get(key, False)
        if not isinstance(flag, bool):
            self.refuse((*path, key), f"{key} 只能是 true 或 false", "true")
            return None
        return flag

    def _words(self, raw: Any, path: KeyPath) -> str | None:
        """Words of the author's inside a figure: one line."""
        if isinstance(raw, int) and not isinstance(raw, bool) and path[-1] == "base":
            raw = str(raw)
        if not isinstance(raw, str) or not raw.strip():
            self.refuse(path, f"{path[-1]} 要写在引号里", f'"{raw}"' if isinstance(raw, int | Decimal) else None)
        elif len(raw) > MAX_NOTE or not raw.strip().isprintable():
            self.refuse(path, f"{path[-1]} 要写在一行里，不超过 {MAX_NOTE} 字", rule="wrong-value")
        else:
            return raw.strip()
        return None

    def _month(self, raw: Any, path: KeyPath) -> PublishedMonth | None:
        """A published month: value, [value, growth] or { value, growth }."""
        if isinstance(raw, dict):
            keys = ("value", "growth")
            for key in raw:
                if key not in keys:
                    self.complaints.append(Complaint(
                        "unknown-key", (*path, key), f"没有“{key}”这个键，可用的键：{'、'.join(keys)}",
                        close_match(key, keys), at_key=True))
            if not raw:
                self.refuse(path, f"{shown_path(path)} 要写成 [数值, 同比]")
            month = PublishedMonth(self._in(raw, "value", path, self.value_of),
                                   self._in(raw, "growth", path, self.growth_of))
            return month if month != PublishedMonth(None, None) else None
        parts = raw if isinstance(raw, list) else [raw]
        if not 1 <= len(parts) <= 2:
            self.refuse(path, f"{shown_path(path)} 要写成 [数值, 同比]")
            return None
        places = [(*path, i) if isinstance(raw, list) else path for i in range(2)]
        value = self.number(parts[0], places[0], self.value_of)
        growth = self.number(parts[1], places[1], self.growth_of) if len(parts) > 1 else None
        return None if value is None else PublishedMonth(value, growth)

    def ranking(self, raw: Any, path: KeyPath) -> tuple[Place, ...]:
        """A ranking: [name, value], [name, value, growth] or tables, at most 30."""
        if not isinstance(raw, list) or (raw and not any(isinstance(row, list | dict) for row in raw)):
            self.refuse(path, f"{shown_path(path)} 要写成 [[名称, 数值], [名称, 数值, 同比], …]")
            return ()
        if len(raw) > MAX_RANKS:
            self.refuse(path, f"{shown_path(path)} 超过 {MAX_RANKS} 项", rule="wrong-value")
            return ()
        places = [self._place(row, (*path, index)) for index, row in enumerate(raw)]
        kept = tuple(place for place in places if place)
        for index, place in enumerate(kept):
            if place.name in [other.name for other in kept[:index]]:
                self.refuse(place.name_path, f"“{place.name}”列了两次", rule="wrong-value")
        return kept

    def _place(self, row: Any, path: KeyPath) -> Place | None:
        figure: Given | None
        if isinstance(row, dict):
            figure, name, name_path = self._table(row, path, named=True), row.get("name"), (*path, "name")
        elif isinstance(row, list) and 2 <= len(row) <= 3:
            figure, name, name_path = self._parts(row[1:], path, path, first=1), row[0], (*path, 0)
        else:
            self.refuse(path, "排名的每一项要写成 [名称, 数值] 或 [名称, 数值, 同比]")
            return None
        if not isinstance(name, str) or not name.strip():
            self.refuse(name_path, "排名里的名称要写在引号里")
            return None
        if len(name) > MAX_NAME or not name.strip().isprintable():
            self.refuse(name_path, f"名称要写在一行里，不超过 {MAX_NAME} 字", rule="wrong-value")
            return None
        if isinstance(figure, Figure):
            return Ranked(name.strip(), figure, path, name_path)
        return Place(name.strip(), figure, path, name_path) if figure else None


def _too_low(number: Decimal, kind: _Number) -> str:
    if kind.name in ("同比", "环比"):
        return f"{kind.name}不会低于 −100%（现在是 {_shown(number)}）：最多降到零"
    if kind is _VALUE:
        return (f"数值不能是负数（{_shown(number)}）；下降写在同比里，可正可负的指标（差额、盈亏、净额）"
                "在月报的定义里写 signed = true")
    return f"{kind.name}太小了（{_shown(number)}），请核对"


def thousands(table: Table) -> Iterator[Finding]:
    """Numbers in brackets that were typed with thousands separators.

    ``[161,801.34]`` is valid TOML, a value of 161 with a growth of 801.34 %, and nothing else
    would ever tell. A value and a growth that do look so are told apart by a space.
    """
    offset, inside = 0, False
    for line in table.source.text.split("\n"):
        if line.startswith("["):
            inside = line.startswith("[report") and not line.startswith("[report.text")
        for match in _THOUSANDS.finditer(line.partition("#")[0]) if inside else ():
            number = match[0].replace(",", "")
            # Three numbers in a list are no figure: there the comma can only be one of thousands.
            certain = match[0].count(",") > 1 or "," in line[match.end() :].partition("]")[0]
            span = table.source.span(offset + match.start(), offset + match.end())
            yield Finding("wrong-value", Severity.ERROR,
                          f"{match[0]} 像是带千分位逗号的一个数，要写成 {number}；"
                          "若确是数值和同比两个数，逗号后面空一格", span, number, match[0], certain)
        offset += len(line) + 1


def read_figures(raw: Mapping[str, Any], period: Period, definition: Definition,
                 prefix: KeyPath, unit: str | None = None) -> tuple[ReportFigures, list[Complaint]]:
    """Read the measures of a report table.

    Args:
        raw: the table's measures: {measure: {item: figure or ranking}}; and of other spans of the year (q1, h1)
            each such a table.
        period: the report's period.
        definition: says which measures and items there are.
        prefix: the table's path in the file.
        unit: the publication's unit, for measures that have none of their own.

    Returns:
        What could be read, and a complaint for everything else.
    """
    reader = _Reader(unit)
    spans: dict[str, ReportFigures] = {}
    for key, table in raw.items():
        if key in SPANS and key not in definition.measures and isinstance(table, dict):
            span: Span = SPANS[key]
            spans[key] = _measures(reader, table, Period(period.year, span.last), definition, (*prefix, key), unit)
    own = {key: table for key, table in raw.items() if key not in spans}
    return replace(_measures(reader, own, period, definition, prefix, unit), spans=spans), reader.complaints


def _measures(reader: _Reader, raw: Mapping[str, Any], period: Period, definition: Definition, prefix: KeyPath,
              unit: str | None) -> ReportFigures:
    found: dict[Key, Given] = {}
    ranked: dict[Key, tuple[Place, ...]] = {}
    for measure, table in raw.items():
        path = (*prefix, measure)
        if measure not in definition.measures:
            reader.complaints.append(_unknown(measure, path, definition.measures, "指标"))
        elif not isinstance(table, dict):
            reader.refuse(path, f"{shown_path(path)} 要写成一节：[{shown_path(path)}]")
        else:
            reader.turn_to(definition.measures[measure], unit)
            for item, value in table.items():
                _read_item(reader, definition, (measure, item), value, (*path, item), found, ranked)
    order = [(m, i) for m in definition.measures for i in definition.items]
    valued = {key: tuple(place for place in ranked[key] if isinstance(place, Ranked)) for key in order if key in ranked}
    return ReportFigures(
        period, {key: figure for key in order if isinstance(figure := found.get(key), Figure)},
        {key: places for key, places in valued.items() if places},
        {key: found[key] for key in order if key in found and not isinstance(found[key], Figure)},
        {key: ranked[key] for key in valued if len(valued[key]) < len(ranked[key])})


def _read_item(reader: _Reader, definition: Definition, key: Key, raw: Any, path: KeyPath,
               found: dict[Key, Given], ranked: dict[Key, tuple[Place, ...]]) -> None:
    item = definition.items.get(key[1])
    if item is None:
        reader.complaints.append(_unknown(key[1], path, definition.items, "项目"))
    elif item.ranking:
        if ranking := reader.ranking(raw, path):
            ranked[key] = ranking
    elif figure := reader.figure(raw, path):
        found[key] = figure


def _unknown(key: str, path: KeyPath, known: Mapping[str, Any], kind: str) -> Complaint:
    labels = {spec.label: name for name, spec in known.items()}
    guess = labels.get(key) or close_match(key, known)
    hint = f"，是不是要写 {guess}（{known[guess].label}）？" if guess else \
        f"。可用的{kind}：{'、'.join(known)}"
    return Complaint("unknown-key", path, f"没有“{key}”这个{kind}{hint}", guess, at_key=True)
