"""Figures as a first page shows them: large ones in 亿, all of a page in one unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from bulletin_press.document.exhibits import Chart, Exhibits, KeyFigure, Point, RankingChart, RunChart, Series
from bulletin_press.language.numerals import hundred_million, in_hundred_millions

# Less than so many 亿 has but one digit left that counts: 0.09.
LEAST = Decimal("0.1")
Large = Callable[[Decimal], str | None]


def in_large_units(exhibits: Exhibits) -> Exhibits:
    """What a report shows, in 亿: its key figures, and those of its charts that are in their unit.

    All of it or nothing: unless every key figure of the report's unit is at least ``LEAST`` of a 亿 and each of the
    first rank at least one, what was typed stays. A chart with a smaller value is left out: it would show
    another unit than the figures beside it.
    """
    shared = [one for one in (*exhibits.lead, *exhibits.more) if one.unit == exhibits.unit]
    first = [one for one in exhibits.lead if one.unit == exhibits.unit]
    large = next((one.large_unit for one in first if one.large_unit != one.unit), "")
    if not large or any(one.large_unit != large for one in first):
        return exhibits

    def written(value: Decimal) -> str | None:
        text, unit = in_hundred_millions(value, exhibits.unit, least=LEAST)
        return text if unit == large else None if value else "0"

    values = {one: written(Decimal(one.value)) for one in shared}
    if not all(values.values()):
        return exhibits

    def figures(many: tuple[KeyFigure, ...]) -> tuple[KeyFigure, ...]:
        return tuple(replace(one, value=text, unit=large) if (text := values.get(one)) else one for one in many)

    charts = tuple(made for one in exhibits.charts if (made := _chart(one, exhibits.unit, large, written)))
    return replace(exhibits, unit=large, lead=figures(exhibits.lead), more=figures(exhibits.more), charts=charts)


def at_a_glance(exhibits: Exhibits) -> Exhibits:
    """What a report shows, in 亿 wherever ``in_large_units`` writes it so, with all of its charts.

    A chart with a value too small for it stays in the unit that its caption names.
    """
    large = in_large_units(exhibits)
    charts = {one.name: one for one in large.charts}
    return replace(large, charts=tuple(charts.get(one.name, one) for one in exhibits.charts))


def _chart(chart: Chart, unit: str, large: str, written: Large) -> Chart | None:
    caption = replace(chart.caption, subject=chart.caption.subject.removesuffix(unit) + large) \
        if chart.caption.subject.endswith(unit) else chart.caption
    if isinstance(chart, RankingChart):
        if caption is chart.caption:
            return chart
        texts = [written(bar.value) for bar in chart.bars]
        bars = tuple(replace(bar, text=text) for bar, text in zip(chart.bars, texts, strict=True) if text)
        return replace(chart, caption=caption, bars=bars) if len(bars) == len(chart.bars) else None
    if isinstance(chart, RunChart):
        runs = tuple(_series(run, unit, large, written) for run in chart.runs)
        found = tuple(run for run in runs if run)
        return replace(chart, caption=caption, runs=found) if len(found) == len(chart.runs) else None
    return chart


def _series(run: Series, unit: str, large: str, written: Large) -> Series | None:
    if run.unit != unit:
        return run

    scale = hundred_million(unit)

    def points(many: tuple[Point, ...]) -> Iterator[Point | None]:
        for one in many:
            text = written(one.value)
            yield replace(one, text=text, value=one.value / scale,
                          base=None if one.base is None else one.base / scale) if text else None

    cumulative, months = tuple(points(run.cumulative)), tuple(points(run.months))
    if None in cumulative or None in months:
        return None
    return replace(run, unit=large, label=run.label.replace(f"（{unit}）", f"（{large}）"),
                   cumulative=tuple(filter(None, cumulative)), months=tuple(filter(None, months)))
