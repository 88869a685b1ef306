"""Which month a file says that it is of: in its heads, its titles, the names of its sheets, its own name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bulletin_press.intake.evidence import Evidence
from bulletin_press.intake.grid import RawSheet
from bulletin_press.intake.labels import label_of, period_in
from bulletin_press.language.numerals import Period


def other_period(file: str, sheets: Sequence[RawSheet], period: Period, found: Sequence[Evidence]) -> list[str]:
    """Why a file seems to be of another month than the report.

    Args:
        file: its name.
        sheets: those that are read.
        period: the report's.
        found: the numbers of all of them.
    """
    said = []
    of_own = any(one.month == period.month and one.year in (None, period.year) and one.why is None for one in found)
    places = [(f"工作表“{sheet.name}”" if sheet.name else "表", [sheet.name, *_titles(sheet)]) for sheet in sheets]
    # Many a file is named for the month in which it was made: what the sheet itself says goes before.
    places.append(("文件名", [file]))
    for name, texts in places:
        for text in texts:
            stated, _ = period_in(text)
            if stated and (stated.year, stated.month) == (period.year, period.month):
                of_own = True
                break
            if stated and not of_own:
                said.append(f"{name}里写的是{stated.year}年{stated.month}月，这一期报的是"
                            f"{period.year}年{period.words('nbs')}")
                break
    if not of_own and not said:
        # 6月.csv, or one sheet named so, and no word of a month in it: what it is named for is all that tells.
        named = [(f"工作表“{sheet.name}”", sheet.name) for sheet in sheets[:1] if len(sheets) == 1]
        for name, text in (*named, ("文件名", Path(file).stem)):
            month = label_of(text).month if text else None
            if month and month != period.month:
                return [f"{name}里写的是{month}月，表里没有写月份，这一期报的是{period.year}年{period.words('nbs')}"]
    return said


def _titles(sheet: RawSheet) -> list[str]:
    """The texts of the first rows: where a sheet says of which month it is."""
    return [cell.text for place, cell in sorted(sheet.cells.items()) if place[0] <= 3 and cell.kind == "text"][:6]
