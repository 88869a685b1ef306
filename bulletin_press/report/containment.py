"""Which figure of a report lies within which other."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.report.definition import Definition
from bulletin_press.report.figures import ReportFigures

Key = tuple[str, str, str | None]
"""A figure's measure, item and, in a ranking, name."""


def contained(figures: ReportFigures, definition: Definition) -> Iterator[tuple[Key, Key]]:
    """Each figure that was given with each one given that contains it: part, whole."""
    for measure, item, name, _ in figures.every():
        within = definition.items[item].within
        if definition.measures[measure].unbounded or not definition.measures[measure].adds_up:
            continue
        if within and figures.find(measure, within):
            yield (measure, item, name), (measure, within, None)
    for measure, spec in definition.measures.items():
        if spec.unbounded or not spec.adds_up:
            continue
        yield from _overlapping(figures, definition, measure)


def _overlapping(figures: ReportFigures, definition: Definition, measure: str) -> Iterator[tuple[Key, Key]]:
    """Each ranked name inside another ranked name, or inside an item."""
    for overlap in definition.overlaps:
        ranking = figures.rankings.get((measure, overlap.ranking), ())
        wholes: list[Key] = [(measure, overlap.ranking, ranked.name) for ranked in ranking
                             if overlap.is_whole(ranked.name)]
        if overlap.item and figures.find(measure, overlap.item):
            wholes.append((measure, overlap.item, None))
        for whole in wholes:
            for ranked in ranking:
                if overlap.holds(ranked.name):
                    yield (measure, overlap.ranking, ranked.name), whole
