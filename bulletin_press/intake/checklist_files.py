"""The 核数表 as text, as CSV and as a sheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from bulletin_press.ground.diagnostics import EnvironmentFault, UsageFault
from bulletin_press.ground.output import write_whole
from bulletin_press.intake.checklist import HEADS, Row
from bulletin_press.intake.reading import EXTRA

_WIDTHS = (6, 44, 20, 30, 44, 52, 6)
# What a spreadsheet would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t")


def as_text(rows: Sequence[Row]) -> str:
    """Lines in columns."""
    lines = [tuple(cell for cell in row.cells(number)) for number, row in enumerate(rows, 1)]
    widths = [min(48, max(_width(line[column]) for line in (HEADS, *lines))) for column in range(len(HEADS))]
    padded = ((cell + " " * (widths[column] - _width(cell)) for column, cell in enumerate(line))
              for line in (HEADS, *lines))
    return "\n".join("  ".join(line).rstrip() for line in padded)


def as_csv(rows: Sequence[Row]) -> str:
    """Fields with commas; none can be read as a formula."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(HEADS)
    for number, row in enumerate(rows, 1):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row.cells(number)])
    return target.getvalue()


def as_xlsx(rows: Sequence[Row], title: str) -> bytes:
    """A sheet to be printed: a head on every page, a box a row.

    Raises:
        EnvironmentFault: the library for it is not installed.
    """
    try:
        from bulletin_press.intake.readers.sheet_writing import sheet
    except ImportError:
        raise EnvironmentFault(f"写 .xlsx 要用 openpyxl，现在没有安装：运行 {EXTRA}；或加 --format csv") from None
    return sheet(title, HEADS, [row.cells(number) for number, row in enumerate(rows, 1)], _WIDTHS)


def write_checklist(rows: Sequence[Row], title: str, path: Path) -> None:
    """Write the table; the suffix says as what.

    Raises:
        UsageFault: the suffix is none of .xlsx, .csv and .txt.
        PressError: the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        data = as_xlsx(rows, title)
    elif suffix == ".csv":
        data = as_csv(rows).encode("utf-8-sig")  # Excel takes it for the machine's encoding else
    elif suffix == ".txt":
        data = (as_text(rows) + "\n").encode("utf-8")
    else:
        raise UsageFault(f"核数表写成 .xlsx、.csv 或 .txt，不能写成 {path.name}")
    write_whole(path, data)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
