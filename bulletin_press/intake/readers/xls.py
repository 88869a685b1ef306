"""Workbooks of Excel 97 to 2003 (.xls), by xlrd."""

from __future__ import annotations

import io
from typing import Any

import xlrd

from bulletin_press.intake.grid import Place, RawBook, RawCell, RawSheet
from bulletin_press.intake.readers.limits import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_MERGED,
    MAX_SHEETS,
    TOO_LARGE,
    Refused,
)


def read_xls(data: bytes) -> RawBook:
    """Read a workbook.

    Raises:
        Refused: it has a password, is damaged or too large.
    """
    book = _opened(data)
    sheets, count = [], 0
    for sheet in book.sheets()[:MAX_SHEETS]:
        read = _sheet(book, sheet)
        count += len(read.cells)
        if count > MAX_CELLS or len(read.merged) > MAX_MERGED:
            raise Refused(TOO_LARGE)
        sheets.append(read)
    return RawBook("xls", tuple(sheets))


def _opened(data: bytes) -> Any:
    try:
        # xlrd writes what it thinks of a file to a log: nobody reads it.
        return xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except MemoryError:
        raise
    except Exception as error:  # xlrd lets anything through
        if "encrypt" in str(error).lower():
            raise Refused("文件设了密码，打不开：先在 Excel 里去掉密码，另存再导入") from error
        raise Refused(f"这个文件读不出来（{type(error).__name__}）：请用 Excel 或 WPS 打开，另存为 .xlsx 再导入"
                      ) from error


def _sheet(book: Any, sheet: Any) -> RawSheet:
    cells: dict[Place, RawCell] = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if raw := _cell(book, cell):
                cells[row + 1, column + 1] = raw
                if len(cells) > MAX_CELLS:
                    raise Refused(TOO_LARGE)
    return RawSheet(
        sheet.name, cells, tuple((top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells),
        bool(sheet.visibility),
        frozenset(row + 1 for row, spec in sheet.rowinfo_map.items() if spec.hidden),
        frozenset(column + 1 for column, spec in sheet.colinfo_map.items() if spec.hidden))


def _cell(book: Any, cell: Any) -> RawCell | None:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        text = cell.value.strip()[:MAX_CHARACTERS]
        return RawCell("text", text) if text else None
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return RawCell("number", _digits(cell.value), _form(book, cell))
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return RawCell("date", f"{xlrd.xldate_as_datetime(cell.value, book.datemode):%Y-%m-%d}")
        except (ValueError, OverflowError):
            return RawCell("number", _digits(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return RawCell("error", xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return RawCell("text", "是" if cell.value else "否")
    return None


def _digits(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _form(book: Any, cell: Any) -> str:
    try:
        return str(book.format_map[book.xf_list[cell.xf_index].format_key].format_str)[:200]
    except (IndexError, KeyError, TypeError):
        return ""
