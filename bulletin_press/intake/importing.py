"""``press import``: from a sheet's file to the changes of issue.toml and intake.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from bulletin_press.ground.diagnostics import PressError, UsageFault
from bulletin_press.ground.output import create_new
from bulletin_press.intake.evidence import Evidence, Gatherer
from bulletin_press.intake.grid import RawBook, RawSheet, address
from bulletin_press.intake.labels import label_of
from bulletin_press.intake.matching import Match, Matcher, Matching
from bulletin_press.intake.memory import (
    FILE,
    Memory,
    RememberedSheet,
    head_names,
    load_memory,
    memorised,
    pattern,
)
from bulletin_press.intake.naming import Names
from bulletin_press.intake.other_spans import other_spans, without
from bulletin_press.intake.other_spans import said as said_of_figures
from bulletin_press.intake.reading import read_book
from bulletin_press.intake.splice import Numbers, Setting, parts_of, same, spliced
from bulletin_press.intake.stated_month import other_period
from bulletin_press.language.numerals import Period
from bulletin_press.publication.workspace import PUBLICATION, Workspace, template_folders
from bulletin_press.report.asked import spans_of
from bulletin_press.report.definition import Definition
from bulletin_press.report.definition_files import NONE, load_definition
from bulletin_press.report.figures import Key
from bulletin_press.report.sentence import SPANS
from bulletin_press.toml.change import Change, write_change
from bulletin_press.toml.positions import Table

State = Literal["new", "same", "more", "differs"]


@dataclass(frozen=True)
class TypedRow:
    """A figure, or a ranking, that the sheet gives: ``state`` compares it with what is typed.

    ``typed`` is that, as it is shown; ``matches`` are the cells, one for a figure, several for a ranking.
    """

    setting: Setting
    matches: tuple[Match, ...]
    state: State
    typed: str = ""

    @property
    def sure(self) -> bool:
        """Whether there is no doubt about any of its cells."""
        return not any(match.doubts for match in self.matches)


@dataclass(frozen=True)
class Proposal:
    """What a sheet would write, and all that a person should know before it does.

    ``doubts`` concern the whole: with any of them nothing is written without asking.
    """

    workspace: Workspace
    path: Path
    file: str
    table: Table
    period: Period
    definition: Definition
    unit: str
    entries: tuple[TypedRow, ...]
    matching: Matching
    months: frozenset[Key]
    notices: tuple[str, ...]
    doubts: tuple[str, ...]
    memory: Memory
    labels: Mapping[str, str]
    sheets: tuple[RememberedSheet, ...]

    def chosen(self, *, unsure: bool, overwrite: bool) -> tuple[TypedRow, ...]:
        """The entries to write: the new ones, and where it is agreed those in doubt and those typed differently."""
        return tuple(entry for entry in self.entries
                     if (entry.sure or unsure) and (entry.state != "differs" or overwrite))


def proposed(workspace: Workspace, path: Path, file: Path, *, hidden: bool = False,
             sheet: str | None = None) -> Proposal:
    """Read a sheet and match it to an issue's report.

    Args:
        workspace: the publication.
        path: the issue's TOML file.
        file: the sheet's file.
        hidden: what is hidden in it is read too.
        sheet: the one sheet to read.

    Raises:
        UsageFault: there is no such file or sheet, or the issue has no report to fill.
        InputFault: the file or the issue cannot be read.
        EnvironmentFault: the library for it is not installed.
    """
    shown = workspace.shown(file)
    definition = _definition(workspace)
    memory = load_memory(workspace)
    table = workspace.table(path)
    period = _period(workspace, path, table)
    book = read_book(file, shown)
    sheets, said = _chosen_sheets(book, memory, file.name, sheet, hidden)
    settings = workspace.publication.report
    names = Names(definition, (settings.region, settings.short_region), memory.labels)
    gatherer = Gatherer(names, period, hidden=hidden)
    found = [one for raw in sheets for one in gatherer.gathered(raw)]
    said_of = said_of_figures(definition)
    matcher = Matcher(definition, period, settings.unit, _cells(memory, file.name, sheets),
                      _ranks(workspace, table, definition), said_of, names.spans)
    matching = matcher.matched(found)
    months = frozenset(key for key, statements in said_of.items() if "month" in statements)
    entries, used = [*_entries(table, definition, matching, months)], _used(matching)
    for span, theirs in other_spans(matcher, gatherer, sheets):
        entries += _entries(table, definition, theirs, frozenset(), span)
        used += _used(theirs)
        matching = replace(matching, several=(*matching.several, *theirs.several))
    matching = without(matching, used)
    remembered, changed = _layouts(memory, file.name, sheets, found, used)
    return Proposal(
        workspace, path, file.name, table, period, definition, settings.unit, tuple(entries), matching, months,
        (*book.notices, *said, *_hidden_words(sheets, hidden), *changed),
        tuple(other_period(file.name, sheets, period, found)), memory, _labels(gatherer, used), remembered)


def _definition(workspace: Workspace) -> Definition:
    name = workspace.publication.report.definition
    if name == NONE:
        where = workspace.shown(workspace.root / PUBLICATION)
        raise UsageFault(f"{where} 里写着 definition = \"none\"：这份刊物不出数据月报，没有地方填数")
    return load_definition(name, template_folders(workspace))


def _period(workspace: Workspace, path: Path, table: Table) -> Period:
    typed = table.value(("report", "period"))
    try:
        return Period.parse(typed)
    except (TypeError, ValueError):
        raise UsageFault(f"{workspace.shown(path)} 里先写好 [report] 一节和它的 period，例如 period = \"2022-06\""
                         "（1月至6月累计），才知道要哪个月的数") from None


def _chosen_sheets(book: RawBook, memory: Memory, file: str, wanted: str | None,
                   hidden: bool) -> tuple[tuple[RawSheet, ...], tuple[str, ...]]:
    """The sheets to read, and what is said of the others."""
    filled = [sheet for sheet in book.sheets if sheet.cells]
    if not filled:
        raise PressError(f"{file} 是空的，没有一格有内容")
    if wanted is not None:
        named = tuple(sheet for sheet in filled if sheet.name == wanted)
        if not named:
            raise UsageFault(f"{file} 里没有“{wanted[:40]}”这张工作表；有的是：{'、'.join(one.name for one in filled)}")
        return named, ()
    seen = [sheet for sheet in filled if hidden or not sheet.hidden]
    said = [f"工作表“{sheet.name}”是隐藏的，没有读；要读请加 --hidden"
            for sheet in filled if sheet.hidden and not hidden]
    known = [sheet for sheet in seen if memory.sheet_of(file, sheet.name)]
    if known and len(known) < len(seen):
        others = "、".join(sheet.name for sheet in seen if sheet not in known)
        said.append(f"照 {FILE} 只读了{'、'.join(sheet.name for sheet in known)}；没有读：{others}")
        seen = known
    elif not known and any(one.fits(file, "") or one.file == pattern(file) for one in memory.sheets):
        said.append(f"这份文件的工作表和 {FILE} 里记的都不同名，照新表读")
    if not seen:
        raise PressError(f"{file} 的工作表都是隐藏的；要读请加 --hidden")
    return tuple(seen), tuple(said)


def _hidden_words(sheets: Sequence[RawSheet], hidden: bool) -> list[str]:
    said = []
    for sheet in sheets:
        rows = sorted(row for row in sheet.hidden_rows if any(place[0] == row for place in sheet.cells))
        columns = sorted(one for one in sheet.hidden_columns if any(place[1] == one for place in sheet.cells))
        parts = [f"第 {'、'.join(map(str, rows[:8]))}{'……' if len(rows) > 8 else ''} 行"] if rows else []
        parts += [f"{'、'.join(address((1, one))[:-1] for one in columns[:8])}{'……' if len(columns) > 8 else ''} 列"] \
            if columns else []
        if parts:
            named = f"工作表“{sheet.name}”" if sheet.name else "表里"
            done = "是隐藏的，也读了" if hidden else "是隐藏的，没有读；要读请加 --hidden"
            said.append(f"{named}的{'、'.join(parts)}{done}")
    return said


def _cells(memory: Memory, file: str, sheets: Sequence[RawSheet]) -> Mapping[str, str]:
    """The cells chosen by hand, each with its sheet."""
    found = {}
    for sheet in sheets:
        remembered = memory.sheet_of(file, sheet.name)
        for key, at in (remembered.cells.items() if remembered else ()):
            found[key] = at if "!" in at or not sheet.name else f"{sheet.name}!{at}"
    return found


def _ranks(workspace: Workspace, table: Table, definition: Definition) -> Mapping[tuple[str, str], int]:
    """How many names a ranking has: as many as are typed, or were in the last issue that had one."""
    name = Path(table.source.name).parent.name
    earlier: list[Any] = []
    for other in workspace.earlier(name)[:12]:
        try:
            earlier.append(workspace.plain(other).get("report"))
        except PressError:
            continue
    found: dict[tuple[str, str], int] = {}
    for raw in (*reversed(earlier), table.value(("report",))):
        for measure in definition.measures:
            for item, spec in definition.items.items():
                rows = raw.get(measure, {}).get(item) if spec.ranking and isinstance(raw, dict) and isinstance(
                    raw.get(measure, {}), dict) else None
                if isinstance(rows, list) and rows:
                    found[measure, item] = len(rows)
    return found


# --- what is written ------------------------------------------------------------------------


def _numbers(match: Match, *, month: bool) -> Numbers:
    alone: tuple[Decimal | None, ...] = ()
    if month and (match.month or match.month_growth):
        alone = (match.month.number if match.month else None,
                 *([match.month_growth.number] if match.month_growth else []))
    return Numbers(match.value.number if match.value else None, match.growth.number if match.growth else None,
                   match.previous.number if match.previous else None, alone,
                   {key: one.number for key, one in match.more.items()})


def _entries(table: Table, definition: Definition, matching: Matching, months: frozenset[Key],
             span: str | None = None) -> tuple[TypedRow, ...]:
    found: dict[tuple[str, str], list[Match]] = {}
    for match in matching.matches:
        found.setdefault(match.key[:2], []).append(match)
    entries = []
    for (measure, item), matches in found.items():
        label = definition.items[item].label
        raw = table.value(Setting(measure, item, label, span=span).path)
        if matches[0].key[2] is None:
            numbers = _numbers(matches[0], month=(measure, item) in months)
            setting = Setting(measure, item, label, numbers, span=span)
            state = _state(raw, numbers)
        else:
            rows = tuple((match.key[2] or "", _numbers(match, month=False)) for match in matches)
            setting = Setting(measure, item, label, None, rows, span)
            alike = isinstance(raw, list) and len(raw) == len(rows) and all(
                same(one, numbers, name) for one, (name, numbers) in zip(raw, rows, strict=True))
            state = "new" if raw is None else "same" if alike else "differs"
        entries.append(TypedRow(setting, tuple(matches), state, _typed(raw)))
    return tuple(entries)


def _state(raw: Any, numbers: Numbers) -> State:
    """How a figure compares with what is typed."""
    if raw is None:
        return "new"
    if same(raw, numbers):
        return "same"
    value, growth, previous = parts_of(raw)
    typed = raw if isinstance(raw, dict) else {}
    # A rate typed is not given again; one reckoned from the value a year before is another thing.
    agrees = numbers.growth is None or growth == numbers.growth or (growth is None and previous is None)
    adds = all(typed.get(key) in (None, number) for key, number in numbers.more.items())
    return "more" if numbers.value in (None, value) and agrees and adds else "differs"


def _typed(raw: Any) -> str:
    """What is typed, as a person reads it."""
    if isinstance(raw, list) and raw and isinstance(raw[0], list | dict):
        return "；".join(_typed(row) for row in raw[:4]) + ("……" if len(raw) > 4 else "")
    name = raw[0] if isinstance(raw, list) and raw and isinstance(raw[0], str) else \
        raw.get("name") if isinstance(raw, dict) else None
    value, growth, previous = parts_of(raw)
    parts = [str(name) if name else "", "" if value is None else f"{value}",
             "" if growth is None else f"同比 {growth}", "" if previous is None else f"上年 {previous}"]
    return " ".join(part for part in parts if part)[:80]


def provenance(file: str, match: Match, *, month: bool = False) -> str:
    """Where a figure comes from: ``6月.xlsx!Sheet1!E6、F6``; digits that are not shown in brackets.

    With ``month`` the cells of the month alone are named, too.
    """
    months = (match.month, match.month_growth) if month else ()
    taken = [one for one in (*match.own, *months) if one]
    sheet = taken[0].evidence.sheet
    parts = []
    for one in taken:
        at = address(one.evidence.place) if one.evidence.sheet == sheet else one.evidence.at
        original = one.evidence.amount.exact if one.evidence.amount else one.exact
        unit = one.evidence.unit or ""
        full = f"（{original:f}{unit if one.note else ''}）" if original != one.number or one.note else ""
        parts.append(at + full)
    return "!".join(part for part in (file, sheet, "、".join(parts)) if part)[:900]


def changes(proposal: Proposal, entries: Sequence[TypedRow]) -> tuple[Change, ...]:
    """The changes of issue.toml that some entries come to; none where the file stays as it is."""
    settings = [entry.setting for entry in entries if entry.state != "same"]
    sources = {".".join(part for part in (entry.setting.span, *match.key) if part): provenance(
        proposal.file, match, month=bool(entry.setting.figure and entry.setting.figure.month))
               for entry in entries for match in entry.matches}
    titles = {name: f"{measure.label}（{measure.unit or proposal.unit}）"
              for name, measure in proposal.definition.measures.items()} | {"source": "各数的出处，不印出来"}
    titles |= {f"{span}.{name}": f"{SPANS[span].words} {titles[name]}" for span in spans_of(proposal.definition)
               for name in proposal.definition.measures}
    text = spliced(proposal.table, settings, sources, titles)
    before = proposal.table.source.text
    return (Change(proposal.path, proposal.table.source.name, before, text, len(settings),
                   proposal.workspace.root),) if text != before else ()


def write(proposal: Proposal, entries: Sequence[TypedRow]) -> list[str]:
    """Write some entries, and remember how they were found.

    Returns:
        What the person should know of.

    Raises:
        PressError: a file has changed meanwhile, or cannot be written.
    """
    return [*(notice for change in changes(proposal, entries) if (notice := write_change(change))),
            *remember(proposal)]


def remember(proposal: Proposal) -> list[str]:
    """Write down how the figures of a sheet were found, for the next one of its kind.

    Returns:
        What the person should know of.

    Raises:
        PressError: the file has changed meanwhile, or cannot be written.
    """
    said = list[str]()
    path = proposal.workspace.root / FILE
    text = memorised(proposal.memory, proposal.labels, proposal.sheets)
    if proposal.memory.table is None:
        create_new(path, text.encode("utf-8"))
        said.append(f"对应关系记在 {proposal.workspace.shown(path)}，下个月照此自动对上")
    elif text != proposal.memory.table.source.text:
        before = proposal.memory.table.source.text
        change = Change(path, proposal.workspace.shown(path), before, text, 1, proposal.workspace.root)
        said += [notice for notice in (write_change(change),) if notice]
    return said


# --- what is remembered ---------------------------------------------------------------------


def _used(matching: Matching) -> list[Evidence]:
    return [one.evidence for match in matching.matches for one in match.own]


def _labels(gatherer: Gatherer, used: Sequence[Evidence]) -> Mapping[str, str]:
    """The labels that named a measure or an item, and what they named; those with a date in them pass away."""
    found: dict[str, str] = {}
    for one in used:
        for text in one.labels if one.name is None else ():
            label = label_of(text)
            meant = gatherer.named(label)
            keys = [next(iter(keys)) for keys in (meant.measures, meant.items) if len(keys) == 1]
            if keys and label.year is None and label.month is None and not meant.scopes:
                found["".join(text.split())] = ".".join(keys)
    return found


def _layouts(memory: Memory, file: str, sheets: Sequence[RawSheet], found: Sequence[Evidence],
             used: Sequence[Evidence]) -> tuple[tuple[RememberedSheet, ...], tuple[str, ...]]:
    """The sheets as they are to be remembered, and how they differ from what is."""
    remembered, said = [], []
    for sheet in sheets:
        heads = head_names(text for one in found if one.sheet == sheet.name for text in one.labels if one.name is None)
        known = memory.sheet_of(file, sheet.name)
        if known and known.heads and known.heads != heads:
            gone = [head for head in known.heads if head not in heads]
            new = [head for head in heads if head not in known.heads]
            parts = [f"{word}：{'、'.join(names[:6])}{'……' if len(names) > 6 else ''}"
                     for word, names in (("没有了", gone), ("新有", new)) if names] or ["次序变了"]
            said.append(f"工作表“{sheet.name}”的表头和上次不同（{'；'.join(parts)}），请逐项核对")
        if any(one.sheet == sheet.name for one in used):
            remembered.append(RememberedSheet(file=known.file if known else pattern(file),
                                              sheet=(known.sheet if known else pattern(sheet.name) or "*"),
                                              heads=heads))
    unique = {(one.file, one.sheet): one for one in remembered}
    return tuple(unique.values()), tuple(said)
