"""What a report is made of, read from a folder: measures, items, partitions, sentences."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.language.numerals import Period
from bulletin_press.toml.positions import KeyPath, scan_template
from bulletin_press.toml.schema import Complaint, Line, Model, Text, close_match, keys_of, read_model, refuse

FOLDER = "reports"
FILE = "definition.toml"
# What publication.toml names where there is no report.
NONE = "none"
MAX_NAME = 40
# Of each kind: what is named in one place is looked for among all of another.
MOST = 500

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_NOTE = re.compile(r"\s*[（(][^（()）]*[）)]\Z")
_PLACEHOLDERS = frozenset({"according", "source", "period", "region", "short_region", "month", "earlier"})
# What publication.toml may turn off beside the charts.
EXHIBIT_NAMES = ("key_figures", "table")
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
# The words of a sentence that each form reads.
_USED: Mapping[str, tuple[str, ...]] = {
    "measures": ("opening",), "month": ("opening",), "items": (), "parallel": (), "ranking": ("one", "many")}
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
    """What is measured: its label in full, and its unit where it differs from the report's.

    ``synonyms`` are what sheets call it; they are never printed.
    """

    label: Line
    short: Line | None = None
    unit: Line | None = None
    synonyms: Annotated[tuple[Line, ...], Field(max_length=MOST)] = ()


class Scope(Model):
    """What a figure covers. ``note`` follows a measure's label, ``prefix`` precedes it."""

    label: Line
    note: str = ""
    prefix: str = ""


class Item(Model):
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

    def complaints(self) -> Iterator[Complaint]:
        """What is wrong between the parts of a definition, each where it stands."""
        yield from self._names()
        for i, paragraph in enumerate(self.paragraphs):
            yield from _placeholders(paragraph.lead, ("paragraphs", i, "lead"))
            for j, sentence in enumerate(paragraph.sentences):
                yield from self._sentence(sentence, ("paragraphs", i, "sentences", j))
        yield from _exhibits(self)
        if self.headline:
            yield from _placeholders(self.headline.text, ("headline", "text"), {"measure", "growth", "item"})
        for i, whole in enumerate(self.wholes):
            if whole.rest and not whole.within:
                yield Complaint("wrong-value", ("wholes", i, "rest"),
                                "写了 rest（余下的部分），要用 within 说明是从哪一项里余下的")

    def _names(self) -> Iterator[Complaint]:
        """Each name of an item, a measure or a scope that is not defined."""
        items: list[tuple[str | None, KeyPath]] = []
        measures: list[tuple[str | None, KeyPath]] = []
        for i, paragraph in enumerate(self.paragraphs):
            for j, sentence in enumerate(paragraph.sentences):
                path: KeyPath = ("paragraphs", i, "sentences", j)
                items += _each(sentence.items, (*path, "items"))
                measures += _each(sentence.measures, (*path, "measures"))
        for i, whole in enumerate(self.wholes):
            items += [(whole.item, ("wholes", i, "item")), (whole.within, ("wholes", i, "within"))]
            items += _each(whole.blocs, ("wholes", i, "blocs"))
            items += [named for j, parts in enumerate(whole.partitions)
                      for named in _each(parts, ("wholes", i, "partitions", j))]
            measures += _each(whole.measures, ("wholes", i, "measures"))
        for i, overlap in enumerate(self.overlaps):
            items += [(overlap.ranking, ("overlaps", i, "ranking")), (overlap.item, ("overlaps", i, "item"))]
        items += [(item.within, ("items", name, "within")) for name, item in self.items.items()]
        if self.headline:
            items.append((self.headline.item, ("headline", "item")))
            measures += _each(self.headline.measures, ("headline", "measures"))
        for key in ("lead", "more"):
            for i, (measure, item) in enumerate(getattr(self.key_figures, key)):
                measures.append((measure, ("key_figures", key, i, 0)))
                items.append((item, ("key_figures", key, i, 1)))
        items += [named for i, group in enumerate(self.table.groups if self.table else ())
                  for named in _each(group, ("table", "groups", i))]
        for name, spec in self.charts.items():
            items += _each(spec.items, ("charts", name, "items"))
            measures += _each(spec.measures, ("charts", name, "measures"))
        yield from _unknown(items, self.items, "项目")
        yield from _unknown(measures, self.measures, "指标")
        yield from _unknown([(item.scope, ("items", name, "scope")) for name, item in self.items.items()],
                            self.scopes, "口径")

    def _sentence(self, sentence: Sentence, path: KeyPath) -> Iterator[Complaint]:
        for key in ("opening", "one", "many"):
            if key in _USED[sentence.form]:
                own = {"item"} if key == "opening" else _RANKED
                yield from _placeholders(getattr(sentence, key), (*path, key), own)
            elif key in sentence.model_fields_set:
                used = "、".join(_USED[sentence.form])
                hint = f"这种句子可写的文字：{used}" if used else "引出的话写在这一段的 lead 里"
                yield Complaint("unknown-key", (*path, key), f"form = \"{sentence.form}\" 的句子不用 {key}，写了也不会"
                                f"印出来，请删去；{hint}", at_key=True)
        if sentence.form in ("measures", "month", "ranking") and len(sentence.items) > 1:
            yield Complaint("wrong-value", (*path, "items"),
                            f"form = \"{sentence.form}\" 一句只能说一个项目；几个项目用 items 或 parallel")
        yield from _ranked(self, sentence.items, path, ranking=sentence.form == "ranking", key="form")

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


def _each(names: Iterable[str], path: KeyPath) -> list[tuple[str | None, KeyPath]]:
    """Names of a list with the path of each."""
    return [(name, (*path, index)) for index, name in enumerate(names)]


def _unknown(named: Iterable[tuple[str | None, KeyPath]], known: Mapping[str, object],
             kind: str) -> Iterator[Complaint]:
    for name, path in named:
        if name is not None and name not in known:
            guess = close_match(name, known)
            hint = f"，是不是 {guess}？" if guess else f"；有的是：{'、'.join(known) or '（无）'}"
            yield Complaint("wrong-value", path, f"用到了没有定义的{kind}“{name}”{hint}", guess and f'"{guess}"')


def _ranked(definition: Definition, items: Sequence[str], path: KeyPath, *, ranking: bool,
            key: str) -> Iterator[Complaint]:
    """Items that are rankings where none may stand, and the other way round."""
    for index, item in enumerate(items):
        if item in definition.items and definition.items[item].ranking != ranking:
            yield Complaint("wrong-value", (*path, "items", index),
                            f"{key} = \"ranking\" 只能、也必须用于排名项目（“{item}”）")


def _exhibits(definition: Definition) -> Iterator[Complaint]:
    """What is shown must be of a kind that can be shown so."""
    for name, spec in definition.charts.items():
        path: KeyPath = ("charts", name)
        if name in EXHIBIT_NAMES:
            yield Complaint("wrong-value", path, f"图表不能叫 {name}：这个名称留给表格或要目数字", at_key=True)
        if spec.kind != "composition" and len(spec.items) > 1:
            yield Complaint("wrong-value", (*path, "items"), f"kind = \"{spec.kind}\" 的图只能画一个项目")
        yield from _ranked(definition, spec.items, path, ranking=spec.kind == "ranking", key="kind")
        if spec.kind == "composition":
            yield from _no_whole(definition, spec, path)
        counted = {"count", "measure"} if spec.kind == "ranking" else set()
        yield from _placeholders(spec.title, (*path, "title"), counted)
        yield from _placeholders(spec.one or "", (*path, "one"), {"measure"})
        yield from _placeholders(spec.subject or "", (*path, "subject"))
    shown: list[tuple[str | None, KeyPath]] = [
        (item, ("key_figures", key, i, 1)) for key in ("lead", "more")
        for i, (_, item) in enumerate(getattr(definition.key_figures, key))]
    for i, group in enumerate(definition.table.groups if definition.table else ()):
        shown += _each(group, ("table", "groups", i))
    for item, where in shown:
        if item in definition.items and definition.items[item].ranking:
            yield Complaint("wrong-value", where, f"“{item}”是排名，不能列在要目数字或表格里")


def _no_whole(definition: Definition, spec: ChartSpec, path: KeyPath) -> Iterator[Complaint]:
    """Shares are shares of something: the items must be all the parts of a whole, in every measure."""
    for measure in spec.measures:
        if not any(sorted(spec.items) == sorted(parts) for whole in definition.wholes
                   if not whole.measures or measure in whole.measures for parts in whole.partitions):
            yield Complaint("wrong-value", (*path, "items"),
                            f"占比图的项目（{'、'.join(spec.items)}）要合成一个整体："
                            f"指标 {measure} 的 [[wholes]] partitions 里没有这一组")
            return


def _placeholders(template: str, path: KeyPath, own: Set[str] = frozenset()) -> Iterator[Complaint]:
    """Each placeholder of a text that is not known, under its very characters."""
    allowed = _PLACEHOLDERS | own
    known = f"可用的：{'、'.join(f'{{{name}}}' for name in sorted(allowed))}"
    for found in _BRACES.finditer(template):
        inside = found[1]
        if found[0] in ("{{", "}}") or inside in allowed:
            continue
        if inside is None:
            message = f"花括号没有配对；{known}"
        elif re.search(r"[!:]", inside):
            message = f"占位符里不能有 ! 和 :，这里写了“{inside}”；{known}"
        else:
            message = f"占位符 {{{inside}}} 不认识；{known}"
        guess = close_match(inside, allowed) if inside else None
        yield Complaint("wrong-value", path, message, f"{{{guess}}}" if guess else None, within=found.span())


def definition_names(folders: Sequence[Path]) -> tuple[str, ...]:
    """The definitions that there are, by name."""
    return tuple(sorted({path.parent.name for folder in folders for path in (folder / FOLDER).glob(f"*/{FILE}")
                         if valid_name(path.parent.name)}))


def valid_name(name: str) -> bool:
    """Whether a definition's folder may be named so."""
    return len(name) <= MAX_NAME and bool(_NAME.match(name))


def load_definition(name: str, folders: Sequence[Path]) -> Definition:
    """Read a definition; the first of the template folders that has it wins.

    Raises:
        InputFault: no folder has it, or it is wrong; the message lists those there are.
    """
    for folder in folders if valid_name(name) else ():
        path = folder / FOLDER / name / FILE
        if path.is_file():
            return _read_definition(path, folder)
    raise InputFault(_no_such_definition(name, folders))


def _no_such_definition(name: str, folders: Sequence[Path]) -> str:
    names = definition_names(folders)
    close = difflib.get_close_matches(name[:MAX_NAME], names, n=1)
    shown = "".join(char for char in name[:MAX_NAME] if char.isprintable()) + ("…" if len(name) > MAX_NAME else "")
    there = f"。可用的有：{'、'.join(names) or '（无）'}；不出数据月报写 \"{NONE}\""
    if not valid_name(name):
        own = folders[0] / FOLDER if folders else Path(FOLDER)
        rule = f"名称只能用小写英文字母、数字和连字符，不超过 {MAX_NAME} 个字符，例如 cross-border"
        misnamed = len(name) <= MAX_NAME and "/" not in name and name.strip(". \n") == name and bool(name) \
            and any((folder / FOLDER / name / FILE).is_file() for folder in folders)
        moved = f"；请把文件夹 {own / shown} 改成这样的名称，这里也照写" if misnamed else ""
        return f"没有“{shown}”这种数据月报：{rule}{moved}{there if not close else f'。是不是 {close[0]}？'}"
    if close:
        return f"没有“{shown}”这种数据月报，是不是 {close[0]}？"
    places = "、".join(str(folder / FOLDER / shown / FILE) for folder in folders[:1])
    return f"没有“{shown}”这种数据月报：找过 {places} 和随附的月报{there}"


def _read_definition(path: Path, folder: Path) -> Definition:
    return read_model(scan_template(path, folder), Definition, _keys, more=Definition.complaints)


def _keys(path: KeyPath) -> tuple[str, ...]:
    models: dict[str, type[Model]] = {
        "measures": Measure, "items": Item, "scopes": Scope, "wholes": Whole, "overlaps": Overlap,
        "paragraphs": Paragraph, "sentences": Sentence, "headline": Headline,
        "key_figures": KeyFigures, "table": TableSpec, "charts": ChartSpec}
    named = [part for part in path if isinstance(part, str) and part in models]
    return keys_of(models[named[-1]] if named else Definition)
