"""Sheets of OpenDocument (.ods): content.xml through zipfile and defusedxml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bulletin_press.intake.grid import Area, Place, RawBook, RawCell, RawSheet
from bulletin_press.intake.readers.limits import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_MERGED,
    MAX_SHEETS,
    TOO_LARGE,
    Refused,
    opened,
)

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBERS = ("float", "percentage", "currency")
# A row or a cell that is repeated more often than this is the blank rest of the sheet.
_REPEATED = 2_000


def read_ods(data: bytes) -> RawBook:
    """Read a spreadsheet document.

    Raises:
        Refused: it has a password, is damaged or too large.
    """
    with opened(data, ("content.xml", "META-INF/manifest.xml")) as archive:
        if b"encryption-data" in (archive.read("META-INF/manifest.xml")
                                  if "META-INF/manifest.xml" in archive.namelist() else b""):
            raise Refused("文件设了密码，打不开：先去掉密码，另存再导入")
        try:
            root = fromstring(archive.read("content.xml"), forbid_dtd=True)
        except (ParseError, KeyError, DefusedXmlException) as error:
            raise Refused("文件已损坏（content.xml 读不出来），请重新取一份") from error
    hidden = _hidden_styles(root)
    sheets, count = [], 0
    for table in list(root.iter(f"{_TABLE}table"))[:MAX_SHEETS]:
        sheet = _Content(table, hidden).sheet()
        count += len(sheet.cells)
        if count > MAX_CELLS:
            raise Refused(TOO_LARGE)
        sheets.append(sheet)
    return RawBook("ods", tuple(sheets))


def _hidden_styles(root: Element) -> frozenset[str]:
    """The names of the styles of tables that are not displayed."""
    return frozenset(style.get(f"{_STYLE}name", "") for style in root.iter(f"{_STYLE}style")
                     for one in style.iter(f"{_STYLE}table-properties") if one.get(f"{_TABLE}display") == "false")


class _Content:
    """Walks one table, counting rows and columns that stand for several."""

    def __init__(self, table: Element, hidden: frozenset[str]) -> None:
        self.table = table
        self.hidden = table.get(f"{_TABLE}style-name", "") in hidden
        self.cells: dict[Place, RawCell] = {}
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()

    def sheet(self) -> RawSheet:
        row = 1
        column = 1
        for element in self._inside(self.table):
            what = "columns" if element.tag.endswith("column") else "rows"
            times = _times(element, f"{_TABLE}number-{what}-repeated")
            unseen = element.get(f"{_TABLE}visibility") in ("collapse", "filter")
            if element.tag == f"{_TABLE}table-column":
                if unseen:
                    self.hidden_columns.update(range(column, column + min(times, _REPEATED)))
                column += times
                continue
            copies = times if times <= _REPEATED else 1
            for copy in range(copies):
                if not self._row(element, row + copy):
                    break
            if unseen:
                self.hidden_rows.update(range(row, row + copies))
            row += times
        return RawSheet(self.table.get(f"{_TABLE}name", "Sheet")[:200], self.cells, tuple(self.merged), self.hidden,
                        frozenset(self.hidden_rows), frozenset(self.hidden_columns))

    def _inside(self, element: Element) -> Iterator[Element]:
        """Rows and columns, those in groups and header rows as well."""
        for child in element:
            if child.tag in (f"{_TABLE}table-row", f"{_TABLE}table-column"):
                yield child
            elif child.tag.startswith(_TABLE) and child.tag.endswith(
                    ("-group", "-rows", "header-rows", "-columns", "header-columns")):
                yield from self._inside(child)

    def _row(self, element: Element, row: int) -> bool:
        """Read a row; whether there was anything in it."""
        column, found = 1, False
        for cell in element:
            times = _times(cell, f"{_TABLE}number-columns-repeated")
            if cell.tag == f"{_TABLE}table-cell" and (raw := _cell(cell)):
                for copy in range(min(times, _REPEATED)):
                    self.cells[row, column + copy] = raw
                found = True
                self._merge(cell, row, column)
            column += times
            if len(self.cells) > MAX_CELLS or len(self.merged) > MAX_MERGED:
                raise Refused(TOO_LARGE)
        return found

    def _merge(self, cell: Element, row: int, column: int) -> None:
        rows = _times(cell, f"{_TABLE}number-rows-spanned")
        columns = _times(cell, f"{_TABLE}number-columns-spanned")
        if rows > 1 or columns > 1:
            self.merged.append((row, column, row + rows - 1, column + columns - 1))


def _times(element: Element, name: str) -> int:
    value = element.get(name, "1")
    return max(1, int(value)) if value.isdecimal() and len(value) < 9 else 1


def _cell(cell: Element) -> RawCell | None:
    kind = cell.get(f"{_OFFICE}value-type")
    text = "\n".join(_words(line) for line in cell.iter(f"{_TEXT}p")).strip()[:MAX_CHARACTERS]
    if text.startswith("#") and text.endswith(("!", "?", "#", "N/A")):
        return RawCell("error", text[:20])
    if kind in _NUMBERS:
        value: Any = cell.get(f"{_OFFICE}value", "")
        return RawCell("number", value[:60], "0%" if kind == "percentage" else "", text or None)
    if kind == "date":
        return RawCell("date", cell.get(f"{_OFFICE}date-value", "")[:10])
    return RawCell("text", text) if text else None


def _words(line: Element) -> str:
    """The text of a paragraph; notes that hang on it left out."""
    return "".join(line.itertext())
