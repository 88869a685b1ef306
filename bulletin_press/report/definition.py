"""What a report is made of, read from a folder: measures, items, partitions, sentences."""

from __future__ import annotations

import difflib
import re
import string
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from bulletin_press.diagnostics import InputFault
from bulletin_press.numerals import Period
from bulletin_press.positions import KeyPath, read_template
from bulletin_press.schema import Line, Model, Text, first_complaints_of, keys_of, refuse

FOLDER = "reports"
FILE = "definition.toml"
# Of each kind: what is named in one place is looked for among all of another.
MOST = 500

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_NOTE = re.compile(r"\s*[（(][^（()）]*[）)]\Z")
_PLACEHOLDERS = frozenset({"according", "source", "period", "region", "short_region", "month", "earlier"})
# What publication.toml may turn off beside the charts.
EXHIBIT_NAMES = ("key_figures", "table")
_RANKED = frozenset({"names", "count", "measure", "values"})


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


class Measure(Model):
    """What is measured: its label in full, and its unit where it differs from the report's."""

    label: Line
    short: Line | None = None
    unit: Line | None = None


class Scope(Model):
    """What a figure covers. ``note`` follows a measure's label, ``prefix`` precedes it."""

    label: Line
    note: str = ""
    prefix: str = ""


class Item(Model):
    """What is measured of: one figure a measure, or a ranking of named ones.

    ``within`` names the item that contains it (or each of the ranked ones).
    """

    label: Line
    short: Line | None = None
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

    @model_validator(mode="after")
    def _rest_of_something(self) -> Whole:
        if self.rest and not self.within:
            refuse("wrong-value", "写了 rest（余下的部分），要用 within 说明是从哪一项里余下的")
        return self

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


class Sentence(Model):
    """One sentence: a form (see ``plan``), what it speaks of, and its fixed words."""

    form: Literal["measures", "items", "parallel", "ranking", "month"]
    items: tuple[Line, ...] = Field(min_length=1, max_length=MOST)
    measures: tuple[Line, ...] = Field(min_length=1, max_length=MOST)
    opening: Text = "{item}"
    one: Text = "第一位为{names}，{measure}{values}"
    many: Text = "前{count}位为{names}，{measure}分别为{values}"


class Paragraph(Model):
    """One paragraph; ``lead`` stands before the first sentence that has anything to say."""

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


class Definition(Model):
    """A report definition: everything about a report that is not a figure."""

    title: Line
    measures: dict[Line, Measure] = Field(min_length=1, max_length=MOST)
    items: dict[Line, Item] = Field(min_length=1, max_length=MOST)
    scopes: dict[Line, Scope] = Field({}, max_length=MOST)
    wholes: tuple[Whole, ...] = Field((), max_length=MOST)
    overlaps: tuple[Overlap, ...] = Field((), max_length=MOST)
    headline: Headline | None = None
    key_figures: KeyFigures = KeyFigures()
    table: TableSpec | None = None
    charts: dict[Line, ChartSpec] = Field({}, max_length=MOST)
    paragraphs: tuple[Paragraph, ...] = Field(min_length=1, max_length=MOST)

    @model_validator(mode="after")
    def _known_names(self) -> Definition:
        sentences = [sentence for paragraph in self.paragraphs for sentence in paragraph.sentences]
        named_items = [item for sentence in sentences for item in sentence.items]
        named_items += [item for whole in self.wholes for part in whole.partitions for item in part]
        named_items += [name for whole in self.wholes for name in (whole.item, whole.within, *whole.blocs) if name]
        named_items += [item.within for item in self.items.values() if item.within]
        named_items += [overlap.ranking for overlap in self.overlaps]
        named_items += [overlap.item for overlap in self.overlaps if overlap.item]
        named_measures = [name for sentence in sentences for name in sentence.measures]
        named_measures += [name for whole in self.wholes for name in whole.measures]
        if self.headline:
            named_items.append(self.headline.item)
            named_measures += self.headline.measures
        shown = (*self.key_figures.lead, *self.key_figures.more)
        named_measures += [measure for measure, _ in shown]
        named_items += [item for _, item in shown]
        named_items += [item for group in (self.table.groups if self.table else ()) for item in group]
        for spec in self.charts.values():
            named_items += spec.items
            named_measures += spec.measures
        named_scopes = [item.scope for item in self.items.values() if item.scope]
        for names, known, kind in ((named_items, self.items, "项目"), (named_measures, self.measures, "指标"),
                                   (named_scopes, self.scopes, "口径")):
            _require_known(names, known, kind)
        for paragraph in self.paragraphs:
            _require_placeholders(paragraph.lead)
        for sentence in sentences:
            _require_placeholders(sentence.opening, {"item"})
            _require_placeholders(sentence.one, _RANKED)
            _require_placeholders(sentence.many, _RANKED)
            if sentence.form in ("measures", "month", "ranking") and len(sentence.items) > 1:
                refuse("wrong-value", f"form = \"{sentence.form}\" 一句只能说一个项目；几个项目用 items 或 parallel")
            for item in sentence.items:
                if self.items[item].ranking != (sentence.form == "ranking"):
                    refuse("wrong-value", f"form = \"ranking\" 只能、也必须用于排名项目（“{item}”）")
        _require_exhibits(self)
        if self.headline:
            _require_placeholders(self.headline.text, {"measure", "growth", "item"})
        return self

    @property
    def exhibits(self) -> tuple[str, ...]:
        """The names of everything that can be shown: key_figures, table, each chart."""
        some = bool(self.key_figures.lead or self.key_figures.more)
        return (*(("key_figures",) if some else ()), *(("table",) if self.table else ()), *self.charts)

    def name_of(self, item: str) -> str:
        """What messages call an item."""
        return self.items[item].short or self.items[item].label

    def scope_of(self, item: str) -> Scope | None:
        """The scope of an item, where the definition names one."""
        name = self.items[item].scope
        return self.scopes[name] if name else None


def _require_exhibits(definition: Definition) -> None:
    """What is shown must be of a kind that can be shown so."""
    for name, spec in definition.charts.items():
        if name in EXHIBIT_NAMES:
            refuse("wrong-value", f"图表不能叫 {name}：这个名称留给表格或要目数字")
        if spec.kind != "composition" and len(spec.items) > 1:
            refuse("wrong-value", f"kind = \"{spec.kind}\" 的图只能画一个项目")
        for item in spec.items:
            if definition.items[item].ranking != (spec.kind == "ranking"):
                refuse("wrong-value", f"kind = \"ranking\" 只能、也必须用于排名项目（“{item}”）")
        if spec.kind == "composition":
            _require_whole(definition, spec)
        _require_placeholders(spec.title, {"count", "measure"} if spec.kind == "ranking" else set())
        _require_placeholders(spec.one or "", {"measure"})
        _require_placeholders(spec.subject or "")
    shown = [item for _, item in (*definition.key_figures.lead, *definition.key_figures.more)]
    shown += [item for group in (definition.table.groups if definition.table else ()) for item in group]
    for item in shown:
        if definition.items[item].ranking:
            refuse("wrong-value", f"“{item}”是排名，不能列在要目数字或表格里")


def _require_whole(definition: Definition, spec: ChartSpec) -> None:
    """Shares are shares of something: the items must be all the parts of a whole, in every measure."""
    for measure in spec.measures:
        if not any(sorted(spec.items) == sorted(parts) for whole in definition.wholes
                   if not whole.measures or measure in whole.measures for parts in whole.partitions):
            refuse("wrong-value", f"占比图的项目（{'、'.join(spec.items)}）要合成一个整体："
                                  f"指标 {measure} 的 [[wholes]] partitions 里没有这一组")


def _require_known(names: Iterable[str], known: Mapping[str, object], kind: str) -> None:
    for name in names:
        if name not in known:
            refuse("wrong-value", f"用到了没有定义的{kind}“{name}”")


def _require_placeholders(template: str, own: Set[str] = frozenset()) -> None:
    allowed = _PLACEHOLDERS | own
    try:
        fields = [name for _, name, spec, conversion in string.Formatter().parse(template)
                  if name is not None and not (spec or conversion)]
        wrong = [name for name in fields if name not in allowed]
        if len(fields) != len([1 for part in string.Formatter().parse(template) if part[1] is not None]):
            wrong.append("!:")
    except ValueError:
        wrong = [template]
    if wrong:
        refuse("wrong-value", f"“{template}”里的 {{{wrong[0]}}} 不认识；可用 {'、'.join(sorted(allowed))}")


def load_definition(name: str, folders: Sequence[Path]) -> Definition:
    """Read a definition; the first of the template folders that has it wins.

    Raises:
        InputFault: no folder has it, or it is wrong; the message lists those there are.
    """
    for folder in folders:
        path = folder / FOLDER / name / FILE
        if _NAME.match(name) and path.is_file():
            return _read_definition(path, folder)
    names = sorted({path.parent.name for folder in folders for path in (folder / FOLDER).glob(f"*/{FILE}")})
    close = difflib.get_close_matches(name, names, n=1)
    hint = f"，是不是 {close[0]}？" if close else f"。可用的有：{'、'.join(names) or '（无）'}"
    raise InputFault(f"没有“{name}”这种数据月报{hint}")


def _read_definition(path: Path, folder: Path) -> Definition:
    table = read_template(path, folder)
    try:
        return Definition.model_validate(table.values)
    except ValidationError as error:
        findings = [complaint.placed(table) for complaint in first_complaints_of(error, _keys)]
        raise InputFault(f"{path} 有 {len(findings)} 处不合要求", findings) from None


def _keys(path: KeyPath) -> tuple[str, ...]:
    models: dict[str, type[Model]] = {
        "measures": Measure, "items": Item, "scopes": Scope, "wholes": Whole, "overlaps": Overlap,
        "paragraphs": Paragraph, "sentences": Sentence, "headline": Headline,
        "key_figures": KeyFigures, "table": TableSpec, "charts": ChartSpec}
    named = [part for part in path if isinstance(part, str) and part in models]
    return keys_of(models[named[-1]] if named else Definition)
