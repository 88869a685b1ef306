"""A new issue after combined and special ones, at the turn of the year, with a report or without."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from workspaces import PUBLICATION_TEXT, TODAY, write

from bulletin_press.authoring.scaffold import new_issue
from bulletin_press.pipeline import check
from bulletin_press.publication.workspace import Workspace

KEYS = re.compile(r"^(number|date|label|period) = (\S+)", re.M)


def issue(day: str, number: int, period: str | None = None, label: str | None = None) -> str:
    """An issue's text: its head, and a report where a period is given."""
    text = f"[issue]\nnumber = {number}\ndate = {day}\n" + (f'label = "{label}"\n' if label else "")
    return text + (f'[report]\nperiod = "{period}"\n[report.executed]\ntotal = [100, 2.5]\n' if period else "")


def made(root: Path, issues: Mapping[str, str], name: str | None = None, publication: str = PUBLICATION_TEXT,
         today: date = TODAY) -> tuple[str, dict[str, str], str]:
    """Scaffold an issue after others; its folder's name, its keys as typed, its text."""
    write(root, {f"{folder}/issue.toml": text for folder, text in issues.items()} | {"publication.toml": publication})
    path = new_issue(Workspace(root, today, root), name)
    text = path.read_text("utf-8")
    return path.parent.name, dict(KEYS.findall(text)), text


MONTHS = {f"2022-{month:02}": issue(f"2022-{month:02}-26", month, f"2022-{month - 2:02}") for month in range(3, 9)}
COMBINED = "9—10月合刊"


@pytest.mark.parametrize(("combined", "label", "number"), [
    (9, COMBINED, "11"),              # so far the numbers were the months
    (10, COMBINED, "11"),
    (9, "第9—10期合刊", "11"),
    (9, "第9、10期", "11"),
    (9, None, "11"),
])
def test_after_a_combined_issue_numbers_that_are_months_go_on_so(tmp_path: Path, combined: int, label: str | None,
                                                                 number: str) -> None:
    last = {"2022-09-10": issue("2022-10-20", combined, "2022-08", label)}
    name, typed, _ = made(tmp_path, MONTHS | last)
    assert (name, typed["number"], typed["period"]) == ("2022-11", number, '"2022-09"')


def test_after_a_combined_issue_numbers_that_are_no_months_go_on_by_one(tmp_path: Path) -> None:
    issues = {"2022-01-02": issue("2022-02-20", 1, "2021-12", "1—2月合刊"),
              "2022-03": issue("2022-03-20", 2, "2022-01"),
              "2022-04": issue("2022-04-20", 3, "2022-02"), "2022-05-06": issue("2022-06-20", 4, "2022-04", "合刊")}
    name, typed, text = made(tmp_path, issues)
    assert (name, typed["number"], typed["period"]) == ("2022-07", "5", '"2022-05"')
    assert "占两个的话改为 7" in text


def test_what_the_label_says_goes_before_what_the_numbers_say(tmp_path: Path) -> None:
    issues = {"2022-05": issue("2022-05-20", 3), "2022-06-07": issue("2022-07-20", 4, None, "第4—5期合刊")}
    assert made(tmp_path, issues)[1]["number"] == "6"


def test_the_issue_after_that_goes_on_by_one(tmp_path: Path) -> None:
    last = {"2022-09-10": issue("2022-10-20", 9, "2022-08", COMBINED), "2022-11": issue("2022-11-26", 11, "2022-09")}
    name, typed, _ = made(tmp_path, MONTHS | last)
    assert (name, typed["number"], typed["period"]) == ("2022-12", "12", '"2022-10"')


def test_the_comment_tells_the_other_number(tmp_path: Path) -> None:
    text = made(tmp_path, MONTHS | {"2022-09-10": issue("2022-10-20", 9, "2022-08", COMBINED)})[2]
    assert "占两个期号的话是 11，占一个的话改为 10" in text


def test_a_special_issue_takes_no_number_and_no_period(tmp_path: Path) -> None:
    _, typed, text = made(tmp_path, MONTHS, "2022-special-1")
    assert typed["number"] == "8"
    assert "period" not in typed
    assert not re.search(r"^\[report", text, re.M)
    # and leaves both to the next
    _, typed, _ = made(tmp_path, {"2022-special-1": issue("2022-08-30", 8, "2022-07", "增刊")})
    assert (typed["number"], typed["period"]) == ("9", '"2022-07"')


def test_a_new_combined_issue_is_as_far_behind_as_the_others(tmp_path: Path) -> None:
    _, typed, _ = made(tmp_path, MONTHS, "2022-09-10")
    assert (typed["number"], typed["period"], typed["label"]) == ("9", '"2022-08"', f'"{COMBINED}"')


def test_a_gap_leaves_the_lag_alone(tmp_path: Path) -> None:
    assert made(tmp_path, MONTHS, "2022-10")[1]["period"] == '"2022-08"'


def test_no_period_is_printed_twice(tmp_path: Path) -> None:
    # One issue was ahead of its time: the next must not repeat it.
    last = {"2022-09": issue("2022-09-26", 9, "2022-08")}
    assert made(tmp_path, MONTHS | last)[1]["period"] == '"2022-09"'


def test_the_turn_of_the_year(tmp_path: Path) -> None:
    issues = {f"2022-{month:02}": issue(f"2022-{month:02}-26", month, f"2022-{month - 2:02}") for month in range(9, 13)}
    name, typed, _ = made(tmp_path, issues)
    assert (name, typed["number"], typed["period"]) == ("2023-01", "1", '"2022-11"')


def test_january_is_told_with_february(tmp_path: Path) -> None:
    issues = {"2022-12": issue("2022-12-26", 12, "2022-10"), "2023-01": issue("2023-01-26", 1, "2022-11"),
              "2023-02": issue("2023-02-26", 2, "2022-12")}
    _, typed, text = made(tmp_path, issues)
    assert typed["period"] == '"2023-01"'
    assert "合在一起公布的，写 \"2023-02\"" in text
    # where the year before knew no January, this one does not either
    before = {"2022-04": issue("2022-04-26", 4, "2022-02"), "2022-05": issue("2022-05-26", 5, "2022-03")}
    assert made(tmp_path / "b", before | issues)[1]["period"] == '"2023-02"'


def test_months_alone_stay_months_alone(tmp_path: Path) -> None:
    issues = {"2022-08": issue("2022-08-26", 8, "2022-06/month"),
              "2022-09-10": issue("2022-10-20", 9, "2022-08/month", "合刊")}
    assert made(tmp_path, issues)[1]["period"] == '"2022-09/month"'


# --- without a report -----------------------------------------------------------------------

NONE = PUBLICATION_TEXT + '[report]\ndefinition = "none"\n'
NEWS = '[[event]]\nbody = "正文"\n'


@pytest.mark.parametrize(("issues", "publication"), [
    (MONTHS, NONE),
    ({}, NONE),
    (MONTHS, PUBLICATION_TEXT + '[sections]\norder = ["news", "event"]\n'),
    ({"2022-07": issue("2022-07-26", 7), "2022-08": issue("2022-08-26", 8)}, PUBLICATION_TEXT),
    ({"2022-08": issue("2022-08-26", 8)}, PUBLICATION_TEXT),
    (MONTHS | {"2022-07": issue("2022-07-26", 7), "2022-08": issue("2022-08-26", 8)}, PUBLICATION_TEXT),
], ids=["none", "none at first", "not in order", "no earlier", "the only earlier", "not of late"])
def test_a_scaffold_without_a_report(tmp_path: Path, issues: Mapping[str, str], publication: str) -> None:
    _, typed, text = made(tmp_path, issues, "2022-09", publication)
    assert "period" not in typed
    assert not re.search(r"^\[report", text, re.M)
    assert "一、行业资讯" in text
    assert "五、" not in text
    found = check(Workspace(tmp_path, TODAY, tmp_path), tmp_path / "2022-09/issue.toml")
    assert {finding.rule for finding in found.findings} == {"unfilled"}


def test_one_month_without_figures_is_no_end_of_the_report(tmp_path: Path) -> None:
    _, typed, _ = made(tmp_path, MONTHS | {"2022-08": issue("2022-08-26", 8)})
    assert typed["period"] == '"2022-07"'


def test_a_report_that_the_publication_does_not_have(tmp_path: Path) -> None:
    place = write(tmp_path, {"publication.toml": NONE, "2022-08/issue.toml": issue("2022-08-26", 8, "2022-06")})
    (found,) = check(place, tmp_path / "2022-08/issue.toml").findings
    assert (found.rule, found.span.file, found.span.line) == ("wrong-value", "2022-08/issue.toml", 4)
    assert "definition = \"none\"" in found.message
    write(tmp_path, {"publication.toml": NONE, "2022-08/issue.toml": issue("2022-08-26", 8) + NEWS})
    assert not check(Workspace(tmp_path, TODAY, tmp_path), tmp_path / "2022-08/issue.toml").findings


def test_each_measure_has_its_own_unit(tmp_path: Path) -> None:
    definition = ('title = "快递"\n[measures.volume]\nlabel = "业务量"\nunit = "亿件"\n'
                  '[measures.revenue]\nlabel = "收入"\n'
                  '[items.total]\nlabel = "合计"\n[[paragraphs]]\n[[paragraphs.sentences]]\nform = "measures"\n'
                  'items = ["total"]\nmeasures = ["volume"]\n')
    write(tmp_path, {"templates/reports/express/definition.toml": definition})
    _, _, text = made(tmp_path, {}, "2022-09", PUBLICATION_TEXT + '[report]\ndefinition = "express"\nunit = "亿元"\n')
    assert "# 业务量（亿件）" in text
    assert "# 收入（亿元）" in text
