"""Workbooks of Excel since 2007 (.xlsx, .xlsm), by openpyxl; macros and links are never followed."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from bulletin_press.intake.grid import Area, Place, RawBook, RawCell, RawSheet, parse_address
from bulletin_press.intake.readers.limits import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_MERGED,
    MAX_SHEETS,
    MAX_STYLED,
    TOO_LARGE,
    Refused,
    opened,
)

_READ = ("xl/worksheets/", "xl/sharedStrings", "xl/styles", "xl/workbook", "xl/comments", "[Content_Types]", "_rels")
_MERGED = re.compile(rb"mergeCell\b[^>]{0,200}?ref=[\"']\$?([A-Z]{1,4})\$?(\d{1,9}):\$?([A-Z]{1,4})\$?(\d{1,9})")
_FORMULA = (b"<f>", b"<f ", b":f>", b":f ")


def read_xlsx(data: bytes) -> RawBook:
    """Read a workbook; a formula's result is the one that the file holds.

    Raises:
        Refused: it is damaged or too large.
    """
    with opened(data, _READ) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        texts = [archive.read(name) for name in sheets[:MAX_SHEETS]]
        reckoned = any(mark in text for text in texts for mark in _FORMULA)
        _require_sane(texts)
        macros = any(name.endswith("vbaProject.bin") for name in archive.namelist())
    del texts
    book = _loaded(data, values=True)
    formulas = _loaded(data, values=False) if reckoned else None
    found, count = [], 0
    for sheet in book.worksheets[:MAX_SHEETS]:
        twin = formulas[sheet.title] if formulas else None
        read = _sheet(sheet, twin)
        count += len(read.cells)
        if count > MAX_CELLS:
            raise Refused(TOO_LARGE)
        found.append(read)
    notices = ("文件里有宏（程序），没有运行",) if macros else ()
    return RawBook("xlsx", tuple(found), notices)


def _require_sane(texts: Sequence[bytes]) -> None:
    """Refuse what openpyxl would spend its time on: it makes a cell of every corner of a merged area."""
    areas = [area for text in texts for area in _MERGED.findall(text)]
    if len(areas) > MAX_MERGED or sum(_size(*area) for area in areas) > MAX_CELLS:
        raise Refused(TOO_LARGE)
    filled = sum(text.count(b"<v>") + text.count(b"<is>") for text in texts)
    if filled > MAX_CELLS or sum(text.count(b"<c ") for text in texts) > MAX_STYLED:
        raise Refused(TOO_LARGE)


def _size(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    corners = [parse_address((letters + digits).decode()) for letters, digits in ((left, top), (right, bottom))]
    if corners[0] is None or corners[1] is None:
        return MAX_CELLS + 1
    return (abs(corners[1][0] - corners[0][0]) + 1) * (abs(corners[1][1] - corners[0][1]) + 1)


def _loaded(data: bytes, *, values: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that it does not know
            return openpyxl.load_workbook(BytesIO(data), data_only=values, keep_links=False)
    except MemoryError:
        raise
    except (InvalidFileException, Exception) as error:  # openpyxl lets anything through
        raise Refused(f"这个文件读不出来（{type(error).__name__}）：请用 Excel 或 WPS 打开，另存一份 .xlsx 再导入"
                      ) from error


def _sheet(sheet: Any, twin: Any) -> RawSheet:
    # The cells that are there, not the rectangle that they span: one stray cell makes that 17 billion.
    cells = {place: raw for place, raw in _cells(sheet, twin) if raw}
    return RawSheet(
        sheet.title, cells, tuple(_areas(sheet)), sheet.sheet_state != "visible",
        frozenset(row for row, spec in sheet.row_dimensions.items() if spec.hidden and row < 1_100_000),
        frozenset(column for spec in sheet.column_dimensions.values() if spec.hidden
                  for column in range(spec.min or 1, min((spec.max or spec.min or 1), 2_000) + 1)))


def _areas(sheet: Any) -> Iterator[Area]:
    for area in sheet.merged_cells.ranges:
        yield area.min_row, area.min_col, area.max_row, area.max_col


def _cells(sheet: Any, twin: Any) -> Iterator[tuple[Place, RawCell | None]]:
    for place, cell in sheet._cells.items():
        formula = twin._cells.get(place) if twin is not None else None
        typed = formula.value if formula is not None and formula.data_type == "f" else None
        words = str(getattr(typed, "text", typed) or "")
        if cell.value is None:
            yield place, RawCell("formula", words[:MAX_CHARACTERS]) if typed is not None else None
        else:
            yield place, _cell(cell, afar="[" in words and "!" in words)


def _cell(cell: Any, *, afar: bool) -> RawCell | None:
    value = cell.value
    if cell.data_type == "e":
        return RawCell("error", str(value)[:20])
    if isinstance(value, bool):
        return RawCell("text", "是" if value else "否")
    if isinstance(value, int | float):
        return RawCell("number", repr(value), str(cell.number_format or "")[:200], None, afar)
    if isinstance(value, datetime.datetime | datetime.date):
        return RawCell("date", f"{value:%Y-%m-%d}")
    text = str(value).strip()[:MAX_CHARACTERS]
    return RawCell("text", text) if text else None
