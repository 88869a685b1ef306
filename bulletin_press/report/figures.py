"""The figures of a report as typed: measure × item, value, growth, and what else was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bulletin_press.language.numerals import Period
from bulletin_press.toml.positions import KeyPath

Key = tuple[str, str]


@dataclass(frozen=True)
class PublishedMonth:
    """A single month as its source published it, beside the cumulative figure: value, or growth, or both."""

    value: Decimal | None
    growth: Decimal | None


@dataclass(frozen=True)
class Given:
    """What was typed of one figure; a source may publish its growth or its share alone.

    Attributes:
        value: in the measure's unit, ≥ 0 unless the measure is signed.
        growth: in per cent, ≥ −100, or in points where the measure's growth is a difference.
        previous: the value of the same period a year before.
        path: where the figure was typed; ``value_path`` and ``growth_path`` where these were.
        comparable: the growth is on comparable terms (可比口径).
        month: the last month alone, as published.
        mom: the rate against the month before (环比), per cent.
        share: of the whole that the sentence names, per cent.
        share_change: of that share against a year before, percentage points.
        contribution: to the growth of the whole (拉动), percentage points.
        base: what the growth is against, where not the year before: 2019.
        note: words that follow the figure.
        revised: the source has revised it: differences from earlier issues mean nothing.
    """

    value: Decimal | None
    growth: Decimal | None
    previous: Decimal | None
    path: KeyPath
    value_path: KeyPath
    growth_path: KeyPath
    comparable: bool = False
    month: PublishedMonth | None = None
    mom: Decimal | None = None
    share: Decimal | None = None
    share_change: Decimal | None = None
    contribution: Decimal | None = None
    base: str | None = None
    note: str = ""
    revised: bool = False

    @property
    def rate_path(self) -> KeyPath:
        """Where the growth was typed, or the previous value that stands in for it."""
        typed = self.growth is not None or self.previous is None
        return self.growth_path if typed else (*self.path, "previous")


@dataclass(frozen=True)
class Figure(Given):
    """A figure with a value: what sums, parts and months are reckoned from."""

    value: Decimal


@dataclass(frozen=True)
class Place:
    """One place of a ranking; ``figure`` as above."""

    name: str
    figure: Given
    path: KeyPath
    name_path: KeyPath


@dataclass(frozen=True)
class Ranked(Place):
    """A place with a value."""

    figure: Figure


@dataclass(frozen=True)
class ReportFigures:
    """All figures of one issue's report, by (measure, item), in the definition's order.

    ``figures`` and ``rankings`` hold those with a value, which is what rules reckon with; ``unvalued`` are the
    other figures, and ``places`` the whole of each ranking in which some place has no value. ``spans`` are the
    figures of other spans of the year that the report speaks of (q1, h1), by key.
    """

    period: Period
    figures: Mapping[Key, Figure]
    rankings: Mapping[Key, tuple[Ranked, ...]]
    unvalued: Mapping[Key, Given] = field(default_factory=dict)
    places: Mapping[Key, tuple[Place, ...]] = field(default_factory=dict)
    spans: Mapping[str, ReportFigures] = field(default_factory=dict)

    def find(self, measure: str, item: str, name: str | None = None) -> Figure | None:
        """An item's figure, or the one of a name in its ranking; None where it has no value."""
        if name is None:
            return self.figures.get((measure, item))
        ranking = self.rankings.get((measure, item), ())
        return next((ranked.figure for ranked in ranking if ranked.name == name), None)

    def given(self, measure: str, item: str) -> Given | None:
        """What was typed of an item, with a value or without."""
        return self.figures.get((measure, item)) or self.unvalued.get((measure, item))

    def ranking(self, measure: str, item: str) -> tuple[Place, ...]:
        """A ranking whole, with the places that have no value."""
        return self.places.get((measure, item)) or self.rankings.get((measure, item), ())

    @property
    def keys(self) -> frozenset[Key]:
        """Every figure and ranking of which something was typed."""
        return frozenset({*self.figures, *self.rankings, *self.unvalued, *self.places})

    def every(self) -> Iterator[tuple[str, str, str | None, Figure]]:
        """Each figure with a value as (measure, item, name in a ranking or None, figure)."""
        for (measure, item), figure in self.figures.items():
            yield measure, item, None, figure
        for (measure, item), ranking in self.rankings.items():
            for ranked in ranking:
                yield measure, item, ranked.name, ranked.figure

    def every_given(self) -> Iterator[tuple[str, str, str | None, Given]]:
        """Each figure as ``every``, those without a value too."""
        yield from self.every()
        for (measure, item), given in self.unvalued.items():
            yield measure, item, None, given
        for (measure, item), ranking in self.places.items():
            for place in ranking:
                if place.figure.value is None:
                    yield measure, item, place.name, place.figure


@dataclass(frozen=True)
class EarlierReport:
    """The report of an earlier issue, which is named by its folder."""

    issue: str
    figures: ReportFigures
