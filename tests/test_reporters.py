"""Findings as text, as JSON and as workflow commands."""

from __future__ import annotations

import json

import pytest

from bulletin_press.authoring.reporters import LineOf, as_github, as_json, as_text, column_width, counts
from bulletin_press.ground.diagnostics import Finding, Severity, Span

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
FILE = "issues/2022-08/issue.toml"


def finding(line: int, column: int, end_column: int, *, end_line: int | None = None, message: str = "不对",
            severity: Severity = WARNING, suggestion: str | None = None, file: str = FILE) -> Finding:
    return Finding("a-rule", severity, message, Span(file, line, column, end_line or line, end_column), suggestion)


def line_of(*lines: str) -> LineOf:
    return lambda name, number: lines[number - 1] if 0 < number <= len(lines) else ""


# --- text -----------------------------------------------------------------------------------


def test_a_finding_as_text() -> None:
    text = as_text([finding(2, 5, 7, suggestion="对")], line_of("甲", "abcdefg"))
    assert text == (f"{FILE}:2:5: 警告 a-rule 不对\n"
                    "    abcdefg\n"
                    "        ^^\n"
                    "    建议：对\n"
                    "错误 0，警告 1，提示 0")


@pytest.mark.parametrize(("line", "column", "end_column", "carets"), [
    ("abc", 1, 2, "^"),
    ("abc", 3, 4, "  ^"),
    ("abc", 4, 5, "   ^"),                   # the line's end: something is missing there
    ("甲乙丙", 2, 3, "  ^^"),                # full-width characters take two columns
    ("甲乙丙", 1, 4, "^^^^^^"),
    ("title = 标题", 9, 11, "        ^^^^"),
    ("甲a乙b", 3, 5, "   ^^^"),
    ("，，a", 3, 4, "    ^"),
    ("\u3000甲", 2, 3, "  ^^"),
    ("𠀀甲", 2, 3, "  ^^"),
    ("甲\u200b乙", 2, 3, "  ^"),             # shown as one column, so that there is something to point at
    ("甲\u200b乙", 3, 4, "   ^^"),
    ("\t甲", 2, 3, " ^^"),                   # a tab is shown as one column
    ("e\u0301甲", 3, 4, " ^^"),              # a combining accent takes none
])
def test_carets_stand_under_the_very_characters(line: str, column: int, end_column: int, carets: str) -> None:
    rows = as_text([finding(1, column, end_column)], line_of(line)).split("\n")
    assert rows[2] == "    " + carets
    assert column_width(rows[1][: 4 + column - 1]) == rows[2].index("^")


def test_what_cannot_be_seen_is_not_sent_to_the_terminal() -> None:
    text = as_text([finding(1, 2, 3)], line_of("甲\x1b[31m\u202e乙"))
    assert all(char.isprintable() or char == "\n" for char in text)


@pytest.mark.parametrize(("column", "shown"), [(1, "甲"), (150, "乙"), (300, "丙")])
def test_of_a_long_line_the_part_around_is_shown(column: int, shown: str) -> None:
    line = "甲" + "一" * 148 + "乙" + "二" * 149 + "丙"
    rows = as_text([finding(1, column, column + 1)], line_of(line)).split("\n")
    quoted, carets = rows[1], rows[2]
    assert len(quoted) < 80
    at = next(i for i in range(len(quoted)) if column_width(quoted[:i]) == len(carets) - len(carets.lstrip()))
    assert quoted[at] == shown
    assert carets.strip() == "^^"
    assert quoted.lstrip().startswith("…") is (column > 60)


def test_a_finding_over_lines_is_shown_on_its_first() -> None:
    rows = as_text([finding(1, 2, 2, end_line=3)], line_of("甲乙丙", "丁", "戊")).split("\n")
    assert rows[1:3] == ["    甲乙丙", "      ^^^^"]


def test_no_line_no_carets() -> None:
    assert as_text([finding(9, 1, 2)], line_of("甲")) == f"{FILE}:9:1: 警告 a-rule 不对\n错误 0，警告 1，提示 0"


@pytest.mark.parametrize(("suggestion", "shown"), [
    (None, None), ("对", "建议：对"), ("", "建议：删去"), (" ", "建议：改为一个半角空格")])
def test_a_suggestion_is_said(suggestion: str | None, shown: str | None) -> None:
    rows = as_text([finding(1, 1, 2, suggestion=suggestion)], line_of("甲")).split("\n")
    assert [row.strip() for row in rows if "建议" in row] == ([shown] if shown else [])


def test_counts_come_last_and_by_severity() -> None:
    found = [finding(1, 1, 2, severity=severity) for severity in (INFO, ERROR, WARNING, ERROR, INFO, INFO)]
    assert counts(found) == "错误 2，警告 1，提示 3"
    assert as_text(found, line_of("甲")).split("\n")[-1] == counts(found)
    assert as_text([], line_of()) == "错误 0，警告 0，提示 0"


# --- JSON -----------------------------------------------------------------------------------


def test_json_is_one_list_with_these_keys() -> None:
    found = json.loads(as_json([finding(2, 5, 7, end_line=3, severity=ERROR, message='“甲”\n"乙"', suggestion=""),
                                finding(1, 1, 2)]))
    assert found == [
        {"rule": "a-rule", "severity": "error", "message": '“甲”\n"乙"', "file": FILE, "line": 2, "column": 5,
         "end_line": 3, "end_column": 7, "suggestion": ""},
        {"rule": "a-rule", "severity": "warning", "message": "不对", "file": FILE, "line": 1, "column": 1,
         "end_line": 1, "end_column": 2, "suggestion": None}]
    assert list(found[0]) == ["rule", "severity", "message", "file", "line", "column", "end_line", "end_column",
                              "suggestion"]


def test_json_of_nothing_is_an_empty_list() -> None:
    assert json.loads(as_json([])) == []


def test_json_keeps_chinese_readable() -> None:
    assert "不对" in as_json([finding(1, 1, 2)])


# --- workflow commands ----------------------------------------------------------------------


@pytest.mark.parametrize(("severity", "command"), [(ERROR, "error"), (WARNING, "warning"), (INFO, "notice")])
def test_a_finding_as_a_workflow_command(severity: Severity, command: str) -> None:
    assert as_github([finding(2, 5, 7, severity=severity, suggestion="对")]) == (
        f"::{command} file={FILE},line=2,col=5,endLine=2,endColumn=7,title=a-rule::不对（建议：对）")


def test_what_would_break_a_workflow_command_is_escaped() -> None:
    row = as_github([finding(1, 1, 2, file="a,b:c%d\r\n.toml", message="50%：一\r\n::error::二，三:四")])
    assert row == ("::warning file=a%2Cb%3Ac%25d%0D%0A.toml,line=1,col=1,endLine=1,endColumn=2,title=a-rule"
                   "::50%25：一%0D%0A::error::二，三:四")
    assert "\n" not in row


def test_one_row_a_finding() -> None:
    assert len(as_github([finding(1, 1, 2), finding(2, 1, 2, suggestion="一\n二")]).split("\n")) == 2
    assert as_github([]) == ""


def test_a_matter_of_style_that_can_be_fixed_is_not_told_a_hundred_times() -> None:
    from dataclasses import replace

    from bulletin_press.authoring.reporters import SHOWN_STYLE as SHOWN

    style = replace(finding(1, 1, 2), severity=Severity.INFO, fixable=True)
    rows = as_text([style] * (SHOWN + 3), line_of("")).split("\n")
    assert rows[-2].startswith("a-rule 同类还有 3 处没有列出：press check --fix")
    assert rows[-1] == f"错误 0，警告 0，提示 {SHOWN + 3}"
    assert len(rows) == SHOWN + 2
    assert len(as_text([style] * SHOWN, line_of("")).split("\n")) == SHOWN + 1
    # Warnings are told more often.
    assert len(as_text([replace(style, severity=Severity.WARNING)] * 9, line_of("")).split("\n")) == 10


def test_no_rule_fills_the_screen_and_all_are_counted() -> None:
    from dataclasses import replace

    from bulletin_press.authoring.reporters import SHOWN

    many = [finding(1, 1, 2)] * (SHOWN + 7)
    rows = as_text([*many, replace(finding(9, 1, 2), rule="b-rule")], line_of("")).split("\n")
    assert len([row for row in rows if " a-rule " in row and row.startswith(FILE)]) == SHOWN
    assert any(" b-rule " in row for row in rows)
    assert rows[-2] == "a-rule 同类还有 7 处没有列出：改好这些再查，就会看到其余的；--format json 列出全部"
    assert rows[-1] == f"错误 0，警告 {SHOWN + 8}，提示 0"
    assert len(json.loads(as_json(many))) == SHOWN + 7
