"""Files of spreadsheet programs: what a cell shows, what a file is in truth, what is refused."""

from __future__ import annotations

import random
import time
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from sheets import MINISTRY, MINISTRY_MERGED, ods, part_changed, xls, xlsx

from bulletin_press.ground.diagnostics import EnvironmentFault, InputFault, PressError, UsageFault
from bulletin_press.intake import reading
from bulletin_press.intake.amounts import content_of
from bulletin_press.intake.grid import Amount, RawCell, address, as_plain, from_plain, parse_address
from bulletin_press.intake.reading import read_book

SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def read(path: Path):
    return read_book(path, path.name)


# --- cells ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "form", "shown", "exact", "percent"), [
    ("0.381234", "0.00%", "38.12", "38.1234", True),
    ("0.045", "0%", "5", "4.5", True),
    ("0.105", "0.00_ ", "0.11", "0.105", False),
    ("-0.2008", "0.00%;[Red]-0.00%", "-20.08", "-20.08", True),
    ("29030.1", "#,##0.00_ ", "29030.10", "29030.1", False),
    ("1.1111", '"¥"#,##0.00;"¥"\\-#,##0.00', "1.11", "1.1111", False),
    ("12.5", "0.##", "12.5", "12.5", False),
    ("320.5567", "General", "320.5567", "320.5567", False),
    ("6779.0725293054", "General", "6779.07", "6779.0725293054", False),
    ("0.30000000000000004", "General", "0.3", "0.3", False),
    ("1539000000", "0.00E+00", "1539000000", "1539000000", False),
    ("12", "@", "12", "12", False),
])
def test_a_number_is_what_the_sheet_shows(value: str, form: str, shown: str, exact: str, percent: bool) -> None:
    found = content_of(RawCell("number", value, form))
    assert isinstance(found, Amount)
    assert (f"{found.number:f}", f"{found.exact:f}", found.percent) == (shown, exact, percent)


@pytest.mark.parametrize(("text", "number"), [
    ("11,250", "11250"), ("１１，２５０.５", "11250.5"), ("38.12%", "38.12"), ("−3.2％", "-3.2"), ("(3.2)", "-3.2"),
    ("下降3.2%", "-3.2"), ("1 234.5", "1234.5"), ("29030.10", "29030.10"), ("'12", "12"), ("3.2亿美元", "3.2"),
    ("持平", "0")])
def test_a_text_may_be_a_number(text: str, number: str) -> None:
    found = content_of(RawCell("text", text))
    assert isinstance(found, Amount) and f"{found.number:f}" == number


@pytest.mark.parametrize(("text", "kind"), [
    ("—", "blank"), ("…", "blank"), ("--", "blank"), ("/", "blank"), ("#DIV/0!", "fault"), ("1.54E+09", "fault"),
    ("01", "label"), ("2022年", "label"), ("5月", "label"), ("1.住户存款", "label"), ("日本", "label")])
def test_a_text_is_no_number(text: str, kind: str) -> None:
    assert content_of(RawCell("text", text)) == kind


def test_a_format_that_shifts_the_point_is_doubted() -> None:
    found = content_of(RawCell("number", "123456", "#,##0,"))
    assert isinstance(found, Amount) and found.number == 123 and found.doubt


@pytest.mark.parametrize("place", [(1, 1), (6, 5), (12, 27), (1_048_576, 16_384)])
def test_addresses(place: tuple[int, int]) -> None:
    assert parse_address(address(place)) == place


# --- kinds ----------------------------------------------------------------------------------


def test_xlsx(tmp_path: Path) -> None:
    book = read(xlsx(tmp_path / "a.xlsx", {"6月": MINISTRY}, merged=MINISTRY_MERGED, percent="DG"))
    sheet = book.sheets[0]
    assert sheet.cells[6, 4] == RawCell("number", "1.6414", "0.00%")
    assert sheet.cells[11, 7].kind == "error"
    assert sheet.spread[5, 2] == (4, 2)
    assert from_plain(as_plain(book)) == book


def test_a_formula_without_a_result_is_told(tmp_path: Path) -> None:
    book = read(xlsx(tmp_path / "a.xlsx", {"a": (("甲", "=1+1"), ("乙", 2))}))
    assert book.sheets[0].cells[1, 2].kind == "formula"
    assert content_of(book.sheets[0].cells[1, 2]) == "fault"


def test_xls_with_formats_and_merged_cells(tmp_path: Path) -> None:
    sheet = read(xls(tmp_path / "a.xls", (("甲", None), ("乙", .0812)), [(0, 0, 0, 1)], [1])).sheets[0]
    assert sheet.merged == ((1, 1, 1, 2),)
    assert content_of(sheet.cells[2, 2]) == Amount(Decimal("8.1"), Decimal("8.12"), percent=True)


def test_ods_with_percentages_repeats_and_spans(tmp_path: Path) -> None:
    book = read(ods(tmp_path / "a.ods", """<table:table table:name="表">
      <table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
      <table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>题</text:p></table:table-cell>
        <table:covered-table-cell/></table:table-row>
      <table:table-row table:number-rows-repeated="2" table:visibility="collapse">
        <table:table-cell office:value-type="percentage" office:value="0.381234" table:number-columns-repeated="2">
        <text:p>38.12%</text:p></table:table-cell></table:table-row>
      <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>
      </table:table-row></table:table>"""))
    sheet = book.sheets[0]
    assert sheet.merged == ((1, 1, 1, 2),) and sheet.hidden_rows == {2, 3} and sheet.hidden_columns == {3}
    assert content_of(sheet.cells[3, 2]) == Amount(Decimal("38.12"), Decimal("38.1234"), percent=True)


@pytest.mark.parametrize(("encoding", "said"), [("utf-8", False), ("utf-8-sig", False), ("utf-16", True),
                                                ("gb18030", True)])
def test_delimited_text_in_every_encoding(tmp_path: Path, encoding: str, said: bool) -> None:
    (tmp_path / "a.csv").write_bytes("指标,2022年\r\n业务收入（亿元）,\"11,250\"\r\n".encode(encoding))
    book = read(tmp_path / "a.csv")
    assert book.sheets[0].cells[2, 1].text == "业务收入（亿元）"
    assert book.sheets[0].cells[2, 2].text == "11,250"
    assert bool(book.notices) == said


def test_an_xls_that_is_a_web_page(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(
        "<html><head><style>td{}</style></head><table><tr><td rowspan=2>甲</td><td>1,250</td></tr>"
        "<tr><td>38.1%</td></tr></table></html>".encode("gb18030"))
    book = read(tmp_path / "a.xls")
    assert book.kind == "web" and "网页" in book.notices[0]
    assert book.sheets[0].cells[2, 2].text == "38.1%"


def test_an_xls_that_is_delimited_text(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes("甲\t1\n乙\t2\n".encode("gb18030"))
    assert read(tmp_path / "a.xls").sheets[0].cells[2, 2].text == "2"


def test_macros_are_told_and_never_run(tmp_path: Path) -> None:
    path = part_changed(tmp_path / "a.xlsm", "xl/vbaProject.bin", b"Sub Auto_Open()")
    assert "没有运行" in read(path).notices[0]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(("name", "data", "said"), [
    ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "先在 Excel 里去掉密码"),
    ("a.et", OLE + "Workbook".encode("utf-16-le"), "WPS 自己的格式"),
    ("a.wps", OLE + "WordDocument".encode("utf-16-le"), "另存为 .xlsx"),
    ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "Word 文件"),
    ("a.xls", OLE + "Workbook".encode("utf-16-le") + random.Random(1).randbytes(3000), "读不出来"),
    ("a.xlsx", b"", "空的"), ("a.xlsx", b"PK\3\4 broken", "已损坏"), ("a.xlsx", b"%PDF-1.7", "PDF"),
    ("a.xls", b"<html><body>login</body></html>", "没有表格"), ("a.csv", b"\xff\xff\xff,1", "编码")])
def test_what_is_no_sheet_is_refused_with_what_to_do(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputFault) as caught:
        read(tmp_path / name)
    assert said in caught.value.message and name in caught.value.message


# --- bombs ----------------------------------------------------------------------------------

LAUGHS = (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
          + b"".join(b'<!ENTITY %c "%s">' % (98 + i, (b"&%c;" % (97 + i)) * 10) for i in range(9))
          + b"]>" + HEAD + b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData>'
          b"</worksheet>")
OUTSIDE = LAUGHS.replace(b'"aaaaaaaaaa"', b'SYSTEM "file:///etc/passwd"').replace(b"&j;", b"&a;")
BOMBS: dict[str, Callable[[Path], Path]] = {
    "rows.xlsx": lambda path: part_changed(path, SHEET, HEAD + b"<row/>" * 20_000_000),
    "laughs.xlsx": lambda path: part_changed(path, SHEET, LAUGHS),
    "outside.xlsx": lambda path: part_changed(path, SHEET, OUTSIDE),
    "merged.xlsx": lambda path: part_changed(
        path, SHEET, HEAD + b'<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'),
    "strings.xlsx": lambda path: part_changed(
        path, "xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * 4_000_000),
    "cells.xlsx": lambda path: part_changed(
        path, SHEET, HEAD + b"<sheetData>" + b'<row><c><v>1</v></c></row>' * 400_000 + b"</sheetData></worksheet>"),
    "repeated.ods": lambda path: ods(
        path, '<table:table><table:table-row table:number-rows-repeated="1999"><table:table-cell office:value-type='
        '"float" office:value="1" table:number-columns-repeated="1999"/></table:table-row></table:table>'),
    "lines.csv": lambda path: _written(path, b"a,1\n" * 400_000),
    "quote.csv": lambda path: _written(path, b'"' + b"a," * 3_000_000),
    "spans.xls": lambda path: _written(path, b"<html><table>" + b"<tr><td rowspan=500 colspan=500>1</td></tr>" * 50),
}


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_one_line_and_soon(tmp_path: Path, name: str) -> None:
    path = BOMBS[name](tmp_path / name)
    begun = time.process_time()
    with pytest.raises(InputFault) as caught:
        read(path)
    assert caught.value.message.startswith(name) and "\n" not in caught.value.message
    assert "root:" not in caught.value.message
    assert time.process_time() - begun < 5


def test_declared_dimensions_and_a_stray_cell_cost_nothing(tmp_path: Path) -> None:
    path = part_changed(tmp_path / "a.xlsx", SHEET, HEAD + b'<dimension ref="A1:NTP1000000"/><sheetData><row r="1">'
                        b'<c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
                        b"</worksheet>")
    assert len(read(path).sheets[0].cells) == 2


def test_what_outgrows_the_limits_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_CHILD", "import json, sys, os; os.kill(os.getpid(), 9)")
    with pytest.raises(InputFault, match="太大"):
        read(xlsx(tmp_path / "a.xlsx", {"a": ((1,),)}))
    monkeypatch.setattr(reading, "_CHILD", "import time; time.sleep(60)")
    monkeypatch.setattr(reading, "_PATIENCE", 0.3)
    with pytest.raises(InputFault, match="太大"):
        read(tmp_path / "a.xlsx")


def test_modules_in_the_working_folder_are_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("openpyxl", "json", "bulletin_press"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(3)")
    assert read(xlsx(tmp_path / "a.xlsx", {"a": ((1,),)})).sheets


def test_a_library_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"a": ((1,),)})
    without = reading._CHILD.replace("; from", "; sys.modules['openpyxl'] = None; from", 1)
    monkeypatch.setattr(reading, "_CHILD", without)
    with pytest.raises(EnvironmentFault, match=r"pip install bulletin-press\[office\]"):
        read(path)


def test_a_name_that_is_not_there_has_a_likely_one_beside_it(tmp_path: Path) -> None:
    xlsx(tmp_path / "6月统计表.xlsx", {"a": ((1,),)})
    with pytest.raises(UsageFault, match=r"是不是 6月统计表\.xlsx"):
        read(tmp_path / "6月统计.xlsx")
    with pytest.raises(PressError, match="文件夹"):
        read(tmp_path)


def test_a_zip_that_is_no_sheet(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("6月.xlsx", b"")
    with pytest.raises(InputFault, match="压缩包"):
        read(tmp_path / "a.xlsx")
