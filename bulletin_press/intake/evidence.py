"""What each number of a sheet is a figure of, by the words about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bulletin_press.intake.grid import Amount, Place, RawSheet, address
from bulletin_press.intake.labels import Label, Role, Span, bare_name, label_of, narrowed, without_index
from bulletin_press.intake.layout import Layout, Surrounded
from bulletin_press.intake.naming import Named, Names
from bulletin_press.language.numerals import Period

# What is said beside a value; where several labels say something, the first of these is meant.
BESIDE: Final[tuple[Role, ...]] = ("share_change", "share", "contribution", "mom", "points", "growth", "previous")
# So far left or above may the value stand that a rate belongs to.
_REACH = 4


@dataclass(frozen=True)
class Evidence:
    """A number and what it is.

    ``measure`` and ``item`` are keys of the definition, ``name`` one of a ranking; ``why`` says, in words, why it
    is a figure of nothing. ``year`` and ``month`` are those that its own labels name; ``fault`` says that the cell
    holds no number because it could not be reckoned. The rate of an ``index`` is its number less 100.
    """

    sheet: str
    place: Place
    amount: Amount | None
    role: Role
    measure: str | None = None
    item: str | None = None
    name: str | None = None
    span: Span | None = None
    year: int | None = None
    month: int | None = None
    unit: str | None = None
    label: str = ""
    why: str | None = None
    labels: tuple[str, ...] = ()
    row_role: bool = False
    fault: bool = False
    index: bool = False

    @property
    def at(self) -> str:
        """Its address: Sheet1!E6."""
        return f"{self.sheet}!{address(self.place)}" if self.sheet else address(self.place)


class Gatherer:
    """Reads sheets for one report.

    Args:
        names: what its measures and items are called.
        period: the report's period.
        hidden: hidden rows and columns are read too.
    """

    def __init__(self, names: Names, period: Period, *, hidden: bool = False) -> None:
        self.names, self.period, self.hidden = names, period, hidden
        self.definition = names.definition

    def gathered(self, sheet: RawSheet) -> tuple[Evidence, ...]:
        """What every number of a sheet is, from the top."""
        around = tuple(self._own(one) for one in Layout(
            sheet, hidden=self.hidden, codes=self.names.codes).surrounded())
        found = self._carried(around, [self._evidence(sheet, one) for one in around])
        return tuple(self._settled(one) for one in _adopted(found))

    def _carried(self, around: Sequence[Surrounded], found: Sequence[Evidence]) -> list[Evidence]:
        """Rows under a row that names a measure are of that measure: 快递业务量, 其中：同城, 异地."""
        carried: list[Evidence] = []
        measure, section = None, None
        for one, evidence in zip(around, found, strict=True):
            named = _all(self.named(label).measures for label in one.rows)
            if len(named) == 1:
                measure, section = next(iter(named)), one.section
            elif section != one.section:
                measure = None
            lacks = evidence.why is None and evidence.item is not None and evidence.measure is None
            carried.append(replace(evidence, measure=measure) if lacks and measure else evidence)
        return carried

    def _own(self, around: Surrounded) -> Surrounded:
        """The same with labels as this report means them: its codes are names, its indices and rates are wanted."""
        return replace(around, heads=tuple(map(self._meant, around.heads)), rows=tuple(map(self._meant, around.rows)))

    def _meant(self, label: Label) -> Label:
        code = label.text.strip().removesuffix(".0")
        if code in self.names.codes:
            return replace(label, name=code, year=None, month=None)
        if label.role not in (None, "value", "growth", "previous") or (label.role is None and label.percent):
            # What a word took away may belong to the name: 本科占比 is a measure.
            plain = narrowed(label.text).partition("(")[0]
            whole = label.name if label.role in (None, "other") else bare_name(plain)
            meant = self.names.named(whole, label.text)
            only = [self.definition.measures[key] for key in meant.measures] if meant.known else []
            if len(only) == 1 and not meant.items and (label.role is not None or only[0].own_unit == "%"):
                return replace(label, role=None, percent=False, name=whole)
        return label

    def _of_index(self, label: Label) -> Label:
        """A label that only the word 指数 takes for something else, named as what the index is of."""
        plain = without_index(label.name)
        meant = label.role == "other" and plain != label.name and self.names.named(plain, label.text).known
        return replace(label, role=None, name=plain) if meant else label

    def named(self, label: Label) -> Named:
        """What a label names."""
        return self.names.named(label.name, label.text)

    def _evidence(self, sheet: RawSheet, around: Surrounded) -> Evidence:
        near = (*around.heads, *around.rows)
        weak_labels = (*around.section, *around.corner, *around.titles, label_of(sheet.name))
        based = next((label for label in (*near, *weak_labels) if label.index), None)
        if based:  # 居民消费价格总指数 is what the rate is of
            near = tuple(self._of_index(label) for label in near)
        months = next((one for one in near if one.month is not None), None)
        span = next((one.span for one in near if one.span), None) or ("month" if months else None)
        if span is None:
            weak = (label.span for label in (*around.section, *around.titles, label_of(sheet.name)))
            span = "cumulative" if "cumulative" in weak else None
        role = _role(near)
        based = based if role == "value" else None
        if based and based.index:
            role, span = based.index, next((label.span for label in near if label.span), None) or based.span or span
        year = next((one.year for one in near if one.year is not None), None)
        month = months.month if months else None
        if role == "value" and (year == self.period.year - 1 or any(one.previous_year for one in near)):
            role = "previous"
        one = Evidence(
            sheet.name, around.place, around.amount, role, span=span,
            year=year, month=month, unit=_unit(around), label=_words(around),
            labels=tuple(label.text for label in near), row_role=_role(around.rows) in BESIDE,
            fault=around.content == "fault", index=based is not None)
        if year is not None and month is None and not self._dated(one, around):
            return replace(one, why="只写了年份，像是全年的数")
        if self.period.month == 1:  # January to January is January
            one = replace(one, span=None)
        return self._identified(one, around, near)

    def _dated(self, one: Evidence, around: Surrounded) -> bool:
        """Whether a number whose labels name a year alone is of the report's months: 2022年 may be all of it."""
        said = any(label.month == self.period.month for label in (*around.titles, *around.section))
        return self.period.month == 12 or one.span is not None or said

    def _identified(self, one: Evidence, around: Surrounded, near: Sequence[Label]) -> Evidence:
        """The same with its measure and item, as far as the labels tell."""
        named = [(label, self.named(label)) for label in near]
        if any(meant.ignored for _, meant in named):
            return replace(one, why="ignored")
        unknown = [label for label, meant in named if not meant.known]
        measures = _all(meant.measures for _, meant in named)
        items = _all(meant.items for _, meant in named)
        scopes = _all(meant.scopes for _, meant in named)
        scopes |= _all(self.named(label).scopes for label in around.section)
        weak = [self.named(label) for label in (*around.section, *around.corner, *around.titles,
                                                label_of(one.sheet))]
        measures = measures or next((meant.measures for meant in weak if meant.known and meant.measures), frozenset())
        if not measures and len(self.definition.measures) == 1:
            measures = frozenset(self.definition.measures)
        if measures <= self.names.spans.keys():  # 当月 and 累计 are what these measures go by
            span = one.span or (None if measures else "month" if self.period.single else "cumulative")
            own = {key for key, its in self.names.spans.items() if its == span}
            measures = frozenset(own) if len(own) == 1 else measures
        if len(measures) > 1:
            return replace(one, why="行和列说的不是同一个指标")
        measure = next(iter(measures), None)
        whole = self.names.whole(measure)
        if len(items) > 1 and whole in items:
            items -= {whole}
        if len(items) > 1:
            return replace(one, why="这一格像是两个项目的数")
        ranking = self._ranking(weak)
        if unknown and ranking and not items:
            return self._ranked(one, around, unknown, measure, ranking)
        if unknown:
            return replace(one, measure=measure, why="不认识：" + "、".join(label.text for label in unknown[:2]))
        total = any(meant.total for _, meant in named)
        item = next(iter(items), None)
        if item is None and not total:
            section = next((meant for meant in weak[: len(around.section)] if meant.known and meant.items), None)
            item = next(iter(section.items), None) if section and len(section.items) == 1 else None
        if item is None and (total or measures) and not (scopes and self._other_scope(whole, scopes)):
            item = whole
        if item is None or self._other_scope(item, scopes):
            said = "口径不同" if scopes else "没有写是哪一项"
            return replace(one, measure=measure, why=said)
        if self.definition.items[item].ranking:
            return replace(one, measure=measure, why="排名要一行一个名称")
        return replace(one, measure=measure, item=item)

    def _ranking(self, weak: Iterable[Named]) -> str | None:
        """The ranked item that the corner or the section names."""
        found = {item for meant in weak if meant.known for item in meant.items
                 if self.definition.items[item].ranking}
        return found.pop() if len(found) == 1 else None

    def _ranked(self, one: Evidence, around: Surrounded, unknown: Sequence[Label], measure: str | None,
                ranking: str) -> Evidence:
        """A row of a ranking: its one unknown label is the name."""
        if len(unknown) > 1 or unknown[0] not in around.rows:
            return replace(one, measure=measure, why="不认识：" + "、".join(label.text for label in unknown[:2]))
        name = narrowed(unknown[0].text)
        for mark, wide in (("(", "（"), (")", "）")):
            name = name.replace(mark, wide)
        return replace(one, measure=measure, item=ranking, name=name.strip().lstrip("0123456789.、 "))

    def _other_scope(self, item: str | None, scopes: frozenset[str]) -> bool:
        return bool(scopes) and (item is None or scopes != {self.definition.items[item].scope})

    def _settled(self, one: Evidence) -> Evidence:
        """The same with a reason where it is none of the report's, or of another period."""
        if one.why is None and one.measure is None:
            one = replace(one, why="没有写是哪个指标")
        if one.why is None and one.role == "other":
            return replace(one, why="指数、排名、上月数等，月报不用")
        other = (one.month is not None and one.month != self.period.month) or \
            (one.year is not None and one.year not in (self.period.year, self.period.year - 1)) or \
            (one.year == self.period.year - 1 and one.role != "previous")
        return replace(one, why="period") if other and one.why is None else one


def _all(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _role(labels: Sequence[Label]) -> Role:
    roles = {label.role for label in labels}
    if "share" in roles and roles & {"points", "growth"}:
        return "share_change" if "points" in roles else "other"
    for role in ("other", *BESIDE):
        if role in roles:
            return role
    return "other" if any(label.percent for label in labels) else "value"


def _unit(around: Surrounded) -> str | None:
    if around.amount and around.amount.unit:
        return around.amount.unit
    labels = (*around.heads, *around.rows, *around.corner, *around.section, *around.titles)
    return next((label.unit for label in labels if label.unit), None)


def _words(around: Surrounded) -> str:
    """What a person would call the number: its row, then its column."""
    rows = [label.text.strip() for label in reversed(around.rows) if label.name]
    heads = [label.text.strip() for label in reversed(around.heads)]
    return " ".join(" ".join((*rows, *heads)).split())[:60]


def _adopted(found: Sequence[Evidence]) -> Iterator[Evidence]:
    """Rates with what they lack taken over from the value that stands left of them, or above."""
    values = {one.place: one for one in found if one.role == "value" and one.why is None}
    for one in found:
        if one.role not in BESIDE or (one.measure and one.span and one.why is None):
            yield one
            continue
        row, column = one.place
        places = [(row - step, column) for step in range(1, _REACH)] if one.row_role else \
            [(row, column - step) for step in range(1, _REACH)]
        owner = next((values[place] for place in places if place in values), None)
        if owner is None or one.why not in (None, "没有写是哪一项") or (one.measure and one.measure != owner.measure):
            yield one
            continue
        bare = one.measure is None or one.item is None
        yield replace(one, measure=one.measure or owner.measure, span=one.span or owner.span, why=None,
                      item=(owner.item if bare else one.item), name=one.name or (owner.name if bare else None),
                      month=one.month or owner.month, year=one.year or owner.year)
