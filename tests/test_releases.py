"""Sentences that published data reports say: release by release, figures in, text out, no Python between."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bulletin_press.language.numerals import Period
from bulletin_press.report.consistency import inconsistencies
from bulletin_press.report.definition import Definition
from bulletin_press.report.figure_reading import read_figures
from bulletin_press.report.figures import ReportFigures
from bulletin_press.report.wording import ReportStyle, write_report

FOLDER = Path(__file__).parent / "data" / "releases"
RELEASES = {path.stem: tomllib.loads(path.read_text("utf-8"), parse_float=Decimal) for path in FOLDER.glob("*.toml")}
SENTENCES = [(name, what) for name in sorted(RELEASES) for what in RELEASES[name]["sentences"]]


def definition_of(release: dict[str, Any]) -> Definition:
    definition = Definition.model_validate(release["definition"])
    assert not list(inconsistencies(definition))
    return definition


def figures_of(release: dict[str, Any], definition: Definition) -> ReportFigures:
    read, complaints = read_figures(release["figures"], Period.parse(release["period"]), definition, ("report",))
    assert not complaints
    return read


def text_of(release: dict[str, Any]) -> str:
    definition, day = definition_of(release), release["date"]
    assert isinstance(day, date)
    style = ReportStyle(release["region"], release["region"], release["source"], release["unit"], day)
    earlier = figures_of(release["earlier"], definition) if "earlier" in release else None
    return "\n".join(write_report(definition, figures_of(release, definition), style, earlier).paragraphs)


@pytest.mark.parametrize(("name", "what"), SENTENCES)
def test_what_a_release_says(name: str, what: str) -> None:
    assert RELEASES[name]["sentences"][what] in text_of(RELEASES[name])
