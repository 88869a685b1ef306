"""Running the rules: what each reads, where its marks stand, what is waived."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from types import ModuleType
from typing import Any

from bulletin_press import checks
from bulletin_press.checks.input_rules import INPUT_RULES, UNKNOWN_RULE, UNUSED_WAIVER
from bulletin_press.checks.kept_findings import IN_COPY, KeptFindings
from bulletin_press.checks.kept_marks import Marks, marks_of
from bulletin_press.checks.precedence import surest
from bulletin_press.checks.rule import (
    At,
    Copy,
    Data,
    Family,
    Lettering,
    Mark,
    Rule,
    Written,
)
from bulletin_press.document.passages import Passage, passages_of
from bulletin_press.document.prose import Prose
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Finding, Severity, Span
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.sections.member import MemberFields
from bulletin_press.language.guesses import perhaps
from bulletin_press.toml.positions import Table
from bulletin_press.toml.schema import close_match


@dataclass(frozen=True)
class PlacedRule:
    """A rule in its place: its family and the module that holds it."""

    rule: Rule[Any]
    family: Family
    module: ModuleType


@cache
def entries_of(family: Family) -> Mapping[str, PlacedRule]:
    """A family's rules by name, found by listing its folder."""
    package = importlib.import_module(f"{checks.__name__}.{family.value}")
    modules = [importlib.import_module(f"{package.__name__}.{info.name}")
               for info in pkgutil.iter_modules(package.__path__)]
    return {module.RULE.name: PlacedRule(module.RULE, family, module) for module in modules}


@cache
def entries(families: frozenset[Family] = frozenset(Family)) -> Mapping[str, PlacedRule]:
    """Every rule of some families by name: those about pages bring much with them."""
    found = {name: entry for family in families for name, entry in entries_of(family).items()}
    return dict(sorted(found.items()))


def _entry(name: str) -> PlacedRule | None:
    """A rule by name; the families are loaded in turn, only as far as needed."""
    return next((found for family in Family if (found := entries_of(family).get(name))), None)


def is_waivable(name: str) -> bool:
    """Whether ``[allow]`` may keep what a rule finds."""
    entry = _entry(name)
    return name not in INPUT_RULES and entry is not None and entry.rule.waivable


@dataclass
class Review:
    """One issue under review: findings as they come, and which waivers were used."""

    issue: Issue
    only: frozenset[Family]
    findings: list[Finding] = field(default_factory=list)
    used: set[tuple[str, str]] = field(default_factory=set)

    def run(self, edition: Edition) -> tuple[Finding, ...]:
        """All findings of the chosen families, by position."""
        grades = self.issue.workspace.publication.rules
        found, chosen = list[Finding](), entries(self.only)
        for entry in chosen.values():
            if grades.get(entry.rule.name) != "off" or not entry.rule.waivable:
                found += (self._graded(entry.rule, finding) for finding in _found(entry.rule, self, edition))
        waivers = {id(one): waiver for one in found if (waiver := self._waiver(chosen[one.rule].rule, one))}
        # What was looked at and kept is not to be told again by a rule that is less sure.
        for one in surest(found, lambda one: id(one) in waivers):
            if waiver := waivers.get(id(one)):
                self.used.add(waiver)
            else:
                self.findings.append(one.narrowed() if chosen[one.rule].rule.exchanges else one)
        if "kept" in self.__dict__:
            self.kept.keep()
        self._unknown()
        self._unused()
        return tuple(sorted(self.findings, key=lambda finding: (finding.span, finding.rule)))

    @cached_property
    def copies(self) -> tuple[tuple[Passage, Copy], ...]:
        """The issue's passages as copy: made once, for all the rules that read them."""
        return tuple((passage, Copy.of(passage)) for passage in self.issue.passages)

    @cached_property
    def data(self) -> Data | None:
        """The issue's report, where it has one, as the rules of figures read it: what they reckon is reckoned once."""
        issue = self.issue
        if not issue.figures or not issue.definition:
            return None
        # A period that cannot be right (period-after-date) is compared with none: one cause, one finding.
        wrong = issue.figures.period.unfinished(issue.fields.issue.date)
        return Data(issue.figures, issue.definition, () if wrong else issue.earlier_reports, issue.thresholds,
                    None if wrong else issue.a_year_before)

    @cached_property
    def kept(self) -> KeptFindings:
        """What the rules of copy found when all that they read was as it is."""
        return KeptFindings(self.issue)

    @cached_property
    def marks(self) -> Sequence[Marks]:
        """What the copy rules of the family copy mark in each passage, whatever their grades: kept for all of them."""
        rules = [entry.rule for entry in entries_of(Family.COPY).values() if entry.rule.subject is Copy]
        return marks_of(self.issue, [copy for _, copy in self.copies], rules)

    @cached_property
    def marked(self) -> Mapping[str, Sequence[tuple[Passage, Sequence[Mark]]]]:
        """The passages that a rule of the family copy marks, with the marks, by the rule's name."""
        found: dict[str, list[tuple[Passage, Sequence[Mark]]]] = {}
        for (passage, _), marks in zip(self.copies, self.marks, strict=True):
            for name, several in marks.items():
                found.setdefault(name, []).append((passage, several))
        return found

    def _graded(self, rule: Rule[Any], finding: Finding) -> Finding:
        """A finding as grave as the publication wishes."""
        grade = self.issue.workspace.publication.rules.get(rule.name) if rule.waivable else None
        return replace(finding, severity=Severity(grade)) if grade else finding

    def _waiver(self, rule: Rule[Any], finding: Finding) -> tuple[str, str] | None:
        """The waiver that keeps a finding: its rule and its words, which are empty where all of the rule is kept."""
        reason = self.issue.fields.allow.get(rule.name) if rule.waivable else None
        if reason is None or isinstance(reason, str):
            return None if reason is None else (rule.name, "")
        # Either the word or what is shown of it may be named.
        spans = {finding.span, finding.narrowed().span if rule.exchanges else finding.span}
        return next(((rule.name, words) for words in reason if words.strip() and (
            words in finding.marked or any(self._held(words, span) for span in spans))), None)

    def _held(self, words: str, span: Span) -> bool:
        """Whether words hold what is marked where it stands."""
        line = self._line(span) if span.line == span.end_line else ""
        at = line.find(words)
        while at >= 0:
            if at < span.column and span.end_column <= at + len(words) + 1:
                return True
            at = line.find(words, at + 1)
        return False

    def _line(self, span: Span) -> str:
        workspace = self.issue.workspace
        tables = (self.issue.table, workspace.publication_table, workspace.members_table)
        return next((table.source.line(span.line) for table in tables if table and table.source.name == span.file), "")

    def _unknown(self) -> None:
        publication = self.issue.workspace.publication_table
        for table, key, names in ((self.issue.table, "allow", self.issue.fields.allow),
                                  (publication, "rules", self.issue.workspace.publication.rules)):
            for name in names:
                known, guess = _entry(name), None
                if name in INPUT_RULES or (known and not known.rule.waivable):
                    message = f"{name} 不能用 [allow] 放过：请改正它指的地方，删去这一行" if key == "allow" else \
                        f"{name} 不能在 [rules] 里改级，请删去这一行"
                elif known is None:
                    close = close_match(name, [other.replace("-", "_") for other in entries()])
                    guess = close.replace("_", "-") if close else None
                    hint = perhaps(guess, "。press explain 列出全部规则")
                    message = f"没有“{name}”这条规则{hint}"
                else:
                    continue
                span = table.key_span((key, name))
                self.findings.append(Finding(UNKNOWN_RULE, Severity.WARNING, message, span, guess,
                                             table.marked(span)))

    def _unused(self) -> None:
        for name, reason in self.issue.fields.allow.items():
            entry = _entry(name)
            if entry is None or entry.family not in self.only or not entry.rule.waivable:
                continue
            for words in ("",) if isinstance(reason, str) else reason:
                if (name, words) not in self.used:
                    path = ("allow", name, words) if words else ("allow", name)
                    span = self.issue.table.key_span(path)
                    shown = f"{name} “{words}”" if words else name
                    self.findings.append(Finding(
                        UNUSED_WAIVER, Severity.INFO, f"[allow] 里的 {shown} 没有用上，可以删去", span, None,
                        self.issue.table.marked(span)))


# --- what rules read ------------------------------------------------------------------------


def _found(rule: Rule[Any], review: Review, edition: Edition) -> Iterator[Finding]:
    if rule.subject is Copy:
        yield from review.kept.of(rule.name, lambda: _in_copies(rule, review))
        return
    subjects: Mapping[type, Callable[[Rule[Any], Issue, Edition], Iterator[Finding]]] = {
        Written: _in_bodies, Lettering: _in_letterings, Issue: _in_issue, Edition: _in_edition}
    if rule.subject is Data:
        yield from _in_data(rule, review)
    elif rule.subject is Issue and _is_of_copy(rule):
        yield from review.kept.of(rule.name, lambda: _in_issue(rule, review.issue, edition))
    else:
        yield from subjects[rule.subject](rule, review.issue, edition)
    if rule.in_copy:
        also = Rule(rule.name, rule.severity, Copy, rule.in_copy)
        yield from review.kept.of(rule.name + IN_COPY, lambda: _in_copies(also, review))


def _is_of_copy(rule: Rule[Any]) -> bool:
    known = entries_of(Family.COPY).get(rule.name)
    return known is not None and known.rule is rule


def _at(rule: Rule[Any], issue: Issue, marks: Iterable[Mark | At]) -> Iterator[Finding]:
    for mark in marks:
        assert isinstance(mark, At)
        if mark.span:
            yield Finding(rule.name, mark.severity or rule.severity, mark.message, mark.span, mark.suggestion)
            continue
        table = mark.table or issue.table
        span = table.characters(mark.path, *mark.characters) if mark.characters else table.span(mark.path)
        yield Finding(rule.name, mark.severity or rule.severity, mark.message, span, mark.suggestion,
                      table.marked(span), rule.fix and mark.suggestion is not None)


def _in_data(rule: Rule[Any], review: Review) -> Iterator[Finding]:
    if review.data:
        yield from _at(rule, review.issue, rule.check(review.data))


def _in_issue(rule: Rule[Any], issue: Issue, edition: Edition) -> Iterator[Finding]:
    yield from _at(rule, issue, rule.check(issue))


def _in_edition(rule: Rule[Any], issue: Issue, edition: Edition) -> Iterator[Finding]:
    yield from _at(rule, issue, rule.check(edition))


def _in_letterings(rule: Rule[Any], issue: Issue, edition: Edition) -> Iterator[Finding]:
    for table, prose in (*issue.prose(), *_also_printed(issue)):
        marks = list(rule.check(Lettering(prose.text, edition.theme.fonts)))
        if prose.marked and (marks or "&" in prose.text):
            # Bullets, soft returns and comments are read and not set; an entity is set as its character.
            printed = [" "] * len(prose.text)
            for passage in passages_of(table, prose):
                for char, at in zip(passage.text, passage.offsets, strict=False):
                    printed[at] = char
            marks = list(rule.check(Lettering("".join(printed), edition.theme.fonts)))
        yield from _marks(rule, table, prose, marks)


def _in_bodies(rule: Rule[Any], issue: Issue, edition: Edition) -> Iterator[Finding]:
    for table, prose in issue.prose():
        if prose.marked:
            yield from _marks(rule, table, prose, rule.check(Written(prose.text)))


def _in_copies(rule: Rule[Any], review: Review) -> Iterator[Finding]:
    usage = review.issue.workspace.publication.style.marks
    if _is_of_copy(rule):
        marked: Iterable[tuple[Passage, Iterable[Mark | At]]] = review.marked.get(rule.name, ())
    else:
        read = [review.copies[at] for at in rule.read_in(review.issue.presence)]
        marked = ((passage, rule.check(copy)) for passage, copy in read)
    for passage, marks in marked:
        for mark in marks:
            assert isinstance(mark, Mark)
            if mark.standard and usage == "newspaper":
                continue
            # What a house has not chosen is a hint, and not put right unasked.
            chosen = not mark.standard or usage == "gb"
            grade = (mark.severity or rule.severity) if chosen else Severity.INFO
            start, end = passage.place(mark.start, mark.end)
            span = passage.table.characters(passage.path, start, end)
            yield Finding(rule.name, grade, mark.message, span, mark.suggestion,
                          passage.text[mark.start : mark.end], chosen and rule.fix and mark.suggestion is not None)


def _marks(rule: Rule[Any], table: Table, prose: Prose, marks: Iterable[Mark | At]) -> Iterator[Finding]:
    for mark in marks:
        assert isinstance(mark, Mark)
        span = table.characters(prose.path, mark.start, mark.end)
        yield Finding(rule.name, mark.severity or rule.severity, mark.message, span, mark.suggestion,
                      prose.text[mark.start : mark.end], rule.fix and mark.suggestion is not None)


def _also_printed(issue: Issue) -> Iterator[tuple[Table, Prose]]:
    """What is set and is no prose: ranked names, titles of sections, addresses."""
    workspace = issue.workspace
    for ranking in (issue.figures.rankings.values() if issue.figures else ()):
        for ranked in ranking:
            yield issue.table, Prose(ranked.name, ranked.name_path)
    sections = workspace.publication.sections
    for name, title in sections.titles.items():
        yield workspace.publication_table, Prose(title, ("sections", "titles", name))
    for name, own in sections.own.items():
        yield workspace.publication_table, Prose(own.title, ("sections", "own", name, "title"))
    for key in ("website", "email"):
        if address := getattr(workspace.publication.publication, key):
            yield workspace.publication_table, Prose(address, ("publication", key))
    for path, member in issue.each(MemberFields):
        listed = workspace.members[member.ref].website if member.ref else None
        if member.website:
            yield issue.table, Prose(member.website, (*path, "website"))
        elif listed and workspace.members_table:
            yield workspace.members_table, Prose(listed, (member.ref or "", "website"))


def review(issue: Issue, edition: Edition, only: Iterable[Family]) -> tuple[Finding, ...]:
    """Run the rules of some families over an issue in a theme."""
    return Review(issue, frozenset(only)).run(edition)
