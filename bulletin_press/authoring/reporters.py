"""Findings for people, for programs and for CI."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from bulletin_press.ground.diagnostics import Finding, Severity

LineOf = Callable[[str, int], str]
"""A file's name and a 1-based line number → the text of the line, empty where unknown."""

_WINDOW = 60
# How many places of one rule are written out; fewer where it is a matter of style that can be fixed.
SHOWN, SHOWN_STYLE = 20, 5
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_WIDE = frozenset("WF")


def column_width(text: str) -> int:
    """How many terminal columns a text takes: full-width characters take two."""
    return sum(0 if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me")
               else 2 if unicodedata.east_asian_width(char) in _WIDE else 1
               for char in text)


def _quoted(finding: Finding, line: str) -> list[str]:
    """The source line around the finding, and carets under the very characters."""
    if not line.strip():
        return []
    start = finding.span.column - 1
    end = finding.span.end_column - 1 if finding.span.end_line == finding.span.line else len(line)
    left = max(0, start - _WINDOW // 2)
    right = min(len(line), max(end, start + 1) + _WINDOW // 2)
    if len(line) <= _WINDOW:
        left, right = 0, len(line)
    before = "…" if left else ""
    shown = _visible(line[left:right])
    # A tab is shown as one blank, so that the carets stand under the characters.
    indent = column_width(before) + column_width(shown[: start - left])
    carets = max(1, column_width(shown[start - left : max(end, start + 1) - left]))
    return [f"    {before}{shown}{'…' if right < len(line) else ''}", "    " + " " * indent + "^" * carets]


def _visible(text: str) -> str:
    """A text that can do nothing to a terminal, of as many characters; a tab is one blank."""
    return "".join(char if char.isprintable() or char == "\u3000" else " " if char == "\t" else "�" for char in text)


def as_text(findings: Sequence[Finding], line_of: LineOf) -> str:
    """Findings for a person: place, severity, rule, message, the line with carets; counts last.

    Of one rule only the first places are written out, all are counted: a hundred rows of one kind
    hide the others.
    """
    listing = Listing(line_of)
    rows = [row for finding in findings for row in listing.rows(finding)]
    return "\n".join([*rows, *listing.untold(), counts(findings)])


class Listing:
    """The rows of findings for a person; of each rule so many places, however they are grouped."""

    def __init__(self, line_of: LineOf) -> None:
        self._line_of = line_of
        self._seen: Counter[tuple[str, bool]] = Counter()
        self._graded: dict[tuple[str, bool], Severity] = {}

    def rows(self, finding: Finding) -> list[str]:
        """A finding's rows; none where enough of its kind were shown."""
        kind = (finding.rule, finding.fixable)
        self._seen[kind] += 1
        self._graded[kind] = finding.severity
        if self._seen[kind] > _shown(finding.severity, finding.fixable):
            return []
        span = finding.span
        rows = [f"{span.file}:{span.line}:{span.column}: {finding.severity.label} "
                f"{finding.rule} {_visible(finding.message)}", *_quoted(finding, self._line_of(span.file, span.line))]
        if finding.suggestion is not None:
            rows.append(f"    建议：{advised(finding.suggestion)}")
        return rows

    def untold(self) -> list[str]:
        """How many of each kind were not shown, a row each."""
        return [_untold(rule, number - shown, fixable) for (rule, fixable), number in self._seen.items()
                if number > (shown := _shown(self._graded[rule, fixable], fixable))]


def advised(suggestion: str) -> str:
    """A suggestion as it is read: of blanks, in words."""
    if suggestion.strip():
        return _visible(suggestion)
    return "改为换行" if "\n" in suggestion else "改为一个半角空格" if suggestion else "删去"


def _shown(severity: Severity, fixable: bool) -> int:
    return SHOWN_STYLE if fixable and severity is Severity.INFO else SHOWN


def _untold(rule: str, number: int, fixable: bool) -> str:
    way = "press check --fix 可以一并改正" if fixable else "改好这些再查，就会看到其余的"
    return f"{rule} 同类还有 {number} 处没有列出：{way}；--format json 列出全部"


def counts(findings: Iterable[Finding]) -> str:
    """How many of each severity: 错误 1，警告 2，提示 0."""
    number = Counter(finding.severity for finding in findings)
    return "，".join(f"{severity.label} {number[severity]}" for severity in Severity)


def as_json(findings: Sequence[Finding], *, escaped: bool = False) -> str:
    """Findings as one JSON list; lines and columns 1-based in code points, end_column exclusive.

    Args:
        findings: in the order wanted.
        escaped: in ASCII alone, for a stream that is not UTF-8.
    """
    return json.dumps([{
        "rule": finding.rule, "severity": finding.severity.value, "message": finding.message,
        "file": finding.span.file, "line": finding.span.line, "column": finding.span.column,
        "end_line": finding.span.end_line, "end_column": finding.span.end_column,
        "suggestion": finding.suggestion,
    } for finding in findings], ensure_ascii=escaped, indent=2)


def as_github(findings: Sequence[Finding]) -> str:
    """Findings as workflow commands, which CI shows beside the lines."""
    rows = []
    for finding in findings:
        span = finding.span
        place = f"file={_escaped(span.file, True)},line={span.line},col={span.column}," \
                f"endLine={span.end_line},endColumn={span.end_column},title={finding.rule}"
        message = finding.message + (f"（建议：{finding.suggestion}）" if finding.suggestion else "")
        rows.append(f"::{_GITHUB[finding.severity]} {place}::{_escaped(message)}")
    return "\n".join(rows)


def _escaped(text: str, as_property: bool = False) -> str:
    marks: Mapping[str, str] = {"%": "%25", "\r": "%0D", "\n": "%0A"}
    if as_property:
        marks = {**marks, ":": "%3A", ",": "%2C"}
    return "".join(marks.get(char, char) for char in text)
