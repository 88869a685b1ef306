"""The skeleton of a new issue: the lines of its report and of its sections, to be filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import jinja2

from bulletin_press.authoring.reporters import column_width
from bulletin_press.issue.sections.kind import Kind
from bulletin_press.language.numerals import Period, chinese_number, signed
from bulletin_press.report.definition import Definition
from bulletin_press.report.figures import Given, ReportFigures
from bulletin_press.toml.advice import bracketed

# How long the line above a section is, in columns.
_LINE = 47


@dataclass(frozen=True)
class FigureLine:
    """A line of the report's skeleton."""

    key: str
    label: str
    hint: str
    ranking: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MeasureLines:
    """A measure of the report's skeleton."""

    key: str
    label: str
    unit: str
    entries: tuple[FigureLine, ...]


@dataclass(frozen=True)
class ReportSkeleton:
    """The report of a new issue: its period, what that means, and the lines to fill in."""

    period: str
    period_words: str
    measures: tuple[MeasureLines, ...]


@dataclass(frozen=True)
class SectionSkeleton:
    """A section of a new issue: the comment lines above it, its header, the lines to fill in.

    ``report`` tells that its lines are the report's.
    """

    line: str
    hint: str
    header: str
    lines: str
    report: bool


def section_skeletons(kinds: Iterable[Kind[Any]], environment: jinja2.Environment, day: date
                      ) -> Iterator[SectionSkeleton]:
    """The sections of a new issue.

    Args:
        kinds: the sections in the order of printing, without those that the issue does not have.
        environment: what the lines are rendered by.
        day: the issue's date.
    """
    numeral = 0
    for kind in kinds:
        numeral += kind.numbered
        title = f"{chinese_number(numeral)}、{kind.title}" if kind.numbered else kind.title
        line = f"# ── {title}{kind.remark} "
        yield SectionSkeleton(line + "─" * max(4, _LINE - column_width(line.replace("─", "-"))), kind.hint,
                              bracketed(kind.name, double=kind.several),
                              environment.from_string(kind.scaffold).render(date=day.isoformat()), not kind.authored)


def report_skeleton(definition: Definition, period: Period, figures: ReportFigures | None, unit: str
                    ) -> ReportSkeleton:
    """The report of a new issue: the lines of the last one, else every item of the definition.

    Args:
        definition: the report.
        period: what it covers.
        figures: the last issue's, if there are any.
        unit: the publication's.
    """
    return ReportSkeleton(str(period), _period_words(period), tuple(_groups(definition, period, figures, unit)))


def _period_words(period: Period) -> str:
    if period.single:
        return f"{period.month}月当月；报累计数写 \"{Period(period.year, period.month)}\""
    if period.month <= 2:
        both = f"1月；1、2月的数合在一起公布的，写 \"{period.year:04}-02\"（1月至2月累计）"
        return f"{both if period.month == 1 else '1月至2月累计'}；只报当月写 \"{period}/month\""
    span = f"1月至{period.month}月累计"
    return f"{span}；只报当月写 \"{period}/month\""


def _hint(figure: Given) -> str:
    parts = [signed(figure.value)] if figure.value is not None else []
    parts += [f"{name} {number:f}" for name, number in (
        ("同比", figure.growth), ("占比", figure.share), ("环比", figure.mom)) if number is not None]
    return "上期 " + "，".join(parts) if parts else ""


def _groups(definition: Definition, period: Period, figures: ReportFigures | None, unit: str) -> Iterator[MeasureLines]:
    """The report's lines: those of the last issue, else every item of the definition."""
    if figures and not figures.keys:
        figures = None
    for measure, spec in definition.measures.items():
        entries = []
        for item, item_spec in definition.items.items():
            scope = definition.scope_of(item)
            label = item_spec.label_in(period) + (f"（{scope.label}）" if scope else "")
            if item_spec.ranking:
                ranking = figures.ranking(measure, item) if figures else ()
                names = tuple((ranked.name, _hint(ranked.figure)) for ranked in ranking)
                if names or not figures:
                    entries.append(FigureLine(item, label, "", names or ((("名称", ""),) * 3)))
                continue
            figure = figures.given(measure, item) if figures else None
            if figure or not figures:
                entries.append(FigureLine(item, label, _hint(figure) if figure else "", ()))
        yield MeasureLines(measure, spec.label, definition.unit_of(measure, unit), tuple(entries))
