"""Exhibits: what a report shows beside its text. Key figures, a table, charts.

Neutral data: numbers to draw by and the words to print, no geometry, no colour, no HTML. Values
and growth are printed as they were typed; whatever was computed says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Way = Literal["rise", "fall", "level"]


@dataclass(frozen=True)
class Growth:
    """A year-on-year rate as it is shown: ``way`` chooses ▲ or ▼, ``text`` is its size.

    ``text`` is without sign ("12.93%"); level rates are words (持平, 基本持平). ``words`` is the
    whole for a reader who sees neither mark nor colour: 同比下降12.93%.
    """

    way: Way
    text: str
    words: str

    @property
    def mark(self) -> str:
        """▲, ▼ or nothing."""
        return {"rise": "▲", "fall": "▼", "level": ""}[self.way]


@dataclass(frozen=True)
class KeyFigure:
    """A figure to be set large: ``note`` says what it covers (（包含在岸）) or is empty.

    ``large`` and ``large_unit`` are the same in 亿, for where that reads more easily (44.28, 亿美元): as ``value`` and
    ``unit`` where it is less than one.
    """

    label: str
    short: str
    note: str
    value: str
    unit: str
    growth: Growth | None
    large: str = ""
    large_unit: str = ""


@dataclass(frozen=True)
class FigureCell:
    """A value of the table; ``missing`` decimals fewer than the most of its column.

    A column is aligned on the point by leaving that many digits (and a point, if ``whole``) free.
    """

    value: str
    growth: Growth | None
    missing: int = 0
    whole: bool = False


@dataclass(frozen=True)
class FigureRow:
    """A row of the table, a cell a measure; ``opens`` a group of rows that belong together."""

    label: str
    cells: tuple[FigureCell | None, ...]
    opens: bool = False
    total: bool = False


@dataclass(frozen=True)
class FigureTable:
    """The month's figures: a row an item, for each measure a value and its growth.

    ``units`` are the measures', in their order; ``growths`` tells which of them have any.
    """

    name: str
    title: str
    period: str
    measures: tuple[str, ...]
    units: tuple[str, ...]
    growths: tuple[bool, ...]
    rows: tuple[FigureRow, ...]
    notes: tuple[str, ...]
    source: str

    @property
    def unit(self) -> str:
        """The unit of all measures, or every one of them where they differ: 亿元、个."""
        return "、".join(dict.fromkeys(filter(None, self.units)))


@dataclass(frozen=True)
class Caption:
    """What stands with a chart.

    Attributes:
        title: what the chart shows.
        subject: the measure and its unit, ``接包合同执行额，万美元``.
        notes: what a reader must know, a sentence each without its full stop.
        source: where the figures come from.
        alt: the chart in words, with every figure that it shows.
    """

    title: str
    subject: str
    notes: tuple[str, ...]
    source: str
    alt: str


@dataclass(frozen=True)
class Bar:
    """A ranked value."""

    label: str
    value: Decimal
    text: str
    growth: Growth | None


@dataclass(frozen=True)
class RankingChart:
    """Ranked values, bars from nought. ``after`` is the index of the paragraph that speaks of them."""

    name: str
    caption: Caption
    after: int
    bars: tuple[Bar, ...]
    kind: Literal["ranking"] = "ranking"


@dataclass(frozen=True)
class Part:
    """A part of a whole; ``share`` of 1, ``text`` in per cent without the sign (71.8)."""

    label: str
    share: Decimal
    text: str


@dataclass(frozen=True)
class Breakdown:
    """A whole, by what it measures, and its parts: they make 1 together."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class CompositionChart:
    """Wholes and their parts, a stacked bar each; the same parts in the same order in each."""

    name: str
    caption: Caption
    after: int
    wholes: tuple[Breakdown, ...]
    kind: Literal["composition"] = "composition"


@dataclass(frozen=True)
class Point:
    """A figure of a month of the year: cumulative to it, or of that month alone.

    ``base`` is the same a year before: as typed, or implied by value and growth (``base_text`` is
    then None, for nobody published it). A month is as published, or ``derived`` from two cumulative figures.
    """

    month: int
    label: str
    value: Decimal
    text: str
    base: Decimal | None
    base_text: str | None
    growth: Growth | None
    derived: bool = False


@dataclass(frozen=True)
class Series:
    """A measure over the year: cumulative figures, ascending, and the months that they imply.

    ``stands`` tells of a stock, an index or a rate: its figures are as they stand and begin at no nought.
    Where a chart has runs of different units, ``label`` names the unit too: 成交数（个）.
    """

    label: str
    unit: str
    cumulative: tuple[Point, ...]
    months: tuple[Point, ...]
    stands: bool = False


@dataclass(frozen=True)
class RunChart:
    """The run of the year, a panel a measure; one of them has two periods, and something above nought.

    ``brief`` leaves out the single months, for where there is little room.
    """

    name: str
    caption: Caption
    after: int
    year: int
    runs: tuple[Series, ...]
    brief: bool = False
    kind: Literal["run"] = "run"


Chart = RankingChart | CompositionChart | RunChart


@dataclass(frozen=True)
class Exhibits:
    """All that a report shows; what was not given or is turned off is empty.

    ``lead`` and ``more`` are the key figures, the first rank and the second. ``charts`` stand in
    the order of the paragraphs that speak of them.
    """

    period: str
    region: str
    unit: str
    lead: tuple[KeyFigure, ...] = ()
    more: tuple[KeyFigure, ...] = ()
    table: FigureTable | None = None
    charts: tuple[Chart, ...] = ()

    def after(self, paragraph: int) -> tuple[Chart, ...]:
        """The charts of a paragraph, by its index from 0."""
        return tuple(chart for chart in self.charts if chart.after == paragraph)

    def __bool__(self) -> bool:
        return bool(self.lead or self.more or self.table or self.charts)
