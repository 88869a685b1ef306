"""Figures as exhibits: what a report shows beside its text, in the order of the definition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from bulletin_press.document.exhibits import (
    Bar,
    Breakdown,
    Caption,
    Chart,
    CompositionChart,
    Exhibits,
    Growth,
    KeyFigure,
    Part,
    Point,
    RankingChart,
    RunChart,
    Series,
)
from bulletin_press.language.numerals import (
    count_word,
    in_hundred_millions,
    joined,
    plain,
    rounded,
    signed,
)
from bulletin_press.report.definition import ChartSpec, Definition, Shown
from bulletin_press.report.facts import HUNDRED, Direction, Rate, rate_of
from bulletin_press.report.figure_table import FigureTables
from bulletin_press.report.figures import Given, ReportFigures
from bulletin_press.report.plan import Fact, PlannedParagraph, plan
from bulletin_press.report.wording import ReportStyle, Writer
from bulletin_press.report.year import YearPoint, YearPoints, year_points

# A bar chart of more rows is a table.
MAX_BARS = 10
SHARE_DECIMALS = 1


def exhibits_of(definition: Definition, figures: ReportFigures, style: ReportStyle,
                earlier: Sequence[ReportFigures] = (), shown: Mapping[str, bool] | None = None,
                last_year: Sequence[ReportFigures] = ()) -> Exhibits:
    """Everything that a report shows.

    Args:
        definition: what there is to show.
        figures: this issue's figures.
        style: the house style.
        earlier: the reports of earlier issues of the year, newest first.
        shown: what the publication turns off, by name; what it does not name is shown.
        last_year: the reports of the year before, for the bases of the year's run.
    """
    return _Display(definition, figures, style, earlier, shown or {}, last_year).exhibits()


class _Display(FigureTables):
    def __init__(self, definition: Definition, figures: ReportFigures, style: ReportStyle,
                 earlier: Sequence[ReportFigures], shown: Mapping[str, bool],
                 last_year: Sequence[ReportFigures] = ()) -> None:
        self.last_year = last_year
        self.definition, self.figures, self.style, self.shown = definition, figures, style, shown
        self.earlier = [one for one in earlier if one.period.before(figures.period)]
        last = self.earlier[0] if self.earlier else None
        self.writer = Writer(definition, style, figures.period, last.period if last else None)
        # As they are printed, the derived month with them: charts stand after paragraphs by number.
        self.paragraphs = plan(definition, figures, last, change=style.change, month=style.month)
        self.period = f"{figures.period.year}年{figures.period.words(style.period)}"

    def exhibits(self) -> Exhibits:
        spec = self.definition.key_figures if self.shown.get("key_figures", True) else None
        charts = [chart for name, one in self.definition.charts.items() if self.shown.get(name, True)
                  for chart in self.drawn(name, one)]
        return Exhibits(
            self.period, self.style.region, self.style.unit,
            tuple(self.key_figures(spec.lead)) if spec else (),
            tuple(self.key_figures(spec.more)) if spec else (),
            self.table() if self.shown.get("table", True) else None,
            tuple(sorted(charts, key=lambda chart: chart.after)))

    # --- words ------------------------------------------------------------------------------

    def growth(self, rate: Rate | None, measure: str, given: Given | None = None) -> Growth | None:
        """A rate as it is shown; of a measure in points their number, on comparable terms with these words."""
        if rate is None:
            return None
        spec = self.definition.measures[measure]
        words = self.writer.growth(rate, spec, given.base if given else None,
                                   comparable=bool(given and given.comparable)).text
        if rate.direction is Direction.LEVEL:
            return Growth("level", "持平", words)
        if rate.direction is Direction.NEARLY and not spec.in_points:
            return Growth("level", "基本持平", words)
        return Growth("rise" if rate.value > 0 else "fall",
                      plain(rate.value) + (spec.points if spec.in_points else "%"), words)

    def rate(self, figure: Given, measure: str) -> Growth | None:
        """The growth of a figure as it is shown."""
        return self.growth(rate_of(figure, in_points=self.definition.measures[measure].in_points), measure, figure)

    def unit(self, measure: str) -> str:
        return self.definition.unit_of(measure, self.style.unit)

    def short(self, measure: str) -> str:
        spec = self.definition.measures[measure]
        return spec.short or spec.label

    def label(self, item: str) -> str:
        return self.definition.items[item].label_in(self.figures.period)

    def after(self, items: Iterable[str]) -> int:
        """The last paragraph that speaks of one of the items; the last of all where none does."""
        spoken = [index for index, paragraph in enumerate(self.paragraphs)
                  if _items_of(paragraph) & set(items)]
        return spoken[-1] if spoken else max(len(self.paragraphs) - 1, 0)

    def caption(self, title: str, subject: str, statements: Sequence[str], notes: Sequence[str] = ()
                ) -> Caption:
        alt = f"{self.period}{self.style.region}{title}（{subject}）：{'；'.join(statements)}。"
        return Caption(title, subject, tuple(notes), self.style.source, alt)

    def titled(self, spec: ChartSpec, count: int = 0, measure: str = "") -> str:
        title = spec.one if count == 1 and spec.one else spec.title
        return self.writer.filled(title, count=count_word(count), measure=measure)

    # --- key figures and table --------------------------------------------------------------

    def key_figures(self, shown: Sequence[Shown]) -> Iterable[KeyFigure]:
        for measure, item in shown:
            figure = self.figures.given(measure, item)
            if figure is None or (figure.value is None and figure.growth is None):
                continue
            fact, scope = Fact(measure, item, figure.value, None), self.definition.scope_of(item)
            total = self.definition.items[item].within is None
            name, short = self.writer.measure(fact), self.short(measure)
            if not total:
                # A whole is named by what it measures, a part by what it is, its scope and a short measure.
                scoped = (scope.prefix if scope else "") + short
                name = self.label(item) + scoped
                short = (self.definition.items[item].short or self.label(item)) + scoped
            elif not self._of_the_title(item, name):
                short = (self.definition.items[item].short or self.label(item)) + short
                name = self.label(item) + name
            notes = [scope.note.strip("（）")] if scope and total and scope.note else []
            notes += ["同比按可比口径"] if figure.comparable else []
            yield self._key_figure(figure, measure, (name, short), f"（{'，'.join(notes)}）" if notes else "")

    def _key_figure(self, figure: Given, measure: str, names: tuple[str, str], note: str) -> KeyFigure:
        """A figure set large: its value; of one that was published without, its growth."""
        if figure.value is not None:
            unit = self.unit(measure)
            return KeyFigure(*names, note, signed(figure.value), unit, self.rate(figure, measure),
                             *in_hundred_millions(figure.value, unit))
        growth, spec = figure.growth or Decimal(0), self.definition.measures[measure]
        against = "同比" if figure.base is None else f"比{figure.base}"
        unit = spec.points if spec.in_points else "%"
        return KeyFigure(names[0] + against, names[1] + against, note, signed(growth), unit, None, signed(growth), unit)

    # --- charts -----------------------------------------------------------------------------

    def drawn(self, name: str, spec: ChartSpec) -> Iterable[Chart]:
        """The charts that a spec makes of the figures: none where they are missing."""
        made: list[Chart | None]
        if spec.kind == "ranking":
            made = [self.ranking(name, spec, measure) for measure in spec.measures]
        else:
            made = [self.composition(name, spec) if spec.kind == "composition" else self.run(name, spec)]
        return [chart for chart in made if chart]

    def ranking(self, name: str, spec: ChartSpec, measure: str) -> RankingChart | None:
        item = spec.items[0]
        ranking = self.figures.rankings.get((measure, item), ())
        # Bars begin at nought: no place without a value, none below it.
        if not any(ranked.figure.value for ranked in ranking) or (measure, item) in self.figures.places \
                or any(ranked.figure.value < 0 for ranked in ranking):
            return None
        # A list out of order is a finding; a chart shows what is largest all the same.
        kept = sorted(ranking, key=lambda ranked: -ranked.figure.value)[:MAX_BARS]
        bars = tuple(Bar(ranked.name, ranked.figure.value, plain(ranked.figure.value),
                         self.rate(ranked.figure, measure)) for ranked in kept)
        notes = [f"{overlap.whole}含{joined(parts)}" for overlap in self.definition.overlaps
                 if overlap.ranking == item and any(overlap.is_whole(bar.label) for bar in bars)
                 and (parts := [bar.label for bar in bars if overlap.holds(bar.label)])]
        if len(ranking) > len(kept):
            notes.append(f"只列前{len(kept)}位")
        label, unit = self.definition.measures[measure].label, self.unit(measure)
        statements = [bar.label + bar.text + unit + _bracketed(bar.growth) for bar in bars]
        title = self.titled(spec, len(bars), label)
        subject = self.writer.filled(spec.subject) if spec.subject else label
        caption = self.caption(title, f"{subject}，{unit}" if unit else subject, statements, notes)
        return RankingChart(name, caption, self.after([item]), bars)

    def composition(self, name: str, spec: ChartSpec) -> CompositionChart | None:
        wholes, statements, uneven = [], [], False
        for measure in spec.measures:
            values = [figure.value if (figure := self.figures.find(measure, item)) else None
                      for item in spec.items]
            # A share needs its whole: with a part missing there is none.
            if len(values) < 2 or any(value is None or value < 0 for value in values) or not any(values) \
                    or not self.definition.measures[measure].adds_up:
                continue
            whole = sum((value for value in values if value), start=Decimal(0))
            shares = [(value or Decimal(0)) / whole for value in values]
            texts = [rounded(share * HUNDRED, SHARE_DECIMALS) for share in shares]
            uneven = uneven or sum(texts) != HUNDRED
            parts = tuple(Part(self.definition.name_of(item), share, str(text))
                          for item, share, text in zip(spec.items, shares, texts, strict=True))
            wholes.append(Breakdown(self.short(measure), parts))
            statements.append(self.short(measure) + "中，" + "、".join(f"{p.label}占{p.text}%" for p in parts))
        if not wholes:
            return None
        notes = ["因四舍五入，各项之和可能不等于100"] if uneven else []
        subject = spec.subject or "占比"
        if len(wholes) == 1 and not spec.subject:
            subject = wholes[0].label + "占比"
        return CompositionChart(name, self.caption(self.titled(spec), f"{self.writer.filled(subject)}，%",
                                                   statements, notes),
                                self.after(spec.items), tuple(wholes))

    def run(self, name: str, spec: ChartSpec) -> RunChart | None:
        item, reports = spec.items[0], [self.figures, *self.earlier]
        found = {measure: year for measure in spec.measures
                 if (year := year_points(reports, measure, item, self.definition.measures[measure], self.last_year))}
        points = [point for year in found.values() for point in (*year.cumulative, *year.months)]
        several = any(len(year.cumulative) > 1 for year in found.values())
        if not several or not any(point.value or point.base for point in points):
            return None
        units = list(dict.fromkeys(filter(None, map(self.unit, found))))
        runs = [self._run(measure, year, named=len(units) > 1) for measure, year in found.items()]
        statements = [self.definition.measures[measure].label + "，".join(
            point.label + point.text + run.unit + _told(point, run.unit) for point in (*run.cumulative, *run.months))
            for measure, run in zip(found, runs, strict=True)]
        notes = []
        months = [point for run in runs for point in run.months]
        if any(point.derived for point in months):
            some = [f"{point.month}月" for point in months if not point.derived]
            notes.append("当月数由累计数相减推算" + (f"（{'、'.join(dict.fromkeys(some))}为公布数）" if some else ""))
        implied = [point for point in points if point.base is not None and point.typed_base is None]
        if implied:
            notes.append("上年同期数按公布的同比倒推"
                         + ("，其中有可比口径的" if any(point.comparable for point in implied) else ""))
        subject = self.writer.filled(spec.subject) if spec.subject else "、".join(units) \
            or "、".join(self.definition.measures[measure].label for measure in found)
        return RunChart(name, self.caption(self.titled(spec), subject, statements, notes), self.after([item]),
                        self.figures.period.year, tuple(runs))

    def _run(self, measure: str, year: YearPoints, *, named: bool) -> Series:
        """A measure's run; where the measures of a chart differ in unit, its label names its own."""
        label, unit = self.definition.measures[measure].label, self.unit(measure)
        return Series(f"{label}（{unit}）" if named and unit else label, unit,
                      tuple(self._point(point, measure) for point in year.cumulative),
                      tuple(self._point(point, measure) for point in year.months),
                      stands=self.definition.measures[measure].kind != "flow")

    def _point(self, point: YearPoint, measure: str) -> Point:
        spec, month = self.definition.measures[measure], f"{point.period.month}月"
        label = point.period.words(self.style.period)
        if point.month:
            label = month + "当月"
        elif spec.kind in ("stock", "index"):
            label = month + ("末" if spec.kind == "stock" else "")
        return Point(point.period.month, label, point.value, plain(point.value), point.base,
                     None if point.typed_base is None else plain(point.typed_base),
                     self.growth(point.rate, measure), point.derived)


def _items_of(paragraph: PlannedParagraph) -> set[str]:
    return {item for sentence in paragraph.sentences for item in sentence.sentence.items}


def _bracketed(growth: Growth | None) -> str:
    return f"（{growth.words}）" if growth else ""


def _told(point: Point, unit: str) -> str:
    """A point's growth in brackets; where there is none, the year before as it was typed."""
    if point.growth is None and point.base_text is not None:
        return f"（上年同期{point.base_text}{unit}）"
    return _bracketed(point.growth)
