"""The skeleton of a new issue: the lines of its report and of its sections, to be filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import jinja2

from bulletin_press.authoring.reporters import column_width
from bulletin_press.issue.sections.kind import Kind
from bulletin_press.language.numerals import Period, chinese_number, signed
from bulletin_press.report.asked import asked_of, form_of, spans_of, typed_in
from bulletin_press.report.definition import Definition
from bulletin_press.report.figures import Given, ReportFigures
from bulletin_press.report.sentence import SPANS
from bulletin_press.toml.advice import bracketed

# How long the line above a section is, in columns.
_LINE = 47


@dataclass(frozen=True)
class FigureLine:
    """A line of the report's skeleton: its key, the form that its figure is typed in, what it is, the last one's.

    ``ranking`` has a form and a hint for each place of one.
    """

    key: str
    form: str
    label: str
    hint: str
    ranking: tuple[tuple[str, str], ...] = ()


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

    @property
    def named(self) -> bool:
        """Whether some figure is typed with the names of its parts."""
        return any("{" in form for measure in self.measures for entry in measure.entries
                   for form in (entry.form, *(row for row, _ in entry.ranking)))


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


def quoted(text: str) -> str:
    """A TOML basic string; control characters go, the user typed them by accident."""
    kept = "".join(char for char in text if char.isprintable())
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'


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
    """The report's lines: those of the last issue, else every figure that the definition asks for.

    Those of other spans of the year that are over by then follow.
    """
    if figures and not figures.keys:
        figures = None
    yield from _measures(definition, period, figures, unit)
    for span in spans_of(definition):
        end = Period(period.year, SPANS[span].last)
        if end.month <= period.month and not period.single:
            before = figures.spans.get(span) if figures and figures.period.year == period.year else None
            yield from _measures(definition, end, before, unit, span)


def _measures(definition: Definition, period: Period, figures: ReportFigures | None, unit: str,
              span: str | None = None) -> Iterator[MeasureLines]:
    asked = asked_of(definition, span)
    for measure, spec in definition.measures.items():
        entries = []
        for item, item_spec in definition.items.items():
            parts = asked.get((measure, item), ())
            scope = definition.scope_of(item)
            label = item_spec.label_in(period) + (f"（{scope.label}）" if scope else "")
            if item_spec.ranking and (rows := _rows(figures, measure, item, parts)):
                entries.append(FigureLine(item, "", label, "", rows))
            elif not item_spec.ranking:
                figure = figures.given(measure, item) if figures else None
                if figure:
                    form = form_of(typed_in(figure), comparable=figure.comparable)
                    entries.append(FigureLine(item, form, label, _hint(figure)))
                elif parts and not figures:
                    entries.append(FigureLine(item, form_of(parts), label, ""))
        # A measure of which there was nothing last time still stands there, to be asked for again.
        if entries or (not span and any(name == measure for name, _ in asked)):
            named = f"{span}.{measure}" if span else measure
            words = f"{SPANS[span].words}{spec.label}" if span else spec.label
            yield MeasureLines(named, words, definition.unit_of(measure, unit), tuple(_aligned(entries)))


def _aligned(entries: Sequence[FigureLine]) -> Iterator[FigureLine]:
    """The lines of a measure with what follows them in one column."""
    widest = max((column_width(entry.form) for entry in entries), default=0)
    for entry in entries:
        yield entry if entry.ranking else replace(
            entry, form=entry.form + " " * (widest - column_width(entry.form)))


def _rows(figures: ReportFigures | None, measure: str, item: str, parts: tuple[str, ...]
          ) -> tuple[tuple[str, str], ...]:
    """The places of a ranking, as they were typed last time; three to be named where there was no issue."""
    if figures:
        return tuple((form_of(typed_in(place.figure), name=quoted(place.name), comparable=place.figure.comparable),
                      _hint(place.figure)) for place in figures.ranking(measure, item))
    return ((form_of(parts, name=quoted("名称")), ""),) * 3 if parts else ()
