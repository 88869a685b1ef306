"""``press series``: a measure over all issues."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from workspaces import write

from bulletin_press.authoring.series import HEAD, as_csv, as_text, measure_rows, write_series
from bulletin_press.ground.diagnostics import UsageFault

D = Decimal


def issue(number: int, day: str, period: str, executed: str) -> str:
    return f'[issue]\nnumber = {number}\ndate = {day}\n[report]\nperiod = "{period}"\n[report.executed]\n{executed}\n'


def workspace(root: Path):  # type: ignore[no-untyped-def]
    return write(root, {
        "2021-03/issue.toml": issue(3, "2021-03-26", "2021-01", "kpo = [100.00, 5.00]"),
        "2022-04/issue.toml": issue(4, "2022-04-26", "2022-02", "kpo = [200.00, 10.00]"),
        "2022-05/issue.toml": issue(5, "2022-05-26", "2022-03", "kpo = [330.00, 10.00]\nmarkets = [[\"=甲\", 9]]"),
        "2022-06/issue.toml": issue(6, "2022-06-26", "2022-04/month", "kpo = [90.00, -1.50]"),
        "2022-07/issue.toml": issue(7, "2022-07-26", "2022-05", 'kpo = "x"'),
        "2022-08/issue.toml": "[issue]\nnumber = 8\ndate = 2022-08-26\n"})


def test_months_are_published_or_derived(tmp_path: Path) -> None:
    rows, unread = measure_rows(workspace(tmp_path), "executed")
    assert unread == ("2022-07",)
    kpo = [row for row in rows if row.item == "KPO"]
    assert [(str(row.period), row.cumulative, row.month, row.source, row.issue) for row in kpo] == [
        ("2021-01", D("100.00"), D("100.00"), "公布", "2021-03"),
        ("2022-02", D("200.00"), None, "", "2022-04"),
        ("2022-03", D("330.00"), D("130.00"), "推算", "2022-05"),
        ("2022-04", None, D("90.00"), "公布", "2022-06")]
    # 130 / (330 / 1.1 − 200 / 1.1) − 1
    assert kpo[2].month_growth
    assert kpo[2].month_growth.value == D("10.0")


def test_a_measure_goes_by_its_key_or_its_names(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    assert measure_rows(place, "执行额") == measure_rows(place, "接包合同执行额") == measure_rows(place, "executed")
    assert measure_rows(place, "signed")[0] == ()
    with pytest.raises(UsageFault, match="没有“excuted”这个指标"):
        measure_rows(place, "excuted")


def test_text_and_csv_say_the_same(tmp_path: Path) -> None:
    rows, _ = measure_rows(workspace(tmp_path), "executed")
    read = list(csv.reader(io.StringIO(as_csv(rows))))
    assert tuple(read[0]) == HEAD
    assert [line.split() for line in as_text(rows)] == [[cell for cell in row if cell] for row in read]


def test_a_sheet_has_numbers_and_no_formulas(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    rows, _ = measure_rows(workspace(tmp_path), "executed")
    path = tmp_path / "a.xlsx"
    write_series(path, rows, "执行额[万]")
    first = path.read_bytes()
    write_series(path, rows, "执行额[万]")
    assert path.read_bytes() == first
    sheet = openpyxl.load_workbook(path).active
    assert sheet.title == "执行额万"
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert tuple(cells[0]) == HEAD
    (named,) = [line for line in sheet.iter_rows() if line[0].value == "=甲"]
    assert named[0].data_type == "s"
    assert named[2].value == 9


def test_a_file_is_a_sheet_or_csv(tmp_path: Path) -> None:
    rows, _ = measure_rows(workspace(tmp_path), "executed")
    write_series(tmp_path / "a.csv", rows, "x")
    assert (tmp_path / "a.csv").read_bytes().startswith("\ufeff项目".encode())
    with pytest.raises(UsageFault, match="结尾"):
        write_series(tmp_path / "a.txt", rows, "x")
