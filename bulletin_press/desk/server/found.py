"""Findings as the desk shows them: at which field, over which characters, and how each can be mended or kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bulletin_press.checks.engine import is_waivable
from bulletin_press.desk.store import IssueFile, Saved
from bulletin_press.desk.store.findings import fix, keep
from bulletin_press.ground.diagnostics import Finding, InputFault
from bulletin_press.toml.positions import KeyPath, Table, parse_table
from bulletin_press.toml.source import Source

UNFILLED = "unfilled"
# What rules advise whoever types the file, as it is done on the desk.
_HERE = (
    (re.compile(r"^\[report\] (写了期间，却没有一个数)；.*"), r"\1：填在下面，或从Excel导入"),
    (re.compile(r"请运行 press check \S+ 看看毛病在哪里"), "在书架上打开那一期，就看到毛病在哪里"),
    (re.compile(r"[。；，]?请运行 press convert \S.*? 转换。?"), ""),
    (re.compile(r"下面添一行 caption = .*"), "在图题里写一句，或在说明里写图里是什么（不印出来）"),
    (re.compile(r"请?在这一节另写一行 image = .*"), "请把图片拖到这一则里"),
)


def said_here(message: str) -> str:
    """A message as it is said on the desk, where nobody runs a command."""
    for pattern, words in _HERE:
        message = pattern.sub(words, message)
    return message


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
        "label": "待填" if finding.rule == UNFILLED else finding.severity.label, "message": said_here(finding.message),
        "path": list(path), "start": first, "end": last, "marked": finding.marked,
        "suggestion": finding.suggestion, "fixable": finding.fixable and finding.suggestion is not None,
        # What waits to be filled in is printed as it stands where it is kept: that takes an editor of the file.
        "waivable": is_waivable(finding.rule) and finding.rule != UNFILLED,
        "file": span.file if span.file != name else "",
        "span": [span.line, span.column, span.end_line, span.end_column]}


def mended(file: IssueFile, finding: Finding) -> Saved:
    """Put a finding's suggestion in its place.

    Raises:
        PressError: it is not beyond doubt, or the file cannot be written.
    """
    laid = file.read()
    try:
        edits = fix(laid, [finding])
    except InputFault:
        return file.mend()  # what keeps the file from being read
    return file.save(edits, laid.version, whole=True)


def kept(file: IssueFile, finding: Finding, reason: str) -> Saved:
    """Write under ``[allow]`` that a finding is to stay, and why.

    Raises:
        PressError: there is no reason, the rule cannot be waived, or the file cannot be written.
    """
    laid = file.read()
    table = parse_table(Source(finding.span.file, laid.text))
    return file.save([keep(table, finding, reason)], laid.version, whole=True)
