"""Findings as the desk shows them: at which field, over which characters, and how each can be mended or kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bulletin_press.checks.input_rules import INPUT_RULES
from bulletin_press.desk.server._edits import Set, edited
from bulletin_press.ground.diagnostics import Finding, InputFault, PressError
from bulletin_press.toml.positions import KeyPath, Table, parse_table
from bulletin_press.toml.source import Source

UNFILLED = "unfilled"


def offset_of(source: Source, line: int, column: int) -> int:
    """Where a line and a column are in the text."""
    starts = source.line_starts
    return min(len(source.text), starts[min(line, len(starts)) - 1] + column - 1)


def place_of(table: Table, finding: Finding) -> tuple[KeyPath, int, int]:
    """The key that a finding is about, and which characters of its text; 0, 0 for the whole."""
    source, span = table.source, finding.span
    start = offset_of(source, span.line, span.column)
    end = offset_of(source, span.end_line, span.end_column)
    best: KeyPath = ()
    for path, place in table.places.items():
        inside = place.value[0] <= start < max(place.value[1], place.value[0] + 1) or \
            place.key[0] <= start < max(place.key[1], place.key[0] + 1)
        if inside and len(path) >= len(best):
            best = path
    characters = table.places[best].characters if best else None
    if characters is None:
        return best, 0, 0
    first = next((index for index, at in enumerate(characters) if at >= start), 0)
    last = next((index for index, at in enumerate(characters) if at >= end), len(characters) - 1)
    return best, first, max(first, last)


def told(findings: Iterable[Finding], text: str, name: str) -> list[dict[str, Any]]:
    """Findings as a page reads them, the worst first.

    Args:
        findings: the findings.
        text: the issue's text.
        name: the issue's file as findings call it.
    """
    try:
        table: Table | None = parse_table(Source(name, text))
    except InputFault:
        table = None
    return [_told(one, table, name) for one in findings]


def _told(finding: Finding, table: Table | None, name: str) -> dict[str, Any]:
    path, first, last = place_of(table, finding) if table and finding.span.file == name else ((), 0, 0)
    span = finding.span
    return {
        "rule": finding.rule, "severity": "unfilled" if finding.rule == UNFILLED else finding.severity.value,
        "label": "待填" if finding.rule == UNFILLED else finding.severity.label, "message": finding.message,
        "path": list(path), "start": first, "end": last, "marked": finding.marked,
        "suggestion": finding.suggestion, "fixable": finding.fixable and finding.suggestion is not None,
        "waivable": finding.rule not in INPUT_RULES, "file": span.file if span.file != name else "",
        "span": [span.line, span.column, span.end_line, span.end_column]}


def mended(text: str, finding: Finding) -> str:
    """The text with a finding's suggestion in its place.

    Raises:
        PressError: it is not beyond doubt, or would change something else as well.
    """
    if not finding.fixable or finding.suggestion is None:
        raise PressError("这一处没有把握改，请自己改")
    source, span = Source(finding.span.file, text), finding.span
    start, end = offset_of(source, span.line, span.column), offset_of(source, span.end_line, span.end_column)
    if finding.marked and not text[start:end].startswith(finding.marked):
        raise PressError("这里刚才改过了，请再看一次")
    after = text[:start] + finding.suggestion + text[end:]
    try:
        new = parse_table(Source(source.name, after))
    except InputFault:
        raise PressError("改了文件就读不出来了，没有改") from None
    try:
        table = parse_table(source)
    except InputFault:
        return after  # what kept it from being read has gone
    path, _, _ = place_of(table, finding)
    if _without(table.values, path) != _without(new.values, path):
        raise PressError("改了会连别的一起变，没有改")
    return after


def _without(values: Any, path: KeyPath) -> Any:
    if not path:
        return None
    if isinstance(values, Mapping):
        return {key: _without(value, path[1:]) if key == path[0] else value for key, value in values.items()}
    if isinstance(values, list):
        return [_without(value, path[1:]) if index == path[0] else value for index, value in enumerate(values)]
    return values


def kept(text: str, rule: str, words: str, reason: str) -> str:
    """The text with a waiver: of one rule for certain words, with the reason.

    Raises:
        PressError: there is no reason, or the rule cannot be waived.
    """
    reason = " ".join(reason.split())
    if len(reason) < 2:
        raise PressError("请写两个字以上的理由")
    if rule in INPUT_RULES:
        raise PressError("这一处要改好，不能保留")
    table = parse_table(Source("issue.toml", text))
    there = table.value(("allow", rule))
    if isinstance(there, str):
        raise PressError("这条规则已经整期保留了")
    if not words:
        return edited(text, Set(("allow", rule), reason))
    if isinstance(there, Mapping):
        return edited(text, Set(("allow", rule), {**there, words: reason}))
    return edited(text, Set(("allow", rule), {words: reason}))
