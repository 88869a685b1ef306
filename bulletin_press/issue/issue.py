"""An issue: the validated input, and the document that it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from bulletin_press.document.passages import Passage, passages_of
from bulletin_press.document.prose import Prose, prose_of
from bulletin_press.document.tree import (
    ContentsEntry,
    ContentsGroup,
    Document,
    Front,
    Item,
    Origin,
    Picture,
    Section,
)
from bulletin_press.ground.diagnostics import Finding, InputFault, PressError, Severity, Span
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.ground.resources import templates_folder
from bulletin_press.issue.sections import (
    TITLES,
    ArticleFields,
    EventFields,
    MemberFields,
    ReportFields,
    TipFields,
)
from bulletin_press.issue.sections.articles import article_item
from bulletin_press.issue.sections.base import NO_EXTENSION, PictureFields
from bulletin_press.issue.sections.event import event_item
from bulletin_press.issue.sections.member import member_complaints, member_item
from bulletin_press.issue.sections.report import report_item
from bulletin_press.issue.sections.tip import tip_item
from bulletin_press.language.numerals import Period, chinese_date, chinese_number
from bulletin_press.pictures import LoadedPicture, PictureFault, load_picture
from bulletin_press.publication.lexicon import Lexicon, load_lexicon
from bulletin_press.publication.printed import IssueMark, PrintedIssue, marks_before, printed_before
from bulletin_press.publication.settings import SectionKind
from bulletin_press.publication.thresholds import Thresholds, load_thresholds
from bulletin_press.publication.workspace import PUBLICATION, Workspace, valid_name
from bulletin_press.report.definition import NONE, Definition, load_definition
from bulletin_press.report.figures import EarlierReport, ReportFigures, read_figures, thousands
from bulletin_press.report.wording import HouseStyle, ReportText, write_report
from bulletin_press.toml.advice import is_amount
from bulletin_press.toml.positions import KeyPath, Table
from bulletin_press.toml.schema import (
    Complaint,
    Day,
    Line,
    Model,
    close_match,
    complaints_of,
    keys_of,
    refuse,
    undamaged,
)
from bulletin_press.toml.typed_values import in_unit

if TYPE_CHECKING:
    from bulletin_press.document.exhibits import Exhibits

MAX_ITEMS = 200
# As `_size` counts; some thousand pages, a minute of typesetting.
MAX_SIZE = 40_000


class IssueHead(Model):
    """[issue]: number, date, and what is printed of them."""

    number: Annotated[int, Field(ge=1, le=9999, strict=True)]
    date: Day
    pages: Annotated[int, Field(ge=1, le=2000, strict=True)] | None = None
    label: Line | None = None
    total_number: Annotated[int, Field(ge=1, le=99999, strict=True)] | None = None


def _reason(value: Any) -> Any:
    for text in value.values() if isinstance(value, dict) else (value,):
        if not isinstance(text, str) or not text.strip():
            refuse("wrong-value", "这里要写明保留的理由，例如 \"已与商务局核对\"")
    return value


class IssueFields(Model):
    """The whole of issue.toml."""

    issue: IssueHead
    report: ReportFields | None = None
    news: Annotated[tuple[ArticleFields, ...], Field(max_length=MAX_ITEMS)] = ()
    policy: Annotated[tuple[ArticleFields, ...], Field(max_length=MAX_ITEMS)] = ()
    member: Annotated[tuple[MemberFields, ...], Field(max_length=MAX_ITEMS)] = ()
    event: Annotated[tuple[EventFields, ...], Field(max_length=MAX_ITEMS)] = ()
    tip: TipFields | None = None
    allow: dict[str, Annotated[str | dict[str, str], BeforeValidator(_reason)]] = {}


_TABLES: dict[str, type[Model]] = {
    "issue": IssueHead, "report": ReportFields, "news": ArticleFields, "policy": ArticleFields,
    "member": MemberFields, "event": EventFields, "tip": TipFields, "images": PictureFields}

_SEVERAL = ("news", "policy", "member", "event")


def allowed_keys(path: KeyPath) -> tuple[str, ...]:
    """The keys that issue.toml allows at a path."""
    names = [part for part in path if isinstance(part, str)]
    return keys_of(_TABLES.get(names[-1], IssueFields) if names else IssueFields)


def tables_with(key: str) -> tuple[str, ...]:
    """The tables of issue.toml that a key may be typed in, as they are typed."""
    return tuple(f"[[{name}]]" if name in _SEVERAL else f"[{name}]"
                 for name, model in _TABLES.items() if name != "images" and key in keys_of(model))


@dataclass(frozen=True)
class Issue:
    """One issue: its file, its validated fields, its figures and its document."""

    workspace: Workspace
    name: str
    table: Table
    fields: IssueFields
    figures: ReportFigures | None
    definition: Definition | None

    path: Path

    @property
    def folder(self) -> Path:
        """The folder that the issue's pictures lie in."""
        return self.path.parent

    def span(self, path: KeyPath) -> Span:
        """Where a value of issue.toml stands."""
        return self.table.span(path)

    # --- what the rules read ----------------------------------------------------------------

    def prose(self) -> Iterator[tuple[Table, Prose]]:
        """Every string that an author typed, with the file that it stands in."""
        for table, prose in self._prose():
            # A line is stripped when it is read: positions count from what was typed.
            typed = table.value(prose.path)
            yield table, Prose(typed, prose.path, prose.marked) if isinstance(typed, str) else prose

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every string that an author typed, in passages."""
        return tuple(passage for table, prose in self.prose() for passage in passages_of(table, prose))

    @cached_property
    def printed_before(self) -> tuple[PrintedIssue, ...]:
        """What the issues before this one printed, newest first."""
        return printed_before(self.workspace, self.name)

    @property
    def mark(self) -> IssueMark:
        """How the issue is told from the others."""
        head = self.fields.issue
        return IssueMark(self.name, head.number, head.date, head.label is not None)

    @cached_property
    def marks_before(self) -> tuple[IssueMark, ...]:
        """The marks of the issues before this one, newest first; none where its folder's name is of no form."""
        return marks_before(self.workspace, self.mark) if valid_name(self.name) else ()

    @cached_property
    def words(self) -> str:
        """The words of all passages, a line each: what a rule looks into before it looks closely."""
        return "\n".join(passage.words for passage in self.passages)

    def addresses(self) -> Iterator[Passage]:
        """Every address of a site that is typed into a field of its own."""
        tables = [(self.table, ("news",)), (self.table, ("policy",)), (self.table, ("member",)),
                  (self.workspace.publication_table, ("publication",))]
        listed = self.workspace.members_table
        tables += [(listed, (member.ref,)) for member in self.fields.member if listed and member.ref]
        for table, path in tables:
            found = table.value(path)
            for here, fields in ([((*path, i), one) for i, one in enumerate(found)]
                                 if isinstance(found, list) else [(path, found)]):
                for key in ("url", "website"):
                    if isinstance(fields, dict) and isinstance(fields.get(key), str):
                        text = fields[key]
                        yield Passage(text, (*here, key), table, range(len(text) + 1))

    def lexicon(self, name: str) -> Lexicon:
        """A word list, the publication's words over the bundled ones, as far as this issue has them.

        Raises:
            InputFault: a file of the list is wrong.
        """
        return load_lexicon(name, template_folders(self.workspace)).among(self.words)

    def _prose(self) -> Iterator[tuple[Table, Prose]]:
        fields = self.fields
        for name in ("news", "policy", "member", "event"):
            for index, one in enumerate(getattr(fields, name)):
                for prose in prose_of(one, (name, index)):
                    yield self.table, prose
        if fields.tip:
            for prose in prose_of(fields.tip, ("tip",)):
                yield self.table, prose
        if fields.issue.label:
            yield self.table, Prose(fields.issue.label, ("issue", "label"))
        yield from self._listed_prose()
        publication = self.workspace.publication
        for model, key in ((publication.publication, "publication"), (publication.report, "report")):
            for prose in prose_of(model, (key,), skipped=frozenset({
                    "theme", "profile", "definition", "website", "email"})):
                if prose.path in self.workspace.publication_table.places:
                    yield self.workspace.publication_table, prose

    def _listed_prose(self) -> Iterator[tuple[Table, Prose]]:
        """What members.toml says of the members that this issue prints."""
        table, seen = self.workspace.members_table, set()
        for member in self.fields.member:
            if table and member.ref and member.ref not in seen:
                seen.add(member.ref)
                for prose in prose_of(self.workspace.members[member.ref], (member.ref,)):
                    yield table, prose

    @cached_property
    def pictures(self) -> Mapping[Picture, LoadedPicture | PictureFault]:
        """Every picture of the issue, decoded, or why it could not be."""
        files: dict[Path, LoadedPicture | PictureFault] = {}
        loaded: dict[Picture, LoadedPicture | PictureFault] = {}
        # Not by the document, which has the charts drawn up: the report has no pictures.
        kinds = [kind for kind in self.workspace.publication.sections.kinds if kind != "report"]
        for picture in (one for kind in kinds for item in self._items(kind) for one in item.pictures()):
            if picture.file not in files:
                # A logo of the member directory lies in the workspace, everything else in the issue.
                folder = self.folder if picture.file.is_relative_to(self.folder) else self.workspace.root
                try:
                    files[picture.file] = load_picture(picture.file, folder)
                except PictureFault as fault:
                    files[picture.file] = fault
            loaded[picture] = files[picture.file]
        return loaded

    @cached_property
    def size(self) -> int:
        """How much there is to set: 40,000 is some thousand pages."""
        return _total_size(self.fields, self.workspace)

    # --- the report -------------------------------------------------------------------------

    @cached_property
    def thresholds(self) -> Thresholds:
        """The limits that rules judge by.

        Raises:
            InputFault: the publication's file of limits is wrong.
        """
        return load_thresholds(template_folders(self.workspace))

    @cached_property
    def earlier_figures(self) -> Mapping[str, ReportFigures | None]:
        """The reports of earlier issues that may hold figures of this one's year, newest first.

        By the issues' names. None is one that cannot be read: this issue must not fail for it.
        """
        found: dict[str, ReportFigures | None] = {}
        for name in self.workspace.earlier(self.name) if self.figures else ():
            # No issue before the year began can hold figures of that year.
            if self.figures is None or self.workspace.year_of(name) < self.figures.period.year:
                break
            try:
                figures = _figures_of(self.workspace, name, self.definition)
            except PressError:
                found[name] = None
            else:
                found |= {name: figures} if figures else {}
        return found

    @property
    def earlier_this_year(self) -> bool:
        """Whether the workspace has an earlier issue that may hold figures of this one's year."""
        return self.figures is not None and any(
            self.workspace.year_of(name) >= self.figures.period.year
            for name in self.workspace.earlier(self.name))

    @cached_property
    def earlier_reports(self) -> tuple[EarlierReport, ...]:
        """The reports of earlier issues that can be compared with this one's, newest first."""
        return tuple(EarlierReport(name, figures) for name, figures in self.earlier_figures.items()
                     if figures and self.figures and figures.period.before(self.figures.period))

    @cached_property
    def report_text(self) -> ReportText | None:
        """The written report, or None where the issue has none."""
        if self.figures is None or self.definition is None:
            return None
        style = self.workspace.publication.style
        earlier = self.earlier_reports[:1] if style.change or style.month else ()
        return write_report(self.definition, self.figures, self._house_style,
                            earlier[0].figures if earlier else None)

    @property
    def _house_style(self) -> HouseStyle:
        settings, style = self.workspace.publication.report, self.workspace.publication.style
        return HouseStyle(settings.region, settings.short_region, settings.source, settings.unit,
                          self.fields.issue.date, style.period, style.over_100, style.lead,
                          style.change, style.month)

    @cached_property
    def exhibits(self) -> Exhibits:
        """What the report shows beside its text; nothing where the issue has none."""
        # Late: ``press check`` shows nothing.
        from bulletin_press.document.exhibits import Exhibits
        from bulletin_press.report.display import exhibits_of

        if self.figures is None or self.definition is None:
            return Exhibits("", "", "")
        return exhibits_of(self.definition, self.figures, self._house_style,
                           [report.figures for report in self.earlier_reports],
                           self.workspace.publication.charts)

    # --- the document -----------------------------------------------------------------------

    @property
    def issue_label(self) -> str:
        """第8期, or the label of a combined or special issue."""
        head = self.fields.issue
        return head.label or f"第{head.number}期"

    @cached_property
    def document(self) -> Document:
        """The issue as a tree of blocks."""
        publication, head = self.workspace.publication.publication, self.fields.issue
        sections = tuple(self._sections())
        front = Front(
            name=publication.name, subtitle=publication.subtitle, organiser=publication.organiser,
            editor=publication.editor, number=self.issue_label,
            total_number=f"总第{head.total_number}期" if head.total_number else None,
            year=f"{head.date.year}年", date=chinese_date(head.date), permit=publication.permit,
            internal=publication.profile == "internal-print", serial=head.number,
            labelled=head.label is not None)
        return Document(
            title=f"{publication.name} {head.date.year}年{self.issue_label}", lang="zh-CN", front=front,
            contents=tuple(self._contents(section) for section in sections), sections=sections,
            colophon=tuple(self._colophon()))

    def _sections(self) -> Iterator[Section]:
        settings = self.workspace.publication.sections
        numeral = 0
        for kind in settings.kinds:
            items = tuple(self._items(kind))
            if not items:
                continue
            if kind != "tip":
                numeral += 1
            yield Section(kind, settings.titles.get(kind, TITLES[kind]),
                          "" if kind == "tip" else chinese_number(numeral), f"s-{kind}", items)

    def _items(self, kind: SectionKind) -> Iterator[Item]:
        fields, folder = self.fields, self.folder
        if kind == "report":
            # Figures that no sentence speaks of are shown all the same.
            if self.report_text and (self.report_text.paragraphs or self.exhibits):
                yield report_item(self.report_text, self.exhibits, ("report",), "report-1")
        elif kind == "member":
            for i, member in enumerate(fields.member):
                yield member_item(member, folder, self.workspace.root, ("member", i), f"member-{i + 1}",
                                  self.workspace.members if member.ref else {})
        elif kind == "event":
            for i, event in enumerate(fields.event):
                yield event_item(event, folder, ("event", i), f"event-{i + 1}", i + 1)
        elif kind == "tip":
            if fields.tip:
                yield tip_item(fields.tip, folder, ("tip",), "tip-1")
        else:
            for i, article in enumerate(fields.news if kind == "news" else fields.policy):
                yield article_item(article, folder, (kind, i), f"{kind}-{i + 1}")

    def _contents(self, section: Section) -> ContentsGroup:
        entries = [ContentsEntry(item.title, item.anchor) for item in section.items if item.title]
        if section.kind == "report" and self.report_text and self.report_text.headline:
            entries = [ContentsEntry(self.report_text.headline, section.anchor)]
        untitled = len(section.items) - len(entries)
        if section.kind == "event" and untitled:
            entries.append(ContentsEntry(f"协会近期动态{untitled}则" if len(entries) == 0 else
                                         f"另有动态{untitled}则", section.anchor))
        return ContentsGroup(section.title, tuple(entries or [ContentsEntry(section.title, section.anchor)]))

    def _colophon(self) -> Iterator[tuple[str, str]]:
        publication, head = self.workspace.publication.publication, self.fields.issue
        yield "编印单位", publication.organiser
        if publication.editor and publication.editor != publication.organiser:
            yield "编辑", publication.editor
        yield "出刊", f"{chinese_date(head.date)}　{head.date.year}年{self.issue_label}"
        labelled = (("准印证号", publication.permit), ("发送对象", publication.recipients),
                    ("印刷单位", publication.printer),
                    ("印数", f"{publication.print_run}份" if isinstance(publication.print_run, int)
                     else publication.print_run),
                    ("地址", publication.address), ("电话", publication.phone),
                    ("邮箱", publication.email), ("网址", publication.website))
        for label, value in labelled:
            if value:
                yield label, value
        if publication.profile == "internal-print":
            yield "说明", "内部资料，免费交流"


def read_issue(workspace: Workspace, path: Path) -> Issue:
    """Read and validate an issue.

    Raises:
        InputFault: with a finding for every place that is wrong.
    """
    table = workspace.scanned(path)
    complaints: list[Complaint] = []
    fields: IssueFields | None = None
    try:
        fields = IssueFields.model_validate(table.values)
    except ValidationError as error:
        complaints += complaints_of(error, (), allowed_keys, tables_with)
    figures, definition, elsewhere = None, None, None
    try:
        _ = workspace.publication
        figures, definition, found = _read_report(workspace, table)
        complaints += found
        if fields:
            for index, member in enumerate(fields.member):
                if member.ref:
                    complaints += member_complaints(member, ("member", index), workspace.members)
            if not complaints and not table.faults and _total_size(fields, workspace) > MAX_SIZE:
                complaints.append(Complaint(
                    "wrong-value", (), "这一期的内容太多，排不下：段落、表格、链接和图片合起来请减到一千页以内，"
                    "或分成几期"))
    except InputFault as fault:  # of another file: what is wrong with this one is told all the same
        elsewhere = fault
    complaints = [_with_extension(complaint, table, path.parent) for complaint in undamaged(complaints, table)]
    commas = [comma for comma in thousands(table)
              if not any(_overlap(comma.span, fault.span) for fault in table.findings())]
    # What such a number does to the list that it stands in is no second mistake.
    said = (*_syntax(table, workspace, definition), *(one.placed(table) for one in complaints))
    findings = commas + [found for found in said
                         if not any(_overlap(found.span, comma.span) for comma in commas)]
    if elsewhere and not (findings and elsewhere.findings):
        raise elsewhere
    if findings or fields is None:
        findings.sort(key=lambda finding: finding.span)
        raise InputFault(f"{table.source.name} 有 {len(findings)} 处不合要求",
                         (*(elsewhere.findings if elsewhere else ()), *findings))
    return Issue(workspace, path.parent.name, table, fields, figures, definition, path)


def _syntax(table: Table, workspace: Workspace, definition: Definition | None) -> Iterator[Finding]:
    """The faults of an issue's text; of a number typed with its unit, whether it is the unit wanted."""
    for fault, finding in zip(table.faults, table.findings(), strict=True):
        known = fault.advice and fault.advice.quantity and definition and fault.path[:1] == ("report",)
        if known and fault.advice and definition:
            spec = definition.measures.get(str(fault.path[1]))
            unit = "%" if not is_amount(fault.path) else (spec and spec.unit) or workspace.publication.report.unit
            advice = in_unit(fault.advice, unit)
            yield replace(finding, message=advice.message, suggestion=advice.suggestion, fixable=advice.certain)
        else:
            yield finding


def _overlap(one: Span, other: Span) -> bool:
    return (one.line, one.column) < (other.end_line, other.end_column) and \
        (other.line, other.column) < (one.end_line, one.end_column)


def _with_extension(complaint: Complaint, table: Table, folder: Path) -> Complaint:
    """A complaint about a picture without an extension, with the name of the file that was meant."""
    typed = table.value(complaint.path)
    if complaint.message != NO_EXTENSION or not isinstance(typed, str):
        return complaint
    for place in (typed.strip(), f"images/{typed.strip()}"):
        with suppress(OSError):
            if not is_inside((folder / place).parent, folder):
                continue
            for file in sorted((folder / place).parent.iterdir()):
                if file.stem == Path(place).name and file.suffix.lower() in (".png", ".jpg", ".jpeg", ".webp"):
                    meant = place + file.suffix
                    return replace(complaint, message=f"{NO_EXTENSION}：写成 {meant}", suggestion=f'"{meant}"')
    return complaint


def _total_size(fields: IssueFields, workspace: Workspace) -> int:
    """How much there is to set: a small file can ask for a great deal (a table, a member named often)."""
    models: list[Model] = [*fields.news, *fields.policy, *fields.member, *fields.event]
    models += [fields.tip] if fields.tip else []
    models += [workspace.members[member.ref] for member in fields.member if member.ref]
    pictures = sum(len(getattr(model, "images", ())) for model in models)
    return 20 * pictures + sum(_size(prose.text) for model in models for prose in prose_of(model, ()))


def _size(text: str) -> int:
    """No less than the lines, table cells and inline marks that a text comes to."""
    rows = [bars for line in text.split("\n") if (bars := line.count("|")) > 1]
    marks = sum(text.count(mark) for mark in ("**", "](", "://", "\\"))
    return len(text) // 30 + text.count("\n") + len(rows) * max(rows, default=0) + marks


def _read_report(workspace: Workspace, table: Table
                 ) -> tuple[ReportFigures | None, Definition | None, list[Complaint]]:
    raw = table.values.get("report")
    if not isinstance(raw, dict):
        return None, None, []
    if workspace.publication.report.definition == NONE:
        where = workspace.shown(workspace.root / PUBLICATION)
        message = f"{where} 里写着 definition = \"none\"（不出数据月报），这一期却有 [report]：" \
                  "删去整节 [report]，或在那里写上月报的名称"
        return None, None, [Complaint("wrong-value", ("report",), message, at_key=True)]
    definition = _definition(workspace)
    try:
        fields = ReportFields.model_validate(raw)
    except ValidationError:
        # The period is complained of; the figures are looked at all the same.
        measures = {key: value for key, value in raw.items() if key not in ReportFields.model_fields}
        return None, definition, read_figures(measures, Period(1, 1), definition, ("report",),
                                              workspace.publication.report.unit)[1]
    figures, complaints = read_figures(fields.measures, fields.period, definition, ("report",),
                                       workspace.publication.report.unit)
    return figures, definition, complaints


def _figures_of(workspace: Workspace, name: str, definition: Definition | None) -> ReportFigures | None:
    """The figures of another issue, read without the places that findings need: an issue has many.

    Raises:
        InputFault: its file cannot be read, or its report is wrong.
    """
    raw = workspace.plain(name).get("report")
    if raw is None or definition is None:
        return None
    try:
        fields = ReportFields.model_validate(raw)
    except ValidationError:
        raise InputFault(f"{name} 的 [report] 不合要求") from None
    figures, complaints = read_figures(fields.measures, fields.period, definition, ("report",))
    if complaints:
        raise InputFault(f"{name} 的 [report] 有 {len(complaints)} 处不合要求")
    return figures


def _definition(workspace: Workspace) -> Definition:
    """The publication's report definition; where there is none so named, publication.toml says it."""
    try:
        definition = load_definition(workspace.publication.report.definition, template_folders(workspace))
        _expect_known_charts(workspace, definition)
        return definition
    except InputFault as fault:
        if fault.findings:
            raise
        span = workspace.publication_table.span(("report", "definition"))
        raise InputFault(fault.message, [Finding("wrong-value", Severity.ERROR, fault.message, span)]) from None


def _expect_known_charts(workspace: Workspace, definition: Definition) -> None:
    """Raise an InputFault where publication.toml turns off what the report does not have."""
    findings = []
    for name in workspace.publication.charts:
        if name not in definition.exhibits:
            guess = close_match(name, definition.exhibits)
            hint = f"，是不是 {guess}？" if guess else f"。可用的：{'、'.join(definition.exhibits) or '（无）'}"
            findings.append(Finding("unknown-key", Severity.ERROR, f"这种数据月报没有“{name}”这个图表{hint}",
                                    workspace.publication_table.key_span(("charts", name)), guess))
    if findings:
        raise InputFault(f"[charts] 有 {len(findings)} 处不合要求", findings)


def template_folders(workspace: Workspace) -> tuple[Path, ...]:
    """Where templates are looked for: the publication's own before those of the press."""
    return (workspace.root / "templates", templates_folder())


def origin_span(issue: Issue, origin: Origin) -> Span:
    """Where a block's text starts in issue.toml."""
    return issue.table.characters(origin.path, origin.start, origin.start + 1)

