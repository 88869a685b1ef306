"""What a report is made of: measures, items, partitions, sentences."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bulletin_press.language.numerals import Period
from bulletin_press.language.script import lazy
from bulletin_press.report.identities import Identity
from bulletin_press.report.measure import Measure, Unit
from bulletin_press.report.sentence import MOST, Sentence
from bulletin_press.toml.schema import Line, Model, Text, refuse

_NOTE = lazy(r"\s*[（(][^（()）]*[）)]\Z")


def _period(value: object) -> object:
    try:
        return Period.parse(value) if isinstance(value, str) else value
    except ValueError:
        refuse("wrong-value", "这里要写年月，例如 2023-01", "2023-01")


StartPeriod = Annotated[Period, BeforeValidator(_period)]


class LaterLabel(Model):
    """A label in force from a period on."""

    since: StartPeriod
    label: Line


class Scope(Model):
    """What a figure covers. ``note`` follows a measure's label, ``prefix`` precedes it."""

    label: Line
    note: str = ""
    prefix: str = ""


class ItemSpec(Model):
    """What is measured of: one figure a measure, or a ranking of named ones.

    ``within`` names the item that contains it (or each of the ranked ones); ``synonyms`` as of a measure.
    """

    label: Line
    short: Line | None = None
    synonyms: Annotated[tuple[Line, ...], Field(max_length=MOST)] = ()
    scope: Line | None = None
    within: Line | None = None
    ranking: bool = False
    since: tuple[LaterLabel, ...] = ()

    def label_in(self, period: Period) -> str:
        """The label in force at a period."""
        current = self.label
        for later in self.since:
            if (later.since.year, later.since.month) <= (period.year, period.month):
                current = later.label
        return current


class Whole(Model):
    """A whole and the sets of items that each add up to it.

    ``item`` is the whole's own item where it is typed; ``within`` an item that contains it, and
    ``rest`` what that one holds beyond the whole. ``blocs`` are items inside the whole that overlap
    one another.
    """

    label: Line
    item: Line | None = None
    within: Line | None = None
    rest: Line | None = None
    blocs: tuple[Line, ...] = ()
    partitions: Annotated[tuple[Annotated[tuple[Line, ...], Field(max_length=MOST)], ...], Field(max_length=50)]
    measures: tuple[Line, ...] = ()

    @property
    def sets(self) -> tuple[tuple[str, ...], ...]:
        """Each set of items that adds up to the whole, its own item first."""
        return (*(((self.item,),) if self.item else ()), *self.partitions)


class Overlap(Model):
    """A ranking in which one name contains others, or an item that contains ranked names."""

    ranking: Line
    whole: Line | None = None
    item: Line | None = None
    parts: tuple[Line, ...]

    def is_whole(self, name: str) -> bool:
        """Whether a ranked name is the whole; 欧盟（27国） is 欧盟."""
        return self.whole is not None and _NOTE.sub("", name) == self.whole

    def holds(self, name: str) -> bool:
        """Whether a ranked name is one of the parts, whatever stands in brackets after it."""
        return _NOTE.sub("", name) in self.parts


class ParagraphSpec(Model):
    """One paragraph; ``lead`` stands before the first sentence that has anything to say.

    ``name`` is what ``[report.text]`` of an issue calls it, to add words of the author's.
    """

    name: Line | None = None
    lead: str = ""
    sentences: Annotated[tuple[Sentence, ...], Field(max_length=MOST)]


class Headline(Model):
    """The one figure that the contents page quotes."""

    item: Line
    measures: tuple[Line, ...]
    text: Text


# A figure that is shown: [measure, item].
Shown = tuple[Line, Line]


class KeyFigures(Model):
    """The figures to be set large, each [measure, item]: the first rank and the second."""

    lead: tuple[Shown, ...] = ()
    more: tuple[Shown, ...] = ()


class TableSpec(Model):
    """The table of the month's figures: its items in groups, a rule between two groups."""

    title: Line = "主要指标"
    groups: tuple[tuple[Line, ...], ...]


class ChartSpec(Model):
    """A chart: what it draws of which items and measures, and its title.

    ``ranking`` draws one ranked item, a chart a measure; ``composition`` the parts of a whole, a bar
    a measure; ``run`` one item over the months of the year. ``one`` is the title of a ranking of one,
    ``subject`` replaces the measure's name beside the unit.
    """

    kind: Literal["ranking", "composition", "run"]
    title: Line
    one: Line | None = None
    subject: Line | None = None
    items: tuple[Line, ...] = Field(min_length=1, max_length=MOST)
    measures: tuple[Line, ...] = Field(min_length=1, max_length=MOST)


class Start(Model):
    """What a new publication with this report begins with: its source, its unit, whether it reports single months."""

    source: Line | None = None
    unit: Unit | None = None
    single: bool = False


class Definition(Model):
    """A report definition: everything about a report that is not a figure."""

    title: Line
    start: Start = Start()
    measures: dict[Line, Measure] = Field(min_length=1, max_length=MOST)
    items: dict[Line, ItemSpec] = Field(min_length=1, max_length=MOST)
    scopes: dict[Line, Scope] = Field({}, max_length=MOST)
    wholes: tuple[Whole, ...] = Field((), max_length=MOST)
    overlaps: tuple[Overlap, ...] = Field((), max_length=MOST)
    identities: tuple[Identity, ...] = Field((), max_length=MOST)
    headline: Headline | None = None
    key_figures: KeyFigures = KeyFigures()
    table: TableSpec | None = None
    charts: dict[Line, ChartSpec] = Field({}, max_length=MOST)
    paragraphs: tuple[ParagraphSpec, ...] = Field(min_length=1, max_length=MOST)

    @property
    def exhibits(self) -> tuple[str, ...]:
        """The names of everything that can be shown: key_figures, table, each chart."""
        some = bool(self.key_figures.lead or self.key_figures.more)
        return (*(("key_figures",) if some else ()), *(("table",) if self.table else ()), *self.charts)

    @property
    def paragraph_numbers(self) -> tuple[str, ...]:
        """The paragraphs by number, from 1."""
        return tuple(str(number) for number in range(1, len(self.paragraphs) + 1))

    @property
    def paragraph_keys(self) -> tuple[str, ...]:
        """What the author's words call each paragraph: its name, else its number."""
        return tuple(spec.name or number
                     for spec, number in zip(self.paragraphs, self.paragraph_numbers, strict=True))

    @property
    def looks_back(self) -> bool:
        """Whether some sentence speaks of an earlier report, whatever the house style is."""
        return any(sentence.says_change(house=False)
                   for paragraph in self.paragraphs for sentence in paragraph.sentences)

    def adding(self, whole: Whole, *, bounded: bool = False) -> tuple[str, ...]:
        """The measures in which a whole is the sum of its parts; ``bounded``: and no part is below nought."""
        return tuple(name for name in whole.measures or self.measures
                     if (measure := self.measures[name]).adds_up and not (bounded and measure.unbounded))

    def unit_of(self, measure: str, house: str) -> str:
        """The unit of a measure, where the report's is ``house``; empty where it has none."""
        own = self.measures[measure].own_unit
        return house if own is None else own

    def name_of(self, item: str) -> str:
        """What messages call an item."""
        return self.items[item].short or self.items[item].label

    def scope_of(self, item: str) -> Scope | None:
        """The scope of an item, where the definition names one."""
        name = self.items[item].scope
        return self.scopes[name] if name else None
