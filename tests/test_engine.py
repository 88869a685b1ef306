"""The engine: what is found where, how bad it is, what is waived."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from workspaces import HEAD, PUBLICATION_TEXT, TODAY, by_rule, checked, covered, samples, write

from bulletin_press.checks.engine import entries
from bulletin_press.checks.rule import Family
from bulletin_press.ground.diagnostics import Finding, Severity
from bulletin_press.pipeline import Checked, check, render
from bulletin_press.publication.workspace import Workspace

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

# One fault of each severity but info, of three families.
# The first issue of a year has no earlier ones to miss.
FAULTY = HEAD.replace("number = 8", "number = 1") + """
[report]
period = "2022-06"
[report.executed]
ito = [9, 2.5]
bpo = [8, 2.5]

[[news]]
title = "甲🎉"
body = '''
第一段\u200b。
'''
"""
FOUND = {"identical-growth": WARNING, "no-source": WARNING, "missing-glyph": ERROR, "invisible-character": WARNING}


def rules(result: Checked) -> list[str]:
    return [finding.rule for finding in result.findings]


def only(result: Checked, rule: str) -> Finding:
    (finding,) = by_rule(result.findings, rule)
    return finding


def with_publication(root: Path, tail: str) -> Path:
    write(root, {"publication.toml": f'[publication]\nname = "测试月刊"\norganiser = "测试协会"\n{tail}'})
    return root


# --- severities, families, order ------------------------------------------------------------


def test_each_finding_has_its_rules_severity(tmp_path: Path) -> None:
    assert {finding.rule: finding.severity for finding in checked(tmp_path, FAULTY).findings} == FOUND


def test_findings_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    result = checked(tmp_path, FAULTY)
    assert rules(result) == ["identical-growth", "no-source", "missing-glyph", "invisible-character"]
    assert result.findings == tuple(sorted(result.findings, key=lambda finding: finding.span))


@pytest.mark.parametrize(("families", "expected"), [
    ({Family.DATA}, ["identical-growth"]),
    ({Family.COPY}, ["invisible-character"]),
    ({Family.ISSUE}, ["no-source"]),
    ({Family.GLYPH}, ["missing-glyph"]),
    ({Family.DATA, Family.COPY}, ["identical-growth", "invisible-character"]),
])
def test_only_some_families(tmp_path: Path, families: set[Family], expected: list[str]) -> None:
    assert rules(checked(tmp_path, FAULTY, only=families)) == expected


def test_only_does_not_call_the_waivers_of_other_families_unused(tmp_path: Path) -> None:
    text = FAULTY + '[allow]\nidentical-growth = "已核对"\n'
    assert rules(checked(tmp_path, text, only={Family.COPY})) == ["invisible-character"]


# --- [rules] --------------------------------------------------------------------------------


@pytest.mark.parametrize("grade", list(Severity))
def test_a_rule_is_regraded(tmp_path: Path, grade: Severity) -> None:
    root = with_publication(tmp_path, f'[rules]\nno-source = "{grade}"\n')
    assert only(checked(root, FAULTY), "no-source").severity is grade


def test_a_regraded_error_blocks_render_and_a_regraded_warning_lets_it_pass(tmp_path: Path) -> None:
    text = HEAD + '[[news]]\ntitle = "甲"\nbody = "乙"\n'
    for grade, written in (("error", False), ("info", True)):
        root = with_publication(tmp_path, f'[rules]\nno-source = "{grade}"\n')
        workspace = write(root, {"2022-08/issue.toml": text, "publication.toml":
                                 (root / "publication.toml").read_text("utf-8")})
        rendered = render(workspace, root / "2022-08/issue.toml", to=["html"], output=tmp_path / "a.html")
        assert bool(rendered.outputs) is written


def test_a_rule_is_switched_off(tmp_path: Path) -> None:
    root = with_publication(tmp_path, '[rules]\nno-source = "off"\nidentical-growth = "off"\n')
    assert rules(checked(root, FAULTY)) == ["missing-glyph", "invisible-character"]


def test_a_rule_that_cannot_be_waived_cannot_be_regraded_either(tmp_path: Path) -> None:
    root = with_publication(tmp_path, '[rules]\nmissing-glyph = "off"\n')
    result = checked(root, FAULTY)
    assert only(result, "missing-glyph").severity is ERROR
    told = only(result, "unknown-rule")
    assert covered(tmp_path, told.span) == "missing-glyph"
    assert told.severity is WARNING
    assert told.suggestion is None


def test_an_unknown_rule_in_rules_and_in_allow(tmp_path: Path) -> None:
    root = with_publication(tmp_path, '[rules]\nno-sourse = "off"\n')
    result = checked(root, FAULTY + '[allow]\nidentical-grow = "已核对"\nzzzzzz = "已核对"\n')
    told = by_rule(result.findings, "unknown-rule")
    assert [(covered(tmp_path, finding.span), finding.suggestion) for finding in told] == [
        ("identical-grow", "identical-growth"), ("zzzzzz", None), ("no-sourse", "no-source")]
    assert [finding.span.file for finding in told] == ["2022-08/issue.toml"] * 2 + ["publication.toml"]
    assert "是不是 identical-growth？" in told[0].message
    assert "press explain" in told[1].message


def test_every_grade_that_is_no_grade_is_refused(tmp_path: Path) -> None:
    root = with_publication(tmp_path, '[rules]\nno-source = "ignore"\n')
    told = only(checked(root, FAULTY), "wrong-value")
    assert covered(tmp_path, told.span) == '"ignore"'


# --- [allow] --------------------------------------------------------------------------------


def test_a_rule_is_waived_as_a_whole(tmp_path: Path) -> None:
    text = FAULTY + '[allow]\nidentical-growth = "已核对"\nno-source = "本会自撰"\n'
    assert rules(checked(tmp_path, text)) == ["missing-glyph", "invisible-character"]


TWO_TITLES = HEAD + '[[news]]\ntitle = "甲"\nbody = "正文"\n[[news]]\ntitle = "乙"\nbody = "正文"\n'


@pytest.mark.parametrize(("words", "left"), [
    ("甲", ['"乙"']),
    ('title = "甲"', ['"乙"']),          # more than is marked: where it stands
    ("乙", ['"甲"']),
    ("title", ['"甲"', '"乙"']),         # beside what is marked
    ('"', []),                           # part of both
])
def test_one_finding_is_waived_by_its_words(tmp_path: Path, words: str, left: list[str]) -> None:
    result = checked(tmp_path, TWO_TITLES + f"[allow]\nno-source = {{ '{words}' = \"已核对\" }}\n")
    assert [covered(tmp_path, finding.span) for finding in by_rule(result.findings, "no-source")] == left


def test_longer_words_waive_only_the_place_that_they_name(tmp_path: Path) -> None:
    text = HEAD + "[[event]]\nbody = '''\n甲\u200b乙，丙\u200b丁\n'''\n"
    result = checked(tmp_path, text + '[allow]\ninvisible-character = { "丙\u200b丁" = "人名如此" }\n')
    assert rules(result) == ["invisible-character"]
    assert result.findings[0].span.column == 2


def test_an_unused_waiver_is_told_at_its_key(tmp_path: Path) -> None:
    result = checked(tmp_path, TWO_TITLES + '[allow]\nidentical-growth = "已核对"\n'
                     'no-source = { "甲" = "自撰", "丙" = "自撰" }\n')
    told = by_rule(result.findings, "unused-waiver")
    assert [(covered(tmp_path, finding.span), finding.severity) for finding in told] == [
        ("identical-growth", INFO), ('"丙"', INFO)]


def test_what_cannot_be_waived_is_found_all_the_same(tmp_path: Path) -> None:
    result = checked(tmp_path, FAULTY + '[allow]\nmissing-glyph = "就要这个"\n')
    assert only(result, "missing-glyph").severity is ERROR
    assert "不能用 [allow] 放过" in only(result, "unknown-rule").message


@pytest.mark.parametrize("name", ["toml-syntax", "unknown-key", "wrong-value", "unused-waiver"])
def test_faults_of_reading_cannot_be_waived_nor_graded(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"publication.toml": PUBLICATION_TEXT + f'[rules]\n{name} = "off"\n'})
    result = checked(tmp_path, TWO_TITLES + f'[allow]\n{name} = "不要紧"\nno-source = "自撰"\n')
    told = by_rule(result.findings, "unknown-rule")
    assert sorted(finding.message.split("：")[0].split("，")[0] for finding in told) == [
        f"{name} 不能在 [rules] 里改级", f"{name} 不能用 [allow] 放过"]
    assert {covered(tmp_path, finding.span) for finding in told} == {name}


@pytest.mark.parametrize("reason", ['""', '"  "', '{ "甲" = "" }', "true", "1"])
def test_a_waiver_needs_a_reason(tmp_path: Path, reason: str) -> None:
    result = checked(tmp_path, TWO_TITLES + f"[allow]\nno-source = {reason}\n")
    assert not result.readable
    assert set(rules(result)) == {"wrong-value"}


def test_only_glyphs_and_input_cannot_be_waived() -> None:
    assert [name for name, entry in entries().items() if not entry.rule.waivable] == [
        "missing-glyph", "radical-character"]


def test_rendering_tells_each_finding_once(tmp_path: Path) -> None:
    text = HEAD + '[[event]]\nbody = "正文"\n[allow]\nno-sourse = "已核对"\n'
    workspace = write(tmp_path, {"2022-08/issue.toml": text})
    rendered = render(workspace, tmp_path / "2022-08/issue.toml", output=tmp_path / "a.pdf")
    assert [finding.rule for finding in rendered.checked.findings].count("unknown-rule") == 1


# --- positions ------------------------------------------------------------------------------

MARK = "\u200b"

PLACES = {
    "after bold": ("[[event]]\nbody = '''\n**加粗**，文@字\n'''\n", 6, 9),
    "inside bold": ("[[event]]\nbody = '''\n甲**加@粗**\n'''\n", 6, 5),
    "after a link": ("[[event]]\nbody = '''\n[文字](https://a.cn/b)，@完\n'''\n", 6, 22),
    "in a link's words": ("[[event]]\nbody = '''\n见[文@字](https://a.cn)\n'''\n", 6, 4),
    "in a table's cell": ("[[event]]\nbody = '''\n| 甲 | 乙 |\n| --- | --- |\n| 一 | 二@ |\n'''\n", 8, 8),
    "in a list's entry": ("[[event]]\nbody = '''\n- 一\n- 二**三**@\n'''\n", 7, 9),
    "in a subheading": ("[[event]]\nbody = '''\n一\n\n### 二@\n'''\n", 8, 6),
    "in a wrapped line": ("[[event]]\nbody = '''\n一二三\n四@五\n'''\n", 7, 2),
    "after an indent": ("[[event]]\nbody = '''\n　　一二@\n'''\n", 6, 5),
    "in a basic string": ('[[event]]\nbody = """\n一\\"二@\n"""\n', 6, 5),
    "in a one-line body": ('[[event]]\nbody = "一\\n\\n二@"\n', 5, 15),
    "in a title": ('[[news]]\nsource = "某"\nbody = "某"\ntitle = "标@题"\n', 7, 11),
    "in an array of pictures": (
        '[[event]]\nbody = "某"\nimages = [\n  { file = "images/a.png", caption = "图@" },\n]\n', 7, 40),
    "in an inline table": ('tip = { term = "词@", body = "某" }\n[issue]\n', None, None),
    "in the label": ('label = "7—8月@合刊"\n', 4, 14),
    "after a mark outside the plane": ("[[event]]\nbody = '''\n𠀀𠀀@\n'''\n", 6, 3),
}


@pytest.mark.parametrize(("text", "line", "column"), PLACES.values(), ids=list(PLACES))
def test_a_position_is_exact(tmp_path: Path, text: str, line: int | None, column: int | None) -> None:
    whole = HEAD + text.replace("@", MARK)
    if line is None:  # a table before [issue]
        whole = text.replace("@", MARK).replace("[issue]\n", HEAD)
        line, column = 1, 18
    finding = only(checked(tmp_path, whole), "invisible-character")
    span = finding.span
    assert (span.line, span.column, span.end_line, span.end_column) == (line, column, line, (column or 0) + 1)
    assert covered(tmp_path, span) == MARK


def test_positions_past_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    text = "\ufeff" + (HEAD + "[[event]]\nbody = '''\n一\n**二**@\n'''\n").replace("\n", "\r\n").replace("@", MARK)
    span = only(checked(tmp_path, text), "invisible-character").span
    assert (span.line, span.column) == (7, 6)


def test_positions_in_members_and_publication(tmp_path: Path) -> None:
    write(tmp_path, {
        "members.toml": f'[甲]\nname = "甲"\n["a-b"]\nname = "乙"\nintro = \'\'\'\n一\n**二**三{MARK}\n\'\'\'\n'
                        f'[other]\nname = "不在这一期{MARK}"\n'.replace("[甲]", "[jia]"),
        "publication.toml": f'[publication]\nname = "月{MARK}刊"\norganiser = "测试协会"\n'})
    result = checked(tmp_path, HEAD + '[[member]]\nref = "a-b"\n')
    assert [(finding.span.file, finding.span.line, finding.span.column) for finding in result.findings] == [
        ("members.toml", 7, 7), ("publication.toml", 2, 10)]


def test_a_member_listed_twice_is_judged_once(tmp_path: Path) -> None:
    write(tmp_path, {"members.toml": f'[jia]\nname = "甲{MARK}"\n'})
    assert len(checked(tmp_path, HEAD + '[[member]]\nref = "jia"\n[[member]]\nref = "jia"\n').findings) == 1


@pytest.mark.parametrize(("report", "word"), [
    ('ito = [9, 2.5]\nbpo = [ 8 ,  2.5 ]', "2.5"),
    ('ito = { value = 9, growth = 2.5 }\nbpo = { growth = 2.50, value = 8 }', "2.50"),
    ('ito = [9, 2.5]\nmarkets = [\n  ["日本", 3, -1.5],\n  ["欧盟", 2, 2.5],  # 尾注\n]', "2.5"),
])
def test_positions_of_figures(tmp_path: Path, report: str, word: str) -> None:
    text = f'{HEAD}[report]\nperiod = "2022-06"\n[report.executed]\n{report}\n'
    span = only(checked(tmp_path, text), "identical-growth").span
    assert covered(tmp_path, span) == word
    # The second of the two.
    assert span.line == text[: text.rindex(word)].count("\n") + 1


def test_every_string_that_is_set_is_searched_for_missing_glyphs(tmp_path: Path) -> None:
    write(tmp_path, {
        "publication.toml": '[publication]\nname = "甲🎉"\norganiser = "乙"\nwebsite = "a🎊.cn"\n'
                            '[sections]\ntitles = { event = "动态🎈" }\n[report]\nregion = "某市🎁"\n'})
    result = checked(tmp_path, HEAD + '[report]\nperiod = "2022-06"\n[report.executed]\n'
                     'markets = [["日本🎀", 1]]\n[[event]]\nbody = "正文🎂"\n'
                     '[[member]]\nname = "丙"\nwebsite = "https://🎃.cn"\n')
    assert {covered(tmp_path, finding.span) for finding in by_rule(result.findings, "missing-glyph")} == set(
        "🎉🎊🎈🎁🎀🎂🎃")


# --- comparable reports ---------------------------------------------------------------------


@pytest.mark.parametrize(("period", "found"), [
    ("2022-05", True),
    ("2022-06", False),          # the same time
    ("2022-07", False),          # a later one
    ("2021-12", False),          # another year
    ("2022-05/month", False),    # a month alone
])
def test_only_comparable_reports_are_compared(tmp_path: Path, period: str, found: bool) -> None:
    head = HEAD.replace("08-26", "07-12").replace("number = 8", "number = 7")
    write(tmp_path, {"2022-07/issue.toml": f'{head}[report]\nperiod = "{period}"\n[report.executed]\ntotal = 100\n'})
    result = checked(tmp_path, f'{HEAD}[report]\nperiod = "2022-06"\n[report.executed]\ntotal = 90\n')
    assert bool(by_rule(result.findings, "cumulative-falls")) is found


def test_a_period_after_the_date_is_one_finding(tmp_path: Path) -> None:
    head = HEAD.replace("08-26", "07-12").replace("= 8", "= 7")
    write(tmp_path, {"2022-07/issue.toml": f'{head}[report]\nperiod = "2022-05"\n[report.executed]\ntotal = 100\n'
                                           "ito = 9\n"})
    later = f'{HEAD}[report]\nperiod = "%s"\n[report.executed]\ntotal = 20\n'
    assert {found.rule for found in checked(tmp_path, later % "2022-06").findings} == {
        "cumulative-falls", "missing-figure"}
    assert [found.rule for found in checked(tmp_path, later % "2022-12").findings] == ["period-after-date"]


def test_a_single_month_is_compared_with_nothing(tmp_path: Path) -> None:
    head = HEAD.replace("08-26", "07-12").replace("= 8", "= 7")
    write(tmp_path, {"2022-07/issue.toml": f'{head}[report]\nperiod = "2022-05"\n[report.executed]\ntotal = 100\n'})
    (found,) = checked(tmp_path, f'{HEAD}[report]\nperiod = "2022-06/month"\n[report.executed]\nito = 9\n').findings
    assert found.rule == "period-does-not-follow"  # nothing is said of the figures


def test_a_broken_earlier_issue_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {
        "2022-06/issue.toml": HEAD.replace("08-26", "06-12")
        + '[report]\nperiod = "2022-04"\n[report.executed]\ntotal = 100\n',
        "2022-07/issue.toml": "date = 2022-07-12\n[[["})
    result = checked(tmp_path, f'{HEAD}[report]\nperiod = "2022-06"\n[report.executed]\ntotal = 90\n')
    assert "2022-06" in only(result, "cumulative-falls").message


# --- the samples ----------------------------------------------------------------------------


def sample(tmp_path: Path, *, waived: bool) -> tuple[Path, Checked]:
    root = samples(tmp_path / "issues")
    path = root / "2022-08" / "issue.toml"
    text = path.read_text("utf-8")
    if not waived:
        path.write_text(text[: text.index("\n[allow]")] + "\n", "utf-8")
    return tmp_path, check(Workspace(root, TODAY, tmp_path), path)


def test_the_sample_keeps_what_nobody_can_explain_yet(tmp_path: Path) -> None:
    assert rules(sample(tmp_path, waived=True)[1]) == ["base-drifts"]


def test_what_the_sample_waives(tmp_path: Path) -> None:
    root, result = sample(tmp_path, waived=False)
    (same,) = by_rule(result.findings, "identical-growth")
    assert covered(root, same.span) == "-20.08"
    lines = (root / same.span.file).read_text("utf-8").split("\n")
    assert '["荷兰", 24192, -20.08]' in lines[same.span.line - 1]
    assert "荷兰" in same.message
    assert "“一带一路”" in same.message
    assert same.severity is WARNING
    (overlap,) = by_rule(result.findings, "overlapping-items")
    assert covered(root, overlap.span) == '"荷兰"'
    assert overlap.span.line == same.span.line
    assert len(rules(result)) > 10  # told one by one in test_data_rules


# --- what reading finds ---------------------------------------------------------------------

NEWS = '[[news]]\ntitle = "甲"\nsource = "某"\nbody = "乙"\n'

INPUT: dict[str, tuple[str, str, str | None]] = {
    "toml-syntax": (HEAD + NEWS.replace('title = "甲"', 'title ＝ "甲"'), "＝", "="),
    "duplicate-key": (HEAD + NEWS + 'title = "丙"\n', "title", None),
    "unknown-key": (HEAD + NEWS.replace("title", "titel"), "titel", "title"),
    "missing-key": (HEAD + NEWS.replace('body = "乙"\n', ""), "[[news]]", None),
    "wrong-type": (HEAD.replace("2022-08-26", '"2022-08-26"'), '"2022-08-26"', "2022-08-26"),
    "wrong-value": (HEAD + '[report]\nperiod = "2022-13"\n', '"2022-13"', None),
}


@pytest.mark.parametrize("rule", INPUT)
def test_a_fault_of_the_input_is_placed(tmp_path: Path, rule: str) -> None:
    text, word, suggestion = INPUT[rule]
    result = checked(tmp_path, text)
    assert not result.readable
    finding = by_rule(result.findings, rule)[0]
    assert finding.severity is ERROR
    assert covered(tmp_path, finding.span).startswith(word)
    assert finding.suggestion == suggestion


def test_the_encoding_is_a_finding_too(tmp_path: Path) -> None:
    workspace = write(tmp_path, {"2022-08/issue.toml": ""})
    path = tmp_path / "2022-08" / "issue.toml"
    path.write_bytes((HEAD + NEWS.replace("甲", "大连市数字贸易协会")).encode("gbk"))
    (finding,) = check(workspace, path).findings
    assert (finding.rule, finding.severity, finding.span.line, finding.span.column) == ("encoding", ERROR, 5, 10)
    assert "press convert 2022-08/issue.toml" in finding.message


@pytest.mark.parametrize(("name", "text", "rule", "word"), [
    ("publication.toml", '[publication]\nname = "甲"\norganizer = "乙"\n', "unknown-key", "organizer"),
    ("publication.toml", '[publication]\nname = "甲"\norganiser = "乙"\ntheme = "clasic"\n', "wrong-value", '"clasic"'),
    ("publication.toml", '[publication]\nname = "甲"\norganiser = "乙"\n[report]\ndefinition = "outsourcing"\n',
     "wrong-value", '"outsourcing"'),
    ("publication.toml", '[publication]\nname = “甲”\norganiser = "乙"\n', "toml-syntax", "“"),
    ("members.toml", '[jia]\nname = 1\n', "wrong-type", "1"),
])
def test_faults_of_the_other_files_stand_in_them(tmp_path: Path, name: str, text: str, rule: str, word: str) -> None:
    write(tmp_path, {"members.toml": '[jia]\nname = "丙"\n', name: text})
    result = checked(tmp_path, HEAD + '[report]\nperiod = "2022-06"\n[report.executed]\ntotal = 1\n'
                     '[[member]]\nref = "jia"\n')
    finding = by_rule(result.findings, rule)[0]
    assert finding.span.file == name
    assert covered(tmp_path, finding.span) == word
    assert not result.readable


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = HEAD + NEWS.replace("title", "titel") + NEWS.replace('"某"', "1") + '[report]\nperiod = "x"\n'
    found: list[Any] = rules(checked(tmp_path, text))
    assert found == ["unknown-key", "wrong-type", "wrong-value"]
