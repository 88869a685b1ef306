"""A workbook as it lies on the page: sheets, cells by row and column, what is merged and what is hidden.

Rows and columns count from 1. A reader gives each cell as it stands in the file; what it shows, and which
number that is, is told by ``amounts``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

# What a cell holds. "formula" is one whose result the file does not hold.
Kind = Literal["number", "text", "date", "error", "formula"]
Place = tuple[int, int]
# Top, left, bottom, right, all inclusive.
Area = tuple[int, int, int, int]

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})\Z")


@dataclass(frozen=True)
class RawCell:
    """A cell as its file has it.

    Attributes:
        kind: what it holds.
        text: a number's digits in full, a date as 2022-06-30, an error's name, or the text.
        form: a number's format code (``0.00%``); empty where there is none.
        shown: the number as the file says that it is shown; None where only the format tells.
        afar: the number was reckoned from another file.
    """

    kind: Kind
    text: str
    form: str = ""
    shown: str | None = None
    afar: bool = False


@dataclass(frozen=True)
class RawSheet:
    """A sheet: its cells that are not blank."""

    name: str
    cells: Mapping[Place, RawCell]
    merged: tuple[Area, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @cached_property
    def spread(self) -> Mapping[Place, Place]:
        """For each place inside a merged area the place that holds its content; of areas of sane size."""
        found: dict[Place, Place] = {}
        for top, left, bottom, right in self.merged:
            if (bottom - top + 1) * (right - left + 1) > 2_000:
                bottom, right = min(bottom, top + 40), min(right, left + 40)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    found[row, column] = (top, left)
        return found


@dataclass(frozen=True)
class RawBook:
    """A workbook: its sheets, and what a person should know of how it was read."""

    kind: str
    sheets: tuple[RawSheet, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Amount:
    """A number that a sheet shows.

    Attributes:
        number: as shown: with the decimals of the format, a percentage in per cent.
        exact: all digits that the cell holds, in the same unit; equal to ``number`` where nothing is hidden.
        percent: it is shown with a per cent sign.
        unit: a unit shown in the cell itself.
        doubt: why it should not be taken without a look, in words.
    """

    number: Decimal
    exact: Decimal
    percent: bool = False
    unit: str | None = None
    doubt: str | None = field(default=None, compare=False)


def column_letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(place: Place) -> str:
    """A place as a spreadsheet names it: E6."""
    return f"{column_letters(place[1])}{place[0]}"


def parse_address(text: str) -> Place | None:
    """The place that an address names; None where it is no address."""
    found = _ADDRESS.match(text.strip().upper())
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def as_plain(book: RawBook) -> dict[str, Any]:
    """A workbook as JSON can carry it."""
    return {"kind": book.kind, "notices": list(book.notices), "sheets": [{
        "name": sheet.name, "hidden": sheet.hidden, "merged": sheet.merged,
        "hidden_rows": sorted(sheet.hidden_rows), "hidden_columns": sorted(sheet.hidden_columns),
        "cells": [[*place, cell.kind, cell.text, cell.form, cell.shown, cell.afar]
                  for place, cell in sheet.cells.items()]} for sheet in book.sheets]}


def from_plain(plain: Mapping[str, Any]) -> RawBook:
    """The workbook that ``as_plain`` gave."""
    return RawBook(plain["kind"], tuple(RawSheet(
        sheet["name"], {(row, column): RawCell(kind, text, form, shown, afar)
                        for row, column, kind, text, form, shown, afar in sheet["cells"]},
        tuple((top, left, bottom, right) for top, left, bottom, right in sheet["merged"]), sheet["hidden"],
        frozenset(sheet["hidden_rows"]), frozenset(sheet["hidden_columns"]))
        for sheet in plain["sheets"]), tuple(plain["notices"]))
