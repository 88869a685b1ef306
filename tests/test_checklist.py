"""``press figures``: every printed figure, each with where it comes from."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from commands import Press
from workspaces import HEAD, TODAY, samples, write

from bulletin_press.intake.checklist import HEADS, checklist
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace


@pytest.mark.parametrize("name", ["2022-07", "2022-08"])
def test_every_number_of_the_text_and_the_exhibits_is_in_the_list(tmp_path: Path, name: str) -> None:
    root = samples(tmp_path / "issues")
    issue = read_issue(Workspace(root, TODAY, root), root / name / "issue.toml")
    shown = {re.sub(r"[^\d.]", "", row.shown) for row in checklist(issue)}
    assert issue.report_text
    text = "".join(issue.report_text.paragraphs) + "".join(
        chart.caption.alt for chart in issue.exhibits.charts) + (issue.report_text.headline or "")
    for number in re.findall(r"\d+\.\d+|(?<![\d.])\d{3,}(?![\d.年])", text):
        assert number in shown, number


def test_what_was_reckoned_says_from_what(tmp_path: Path) -> None:
    root = samples(tmp_path / "issues")
    settings = (root / "publication.toml").read_text("utf-8").replace("change = false", "change = true").replace(
        "month = false ", "month = true ")
    (root / "publication.toml").write_text(settings, "utf-8")
    issue = read_issue(Workspace(root, TODAY, root), root / "2022-08/issue.toml")
    rows = {row.what: row for row in checklist(issue)}
    assert rows["服务外包 合同签约额 6月当月"].how == "由累计数推算：442826.44 − 405832.99"
    assert rows["服务外包 合同签约额 同比的变化"].shown == "74.01个百分点"
    assert rows["ITO 占执行额"].shown == "74.0%"


def test_text_csv_and_sheet(press: Press, tmp_path: Path) -> None:
    samples(tmp_path / "issues")
    text = press("figures", "2022-08")
    assert text.status == 0 and text.out.split("\n")[0].split() == list(HEADS)
    rows = list(csv.reader(io.StringIO(press("figures", "2022-08", "--format", "csv").out)))
    assert rows[0] == list(HEADS) and rows[1][:3] == ["1", "服务外包 合同签约额", "442826.44万美元"]
    assert press("figures", "2022-08", "-o", "核数表.xlsx").status == 0
    data = (tmp_path / "核数表.xlsx").read_bytes()
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [cell.value for cell in page[3]] == rows[1] and page.max_row == len(rows) + 1
    assert press("figures", "2022-08", "-o", "核数表.csv").status == 0
    assert (tmp_path / "核数表.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert press("figures", "2022-08", "-o", "核数表.pdf").status == 2


def test_no_name_is_a_formula(press: Press, tmp_path: Path) -> None:
    write(tmp_path / "issues", {"2022-08/issue.toml": HEAD + """
[report]
period = "2022-06"
[report.executed]
markets = [["=1+1", 5]]
[report.source]
"executed.markets.=1+1" = "6月.xlsx!Sheet1!E6"
"""})
    assert "'=1+1" in press("figures", "--format", "csv").out
    press("figures", "-o", "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert page["B3"].data_type == "s" and page["B3"].value.startswith("=1+1")
    assert page["F3"].value == "issue.toml 第 8 行；6月.xlsx!Sheet1!E6"


def test_an_issue_without_a_report_has_no_figures(press: Press, tmp_path: Path) -> None:
    write(tmp_path / "issues", {"2022-08/issue.toml": HEAD})
    assert press("figures").status == 2
