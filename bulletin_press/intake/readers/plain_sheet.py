"""Rows of values as a workbook, without the moment at which it was made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl

# The first moment that a ZIP archive can name: the same figures give the same bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:\w+[^>]*>)[^<]*(?=</dcterms:)")


def plain_sheet(title: str, rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of one sheet; the first row and two columns stay in sight."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\]", "", title)[:31] or "1"
    for line, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(line, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # a name that begins with = is no formula
    sheet.freeze_panes = "C2"
    target = io.BytesIO()
    book.save(target)
    return _undated(target.getvalue())


def _undated(archive: bytes) -> bytes:
    """An archive without the moment at which it was made."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(zipfile.ZipInfo(entry, EPOCH), _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", old.read(entry)),
                         zipfile.ZIP_DEFLATED)
    return target.getvalue()
