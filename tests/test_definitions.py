"""The report definitions that come with the press: a real month of each, and any month with any figure missing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin_press.ground.resources import templates_folder
from bulletin_press.language.numerals import Period
from bulletin_press.report.asked import asked_of, spans_of
from bulletin_press.report.definition import Definition
from bulletin_press.report.definition_files import bundled_titles, load_definition
from bulletin_press.report.figure_reading import read_figures
from bulletin_press.report.figures import ReportFigures
from bulletin_press.report.sentence import SPANS
from bulletin_press.report.wording import ReportStyle, ReportText, write_report

FOLDER = Path(__file__).parent / "data" / "definitions"
MONTHS = {f"{path.parent.name} {path.stem}": path for path in sorted(FOLDER.glob("*/*.toml"))}
NAMES = tuple(bundled_titles())


@cache
def bundled(name: str) -> Definition:
    return load_definition(name, (templates_folder(),))


def figures_of(raw: dict[str, Any], period: str, definition: Definition, unit: str) -> ReportFigures:
    read, complaints = read_figures(raw, Period.parse(period), definition, ("report",), unit)
    assert not complaints
    return read


def written(path: Path) -> tuple[dict[str, Any], ReportText]:
    month = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    definition, unit = bundled(path.parent.name), month["unit"]
    short = "全国" if month["region"] == "全国" else "我市"
    style = ReportStyle(month["region"], short, month["source"], unit, month["date"])
    before = month.get("earlier")
    earlier = figures_of(before["figures"], before["period"], definition, unit) if before else None
    return month, write_report(definition, figures_of(month["figures"], month["period"], definition, unit), style,
                               earlier)


# --- real months ----------------------------------------------------------------------------

def test_each_definition_has_a_published_month() -> None:
    assert {path.parent.name for path in MONTHS.values()} == set(NAMES)
    assert len(NAMES) == 9


@pytest.mark.parametrize("month", MONTHS)
def test_a_published_month_sentence_by_sentence(month: str) -> None:
    expected, text = written(MONTHS[month])
    assert text.headline == expected["headline"]
    assert [[f"{sentence}。" for sentence in paragraph.split("。")[:-1]] for paragraph in text.paragraphs] \
        == expected["sentences"]


@pytest.mark.parametrize("name", NAMES)
def test_what_was_typed_is_asked_for(name: str) -> None:
    """The scaffold of a definition has a place for each figure that its source really publishes."""
    definition = bundled(name)
    for path in FOLDER.glob(f"{name}/*.toml"):
        raw = tomllib.loads(path.read_text("utf-8"))["figures"]
        for span in (None, *spans_of(definition)):
            asked = asked_of(definition, span)
            table = raw.get(span, {}) if span else {key: value for key, value in raw.items() if key not in SPANS}
            assert {(measure, item) for measure, items in table.items() for item in items} <= set(asked)


# --- any month, any figure missing ----------------------------------------------------------

PLACES = ("日本", "美国", "德国", "韩国")
_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
# Marks that meet, clauses without anything in them, joints with nothing to join.
_ORPHANS = re.compile(
    r"[，。；、：（][，。；、：）]|^[，。；、]|看，[。]|分别为?同比|为(?:同比|与上年|，|。)|完成(?:同比|，|。)|[{}]|其中[。；]"
    r"|(?:占|较|比|和|与)[，。；]|None|分别[，。；]")


def typed(parts: tuple[str, ...], number: int, *, fall: bool, ranked: bool = False) -> dict[str, Any]:
    """A figure in the form that is asked for, each of its numbers unlike all others."""
    growth = Decimal(number) + Decimal("10.37")
    numbers: dict[str, Any] = {
        "value": Decimal(5000 - number if ranked else 5000 + 11 * number) + Decimal("0.13"),
        "growth": -growth if fall and growth < 100 else growth, "mom": Decimal(number) + Decimal("300.71"),
        "share": Decimal(number % 97) + Decimal("0.0003"), "contribution": Decimal(number) + Decimal("700.59"),
        "month": [Decimal(20000 + number) + Decimal("0.29"), Decimal(30000 + number) + Decimal("0.31")],
        "share_change": Decimal("0.5")}
    numbers["previous"] = numbers["value"] / 2
    return {part: numbers[part] for part in parts}


@st.composite
def months(draw: st.DrawFn, name: str) -> tuple[ReportFigures, list[str]]:
    """A month of a definition with gaps, and the numbers that must be printed of it, as they are typed."""
    definition = bundled(name)
    month = draw(st.sampled_from([1, 2, 3, 6, 9, 12]))
    period = f"2023-{month:02}{draw(st.sampled_from(['', '', '/month']))}"
    chances = draw(st.lists(st.integers(0, 99), min_size=1, max_size=400))
    gap = draw(st.sampled_from([0, 30, 60, 90]))
    raw: dict[str, Any] = {}
    printed: list[str] = []
    number = 0
    for span in (None, *spans_of(definition)):
        for (measure, item), parts in asked_of(definition, span).items():
            number += 5
            chance = chances[number % len(chances)]
            if chance < gap or (span and SPANS[span].last > month):
                continue
            kept = tuple(part for part in parts if len(parts) == 1 or (chance + len(part)) % 5 or part == "value")
            # A value goes with anything; growth alone is published too.
            kept = ("growth",) if chance % 9 == 0 and "growth" in parts else kept
            kept = tuple(part for part in kept if part != "previous" or "value" in kept)
            if not {*kept} - {"previous"}:
                continue
            table = raw.setdefault(span, {}) if span else raw
            several = definition.items[item].ranking
            count = 1 + chance % len(PLACES) if several else 1
            rows = [typed(kept, number + place, fall=(chance + place) % 2 == 0, ranked=several)
                    for place in range(count)]
            table.setdefault(measure, {})[item] = [
                {"name": PLACES[place], **row} for place, row in enumerate(rows)] if several else rows[0]
            printed += _texts(rows)
    return figures_of(raw, period, definition, "亿元"), printed


def _texts(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        for part, value in row.items():
            if part != "previous":  # what it is for is printed: the difference
                yield from (f"{abs(one)}" for one in (value if isinstance(value, list) else [value]))


def text_of(name: str, figures: ReportFigures) -> ReportText:
    style = ReportStyle("滨海市", "我市", "市统计局", "亿元", date(figures.period.year, 12, 31))
    return write_report(bundled(name), figures, style)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_each_figure_is_printed_once_and_nothing_is_left_over(name: str, data: st.DataObject) -> None:
    figures, printed = data.draw(months(name))
    text = text_of(name, figures)
    found = [number for paragraph in text.paragraphs for number in _NUMBER.findall(paragraph)]
    for number in printed:
        assert found.count(number) == 1, (number, text.paragraphs)
    for paragraph in text.paragraphs:
        assert paragraph.endswith("。")
        assert not _ORPHANS.search(paragraph), paragraph
        assert paragraph.count("（") == paragraph.count("）")
    assert bool(text.paragraphs) == bool(printed)
