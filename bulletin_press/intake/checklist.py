"""The 核数表: every figure that an issue prints, where it comes from, how it was got, a box to tick.

For the person who reads the proof with the statistics beside it. It lists what is printed, not what is typed: a
share in a chart and a month that was derived are there too, each with what it was reckoned from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bulletin_press.document.exhibits import CompositionChart, Point, RankingChart, RunChart
from bulletin_press.ground.diagnostics import UsageFault
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.sections.report import ReportFields
from bulletin_press.language.numerals import plain
from bulletin_press.report.definition import Definition
from bulletin_press.report.facts import Direction, Rate, rate_of
from bulletin_press.report.figures import Given, ReportFigures
from bulletin_press.report.phrases import Phraser
from bulletin_press.report.plan import Fact, PlannedSentence, headline_fact, plan
from bulletin_press.report.sentence import SPANS, Statement

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


# How a statement is reckoned where the source did not publish it.
_RECKONED: Mapping[Statement, str] = {
    "share": "本项 ÷ 总体", "share_change": "两年占比之差", "gap": "本项与总体的同比之差",
    "contribution": "本项的增量 ÷ 总体上年同期数", "difference": "本期 − 上年同期"}
# What a statement is of, after the figure's name; where it was typed, under which key.
_NAMED: Mapping[Statement, str] = {
    "mom": "环比", "share": "占比", "share_change": "占比的变化", "gap": "增速与总体之差", "contribution": "拉动",
    "difference": "比上年同期的增减"}


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
        self.sentences = [sentence for paragraph in planned for sentence in paragraph.sentences]
        self.spoken = [(sentence.sentence.form, fact) for sentence in self.sentences
                       for group in sentence.groups for fact in group]
        self.phraser = Phraser(definition, issue.house_style, figures.period,
                               self.last.figures.period if self.last else None)
        self.exhibits = issue.exhibits

    def rows(self) -> Iterator[Row]:
        """The typed figures in the definition's order, then what is derived, then what charts reckon."""
        for measure, item, name, given in self.figures.every_given():
            yield from self._typed(measure, item, name, given)
        for span, figures in self.figures.spans.items():
            for measure, item, name, given in figures.every_given():
                yield from self._typed(measure, item, name, given, span)
        for sentence in self.sentences:
            yield from self._said(sentence)
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
        return self.definition.unit_of(measure, self.unit)

    def _origin(self, path: tuple[str | int, ...], key: str) -> str:
        line = self.issue.table.span(path).line
        cell = self.sources.get(key)
        return f"issue.toml 第 {line} 行" + (f"；{cell}" if cell else "")

    def _places(self, measure: str, item: str, name: str | None, span: str | None = None) -> tuple[str, ...]:
        found = []
        if span:
            return ("正文",) if any(sentence.sentence.span == span and (fact.measure, fact.item, fact.name) == (
                measure, item, name) for sentence in self.sentences for group in sentence.groups
                for fact in group) else ()
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

    def _typed(self, measure: str, item: str, name: str | None, given: Given, span: str | None = None) -> Iterator[Row]:
        """A figure as it was typed: its value and its rate, wherever they are printed."""
        key = ".".join(part for part in (span, measure, item, name) if part)
        places = self._places(measure, item, name, span)
        if not places:
            return
        what = (f"{SPANS[span].words} " if span else "") + self.what(measure, item, name)
        if given.value is not None:
            yield Row(what, _signed(given.value) + self._unit(measure), places, TYPED,
                      self._origin(given.value_path, key))
        spec = self.definition.measures[measure]
        rate = rate_of(given, in_points=spec.in_points)
        if rate is None:
            return
        how = TYPED if given.growth is not None else self._from_previous(given, in_points=spec.in_points)
        yield Row(f"{what} {_against(given)}", self._rate(rate, measure),
                  self._quoted(measure, item, name, span) + places, how, self._origin(given.rate_path, key))

    def _quoted(self, measure: str, item: str, name: str | None, span: str | None) -> tuple[str, ...]:
        led = headline_fact(self.definition, self.figures)
        return ("导读",) if led and not (name or span) and (led.measure, led.item) == (measure, item) else ()

    def _rate(self, rate: Rate, measure: str) -> str:
        spec = self.definition.measures[measure]
        if not spec.in_points and rate.direction in (Direction.LEVEL, Direction.NEARLY):
            return "持平" if rate.direction is Direction.LEVEL else "基本持平"
        return _signed(rate.value) + (spec.points if spec.in_points else "%")

    def _from_previous(self, given: Given, *, in_points: bool) -> str:
        if given.value is None or given.previous is None:
            return TYPED
        sum_done = f"{_signed(given.value)} − {_signed(given.previous)}" if in_points else \
            f"{plain(given.value)} ÷ {plain(given.previous)} − 1"
        return f"由上年同期数算出：{sum_done}"

    def _said(self, planned: PlannedSentence) -> Iterator[Row]:
        """What a sentence says beside values and rates: months, changes, shares, gaps, sums."""
        spec = planned.sentence
        figures = self.figures.spans.get(spec.span) if spec.span else self.figures
        before = f"{SPANS[spec.span].words} " if spec.span else ""
        for fact in (fact for group in planned.groups for fact in group):
            what = before + self.what(fact.measure, fact.item, fact.name)
            if spec.form == "month":
                yield from self._month_of(fact, published=planned.published)
                continue
            given = self._given(figures, fact)
            for statement in fact.says:
                if statement == "month" and fact.month:
                    alone = Fact(fact.measure, fact.item, fact.month.value,
                                 None if fact.month.growth is None else Rate(fact.month.growth))
                    yield from self._month_of(alone, published=True)
                elif statement == "change":
                    yield from self._change(fact, what)
                elif statement in _NAMED:
                    phrase = self.phraser.statement(statement, fact, spec)
                    typed = given is not None and getattr(given, statement, None) is not None
                    yield Row(f"{what} {_NAMED[statement]}", phrase.verb + phrase.amount or phrase.text, ("正文",),
                              TYPED if typed else f"算出：{_RECKONED.get(statement, '')}",
                              self._origin((*given.path, statement), "") if typed and given else "见各项的数")
        yield from self._sums(planned, before)

    def _given(self, figures: ReportFigures | None, fact: Fact) -> Given | None:
        if figures is None:
            return None
        if fact.name is None:
            return figures.given(fact.measure, fact.item)
        return next((place.figure for place in figures.ranking(fact.measure, fact.item) if place.name == fact.name),
                    None)

    def _sums(self, planned: PlannedSentence, before: str) -> Iterator[Row]:
        """The sums of a ranking and their shares, where the sentence asks for them."""
        spec = planned.sentence
        for total, group in zip(planned.sums, planned.groups, strict=False):
            what = f"{before}{self.what(group[0].measure, group[0].item)} 前{len(group)}位合计"
            template = spec.many if len(group) > 1 else spec.one
            if total.value is not None and "{sum}" in template:
                yield Row(what, _signed(total.value) + self._unit(group[0].measure), ("正文",),
                          f"照录（{spec.total}）" if spec.total else "算出：各位之和", "见各项的数")
            if total.share is not None and "{share}" in template:
                yield Row(f"{what} 占比", f"{plain(total.share)}%", ("正文",), "算出，或照录", "见各项的数")

    def _change(self, fact: Fact, what: str) -> Iterator[Row]:
        """How a rate moved against the last issue's, or the value of an index or a rate."""
        before = self.last.figures.given(fact.measure, fact.item) if self.last else None
        if self.last is None or before is None:
            return
        spec = self.definition.measures[fact.measure]
        rate = rate_of(before, in_points=spec.in_points)
        if fact.change and fact.change.points and fact.rate and rate:
            yield Row(f"{what} 同比的变化", f"{plain(fact.change.points)}个百分点", ("正文",),
                      f"{fact.rate.value:f} 与 {rate.value:f} 之差", f"本期与 {self.last.issue} 的同比")
        elif fact.moved and fact.value is not None and before.value is not None:
            yield Row(f"{what} 的变化", plain(fact.moved) + spec.points, ("正文",),
                      f"{fact.value:f} 与 {before.value:f} 之差", f"本期与 {self.last.issue} 的数")

    def _month_of(self, fact: Fact, *, published: bool) -> Iterator[Row]:
        """The last month alone: as its source published it, or as it follows from two cumulative figures."""
        what = f"{self.what(fact.measure, fact.item)} {self.figures.period.month}月当月"
        now = self.figures.given(fact.measure, fact.item)
        if published:
            how, rate_how = TYPED, TYPED
            origin = self._origin((*now.path, "month") if now else (), "")
        else:
            before = self.last.figures.find(fact.measure, fact.item) if self.last else None
            if self.last is None or before is None or now is None or now.value is None:
                return
            how, rate_how = f"由累计数推算：{plain(now.value)} − {plain(before.value)}", "由两期累计数和同比推算"
            origin = f"本期与 {self.last.issue} 的累计数"
        if fact.value is not None:
            yield Row(what, _signed(fact.value) + self._unit(fact.measure), ("正文",), how, origin)
        if fact.rate:
            yield Row(f"{what} 同比", self._rate(fact.rate, fact.measure), ("正文",), rate_how, origin)

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


def _signed(number: Decimal) -> str:
    return ("−" if number < 0 else "") + plain(number)


def _against(given: Given) -> str:
    """What a rate is against: 同比, 同比（可比口径）, 比 2019 年."""
    against = f"比 {given.base}" if given.base else "同比"
    return against + ("（可比口径）" if given.comparable else "")


def _point(what: str, unit: str, point: Point, place: tuple[str, ...], how: str, origin: str) -> Iterator[Row]:
    """A point of a run, and its rate where the chart has room for it."""
    yield Row(what, f"{point.text}{unit}", place, how, origin)
    if point.growth:
        sign = "−" if point.growth.way == "fall" else ""
        yield Row(f"{what} 同比", f"{sign}{point.growth.text}", place, how, origin)
