"""TOML files as values with positions: key to line and column, character to line and column."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from bulletin_press.diagnostics import Finding, InputFault, Severity, Span
from bulletin_press.records import dataclass
from bulletin_press.resources import templates_folder
from bulletin_press.source import Source, read_source
from bulletin_press.toml_scanner import KeyPath, Place, Scanner

__all__ = ["KeyPath", "Table", "parse_table", "plain_values", "read_table",
           "read_template", "shown_path", "template_source"]

_INDEX_PLACE = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)")

# A dotted key of so many parts that tomllib would need gigabytes.
_DEEP = re.compile(r"""(?<![\w"'-])(?:[\w"'-]+[ \t]*\.[ \t]*){40}""", re.ASCII)


def shown_path(path: KeyPath) -> str:
    """A key path as a person would name it: ``news[2].title`` (indices count from 1)."""
    shown = ""
    for part in path:
        shown += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if shown else part
    return shown


@dataclass(frozen=True)
class Table:
    """A parsed TOML file: its values, its text, and where every key and value stands."""

    source: Source
    values: Mapping[str, Any]
    scanner: Scanner | None = None

    @cached_property
    def places(self) -> Mapping[KeyPath, Place]:
        """The place of every key and value; the text is scanned now if it was not before."""
        scanner = self.scanner
        if scanner is None:
            scanner = Scanner(self.source.text)
            scanner.scan()
        return scanner.places

    def _place(self, path: KeyPath) -> Place | None:
        """The place of a path, or of the nearest parent that stands in the file."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return None

    def span(self, path: KeyPath) -> Span:
        """Where a value stands; for a table its header; for a missing key its table."""
        place = self._place(path)
        return self.source.span(*place.value) if place else self.source.span(0, 0)

    def value(self, path: KeyPath) -> Any:
        """The value at a path, None where there is none."""
        value: Any = self.values
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def key_span(self, path: KeyPath) -> Span:
        """Where a key stands."""
        place = self._place(path)
        return self.source.span(*place.key) if place else self.source.span(0, 0)

    def offsets(self, path: KeyPath, start: int, end: int) -> tuple[int, int]:
        """The source offsets of characters ``start`` to ``end`` (exclusive) of a string value.

        A path without a string of that length gives its whole value.
        """
        place = self._place(path)
        if place is None:
            return 0, 0
        at = place.characters if path in self.places else None
        if at is None or not 0 <= start <= end < len(at):
            return place.value
        # An escape is one character and several in the source: end where the last one ends.
        return at[start], at[end] if end > start else at[start]

    def characters(self, path: KeyPath, start: int, end: int) -> Span:
        """Where characters ``start`` to ``end`` (exclusive) of a string value stand."""
        return self.source.span(*self.offsets(path, start, end))

    def marked(self, span: Span) -> str:
        """The source text that a span covers (its first line only)."""
        line = self.source.line(span.line)
        end = span.end_column - 1 if span.end_line == span.line else len(line)
        return line[span.column - 1 : end]


def _number(text: str) -> Decimal:
    return Decimal(text.replace("_", ""))


def _from_tomllib(source: Source, error: Exception) -> Finding:
    """What only tomllib caught, placed where it says."""
    match = _INDEX_PLACE.search(str(error))
    if match and match[1]:
        line, column = int(match[1]), int(match[2])
    else:
        line, column = source.line_column(len(source.text))
    reason = _INDEX_PLACE.sub("", str(error))
    known = {"Cannot overwrite a value": "这个键或表与前面写过的重复",
             "Cannot mutate immutable namespace": "这个表在前面已经写完，不能再添加",
             "Cannot declare": "这个表写了两次"}
    words = next((chinese for english, chinese in known.items() if reason.startswith(english)),
                 f"这里不合 TOML 的写法（{reason}）")
    span = Span(source.name, line, column, line, column + 1)
    return Finding("toml-syntax", Severity.ERROR, words, span)


def parse_table(source: Source) -> Table:
    """Parse a TOML text; decimals keep their digits.

    Raises:
        InputFault: with a finding for every place where the text is not TOML.
    """
    scanner = Scanner(source.text)
    scanner.scan()
    findings = [
        Finding(fault.rule, Severity.ERROR, fault.message, source.span(fault.start, fault.end),
                fault.suggestion)
        for fault in sorted(scanner.faults, key=lambda fault: (fault.start, fault.end))]
    values: dict[str, Any] = {}
    if not findings:
        try:
            values = tomllib.loads(source.text, parse_float=_number)
        except (tomllib.TOMLDecodeError, ArithmeticError, RecursionError, ValueError) as error:
            findings = [_from_tomllib(source, error)]
    if findings:
        raise InputFault(f"{source.name} 有 {len(findings)} 处写法不对", findings)
    return Table(source, values, scanner)


def plain_values(source: Source) -> Mapping[str, Any]:
    """The values of a TOML text without their places, several times as fast as ``parse_table``.

    Raises:
        InputFault: the text is not TOML; no finding says where.
    """
    # The scanner bounds depth before tomllib sees a text; here the cheap test stands in for it.
    if not _DEEP.search(source.text):
        try:
            return tomllib.loads(source.text, parse_float=_number)
        except (tomllib.TOMLDecodeError, ArithmeticError, RecursionError, ValueError):
            pass
    raise InputFault(f"{source.name} 不合 TOML 的写法")


def read_table(path: Path, name: str | None = None) -> Table:
    """Read and parse a TOML file of at most 1 MB.

    Raises:
        InputFault: the file cannot be read, is not UTF-8 or not TOML.
    """
    return parse_table(read_source(path, name))


def template_source(path: Path, folder: Path) -> Source:
    """Read a text file of a template folder.

    The press's own folder is as its installer made it, of links perhaps; any other may come from a stranger,
    and in it no link is followed.

    Args:
        path: the file.
        folder: the template folder that it belongs to: the publication's, or the press's own.

    Raises:
        InputFault: the file cannot be read, is not UTF-8, or a link leads to it.
    """
    return read_source(path, folder=None if folder == templates_folder() else folder)


def read_template(path: Path, folder: Path) -> Table:
    """Read and parse a TOML file of a template folder: scanned for places only if something is wrong.

    Raises:
        InputFault: the file cannot be read, is not UTF-8 or not TOML, or a link leads to it.
    """
    source = template_source(path, folder)
    try:
        return Table(source, plain_values(source))
    except InputFault:
        return parse_table(source)
