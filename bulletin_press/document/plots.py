"""Charts that an author asks for: a table of an item's, drawn. Neutral data, as of a report's exhibits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bulletin_press.document.exhibits import Caption

Form = Literal["bars", "columns", "line", "timeline"]
FORMS: tuple[Form, ...] = ("bars", "columns", "line", "timeline")
# Series that a reader tells apart, and rows that a page has room for.
MOST_SERIES, MOST_ROWS = 4, 60


@dataclass(frozen=True)
class PlotValue:
    """A value as it is drawn, None where there is none, and as it was typed."""

    value: Decimal | None
    text: str


@dataclass(frozen=True)
class PlotSeries:
    """A column of numbers, all of one unit, which may be empty."""

    label: str
    unit: str
    values: tuple[PlotValue, ...]


@dataclass(frozen=True)
class Plot:
    """Numbers to be drawn: ``labels`` name the rows, each series has a value for every one of them."""

    form: Literal["bars", "columns", "line"]
    caption: Caption
    labels: tuple[str, ...]
    series: tuple[PlotSeries, ...]
    kind: Literal["plot"] = "plot"


@dataclass(frozen=True)
class Moment:
    """When, and what then."""

    when: str
    what: str


@dataclass(frozen=True)
class Timeline:
    """What came one after the other, in the order typed."""

    caption: Caption
    moments: tuple[Moment, ...]
    kind: Literal["timeline"] = "timeline"


AuthorsChart = Plot | Timeline
