"""A table of texts as a workbook."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from io import BytesIO

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

# The same table gives the same sheet: no clock is read.
_MADE = datetime.datetime(2000, 1, 1)


def sheet(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> bytes:
    """A workbook of one sheet.

    Args:
        title: over the table, and the sheet's name.
        heads: the names of its columns.
        rows: as many texts a row.
        widths: of the columns, in characters.
    """
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = _MADE
    page = book.active
    page.title = "核数表"
    thin = Side(style="thin")
    page.append([title])
    page["A1"].font = Font(bold=True, size=14)
    for number, row in enumerate((heads, *rows), 2):
        for column, text in enumerate(row, 1):
            cell = page.cell(number, column, text)
            cell.data_type = "s"  # a name that begins with “=” is no formula
            cell.border = Border(thin, thin, thin, thin)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.font = Font(bold=number == 2)
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = "A3"
    page.print_title_rows = "2:2"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    target = BytesIO()
    book.save(target)
    return target.getvalue()
