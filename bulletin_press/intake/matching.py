"""Which cell gives which figure; where two fit, neither does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bulletin_press.intake.evidence import Evidence
from bulletin_press.intake.grid import parse_address
from bulletin_press.intake.labels import Role, Span
from bulletin_press.intake.units import MAX_DECIMALS, Converted, converted
from bulletin_press.language.numerals import Period
from bulletin_press.report.definition import Definition
from bulletin_press.report.figure_reading import MAX_GROWTH, MAX_RANKS, MAX_VALUE

# (measure, item, name in a ranking or None)
Key = tuple[str, str, str | None]


@dataclass(frozen=True)
class Taken:
    """A number to be written, and the cell that it comes from."""

    number: Decimal
    exact: Decimal
    evidence: Evidence
    note: str | None = None
    doubt: str | None = None


@dataclass(frozen=True)
class Match:
    """A figure: its value, its rate, the value a year before, and the month alone where the sheet has it too."""

    key: Key
    value: Taken
    growth: Taken | None = None
    previous: Taken | None = None
    month: Taken | None = None
    month_growth: Taken | None = None

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why it is not sure."""
        return tuple(one.doubt for one in (self.value, self.growth) if one and one.doubt)


@dataclass(frozen=True)
class Several:
    """A figure for which more than one cell fits."""

    key: Key
    role: Role
    cells: tuple[Evidence, ...]


@dataclass(frozen=True)
class Left:
    """Numbers that were not taken, and why."""

    why: str
    cells: tuple[Evidence, ...]


@dataclass(frozen=True)
class Matching:
    """What a workbook gives."""

    matches: tuple[Match, ...] = ()
    several: tuple[Several, ...] = ()
    left: tuple[Left, ...] = ()


@dataclass
class Matcher:
    """Chooses among the cells of all sheets.

    Args:
        definition: the report's.
        period: the report's period; of a single month its month's figures are wanted, else the cumulative.
        unit: the publication's.
        cells: chosen by hand, ``signed.total`` or ``signed.total.growth`` → ``E6`` or ``Sheet1!E6``.
        ranks: how many names of a ranking are taken, by (measure, item).
    """

    definition: Definition
    period: Period
    unit: str
    cells: Mapping[str, str] = field(default_factory=dict)
    ranks: Mapping[tuple[str, str], int] = field(default_factory=dict)
    _several: list[Several] = field(default_factory=list)
    _left: dict[str, list[Evidence]] = field(default_factory=dict)

    def matched(self, found: Sequence[Evidence]) -> Matching:
        """Choose a cell for every figure."""
        keyed: dict[Key, list[Evidence]] = {}
        bare = _undoubled_columns(found)
        for one in found:
            if one.why is not None or one.measure is None or one.item is None:
                self._leave(one.why or "没有写是哪一项", one)
            elif one.amount is None:
                self._leave("fault" if one.fault else "blank", one)
            elif one.role == "growth" and (one.sheet, one.place[1]) in bare:
                self._leave("同比像是没有乘 100 的小数（0.38 是 38% 还是 0.38%？）", one)
            else:
                keyed.setdefault((one.measure, one.item, one.name), []).append(one)
        order = {key: number for number, key in enumerate(
            (measure, item) for measure in self.definition.measures for item in self.definition.items)}
        matches = [match for key, cells in keyed.items() if (match := self._match(key, cells))]
        matches.sort(key=lambda match: order[match.key[:2]])
        return Matching(tuple(self._ranked(matches)), tuple(self._several),
                        tuple(Left(why, tuple(cells)) for why, cells in self._left.items()))

    def _leave(self, why: str, one: Evidence) -> None:
        if why != "ignored":
            self._left.setdefault(why, []).append(one)

    def _match(self, key: Key, cells: Sequence[Evidence]) -> Match | None:
        wanted: Span = "month" if self.period.single else "cumulative"
        values = [one for one in cells if one.role == "value"]
        value = self._chosen(key, "value", values, wanted)
        if value is None:
            if not values and any(one.role == "growth" for one in cells):
                self._leave("只有同比，没有数值", next(one for one in cells if one.role == "growth"))
            return None
        taken = self._value(value, key[0])
        if taken is None:
            return None
        growth = self._chosen(key, "growth", [one for one in cells if one.role == "growth"], wanted)
        before = None if growth else self._chosen(
            key, "previous", [one for one in cells if one.role == "previous"], wanted)
        months = [one for one in cells if one.span == "month"] if wanted == "cumulative" else []
        month = next((one for one in months if one.role == "value"), None)
        month_growth = next((one for one in months if one.role == "growth"), None)
        return Match(key, taken, self._growth(growth) if growth else None,
                     self._value(before, key[0]) if before else None,
                     self._value(month, key[0]) if month and month != value else None,
                     self._growth(month_growth) if month_growth and month_growth != growth else None)

    def _chosen(self, key: Key, role: Role, cells: Sequence[Evidence], wanted: Span) -> Evidence | None:
        """The one cell that fits; where several do, none, and they are told."""
        if by_hand := self._by_hand(key, role, cells):
            return by_hand
        right = [one for one in cells if one.span == wanted]
        unsaid = [one for one in cells if one.span is None]
        fits = right or unsaid
        if not fits:
            if cells and role == "value":
                there, here = ("当月", "累计") if wanted == "cumulative" else ("累计", "当月")
                self._leave(f"表里只有{there}数，报的是{here}数", cells[0])
            return None
        if not right and len(unsaid) < len(cells) and role == "value":
            fits = list(cells)  # one says that it is the other span; the rest say nothing
        if len({_shown(one) for one in fits}) > 1:
            self._several.append(Several(key, role, tuple(fits)))
            return None
        return fits[0]

    def _by_hand(self, key: Key, role: Role, cells: Sequence[Evidence]) -> Evidence | None:
        """The cell that intake.toml names."""
        name = f"{key[0]}.{key[1]}" + (f".{role}" if role != "value" else "")
        chosen = self.cells.get(name)
        if chosen is None or key[2] is not None:
            return None
        sheet, mark, at = chosen.rpartition("!")
        place = parse_address(at)
        return next((one for one in cells if one.place == place and (not mark or one.sheet == sheet)), None)

    def _value(self, one: Evidence, measure: str) -> Taken | None:
        if one.amount is None:
            return None
        spec, wanted = self.definition.measures[measure], self.definition.unit_of(measure, self.unit)
        # What a sheet says of all its amounts it does not say of an index or a rate.
        unit = None if spec.stands and wanted in ("", "%") else one.unit
        found: Converted | None = converted(one.amount, unit, wanted)
        if found is None:
            self._leave(f"单位是{one.unit}，月报是{wanted}，不能换算", one)
        elif (found.number < 0 and not spec.signed) or abs(found.number) > MAX_VALUE:
            self._leave("数值不能是负数，也不能这样大", one)
        elif _places(found.number) > MAX_DECIMALS:
            self._leave(f"小数超过 {MAX_DECIMALS} 位", one)
        else:
            return Taken(found.number, found.exact, one, found.note, one.amount.doubt or found.doubt)
        return None

    def _growth(self, one: Evidence) -> Taken | None:
        if one.amount is None:
            return None
        if not -100 <= one.amount.number <= MAX_GROWTH or _places(one.amount.number) > MAX_DECIMALS:
            self._leave("同比不会低于 −100%，也不会这样大、这样细", one)
            return None
        return Taken(one.amount.number, one.amount.exact, one, None, one.amount.doubt)

    def _ranked(self, matches: Sequence[Match]) -> Iterator[Match]:
        """Figures as they are; of each ranking the first few by value."""
        groups: dict[tuple[str, str], list[Match]] = {}
        for match in matches:
            if match.key[2] is None:
                yield match
            else:
                groups.setdefault(match.key[:2], []).append(match)
        for key, group in groups.items():
            group.sort(key=lambda match: -match.value.number)
            yield from group[: min(MAX_RANKS, self.ranks.get(key, 3))]


def _shown(one: Evidence) -> str:
    return f"{one.amount.number:f}{one.unit if one.role == 'value' else ''}" if one.amount else ""


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _undoubled_columns(found: Sequence[Evidence]) -> frozenset[tuple[str, int]]:
    """The columns of rates that look like shares of one: all small, and with many decimals."""
    columns: dict[tuple[str, int], list[Decimal]] = {}
    for one in found:
        if one.role == "growth" and one.amount and not one.amount.percent:
            columns.setdefault((one.sheet, one.place[1]), []).append(one.amount.exact)
    return frozenset(key for key, rates in columns.items() if len(rates) > 1
                     and all(abs(rate) < Decimal("1.5") for rate in rates) and any(_places(rate) > 2 for rate in rates))
