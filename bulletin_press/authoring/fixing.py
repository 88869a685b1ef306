"""``press check --fix``: suggestions that are beyond doubt, put in their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bulletin_press.authoring.syntax_fixing import repaired
from bulletin_press.checks.rule import Family
from bulletin_press.document.verbatim import is_verbatim
from bulletin_press.ground.diagnostics import Finding, InputFault, Span
from bulletin_press.pipeline import check
from bulletin_press.publication.workspace import MEMBERS, PUBLICATION, Workspace
from bulletin_press.toml.change import Change
from bulletin_press.toml.positions import parse_table
from bulletin_press.toml.scanner import Scanner
from bulletin_press.toml.source import Source, read_source

# Findings about a value that its key does not want.
_OF_VALUES = ("wrong-value", "wrong-type")
# One fix may uncover another; none undoes one, so that a few rounds are enough.
ROUNDS = 8
# What these rules find is no prose: nothing in it is put right.
FOREIGN = frozenset({"field-code", "garbled-text", "private-remnant", "unread-markup"})
# What would end a TOML string or be read as one of our marks.
_UNSAFE = re.compile(r"[\"'\\\x00-\x1f\x7f*\[\]|`<>&]")
# An escape, a mark of bold or of a link, a tab between columns, an entity or a tag inside what is to be replaced.
_BROKEN = re.compile(r"\\|\*\*|\]\(|[\n\t&<]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_RUN = re.compile(r"\d{1,9}")


def proposed(workspace: Workspace, paths: Iterable[Path]) -> tuple[Change, ...]:
    """What ``--fix`` would change for some issues; files without a change are left out.

    First what keeps a file from being read, as far as it is beyond doubt (``syntax_fixing``), then the
    rules' suggestions. An issue that cannot be read even so is not gone through further: the check says why.
    """
    work = _Work(workspace)
    for path in paths:
        files = (path, workspace.root / PUBLICATION, workspace.root / MEMBERS)
        for file in (path, workspace.root / MEMBERS):
            _repair(work, file)
        for _ in range(ROUNDS):
            trial = replace(workspace, drafts=work.drafts)
            checked = check(trial, path, only={Family.COPY, Family.GLYPH, Family.ISSUE})
            foreign = [finding.span for finding in checked.findings if finding.rule in FOREIGN]
            edits = [finding for finding in checked.findings
                     if finding.fixable and not any(_within(finding.span, span) for span in foreign)]
            changed = sum(_follow(work, trial, file, edits) for file in files) if checked.readable \
                else _correct(work, path, checked.findings) + _repair(work, path)
            if changed == 0:
                break
    return work.corrections()


def _within(inner: Span, outer: Span) -> bool:
    """Whether a span lies in another."""
    return inner.file == outer.file and (outer.line, outer.column) <= (inner.line, inner.column) \
        and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)


@dataclass
class _Work:
    """Texts in hand: as they were, as they would be, and how many places differ."""

    workspace: Workspace
    before: dict[Path, str] = field(default_factory=dict)
    drafts: dict[Path, str] = field(default_factory=dict)
    places: dict[Path, int] = field(default_factory=dict)

    def source(self, file: Path) -> Source | None:
        """A file's text as it stands now, None where it cannot be read."""
        name = self.workspace.shown(file)
        if file in self.drafts:
            return Source(name, self.drafts[file])
        try:
            return read_source(file, name)
        except InputFault:
            return None

    def put(self, file: Path, before: str, after: str, count: int) -> None:
        """Take a text in place of another."""
        self.before.setdefault(file, before)
        self.drafts[file], self.places[file] = after, self.places.get(file, 0) + count

    def corrections(self) -> tuple[Change, ...]:
        """What has come of it."""
        return tuple(Change(file, self.workspace.shown(file), self.before[file], text, self.places[file],
                            self.workspace.root)
                     for file, text in self.drafts.items() if text != self.before[file])


def _repair(work: _Work, file: Path) -> int:
    """Put right what is wrong with a file's TOML, where it is beyond doubt; in how many places."""
    source = work.source(file)
    text, count = repaired(source) if source else ("", 0)
    if source and count:
        work.put(file, source.text, text, count)
    return count


def _correct(work: _Work, path: Path, findings: Sequence[Finding]) -> int:
    """Put right the values of an issue that are not what their keys want, where that is certain.

    Most are TOML; a number with its unit is none, and only the report knows whether the unit is the right one.
    """
    source = work.source(path)
    if source is None:
        return 0
    text, count = _corrected(source.text, [one for one in findings if one.span.file == source.name])
    if count:
        work.put(path, source.text, text, count)
    return count


def _corrected(text: str, findings: Sequence[Finding]) -> tuple[str, int]:
    """A text with the values that were certainly meant; and how many."""
    certain = [finding for finding in findings if finding.fixable and finding.suggestion is not None
               and (finding.rule in _OF_VALUES or _NUMBER.fullmatch(finding.suggestion))]
    lines, count = text.split("\n"), 0
    for finding in sorted(certain, key=lambda one: one.span, reverse=True):
        span, new = finding.span, finding.suggestion or ""
        line, start, end = lines[span.line - 1], span.column - 1, span.end_column - 1
        if span.line == span.end_line and _same_value(line[start:end], new):
            lines[span.line - 1], count = line[:start] + new + line[end:], count + 1
    return "\n".join(lines), count


def fixed_text(text: str, findings: Sequence[Finding]) -> tuple[str, int]:
    """A text with the suggestions of some of its findings in their places, as far as they may be; and how many.

    Args:
        text: the text in which the findings were found.
        findings: of this text; those that are not ``fixable`` are left alone.
    """
    chosen = [finding for finding in findings if finding.fixable]
    count = 0
    # From the end, so that the places still to come stay true.
    for finding in sorted(chosen, key=lambda one: (-one.span.line, -one.span.column)):
        tried, more = _corrected(text, [finding])
        if not more:
            tried, more = _edited(text, [finding])
            more = more if _same_figures(text, tried, finding.span.file) else 0
        if more:
            text, count = tried, count + more
    return text, count


def _follow(work: _Work, trial: Workspace, file: Path, edits: Sequence[Finding]) -> int:
    """Put the rules' suggestions for a file in their places; how many that changed."""
    name = work.workspace.shown(file)
    here = [finding for finding in edits if finding.span.file == name]
    if not here:
        return 0
    text = trial.table(file).source.text
    edited, count = _edited(text, here)
    if count and not _same_figures(text, edited, name):
        # One of them would change more than wording: the others are tried one by one.
        edited, count = text, 0
        for finding in sorted(here, key=lambda one: (-one.span.line, -one.span.column)):
            tried, more = _edited(edited, [finding])
            if more and _same_figures(edited, tried, name):
                edited, count = tried, count + more
    if count:
        work.put(file, text, edited, count)
    return count


def _edited(text: str, findings: Sequence[Finding]) -> tuple[str, int]:
    """A text with the findings' suggestions, none over another; and how many."""
    lines = text.split("\n")
    count = 0
    bodies, verbatim = _body_lines(text), dict[int, bool]()
    taken: dict[int, int] = {}
    # From the right, so that the columns still to come stay true.
    for finding in sorted(findings, key=lambda one: (one.span.line, -one.span.column, one.span.end_column)):
        span, new = finding.span, finding.suggestion
        line = lines[span.line - 1]
        if span.line not in verbatim:
            verbatim[span.line] = span.line in bodies and is_verbatim(lines, span.line - 1)
        if verbatim[span.line]:
            continue
        old = line[span.column - 1 : span.end_column - 1]
        if (new is None or span.line != span.end_line or span.end_column > taken.get(span.line, len(line) + 1)
                or _UNSAFE.search(new) or _BROKEN.search(old) or old == new or not _same_digits(old, new)):
            continue
        lines[span.line - 1] = line[: span.column - 1] + new + line[span.end_column - 1 :]
        taken[span.line] = span.column
        count += 1
    return "\n".join(lines), count


def _body_lines(text: str) -> frozenset[int]:
    """The lines (from 1) that lie within a text of several lines, but the one that it begins on."""
    scanner = Scanner(text)
    scanner.scan()
    source = Source("", text)
    return frozenset(
        line for place in scanner.places.values()
        if place.characters is not None and text.startswith(("'''", '"""'), place.value[0])
        for line in range(source.span(*place.value).line + 1, source.span(*place.value).end_line + 1))


def _same_digits(old: str, new: str) -> bool:
    """Whether two wordings have the same digits: ４ is 4, and no fix takes one away or adds one."""
    return _digits(old) == _digits(new)


def _same_value(old: str, new: str) -> bool:
    """Whether two wordings of a value have the same numbers: 8月 is 08; a period, a text, says its own in words."""
    return _same_digits(old, new) or new.startswith('"') or \
        [int(number) for number in _RUN.findall(old)] == [int(number) for number in _RUN.findall(new)]


def _digits(text: str) -> list[int]:
    return [unicodedata.decimal(char) for char in text if char.isdecimal()]


def _same_figures(before: str, after: str, name: str) -> bool:
    """Whether an edit changes the wording of prose alone: no other value, no digit, nothing of the report."""
    try:
        old, new = (parse_table(Source(name, text)).values for text in (before, after))
    except InputFault:
        return False
    return _same(old, new) and _figures(old) == _figures(new)


def _figures(values: Mapping[str, Any]) -> Any:
    """The report without the author's words in it."""
    report = values.get("report")
    return {key: value for key, value in report.items() if key != "text"} if isinstance(report, Mapping) else report


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(_same(value, new[key]) for key, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    return (isinstance(old, str) and isinstance(new, str)) or (type(old) is type(new) and old == new)
