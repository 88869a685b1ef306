"""What keeps a TOML file from being read, put right where it is beyond doubt.

Full-width marks outside strings, commas of thousands, missing quotation marks, soft returns. Each step is
kept only if the text then has fewer faults and every value that stood elsewhere stands there still.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin_press.ground.diagnostics import Finding, InputFault
from bulletin_press.toml.key_names import ENGLISH
from bulletin_press.toml.positions import parse_table
from bulletin_press.toml.scanner import Scanner
from bulletin_press.toml.source import Source

# The second only where the scanner is certain: a [news] among several [[news]].
RULES = ("toml-syntax", "duplicate-key")
# A scanner that stops at the first fault shows the next one only then.
ROUNDS = 60
_SOFT_RETURNS = "\x0b\x0c\r"
_THOUSANDS = re.compile(
    r"[ \t]*[\w.-]+[ \t]*[=＝][ \t]*([+-]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?)[ \t]*(?:#.*)?$", re.M | re.ASCII)
_HEADER = re.compile(r"^[ \t]*\[{1,2}([^\]\n]+)\]", re.M)
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\r\x0e-\x1f\x7f]")
# A private character of the last plane for each control: a scanner takes it for any letter.
_STAND_IN = 0x10F000
_STOOD_IN = re.compile(f"[{chr(_STAND_IN)}-{chr(_STAND_IN + 0x7F)}]")
# Word's hyphen that does not break; its other controls stand for nothing.
_READ = {"\x1e": "-"}
# A soft return or an old Mac's line end between two statements, as far as one can see.
_OLD_LINE_END = re.compile(
    rf"""(?<=["'\]\d}}])[{_SOFT_RETURNS}]+"""
    rf"""(?=[ \t]*(?:(?:[A-Za-z_][\w.-]*|{'|'.join(ENGLISH)})[ \t]*[=＝]|\[\[?\w+\]|\#|\n|\Z))""")
_DROPPED = re.compile("[\\s\"',，“”‘’＂＇]")


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    new: str


def repaired(source: Source) -> tuple[str, int]:
    """A TOML text with what is beyond doubt put right, and in how many places."""
    # A control hides all other faults: in its place stands what TOML lets pass, until the strings are known.
    text, count = _OLD_LINE_END.subn("\n", source.text)
    text = _CONTROL.sub(lambda match: chr(_STAND_IN + ord(match.group())), text)
    for _ in range(ROUNDS):
        now = Source(source.name, text)
        faults = _faults(now)
        edits = list(_edits(now, faults))
        better = next((tried for tried in (edits, *([edit] for edit in edits)) if tried
                       and _better(now, tried, faults)), None)
        if better is None:
            break
        text, count = _applied(text, better), count + len(better)
    controls = list(_controls(text))
    text = _applied(text, controls)
    return _STOOD_IN.sub(lambda match: chr(ord(match.group()) - _STAND_IN), text), count + len(controls)


def _controls(text: str) -> Iterator[_Edit]:
    """Soft returns and other controls of Word: in a body a soft return ends a line, in one line it is nothing."""
    found = list(_STOOD_IN.finditer(text))
    if not found:
        return
    scanner = Scanner(text)
    scanner.scan()
    strings = [place.value for place in scanner.places.values() if place.characters is not None]
    for match in found:
        at, char = match.start(), chr(ord(match.group()) - _STAND_IN)
        around = next((span for span in strings if span[0] < at < span[1]), None)
        body = around is not None and text[around[0] : around[0] + 3] in ("'''", '"""')
        if (char in _SOFT_RETURNS and body) or (char == "\r" and around is None):
            yield _Edit(at, at + 1, "\n")
        elif around is not None:
            western = text[at - 1].isascii() and text[at + 1].isascii() and char in _SOFT_RETURNS
            yield _Edit(at, at + 1, " " if western else _READ.get(char, ""))


def _faults(source: Source) -> tuple[Finding, ...]:
    try:
        parse_table(source)
    except InputFault as fault:
        return fault.findings
    return ()


def _edits(source: Source, faults: Sequence[Finding]) -> Iterator[_Edit]:
    """The suggestions that are beyond doubt, none over another."""
    starts = [0, *(match.end() for match in re.finditer("\n", source.text))]
    taken = 0
    for finding in faults:
        span = finding.span
        start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        known = finding.rule == RULES[0] or (finding.rule in RULES and finding.fixable)
        edit = _edit(source.text, start, end, finding) if known else None
        if edit and edit.start >= taken:
            yield edit
            taken = edit.end


def _edit(text: str, start: int, end: int, finding: Finding) -> _Edit | None:
    if finding.suggestion is not None:
        sure = finding.fixable or certain(text[start:end], finding.suggestion)
        # A word in place of a figure is not made a text: the report has none.
        quoted = len(finding.suggestion) > 1 and finding.suggestion[0] == '"' and text[start : start + 1] != '"'
        refused = quoted and not finding.fixable and _in_report(text, start)
        return _Edit(start, end, finding.suggestion) if sure and not refused else None
    line_start = text.rfind("\n", 0, start) + 1
    number = _THOUSANDS.match(text, line_start)
    return _Edit(number.start(1), number.end(1), re.sub("[,，]", "", number[1])) if number else None


def _in_report(text: str, at: int) -> bool:
    headers = _HEADER.findall(text, 0, at)
    return bool(headers) and headers[-1].split(".")[0].strip() == "report"


def certain(old: str, new: str) -> bool:
    """Whether a suggestion says the same in ASCII marks: no digit, sign or letter is another."""
    if len(old) == len(new) == 1:
        return new.isascii() and not old.isascii()
    return old != new and _bare(old) == _bare(new) != ""


def _bare(text: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text))


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    for edit in sorted(edits, key=lambda one: -one.start):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def _better(source: Source, edits: Sequence[_Edit], faults: Sequence[Finding]) -> bool:
    """Whether edits leave fewer faults up to where the text was read, and its other values as they were."""
    after = _applied(source.text, edits)
    end = max(finding.span.end_line for finding in faults) + after.count("\n") - source.text.count("\n")
    known = [finding for finding in _faults(Source(source.name, after)) if finding.span.line <= end]
    return len(known) < len(faults) and _stands(source.text, after, edits)


def _stands(text: str, after: str, edits: Sequence[_Edit]) -> bool:
    """Whether every value that no edit touches is there under its key, letter for letter."""
    old, new = Scanner(text), Scanner(after)
    old.scan()
    new.scan()
    for path, place in old.places.items():
        start, end = place.value
        if any(edit.start < end + 1 and start - 1 < edit.end for edit in edits):
            continue
        moved = new.places.get(path)
        if moved is None or after[slice(*moved.value)] != text[start:end]:
            return False
    return True
