"""What a theme's templates need reckoned: sizes, fits, lengths, what stands where. Templates only set it.

The numbers are the theme's own, under ``[reckoning]`` in its theme.toml; the ways to reckon are these. Where a
theme asks for one that its file gives no numbers for, it is told so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Final, TypeVar

from markupsafe import Markup

from bulletin_press.document.exhibits import Chart, Exhibits, FigureTable, Growth, KeyFigure
from bulletin_press.document.tree import (
    Block,
    Document,
    Entry,
    Grid,
    Item,
    KeyDates,
    Paragraph,
    Picture,
    Pictures,
    Section,
    Subheading,
)
from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.theme import codes
from bulletin_press.theme.reckoning import blocks, front, levels, running, text
from bulletin_press.theme.reckoning.at_a_glance import at_a_glance as in_hundred_millions
from bulletin_press.theme.reckoning.settings import Extent, Reckoning, points
from bulletin_press.theme.set_picture import SetPicture
from bulletin_press.theme.tabulation import Columns, columns_of

__all__ = ["MADE", "Reckoner", "Reckoning", "points"]

# What the functions give, which templates may see whole.
MADE: Final[tuple[type, ...]] = (
    text.Fitted, blocks.Beside, blocks.Card, blocks.TurnedTable, front.FilledPage, front.Listed, front.ContentsList,
    front.ReportCharts, running.NumberedChart, running.Passed, running.Running, running.NumberedItem, running.Profile,
    running.Aligned, running.GuidePlan, running.PairedImprint, levels.Levelled)
T = TypeVar("T")


class Reckoner:
    """The functions that a theme's templates are handed, for one document.

    Args:
        name: the theme's, for what is said of it.
        numbers: the theme's.
        properties: its options and what choices set.
        document: the issue.
        drawing: makes a chart of some width, pt, an SVG.
    """

    def __init__(self, name: str, numbers: Reckoning, properties: Mapping[str, str], document: Document,
                 drawing: front.Drawing) -> None:
        self._name, self._numbers, self._properties = name, numbers, properties
        self._document, self._drawing, self._widths = document, drawing, numbers.ems
        self._numbered: Counter[str] = Counter()

    def functions(self) -> dict[str, Callable[..., Any]]:
        """The functions by the names that templates call them by."""
        # The sandbox calls no method of what is not listed; these stand for themselves.
        return {name: partial(getattr(self, name)) for name in vars(type(self))
                if not name.startswith("_") and name != "functions"}

    # --- texts ------------------------------------------------------------------------------

    def fitted(self, name: str, *texts: str, beside: str = "") -> text.Fitted:
        """The size of texts: ``[reckoning.fits.<name>]``."""
        return text.fitted(texts, self._one("fits", name), self._widths, self._properties, beside)

    def figure_size(self, name: str, figures: Sequence[KeyFigure], across: int) -> float:
        """The size of key figures, so many in a row: ``[reckoning.fits.<name>]``."""
        values = [one.value for one in figures]
        return text.same_size(values, across, self._one("fits", name), self._properties)

    def fits(self, name: str, *texts: str) -> bool:
        """Whether texts stand in one line: ``[reckoning.lines.<name>]``."""
        return text.fits(texts, self._one("lines", name), self._widths, self._properties)

    def label_parts(self, label: str) -> tuple[str, str]:
        """The label of a combined or special issue, parted before its last word: 7—8月, 合刊."""
        return text.label_parts(label)

    # --- blocks -----------------------------------------------------------------------------

    def length_of(self, name: str, many: Sequence[Block]) -> str:
        """``short``, ``middling`` or ``long``: ``[reckoning.extents.<name>]``."""
        extent: Extent = self._one("extents", name)
        room = extent.ems(self._properties)
        lines = extent.head + blocks.lines_of(many, extent, room, self._widths)
        return "short" if lines <= extent.short else "middling" if lines <= extent.middling else "long"

    def longest(self, name: str, section: Section) -> str:
        """The length of the longest item of a section, as ``length_of`` tells it: ``[reckoning.extents.<name>]``."""
        lengths = {self.length_of(name, item.blocks) for item in section.items}
        return next((one for one in ("long", "middling") if one in lengths), "short")

    def member_facts(self, item: Item) -> tuple[Entry, ...]:
        """A member's short lines, without the publisher's own name in them."""
        return blocks.member_facts(item, self._document.front.organiser)

    def beside(self, item: Item) -> blocks.Beside:
        """What stands in the margin beside an item: ``[reckoning.side]``."""
        return blocks.beside(item, self._part("side", self._numbers.side), self._widths, self._properties,
                             self.coded(item))

    def side_dates(self, item: Item) -> KeyDates | None:
        """The dates of an item that stand in the margin; none where they are too many: ``[reckoning.side]``."""
        return blocks.side_dates(item, self._part("side", self._numbers.side), self._widths, self._properties)

    def chart_width(self, measure: float) -> float:
        """How wide an author's chart is drawn in a measure of so many pt: no wider than the page's."""
        whole = self._properties.get("drawing") or self._properties.get("measure")
        return min(measure, points(whole)) if whole else measure

    def next_number(self, kind: str) -> int:
        """The next number of a kind, such as tables, from 1: in the order in which the page asks."""
        self._numbered[kind] += 1
        return self._numbered[kind]

    def coded(self, item: Item) -> bool:
        """Whether an item has a QR code of its address: as its author and the option ``codes`` want it."""
        wanted, from_ = self._properties.get(codes.OPTION, codes.NONE), item.attribution
        if not from_.url or wanted == codes.NONE or not codes.fits(from_.url):
            return False
        return from_.coded is not False if wanted == codes.ALL else bool(from_.coded)

    def code(self, item: Item, size: float) -> Markup:
        """The QR code of an item's address as an SVG of so many pt."""
        return Markup(codes.drawn(item.attribution.url or "", size, self._properties.get("ink", "#000000")))

    def columns_of(self, table: Grid, measure: float, sizes: Sequence[float] = ()) -> Columns:
        """How an author's table is set in a measure of so many pt: ``[reckoning.tables]``."""
        # Themes copied from release 0.1.0 say the sizes themselves.
        return columns_of(table, measure, sizes or self._numbers.tables.sizes)

    def broad(self, table: Grid, measure: float) -> bool:
        """Whether a table wants more than a column of so many pt: ``[reckoning.tables]``."""
        return blocks.is_broad(table, measure, self._numbers.tables)

    def wide_pictures(self, many: Pictures, pictures: Mapping[Picture, SetPicture], leading: bool = False) -> bool:
        """Whether pictures stand across all columns: ``[reckoning.plates]``."""
        return blocks.are_wide(many, pictures, leading, self._numbers.plates)

    def text_beside(self, many: Sequence[Block], pictures: Mapping[Picture, SetPicture]) -> tuple[Block, ...]:
        """Blocks in an order in which text stands beside a portrait: one that comes last goes before its paragraph."""
        return blocks.text_beside(many, pictures)
    def turned_in(self, section: Section) -> tuple[blocks.TurnedTable, ...]:
        """The tables of a section that have landscape pages: too wide for ``measure``, where there is ``across``."""
        return self._turned_by_section.get(section.anchor, ())

    def turned(self, table: Grid) -> blocks.TurnedTable | None:
        """The landscape page of a table, if it has one."""
        return self._turned.get(table)

    def cards(self, section: Section) -> tuple[tuple[blocks.Card, ...], ...]:
        """The items of a section as rows of cards: ``[reckoning.cards]`` and ``[reckoning.extents.card]``."""
        return blocks.cards_of(section.items, self._part("cards", self._numbers.cards), self._one("extents", "card"),
                               self._widths, self._properties, self.broad)

    @cached_property
    def _turned_by_section(self) -> Mapping[str, tuple[blocks.TurnedTable, ...]]:
        if "across" not in self._properties or "measure" not in self._properties:
            return {}
        return {section.anchor: tuple(blocks.turned_tables(section, self._numbers.tables, self._properties))
                for section in self._document.sections}

    @cached_property
    def _turned(self) -> Mapping[Grid, blocks.TurnedTable]:
        return {one.table: one for many in self._turned_by_section.values() for one in many}

    def section_number(self, section: Section) -> str:
        """The number of a section in two figures, as its numeral counts it: 01; none where it has no numeral."""
        numbered = [one.anchor for one in self._document.sections if one.numeral]
        return f"{numbered.index(section.anchor) + 1:02d}" if section.anchor in numbered else ""

    # --- the first page ---------------------------------------------------------------------

    def first_page(self) -> front.FilledPage:
        """What stands on the first page: ``[reckoning.opening]``."""
        return self._first_page

    @cached_property
    def _first_page(self) -> front.FilledPage:
        if self._numbers.opening:
            self._one("contents", "grand")
        return front.filled_page(self._document, self._part("opening", self._numbers.opening),
                                 self._numbers.contents, self._widths, self._properties, self._drawing)

    def contents_list(self) -> front.ContentsList:
        """The contents of the first page: ``[reckoning.contents.<form>]``."""
        page = self._first_page
        return front.listed(self._document, page, self._one("contents", page.form), self._widths, self._properties)

    def guide(self) -> running.GuidePlan:
        """The contents in one of two sizes: ``[reckoning.guide]``."""
        return running.guided(self._document, self._part("guide", self._numbers.guide), self._widths,
                              self._properties)

    # --- the report -------------------------------------------------------------------------

    def at_a_glance(self) -> Exhibits | None:
        """What the report shows, large figures and their charts in 亿; None where there is nothing to show."""
        exhibits = self._document.exhibits
        return in_hundred_millions(exhibits) if exhibits else None

    def report_charts(self, section: Section) -> front.ReportCharts:
        """The charts of the report but those of the first page: ``[reckoning.report]``."""
        return front.report_charts(section, self._document, self._first_page if self._numbers.opening else None,
                                   self._part("report", self._numbers.report), self._widths, self._properties,
                                   self._drawing)

    def charts_together(self, charts: Sequence[Chart]) -> tuple[tuple[Chart, ...], ...]:
        """Charts by the figure that they stand in: makeups of one subject share a figure."""
        return front.together(charts)

    def placed(self, item: Item) -> tuple[running.Passed, ...]:
        """The blocks of a report with their charts: ``[reckoning.placing]``."""
        return running.placed(item, self._numbers.placing, self._properties)

    def aligned(self, growth: Growth, table: FigureTable) -> running.Aligned:
        """A rate on its point among the others of its table."""
        return running.aligned(growth, table)

    # --- running text -----------------------------------------------------------------------

    def running_text(self, name: str, many: Sequence[Block], before: str = "", more: str = "", credit: str = "",
                     shown: Exhibits | None = None) -> running.Running:
        """Running text with what precedes and follows it: ``[reckoning.running.<name>]``."""
        return running.running(many, before, more, credit, shown, tail=self._one("running", name),
                               widths=self._widths, properties=self._properties)

    def levelled(self, block: Paragraph | Subheading) -> levels.Levelled:
        """A paragraph with its heading, as its author numbered it: 一、（一）1.（1）."""
        return levels.levelled(block)

    def numbered_items(self, section: Section) -> tuple[running.NumberedItem, ...]:
        """The items of a section with their numbers in words."""
        return running.numbered_items(section)

    def profile(self, item: Item) -> running.Profile:
        """A member's short lines and the rest: ``[reckoning] profile``, the labels of those that are long."""
        return running.profile(item, self._numbers.profile)

    def opens_with_date(self, item: Item) -> bool:
        """Whether an item's text begins with its date."""
        return running.opens_with_date(item)

    # --- the imprint ------------------------------------------------------------------------

    def imprint_lines(self) -> int:
        """How many entries the imprint has."""
        return len(self._document.colophon)

    def imprint_rows(self) -> int:
        """How many rows the imprint takes: ``[reckoning.imprint]``."""
        imprint = self._part("imprint", self._numbers.imprint)
        return front.imprint_rows(self._document, imprint, self._widths, self._properties)

    def paired_imprint(self, made: str, dated: str) -> running.PairedImprint:
        """The imprint in rows of two, the last of who made it and when: ``[reckoning.pairs]``."""
        return running.paired_imprint(self._document, made, dated, self._part("pairs", self._numbers.pairs),
                                      self._widths, self._properties)

    # --- what the theme gives ---------------------------------------------------------------

    def _one(self, kind: str, name: str) -> Any:
        return self._part(f"{kind}.{name}", getattr(self._numbers, kind).get(name))

    def _part(self, name: str, numbers: T | None) -> T:
        if numbers is None:
            raise InputFault(f"版式 {self._name} 的 theme.toml 没有写 [reckoning.{name}]，模板却要用它")
        return numbers
