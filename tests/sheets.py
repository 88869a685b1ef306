"""Sheets for the tests, made here: as associations and bureaus lay them out, and as nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlwt

Rows = Sequence[Sequence[Any]]

# A sheet as a ministry's platform gives it out: two lines of heads, the month beside the cumulative value.
MINISTRY: Rows = (
    ("2022年1-6月大连市服务外包业务统计表",),
    (None, None, None, None, None, None, "单位：万美元"),
    ("项目", "合同签约额", None, None, "接包合同执行额", None, None),
    (None, "6月", "1-6月累计", None, "6月", "1-6月累计", None),
    (None, None, "金额", "同比（%）", None, "金额", "同比（%）"),
    ("合计", 36993.45, 442826.4414, 1.6414, 40638.99, 143309.75, .024),
    ("其中：“一带一路”沿线国家", 1796.79, 92397.96, 8.4493, 5970.93, 15824.32, -.2008),
    ("      RCEP国家", 11831.96, 157439.66, 1.2773, 13946.31, 50009.87, -.1598),
    ("按企业性质分",),
    ("1. 外资企业", "21,509.41", "183,310.75", None, 23312.10, 78283.45, None),
    ("2. 内资企业", 4115.50, 33145.6, "—", 2664.84, 14813.28, "#DIV/0!"),
    ("3. 港澳台商投资企业", 781.99, 21419.22, None, 1636.36, 11130.42, None),
    ("按业务类型分",),
    ("（一）信息技术外包（ITO）", None, None, None, 21101.38, 77174.16, -.1112),
    ("（二）业务流程外包（BPO）", None, None, None, 5127.13, 23970.09, -.1776),
    ("（三）知识流程外包（KPO）", None, None, None, 1384.79, 3082.9, -.1488),
    ("保税研发", None, None, None, 5, 20, .3),
    ("注：1. 本表数据来自统一平台；2. 总额包含在岸。",),
)
MINISTRY_MERGED = ("A1:G1", "A3:A5", "B3:D3", "E3:G3", "B4:B5", "C4:D4", "E4:E5", "F4:G4")
COUNTRIES: Rows = (("国别（地区）", "合同执行额（万美元）", "同比（%）"), ("荷兰", 24192, -20.08),
                   ("日本", 33203, -12.93), ("欧盟", 27292, -23.08), ("美国", 20000, 1), ("合计", 143309.75, 2.4))


def xlsx(path: Path, sheets: dict[str, Rows], *, merged: Sequence[str] = (), percent: str = "",
         then: Callable[[Any], None] | None = None) -> Path:
    """A workbook; the columns named in ``percent`` show per cent, all other numbers two decimals.

    Args:
        path: the file.
        sheets: rows by the sheet's name; the first has the merged areas and the formats.
        merged: areas of the first sheet.
        percent: letters of columns.
        then: what else is to be done with the workbook.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, (name, rows) in enumerate(sheets.items()):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if number == 0:
            for area in merged:
                sheet.merge_cells(area)
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, float) and merged:
                        cell.number_format = "0.00%" if cell.column_letter in percent else "#,##0.00_ "
    if then:
        then(book)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def ministry(path: Path, **more: Any) -> Path:
    """The ministry's sheet, a row of it hidden, with a second of countries and one that is hidden."""
    def then(book: Any) -> None:
        book["6月"].row_dimensions[17].hidden = True
        book["草稿"].sheet_state = "hidden"

    return xlsx(path, {"6月": MINISTRY, "国别": COUNTRIES, "草稿": (("旧", 1),)}, merged=MINISTRY_MERGED, percent="DG",
                then=then, **more)


def xls(path: Path, rows: Rows, merged: Sequence[tuple[int, int, int, int]] = (), percent: Sequence[int] = ()) -> Path:
    """A workbook of the old kind; merged areas as top, bottom, left, right from 0."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for top, bottom, left, right in merged:
        sheet.merge(top, bottom, left, right)
    forms = {True: xlwt.easyxf(num_format_str="0.0%"), False: xlwt.easyxf(num_format_str="0.0")}
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, float):
                sheet.write(number, column, value, forms[column in percent])
            elif value is not None:
                sheet.write(number, column, value)
    book.save(str(path))
    return path


_ODS = ('xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"')


def ods(path: Path, table: str) -> Path:
    """A spreadsheet document of one table, given as XML."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {_ODS}><office:body>{table}</office:body>"
                                        "</office:document-content>")
    return path


def part_changed(path: Path, part: str, data: bytes) -> Path:
    """A workbook with one of its parts replaced."""
    plain = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.infolist():
            target.writestr(one.filename, data if one.filename == part else source.read(one.filename))
        if part not in source.namelist():
            target.writestr(part, data)
    return path
