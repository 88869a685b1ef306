"""TOML files as values with positions: key to line and column, character to line and column."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from bulletin_press.ground.diagnostics import Finding, InputFault, Severity, Span
from bulletin_press.ground.kept import Kept
from bulletin_press.ground.resources import templates_folder
from bulletin_press.language.script import lazy
from bulletin_press.toml.advice import BUILT_IN, KeyPath, SectionNames
from bulletin_press.toml.scanned import LOST, Comment, Fault, Place, Statement
from bulletin_press.toml.scanner import Scanner
from bulletin_press.toml.source import Source, read_source
from bulletin_press.toml.typed_values import MAX_POWER, MAX_TOKEN

__all__ = ["KeyPath", "Table", "parse_table", "plain_values", "read_template",
           "readable", "scan_table", "scan_template", "shown_path", "template_source"]

_INDEX_PLACE = lazy(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)")

# What only the scanner can tell from a bomb: a dotted key of so many parts that tomllib would need
# gigabytes, a number of so many digits, brackets so deep.
_BOMB = re.compile(r"""(?<![\w"'-])(?:[\w"'-]+[ \t]*\.[ \t]*){20}|[0-9_]{41}"""
                   r"""|(?:[\[{][ \t\n]*(?:[\w."'-]+[ \t]*=[ \t]*)?){20}""", re.ASCII)

# All that tomllib says (Python 3.11 to 3.14), by how it begins; the scanner says most of it before, and better.
TOMLLIB_WORDS: Mapping[str, str] = {
    "Cannot overwrite a value": "这个键或表与前面写过的重复",
    "Cannot mutate immutable namespace": "这个表在前面已经写完，不能再添加",
    "Cannot declare": "这个表写了两次",
    "Cannot redefine namespace": "这个表在前面已经写完，不能再添加",
    "Duplicate inline table key": "花括号里同一个键写了两次",
    "Invalid statement": "这里看不懂：一行要写成 键 = 值，说明文字前面加 #",
    "Invalid initial character for a key part": "键名要用英文字母",
    "Invalid value": "等号右边看不懂：文字要放在引号里，数字只能用半角",
    "Invalid hex value": "\\u 后面的十六进制数不对",
    "Invalid date or datetime": "没有这一天，或没有这个时刻",
    "Expected newline or end of document after a statement": "这一行到这里已经完整，多出来的要另起一行，或写成注释",
    "Expected '=' after a key": "键名后面缺少等号 =",
    "Expected ']' at the end": "表名后面少了 ]",
    "Expected ']]' at the end": "表名后面少了 ]]",
    "Expected": "这里的引号或括号没有配对",
    "Found invalid character": "这里有不能用的字符",
    "Illegal character": "这里有不能用的控制字符，请删去",
    "Unclosed array": "这个 [ 没有配对的 ]",
    "Unclosed inline table": "这个 { 没有配对的 }",
    "Unescaped '\\' in a string": "反斜线要写成 \\\\，或改用单引号 '…'",
    "Unterminated string": "引号没有配对",
    "Escaped character is not a Unicode scalar value": "这个转义写法不是一个字符的编码",
    "There is no nest behind this key": "这个键或表与前面写过的重复",
    "An object other than list found behind this key": "这个键或表与前面写过的重复",
}


def shown_path(path: KeyPath) -> str:
    """A key path as a person would name it: ``news[2].title`` (indices count from 1)."""
    shown = ""
    for part in path:
        shown += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if shown else part
    return shown


@dataclass(frozen=True)
class Table:
    """A parsed TOML file: its values, its text, and where every key and value stands.

    Of a text with ``faults`` the values are what could be read of it; ``damaged`` are the paths of which
    nothing is known.
    """

    source: Source
    values: Mapping[str, Any]
    scanner: Scanner | None = None
    faults: tuple[Fault, ...] = field(default=(), compare=False)

    @property
    def damaged(self) -> frozenset[KeyPath]:
        """The paths whose values could not be read; one that ends in ``?`` is any key of a table."""
        return frozenset(self.scanner.damaged) if self.scanner and self.faults else frozenset()

    def findings(self) -> list[Finding]:
        """What is wrong with the text, as findings, by place."""
        return [Finding(fault.rule, Severity.ERROR, fault.message, self.source.span(fault.start, fault.end),
                        fault.suggestion, fixable=fault.certain and fault.suggestion is not None)
                for fault in self.faults]

    @cached_property
    def _scanned(self) -> Scanner:
        """The scanner that has walked the text; it walks it now if it did not before."""
        scanner = self.scanner
        if scanner is None:
            scanner = Scanner(self.source.text)
            scanner.scan()
        return scanner

    @property
    def places(self) -> Mapping[KeyPath, Place]:
        """The place of every key and value."""
        return self._scanned.places

    @property
    def comments(self) -> Sequence[Comment]:
        """Every comment, in order."""
        return self._scanned.comments

    @property
    def statements(self) -> Sequence[Statement]:
        """Every header and every key with its value, in order; of a text without faults."""
        return self._scanned.statements

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
    """A decimal that a figure can be: finite, of few digits, of a power that no memory is needed for.

    Raises:
        ValueError: it is none; tomllib hands it on.
    """
    number = Decimal(text.replace("_", ""))
    if not number.is_finite() or len(text) > MAX_TOKEN or (number and abs(number.adjusted()) > MAX_POWER + MAX_TOKEN):
        raise ValueError(text[:MAX_TOKEN])
    return number


def in_chinese(message: str) -> str:
    """What tomllib says of a text, in Chinese."""
    reason = _INDEX_PLACE.sub("", message)
    known = (words for english, words in TOMLLIB_WORDS.items() if reason.startswith(english))
    return next(known, "这里不合 TOML 的写法")


def _from_tomllib(source: Source, error: Exception) -> Fault:
    """What only tomllib caught, placed where it says."""
    match = _INDEX_PLACE.search(str(error))
    at = len(source.text)
    if match and match[1]:
        starts = source.line_starts
        at = min(at, starts[min(int(match[1]), len(starts)) - 1] + int(match[2]) - 1)
    words = "嵌套太深，读不下去" if isinstance(error, RecursionError) else in_chinese(str(error))
    return Fault(at, at + 1, words)


def scan_table(source: Source, sections: SectionNames = BUILT_IN) -> Table:
    """Parse a TOML text as far as it can be read; decimals keep their digits. Its faults are in the table.

    Args:
        source: the text.
        sections: the sections that an issue's text may have.
    """
    scanner = Scanner(source.text, sections)
    scanner.scan()
    faults = sorted(scanner.faults, key=lambda fault: (fault.start, fault.end))
    values: dict[str, Any] = {}
    try:
        values = tomllib.loads(scanner.mended() if faults else source.text, parse_float=_number)
    except (tomllib.TOMLDecodeError, ArithmeticError, RecursionError, ValueError) as error:
        if not faults:
            faults = [_from_tomllib(source, error)]
        scanner.damaged.add(())  # of the whole text nothing is known
    return Table(source, {key: value for key, value in values.items() if not key.startswith(LOST)}, scanner,
                 tuple(faults))


def readable(table: Table) -> Table:
    """A table without faults.

    Raises:
        InputFault: with a finding for every place where its text is not TOML.
    """
    if table.faults:
        raise InputFault(f"{table.source.name} 有 {len(table.faults)} 处写法不对", table.findings())
    return table


def parse_table(source: Source) -> Table:
    """Parse a TOML text; decimals keep their digits.

    Raises:
        InputFault: with a finding for every place where the text is not TOML.
    """
    return readable(scan_table(source))


def plain_values(source: Source) -> Mapping[str, Any]:
    """The values of a TOML text without their places, several times as fast as ``parse_table``.

    Raises:
        InputFault: the text is not TOML; no finding says where.
    """
    # The scanner bounds depth and digits before tomllib sees a text; here a cheap test stands in for it.
    if _BOMB.search(source.text):
        return parse_table(source).values
    try:
        return tomllib.loads(source.text, parse_float=_number)
    except (tomllib.TOMLDecodeError, ArithmeticError, RecursionError, ValueError):
        raise InputFault(f"{source.name} 不合 TOML 的写法") from None


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


# Files of template folders that were read before, of so many characters.
_TEMPLATES: Kept[tuple[str, str], Table] = Kept(400_000, lambda table: len(table.source.text))


def scan_template(path: Path, folder: Path) -> Table:
    """Read a TOML file of a template folder as far as it can be read: for places only if something is wrong.

    Raises:
        InputFault: the file cannot be read, is not UTF-8, or a link leads to it.
    """
    source = template_source(path, folder)
    return _TEMPLATES.made((source.name, source.text), lambda: _scanned_if_wrong(source))


def _scanned_if_wrong(source: Source) -> Table:
    try:
        return Table(source, plain_values(source))
    except InputFault:
        return scan_table(source)


def read_template(path: Path, folder: Path) -> Table:
    """Read and parse a TOML file of a template folder: scanned for places only if something is wrong.

    Raises:
        InputFault: the file cannot be read, is not UTF-8 or not TOML, or a link leads to it.
    """
    return readable(scan_template(path, folder))
