"""Which cell gives which figure; where two fit, neither does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, Literal

from bulletin_press.intake.evidence import Evidence
from bulletin_press.intake.grid import parse_address
from bulletin_press.intake.labels import Role, Span
from bulletin_press.intake.units import MAX_DECIMALS, Converted, converted
from bulletin_press.language.numerals import Period
from bulletin_press.report.definition import Definition
from bulletin_press.report.figure_reading import MAX_GROWTH, MAX_RANKS, MAX_VALUE

_MORE: Final[tuple[Role, ...]] = ("mom", "share", "share_change", "contribution")
_RATES: Final[tuple[Role, ...]] = ("growth", "mom", "share")
_HUNDRED = Decimal(100)
_SPANS: Final[Mapping[Span, str]] = {"month": "当月", "cumulative": "累计", "quarter": "当季"}
MonthRole = Literal["month", "month.growth"]
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
    """A figure: its value, its rate, the value a year before, the month alone where the sheet has it too, and the rest.

    Some of them may be missing, not all; ``more`` are those that go by a key of their own: mom, share, share_change,
    contribution.
    """

    key: Key
    value: Taken | None = None
    growth: Taken | None = None
    previous: Taken | None = None
    month: Taken | None = None
    month_growth: Taken | None = None
    more: Mapping[str, Taken] = field(default_factory=dict)

    @property
    def own(self) -> tuple[Taken, ...]:
        """What is written of it beside the month alone."""
        parts = (self.value, self.growth or self.previous, *self.more.values())
        return tuple(one for one in parts if one)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why it is not sure."""
        parts = (self.value, self.growth or self.previous, self.month, self.month_growth, *self.more.values())
        return tuple(one.doubt for one in parts if one and one.doubt)


@dataclass(frozen=True)
class Several:
    """A figure for which more than one cell fits."""

    key: Key
    role: str
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
        said: what a report has a sentence for, by (measure, item): month, mom, share …; nothing else of that is taken.
        spans: the measures that are of one span whatever the report's period is.
        key: the span of the year that the figures are of, where not the report's period, and its own span.
    """

    definition: Definition
    period: Period
    unit: str
    cells: Mapping[str, str] = field(default_factory=dict)
    ranks: Mapping[tuple[str, str], int] = field(default_factory=dict)
    said: Mapping[tuple[str, str], Set[str]] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)
    key: tuple[str, Span] | None = None
    _several: list[Several] = field(default_factory=list)
    _left: dict[str, list[Evidence]] = field(default_factory=dict)

    def anew(self) -> Matcher:
        """The same with nothing matched yet."""
        return replace(self, _several=[], _left={})

    def matched(self, found: Sequence[Evidence]) -> Matching:
        """Choose a cell for every figure."""
        keyed: dict[Key, list[Evidence]] = {}
        bare = _undoubled_columns(found)
        for one in found:
            if one.why is not None or one.measure is None or one.item is None:
                self._leave(one.why or "没有写是哪一项", one)
            elif one.amount is None:
                self._leave("fault" if one.fault else "blank", one)
            elif one.role in _RATES and (one.sheet, one.place[1]) in bare:
                self._leave("同比、占比像是没有乘 100 的小数（0.38 是 38% 还是 0.38%？）", one)
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
        wanted: Span = self.key[1] if self.key else \
            self.spans.get(key[0], "month" if self.period.single else "cumulative")
        values = [one for one in cells if one.role == "value"]
        value = self._chosen(key, "value", values, wanted)
        taken = self._value(value, key[0]) if value else None
        if values and taken is None:
            return None  # there is a value, though not one to be sure of: a rate alone would be half the truth
        rates = [replace(one, role="growth") if one.role == "points" and self.definition.measures[key[0]].in_points
                 else one for one in cells]
        growth = self._chosen(key, "growth", [one for one in rates if one.role == "growth"], wanted)
        before = self._chosen(key, "previous", [one for one in cells if one.role == "previous"], wanted) \
            if value and not growth else None
        month = self._month(key, "value", values, value) if wanted == "cumulative" else None
        month_growth = self._month(key, "growth", rates, growth) if wanted == "cumulative" else None
        match = Match(key, taken, self._growth(growth, key[0]) if growth else None,
                      self._value(before, key[0]) if before else None,
                      self._value(month, key[0]) if month else None,
                      self._growth(month_growth, key[0]) if month_growth else None,
                      dict(self._more(key, cells, wanted)))
        return match if match.own or match.month else None

    def _more(self, key: Key, cells: Sequence[Evidence], wanted: Span) -> Iterator[tuple[str, Taken]]:
        """What the sheet has of a figure beside its value and growth, and the report a sentence for."""
        for role in _MORE:
            there = [one for one in cells if one.role == role]
            if there and role not in self.said.get(key[:2], ()):
                self._leave("占比、环比、拉动等，月报里没有说它的句子", there[0])
            elif there and (chosen := self._chosen(key, role, there, wanted)) and (
                    taken := self._growth(chosen, key[0])):
                yield role, taken
        for one in cells:
            if one.role == "points" and not self.definition.measures[key[0]].in_points:
                self._leave("相差的百分点，月报不用", one)

    def _month(self, key: Key, role: Role, cells: Sequence[Evidence], used: Evidence | None) -> Evidence | None:
        """The cell of the month alone; where the report speaks of it and two fit, neither."""
        months = [one for one in cells if one.role == role and one.span == "month" and one != used]
        name: MonthRole = "month" if role == "value" else "month.growth"
        if by_hand := self._by_hand(key, name, cells):
            return by_hand
        if "month" in self.said.get(key[:2], ()) and len({_shown(one) for one in months}) > 1:
            self._several.append(Several(key, name, tuple(months)))
            return None
        return months[0] if months else None

    def _chosen(self, key: Key, role: Role, cells: Sequence[Evidence], wanted: Span) -> Evidence | None:
        """The one cell that fits; where several do, none, and they are told."""
        if by_hand := self._by_hand(key, role, cells):
            return by_hand
        right = [one for one in cells if one.span == wanted]
        unsaid = [one for one in cells if one.span is None]
        fits = right or unsaid
        if not fits:
            if cells and role == "value":
                self._leave(f"表里只有{_SPANS[cells[0].span or wanted]}数，报的是{_SPANS[wanted]}数", cells[0])
            return None
        if not right and len(unsaid) < len(cells) and role == "value":
            fits = list(cells)  # one says that it is the other span; the rest say nothing
        if len({_shown(one) for one in fits}) > 1:
            self._several.append(Several(key, role, tuple(fits)))
            return None
        return fits[0]

    def _by_hand(self, key: Key, role: Role | MonthRole, cells: Sequence[Evidence]) -> Evidence | None:
        """The cell that intake.toml names."""
        name = ".".join((*(self.key[:1] if self.key else ()), *key[:2], *((role,) if role != "value" else ())))
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

    def _growth(self, one: Evidence, measure: str) -> Taken | None:
        """A rate, a share or a difference in points."""
        if one.amount is None:
            return None
        less, spec = _HUNDRED if one.index else 0, self.definition.measures[measure]
        number = one.amount.number - less
        if one.role == "share" and not 0 <= number <= _HUNDRED:
            self._leave("占比在 0 和 100 之间", one)
            return None
        low = -MAX_GROWTH if spec.unbounded or one.role == "contribution" else -_HUNDRED
        if not low <= number <= MAX_GROWTH or _places(number) > MAX_DECIMALS:
            self._leave("同比不会低于 −100%，也不会这样大、这样细", one)
            return None
        return Taken(number, one.amount.exact - less, one, "表里是指数，减去 100 就是涨跌幅" if less else None,
                     one.amount.doubt)

    def _ranked(self, matches: Sequence[Match]) -> Iterator[Match]:
        """Figures as they are; of each ranking the first few by value."""
        groups: dict[tuple[str, str], list[Match]] = {}
        for match in matches:
            if match.key[2] is None:
                yield match
            else:
                groups.setdefault(match.key[:2], []).append(match)
        for key, group in groups.items():
            group = [match for match in group if match.own]
            if any(match.value for match in group):
                group = [match for match in group if match.value]
            group.sort(key=lambda match: -match.own[0].number)
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
        if one.role in _RATES and one.amount and not one.amount.percent:
            columns.setdefault((one.sheet, one.place[1]), []).append(one.amount.exact)
    return frozenset(key for key, rates in columns.items() if len(rates) > 1
                     and all(abs(rate) < Decimal("1.5") for rate in rates) and any(_places(rate) > 2 for rate in rates))
