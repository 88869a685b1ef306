"""The table of a month's figures: a row an item and a column a measure, or, of many measures, one below the other."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from bulletin_press.document.exhibits import FigureCell, FigureRow, FigureTable, Growth
from bulletin_press.language.numerals import decimals, joined, signed
from bulletin_press.report.definition import Definition
from bulletin_press.report.figures import Given, ReportFigures
from bulletin_press.report.wording import ReportStyle

# How many characters tell what a title is of: 软件, 房地.
_SUBJECT = 2
# What the narrowest page of the bundled themes has room for in the type of its tables, em.
_ROOM = 40.0
_DIGIT, _MARK, _GAP = 0.58, 1.2, 0.9
_STUB = 10
# A table of so many measures that is mostly “—” has them one below the other.
_MANY, _FILLED = 3, 0.5
_DASH = "—"
_NOT_PUBLISHED = "“—”为没有公布的数"

_Columns = Mapping[str, Mapping[str, FigureCell | None]]


class FigureTables(ABC):
    """What makes the table of a report's figures."""

    definition: Definition
    figures: ReportFigures
    style: ReportStyle
    period: str

    @abstractmethod
    def unit(self, measure: str) -> str:
        """What a measure is counted in."""

    @abstractmethod
    def label(self, item: str) -> str:
        """What an item is called in the period."""

    @abstractmethod
    def rate(self, figure: Given, measure: str) -> Growth | None:
        """The growth of a figure as it is shown."""

    def _of_the_title(self, item: str, measure: str) -> bool:
        """Whether an item is what the whole report is of, so that a figure of it needs no other name."""
        label = self.label(item)
        title = self.definition.title
        return label == title or measure.startswith((label, title[:_SUBJECT]))

    def table(self) -> FigureTable | None:
        """The table of the figures; None where the definition has none or there is only a row of it."""
        spec = self.definition.table
        if spec is None:
            return None
        measures = [measure for measure in self.definition.measures
                    if any(self._cell_given(measure, item) for group in spec.groups for item in group)]
        columns = {measure: self._column(measure, [i for group in spec.groups for i in group])
                   for measure in measures}
        named: list[tuple[str, str]] = []
        rows: list[FigureRow] = []
        for group in spec.groups:
            given = [item for item in group if any(columns[measure][item] for measure in measures)]
            for item in given:
                named.append((item, self._row_name(item)))
                rows.append(FigureRow(named[-1][1], tuple(columns[measure][item] for measure in measures),
                                      opens=item == given[0] and bool(rows),
                                      total=self.definition.items[item].within is None))
        if len(rows) < 2:
            return None
        growths = tuple(any(cell and cell.growth for cell in columns[measure].values()) for measure in measures)
        heads = tuple(self.definition.measures[measure].label for measure in measures)
        units = tuple(map(self.unit, measures))
        notes = [*self._scope_notes([item for item, _ in named]),
                 *self._overlap_notes({item for group in spec.groups for item in group}),
                 *self._terms_notes([item for item, _ in named])]
        if _crowded(rows, growths):
            rows = list(self._listed(columns, named))
            heads, units, growths = (self.period,), ("绝对量",), (any(growths),)
        if any(cell is None or cell.value == _DASH for row in rows for cell in row.cells):
            notes.append(_NOT_PUBLISHED)
        return FigureTable("table", spec.title, self.period, heads, units, growths, tuple(rows), tuple(notes),
                           self.style.source)

    def _row_name(self, item: str) -> str:
        scope = self.definition.scope_of(item)
        return self.label(item) + (scope.note if scope and self.definition.items[item].within is None else "")

    def _listed(self, columns: _Columns, named: Sequence[tuple[str, str]]) -> Iterator[FigureRow]:
        """A row a figure: the items of a measure below it, as statistical offices publish them."""
        decimal = max((_places(cell) for cells in columns.values() for cell in cells.values() if cell), default=0)
        for measure, cells in columns.items():
            spec, unit = self.definition.measures[measure], self.unit(measure)
            first = True
            for item, name in named:
                cell = cells[item]
                if cell is None:
                    continue
                total = self.definition.items[item].within is None
                if first:
                    whole = total and self._of_the_title(item, spec.label)
                    name = (spec.label + name.removeprefix(self.label(item)) if whole else name + spec.label) \
                        + (f"（{unit}）" if unit else "")
                missing = decimal - _places(cell) if cell.value != _DASH else 0
                yield FigureRow(name, (replace(cell, missing=missing, whole=bool(missing) and not _places(cell)),),
                                opens=first and measure != next(iter(columns)), total=first)
                first = False

    def _cell_given(self, measure: str, item: str) -> Given | None:
        """A figure that a cell has something of: a value, a growth or both."""
        given = self.figures.given(measure, item)
        return given if given and (given.value is not None or given.growth is not None) else None

    def _column(self, measure: str, items: Sequence[str]) -> dict[str, FigureCell | None]:
        figures = {item: self._cell_given(measure, item) for item in items}
        places = {item: decimals(figure.value) for item, figure in figures.items()
                  if figure and figure.value is not None}
        most = max(places.values(), default=0)
        return {item: FigureCell(signed(figure.value) if figure.value is not None else "—",
                                 self.rate(figure, measure), most - places.get(item, most),
                                 whole=bool(most) and places.get(item) == 0) if figure else None
                for item, figure in figures.items()}

    def _terms_notes(self, items: Iterable[str]) -> Iterable[str]:
        """Which growth is on comparable terms, and which figures were revised."""
        given = [(measure, item, figure) for measure in self.definition.measures for item in items
                 if (figure := self._cell_given(measure, item))]
        rated = [(measure, item) for measure, item, figure in given if figure.growth is not None]
        terms = [(measure, item) for measure, item, figure in given if figure.comparable and figure.growth is not None]
        if terms and terms == rated:
            yield "同比按可比口径计算"
        else:
            for measure in dict.fromkeys(measure for measure, _ in terms):
                some = [item for one, item in terms if one == measure]
                whole = len(some) == sum(one == measure for one, _ in rated)
                names = "" if whole else joined([self.label(item) for item in some])
                yield f"{names}{self.definition.measures[measure].label}同比按可比口径计算"
        if revised := list(dict.fromkeys(item for _, item, figure in given if figure.revised)):
            yield f"{joined([self.label(item) for item in revised])}为修订数"

    def _scope_notes(self, items: Sequence[str]) -> Iterable[str]:
        """Which rows are of another scope than the whole: a reader who adds them up must know."""
        scopes = {item: self.definition.items[item].scope for item in items}
        whole = {scope for item, scope in scopes.items() if self.definition.items[item].within is None}
        for name in dict.fromkeys(scope for scope in scopes.values() if scope and scope not in whole):
            places = [place for place, item in enumerate(items) if scopes[item] == name]
            rows = [self.label(items[place]) for place in places]
            together = len(rows) > 2 and places[-1] - places[0] == len(rows) - 1
            named = f"{rows[0]}至{rows[-1]}各项" if together else joined(rows)
            if whole:
                yield f"{named}只计{self.definition.scopes[name].label}"

    def _overlap_notes(self, items: Set[str]) -> Iterable[str]:
        """Which rows of the table, those of some items, may not be added."""
        for whole in self.definition.wholes:
            blocs = [self.label(bloc) for bloc in whole.blocs
                     if bloc in items and any(self.figures.find(measure, bloc) for measure in self.definition.measures)]
            if len(blocs) > 1:
                yield f"{joined(blocs)}互有重叠，不可相加"


def _crowded(rows: Sequence[FigureRow], growths: Sequence[bool]) -> bool:
    """Whether a column a measure asks for more room than a page has, or is hardly filled."""
    cells = [cell for row in rows for cell in row.cells]
    if len(growths) >= _MANY and sum(map(bool, cells)) < _FILLED * len(cells):
        return True
    wide = float(min(max(len(row.label) for row in rows), _STUB))
    for at, grows in enumerate(growths):
        column = [cell for row in rows if (cell := row.cells[at])]
        wide += _DIGIT * max(len(cell.value) for cell in column) + _GAP
        rates = [_DIGIT * len(cell.growth.text) + _MARK for cell in column if cell.growth]
        wide += max(rates) + _GAP if grows else 0
    return len(growths) > 1 and wide > _ROOM


def _places(cell: FigureCell) -> int:
    """How many decimals a cell shows."""
    return len(cell.value.partition(".")[2])
