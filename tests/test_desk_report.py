"""The desk's report: findings by item and weight, what --fix would do, the next step; and SARIF."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from commands import Press
from workspaces import HEAD, PUBLICATION_TEXT, by_rule, checked, write

from bulletin_press.authoring.desk_report import as_desk_report
from bulletin_press.authoring.sarif import as_sarif
from bulletin_press.ground.diagnostics import Finding, Severity, Span
from bulletin_press.toml.source import Source

FILE = "issues/2022-08/issue.toml"
TEXT = """[issue]
number = 8

[[news]]
title = "甲方签约"
body = "一,二"

[[news]]
title = "乙方签约"
body = "三"

[notice]
title = "丙"
"""
SOURCES = {FILE: Source(FILE, TEXT)}


def finding(line: int, severity: Severity, *, rule: str = "a-rule", suggestion: str | None = None,
            fixable: bool = False) -> Finding:
    return Finding(rule, severity, "不对", Span(FILE, line, 10, line, 11), suggestion, ",", fixable)


def report(*findings: Finding, issues: tuple[str, ...] = ("2022-08",)) -> list[str]:
    lines = TEXT.split("\n")
    told = as_desk_report(findings, lambda name, number: lines[number - 1], SOURCES, {"notice": "通知"}, issues)
    return told.split("\n")


def test_findings_stand_under_their_item_the_gravest_first() -> None:
    rows = report(finding(6, Severity.INFO), finding(6, Severity.ERROR), finding(9, Severity.WARNING),
                  finding(2, Severity.WARNING), finding(13, Severity.INFO))
    heads = [row for row in rows if row.startswith("■")]
    assert heads == ["■ 刊头：警告 1", "■ 行业资讯第1则“甲方签约”：错误 1，提示 1",
                     "■ 行业资讯第2则“乙方签约”：警告 1", "■ 通知“丙”：提示 1"]
    of_first = rows[rows.index(heads[1]) : rows.index(heads[2])]
    assert [row.split()[1] for row in of_first if row.startswith(FILE)] == ["错误", "提示"]


def test_a_file_without_items_goes_by_its_name() -> None:
    other = replace(finding(1, Severity.WARNING), span=Span("issues/publication.toml", 1, 1, 1, 2))
    assert report(other)[0] == "■ issues/publication.toml：警告 1"


def test_it_says_what_fix_would_do() -> None:
    rows = report(finding(6, Severity.WARNING, rule="b-rule", suggestion="，", fixable=True),
                  finding(9, Severity.WARNING, suggestion="甲"))
    assert rows[-2] == "--fix 会改正 1 处：b-rule 1 处（如“,”改为“，”）"
    assert rows[-1] == "下一步：运行 press check 2022-08 --fix 改正没有疑问的 1 处，其余 1 处逐条看过再定。"


def test_the_last_line_is_a_sentence_to_act_on() -> None:
    error, warning, hint = (finding(6, severity) for severity in Severity)
    assert report(hint, warning, error)[-1].startswith(f"下一步：先改 1 处错误，从 {FILE} 第 6 行改起")
    assert "press render 2022-08" in report(hint, warning)[-1]
    assert "只有提示" in report(hint)[-1]
    assert report()[-1] == "下一步：没有发现问题，运行 press render 2022-08 出稿。"
    assert "press render 出稿" in report(issues=("2022-07", "2022-08"))[-1]


# --- SARIF ----------------------------------------------------------------------------------


def test_sarif_has_what_the_standard_demands() -> None:
    log = json.loads(as_sarif([finding(6, Severity.WARNING, suggestion=""), finding(9, Severity.INFO, rule="b-rule")],
                              {"a-rule": "一句话。"}, "1.2.3"))
    assert (log["version"], set(log)) == ("2.1.0", {"$schema", "version", "runs"})
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("bulletin-press", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == ["a-rule", "b-rule"]
    assert driver["rules"][0]["shortDescription"]["text"] == "一句话。"
    first, second = run["results"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [driver["rules"][one["ruleIndex"]]["id"] for one in (first, second)] == [first["ruleId"], second["ruleId"]]
    assert (first["level"], second["level"]) == ("warning", "note")
    place = first["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": FILE},
                     "region": {"startLine": 6, "startColumn": 10, "endLine": 6, "endColumn": 11}}
    (change,) = first["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [{"deletedRegion": place["region"], "insertedContent": {"text": ""}}]
    assert "fixes" not in second


def test_sarif_of_a_folder_with_a_chinese_name_is_an_address() -> None:
    one = replace(finding(6, Severity.ERROR), span=Span("期刊/2022-08/issue.toml"))
    log = json.loads(as_sarif([one], {}, "1"))
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "%E6%9C%9F%E5%88%8A/2022-08/issue.toml"


def test_the_command_prints_sarif(press: Press, tmp_path: Path) -> None:
    write(tmp_path, {"2022-08/issue.toml": HEAD + '[[event]]\nbody = "增长12.3%;同比持平。"\n'})
    ran = press("-w", str(tmp_path), "check", "--format", "sarif")
    assert [one["ruleId"] for one in json.loads(ran.out)["runs"][0]["results"]] == ["halfwidth-mark"]


# --- the house's own usage ------------------------------------------------------------------

COMMAS = HEAD + '[[event]]\nbody = "印发《办法》、《规定》，以“稳”、“进”为主。"\n'


def test_a_house_chooses_the_standard_or_the_newspapers(tmp_path: Path) -> None:
    found = {}
    for usage in ("", '[style]\nmarks = "gb"\n', '[style]\nmarks = "newspaper"\n'):
        root = tmp_path / str(len(found))
        write(root, {"publication.toml": PUBLICATION_TEXT + usage})
        told = by_rule(checked(root, COMMAS).findings, "enumeration-comma-misuse")
        found[usage] = [(one.severity, one.fixable) for one in told]
    assert list(found.values()) == [[(Severity.INFO, False)] * 2, [(Severity.WARNING, True)] * 2, []]
