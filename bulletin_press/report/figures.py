"""The figures of a report as typed: measure × item, value, growth, previous value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bulletin_press.ground.diagnostics import Finding, Severity
from bulletin_press.language.numerals import Period
from bulletin_press.report.definition import Definition
from bulletin_press.toml.positions import KeyPath, Table, shown_path
from bulletin_press.toml.schema import Complaint, close_match
from bulletin_press.toml.typed_values import in_unit, number_meant

_THOUSANDS = re.compile(r"(?<=[\[,\s])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?=\s*[,\]])")

MAX_VALUE = Decimal(10) ** 15
MAX_GROWTH = Decimal(10) ** 6
MAX_DECIMALS = 6
MAX_RANKS = 30
MAX_NAME = 60


@dataclass(frozen=True)
class Figure:
    """One figure. ``value`` in the report's unit, ≥ 0; ``growth`` in per cent, ≥ −100.

    ``previous`` is the value of the same period a year before. The paths say where the value
    and the growth were typed; ``comparable`` marks a growth on comparable terms (可比口径).
    """

    value: Decimal
    growth: Decimal | None
    previous: Decimal | None
    path: KeyPath
    value_path: KeyPath
    growth_path: KeyPath
    comparable: bool = False

    @property
    def rate_path(self) -> KeyPath:
        """Where the growth was typed, or the previous value that stands in for it."""
        typed = self.growth is not None or self.previous is None
        return self.growth_path if typed else (*self.path, "previous")


@dataclass(frozen=True)
class Ranked:
    """One place of a ranking; ``figure`` as above."""

    name: str
    figure: Figure
    path: KeyPath
    name_path: KeyPath


@dataclass(frozen=True)
class ReportFigures:
    """All figures of one issue's report, by (measure, item), in the definition's order."""

    period: Period
    figures: Mapping[tuple[str, str], Figure]
    rankings: Mapping[tuple[str, str], tuple[Ranked, ...]]

    def find(self, measure: str, item: str, name: str | None = None) -> Figure | None:
        """An item's figure, or the one of a name in its ranking."""
        if name is None:
            return self.figures.get((measure, item))
        ranking = self.rankings.get((measure, item), ())
        return next((ranked.figure for ranked in ranking if ranked.name == name), None)

    def every(self) -> Iterator[tuple[str, str, str | None, Figure]]:
        """Each figure as (measure, item, name in a ranking or None, figure)."""
        for (measure, item), figure in self.figures.items():
            yield measure, item, None, figure
        for (measure, item), ranking in self.rankings.items():
            for ranked in ranking:
                yield measure, item, ranked.name, ranked.figure


@dataclass(frozen=True)
class EarlierReport:
    """The report of an earlier issue, which is named by its folder."""

    issue: str
    figures: ReportFigures


def _shown(number: Decimal) -> str:
    """A number as a message quotes it, in a few characters."""
    return f"{number:f}" if abs(number.adjusted()) < 20 else f"{number:.3e}"


class _Reader:
    """Reads figures, collecting complaints instead of stopping at the first."""

    def __init__(self, unit: str | None = None) -> None:
        self.complaints: list[Complaint] = []
        self.unit = unit

    def refuse(self, path: KeyPath, message: str, suggestion: str | None = None,
               rule: str = "wrong-type", *, certain: bool = False) -> None:
        self.complaints.append(Complaint(rule, path, message, suggestion, certain=certain))

    def _no_number(self, raw: Any, path: KeyPath, *, growth: bool) -> None:
        """Refuse what stands for a number, with the number that it was meant to be."""
        advice = number_meant(raw, amount=not growth) if isinstance(raw, str) else None
        advice = advice and in_unit(advice, "%" if growth else self.unit)
        said = f"{'同比' if growth else '数值'}要写数字，不加引号、单位和百分号"
        if advice and (advice.suggestion is None or not advice.certain):
            said = f"{said}：{advice.message}"
        self.refuse(path, said, advice.suggestion if advice else None, certain=bool(advice and advice.certain))

    def number(self, raw: Any, path: KeyPath, *, growth: bool = False) -> Decimal | None:
        name = "同比" if growth else "数值"
        if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
            self._no_number(raw, path, growth=growth)
            return None
        number = Decimal(raw)
        exponent = number.as_tuple().exponent
        low, high = (Decimal(-100), MAX_GROWTH) if growth else (Decimal(0), MAX_VALUE)
        if not isinstance(exponent, int):
            self.refuse(path, f"{name}要写一个确定的数", rule="wrong-value")
        elif growth and number < low:
            self.refuse(path, f"同比不会低于 −100%（现在是 {_shown(number)}）：最多降到零", rule="wrong-value")
        elif not growth and number < low:
            self.refuse(path, f"数值不能是负数（{_shown(number)}）；下降写在同比里", rule="wrong-value")
        elif number > high:
            self.refuse(path, f"{name}太大了（{_shown(number)}），请核对", rule="wrong-value")
        elif -exponent > MAX_DECIMALS:
            self.refuse(path, f"{name}的小数超过 {MAX_DECIMALS} 位，请核对", rule="wrong-value")
        else:
            return number
        return None

    def figure(self, raw: Any, path: KeyPath) -> Figure | None:
        """A figure: value, [value], [value, growth] or a table."""
        if isinstance(raw, list):
            if not 1 <= len(raw) <= 2:
                self.refuse(path, f"{shown_path(path)} 要写成 数值 或 [数值, 同比]")
                return None
            return self._parts(raw, path, path)
        if isinstance(raw, dict):
            return self._table(raw, path)
        value = self.number(raw, path)
        return None if value is None else Figure(value, None, None, path, path, path)

    def _parts(self, parts: list[Any], path: KeyPath, base: KeyPath, first: int = 0) -> Figure | None:
        value_path, growth_path = (*base, first), (*base, first + 1)
        value = self.number(parts[0], value_path)
        growth = self.number(parts[1], growth_path, growth=True) if len(parts) > 1 else None
        if value is None or (len(parts) > 1 and growth is None):
            return None
        return Figure(value, growth, None, path, value_path, growth_path)

    def _table(self, raw: dict[str, Any], path: KeyPath, *, named: bool = False) -> Figure | None:
        keys = ("name", "value", "growth", "previous", "comparable")[0 if named else 1 :]
        for key in raw:
            if key not in keys:
                guess = close_match(key, keys)
                self.complaints.append(Complaint(
                    "unknown-key", (*path, key), f"没有“{key}”这个键，可用的键：{'、'.join(keys)}",
                    guess, at_key=True))
        if "value" not in raw:
            if not any(close_match(key, keys) == "value" for key in raw if key not in keys):
                self.refuse(path, f"{shown_path(path)} 缺少 value", rule="missing-key")
            return None
        value = self.number(raw["value"], (*path, "value"))
        growth = self.number(raw["growth"], (*path, "growth"), growth=True) if "growth" in raw else None
        previous = self.number(raw["previous"], (*path, "previous")) if "previous" in raw else None
        comparable = raw.get("comparable", False)
        if not isinstance(comparable, bool):
            self.refuse((*path, "comparable"), "comparable 只能是 true 或 false", "true")
            return None
        if value is None:
            return None
        return Figure(value, growth, previous, path, (*path, "value"), (*path, "growth"), comparable)

    def ranking(self, raw: Any, path: KeyPath) -> tuple[Ranked, ...]:
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

    def _place(self, row: Any, path: KeyPath) -> Ranked | None:
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
        return Ranked(name.strip(), figure, path, name_path) if figure else None


def thousands(table: Table) -> Iterator[Finding]:
    """Numbers in brackets that were typed with thousands separators.

    ``[161,801.34]`` is valid TOML, a value of 161 with a growth of 801.34 %, and nothing else
    would ever tell. A value and a growth that do look so are told apart by a space.
    """
    offset, inside = 0, False
    for line in table.source.text.split("\n"):
        if line.startswith("["):
            inside = line.startswith("[report")
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
        raw: the table's measures: {measure: {item: figure or ranking}}.
        period: the report's period.
        definition: says which measures and items there are.
        prefix: the table's path in the file.
        unit: the publication's unit, for measures that have none of their own.

    Returns:
        What could be read, and a complaint for everything else.
    """
    reader = _Reader(unit)
    figures: dict[tuple[str, str], Figure] = {}
    rankings: dict[tuple[str, str], tuple[Ranked, ...]] = {}
    for measure, table in raw.items():
        path = (*prefix, measure)
        if measure not in definition.measures:
            reader.complaints.append(_unknown(measure, path, definition.measures, "指标"))
        elif not isinstance(table, dict):
            reader.refuse(path, f"{shown_path(path)} 要写成一节：[{shown_path(path)}]")
        else:
            reader.unit = definition.measures[measure].unit or unit
            for item, value in table.items():
                _read_item(reader, definition, (measure, item), value, (*path, item), figures, rankings)
    order = [(m, i) for m in definition.measures for i in definition.items]
    return ReportFigures(
        period, {key: figures[key] for key in order if key in figures},
        {key: rankings[key] for key in order if key in rankings}), reader.complaints


def _read_item(reader: _Reader, definition: Definition, key: tuple[str, str], raw: Any, path: KeyPath,
               figures: dict[tuple[str, str], Figure],
               rankings: dict[tuple[str, str], tuple[Ranked, ...]]) -> None:
    item = definition.items.get(key[1])
    if item is None:
        reader.complaints.append(_unknown(key[1], path, definition.items, "项目"))
    elif item.ranking:
        if ranking := reader.ranking(raw, path):
            rankings[key] = ranking
    elif figure := reader.figure(raw, path):
        figures[key] = figure


def _unknown(key: str, path: KeyPath, known: Mapping[str, Any], kind: str) -> Complaint:
    labels = {spec.label: name for name, spec in known.items()}
    guess = labels.get(key) or close_match(key, known)
    hint = f"，是不是要写 {guess}（{known[guess].label}）？" if guess else \
        f"。可用的{kind}：{'、'.join(known)}"
    return Complaint("unknown-key", path, f"没有“{key}”这个{kind}{hint}", guess, at_key=True)
