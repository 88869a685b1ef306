"""The 核数表: every figure that an issue prints, where it comes from, how it was got, a box to tick.

For the person who reads the proof with the statistics beside it. It lists what is printed, not what is typed: a
share in a chart and a month that was derived are there too, each with what it was reckoned from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bulletin_press.document.exhibits import CompositionChart, Point, RankingChart, RunChart
from bulletin_press.ground.diagnostics import UsageFault
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.sections.report import ReportFields
from bulletin_press.language.numerals import plain
from bulletin_press.report.definition import Definition
from bulletin_press.report.facts import Direction, rate_of
from bulletin_press.report.figures import Figure, ReportFigures
from bulletin_press.report.plan import Fact, plan
from bulletin_press.report.wording import plan_headline

HEADS = ("序号", "项目", "印出的数", "印在", "怎么来的", "出处", "核对")
BOX = "□"
TYPED = "照录"


@dataclass(frozen=True)
class Row:
    """A figure as it is printed.

    Attributes:
        what: what it is a figure of.
        shown: the figure with its unit, as printed.
        places: where it is printed: 正文, 要目, 表, the titles of charts.
        how: typed, or how it was reckoned.
        origin: the line of issue.toml, and the cell of the sheet where it is known.
    """

    what: str
    shown: str
    places: tuple[str, ...]
    how: str
    origin: str

    def cells(self, number: int) -> tuple[str, ...]:
        """The row as the table has it, in the order of ``HEADS``."""
        return str(number), self.what, self.shown, "、".join(self.places), self.how, self.origin, BOX


def checklist(issue: Issue) -> tuple[Row, ...]:
    """Every printed figure of an issue's report.

    Raises:
        UsageFault: the issue has no report.
    """
    if issue.figures is None or issue.definition is None:
        raise UsageFault(f"{issue.name} 没有 [report]，没有数要核")
    return tuple(_Lister(issue, issue.definition, issue.figures).rows())


class _Lister:
    def __init__(self, issue: Issue, definition: Definition, figures: ReportFigures) -> None:
        self.issue, self.definition, self.figures = issue, definition, figures
        settings = issue.workspace.publication
        self.style = settings.style
        self.unit, self.charts_on = settings.report.unit, settings.charts
        earlier = issue.earlier_reports[:1]
        self.last = earlier[0] if earlier else None
        self.sources: Mapping[str, str] = next((one.source for _, one in issue.each(ReportFields)), {})
        planned = plan(definition, figures, self.last.figures if self.last else None, change=self.style.change,
                       month=self.style.month)
        self.spoken = [(sentence.sentence.form, fact) for paragraph in planned for sentence in paragraph.sentences
                       for group in sentence.groups for fact in group]
        self.exhibits = issue.exhibits

    def rows(self) -> Iterator[Row]:
        """The typed figures in the definition's order, then what is derived, then what charts reckon."""
        for measure, item, name, figure in self.figures.every():
            yield from self._typed(measure, item, name, figure)
        yield from self._derived()
        for chart in self.exhibits.charts:
            if isinstance(chart, CompositionChart):
                yield from self._shares(chart)
            elif isinstance(chart, RunChart):
                yield from self._run(chart)

    # --- words ------------------------------------------------------------------------------

    def what(self, measure: str, item: str, name: str | None = None) -> str:
        """What a figure is of: 大连市服务外包合同签约额."""
        spec, scope = self.definition.measures[measure], self.definition.scope_of(item)
        label = name or self.definition.items[item].label_in(self.figures.period)
        return f"{label} {scope.prefix if scope else ''}{spec.label}"

    def _unit(self, measure: str) -> str:
        return self.definition.measures[measure].unit or self.unit

    def _origin(self, path: tuple[str | int, ...], key: str) -> str:
        line = self.issue.table.span(path).line
        cell = self.sources.get(key)
        return f"issue.toml 第 {line} 行" + (f"；{cell}" if cell else "")

    def _places(self, measure: str, item: str, name: str | None) -> tuple[str, ...]:
        found = []
        if any(form != "month" and (fact.measure, fact.item, fact.name) == (measure, item, name)
               for form, fact in self.spoken):
            found.append("正文")
        shown = self.definition.key_figures
        if name is None and self.charts_on.get("key_figures", True) and (measure, item) in (*shown.lead, *shown.more):
            found.append("要目")
        if name is None and self.exhibits.table and self.definition.table and any(
                item in group for group in self.definition.table.groups):
            found.append(f"表（{self.exhibits.table.title}）")
        for chart in self.exhibits.charts:
            spec = self.definition.charts[chart.name]
            drawn = item in spec.items and measure in spec.measures
            if isinstance(chart, RankingChart):  # one for each measure, under the same name
                drawn = drawn and name in [bar.label for bar in chart.bars] and \
                    self.definition.measures[measure].label in chart.caption.subject
            if drawn and isinstance(chart, RankingChart | RunChart):
                found.append(f"图（{chart.caption.title}）")
        return tuple(found)

    # --- rows -------------------------------------------------------------------------------

    def _typed(self, measure: str, item: str, name: str | None, figure: Figure) -> Iterator[Row]:
        key = ".".join(part for part in (measure, item, name) if part)
        places = self._places(measure, item, name)
        if not places:
            return
        what = self.what(measure, item, name)
        yield Row(what, plain(figure.value) + self._unit(measure), places, TYPED,
                  self._origin(figure.value_path, key))
        rate = rate_of(figure)
        if rate is None:
            return
        shown = {Direction.LEVEL: "持平", Direction.NEARLY: "基本持平"}.get(rate.direction) or \
            f"{'−' if rate.value < 0 else ''}{plain(rate.value)}%"
        how = TYPED if figure.growth is not None else \
            f"由上年同期数算出：{plain(figure.value)} ÷ {plain(figure.previous or figure.value)} − 1"
        led = plan_headline(self.definition, self.figures)
        quoted = ("导读",) if led and name is None and (led.measure, led.item) == (measure, item) else ()
        yield Row(f"{what} 同比", shown, (*quoted, *places), how, self._origin(figure.rate_path, key))

    def _derived(self) -> Iterator[Row]:
        """The month alone, and the change of a rate."""
        for form, fact in self.spoken:
            if form == "month" and self.last:
                yield from self._month(fact)
            elif fact.change and self.last and form != "ranking":
                before = self.last.figures.figures.get((fact.measure, fact.item))
                rate = rate_of(before) if before else None
                if rate and fact.rate and fact.change.points:
                    yield Row(f"{self.what(fact.measure, fact.item)} 同比的变化",
                              f"{plain(fact.change.points)}个百分点", ("正文",),
                              f"{fact.rate.value:f} 与 {rate.value:f} 之差", f"本期与 {self.last.issue} 的同比")

    def _month(self, fact: Fact) -> Iterator[Row]:
        assert self.last is not None
        before = self.last.figures.figures[fact.measure, fact.item]
        now = self.figures.figures[fact.measure, fact.item]
        what = f"{self.what(fact.measure, fact.item)} {self.figures.period.month}月当月"
        origin = f"本期与 {self.last.issue} 的累计数"
        yield Row(what, plain(fact.value) + self._unit(fact.measure), ("正文",),
                  f"由累计数推算：{plain(now.value)} − {plain(before.value)}", origin)
        if fact.rate:
            yield Row(f"{what} 同比", f"{'−' if fact.rate.value < 0 else ''}{plain(fact.rate.value)}%", ("正文",),
                      "由两期累计数和同比推算", origin)

    def _shares(self, chart: CompositionChart) -> Iterator[Row]:
        for whole in chart.wholes:
            for part in whole.parts:
                yield Row(f"{part.label} 占{whole.label}", f"{part.text}%", (f"图（{chart.caption.title}）",),
                          "由各部分的数算出：本项 ÷ 各项之和", "见各项的数")

    def _run(self, chart: RunChart) -> Iterator[Row]:
        place = (f"图（{chart.caption.title}）",)
        for run in chart.runs:
            for point in run.cumulative:
                if point.month != self.figures.period.month:
                    yield from _point(f"{run.label} {chart.year}年{point.label}", run.unit, point, place, TYPED,
                                      self._issue_of(point.month))
            for point in run.months:
                yield from _point(f"{run.label} {chart.year}年{point.month}月当月", run.unit, point, place,
                                  "由相邻两期累计数推算", "见两期的累计数")

    def _issue_of(self, month: int) -> str:
        found = next((one.issue for one in self.issue.earlier_reports if one.figures.period.month == month), "")
        return f"{found} 的 issue.toml" if found else "前几期的 issue.toml"


def _point(what: str, unit: str, point: Point, place: tuple[str, ...], how: str, origin: str) -> Iterator[Row]:
    """A point of a run, and its rate where the chart has room for it."""
    yield Row(what, f"{point.text}{unit}", place, how, origin)
    if point.growth:
        sign = "−" if point.growth.way == "fall" else ""
        yield Row(f"{what} 同比", f"{sign}{point.growth.text}", place, how, origin)
