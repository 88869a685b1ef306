"""What the rules are given to read: every string that is set, as it is set, and where each is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspaces import HEAD, by_rule, checked, covered, write

from bulletin_press.checks.engine import PlacedRule, entries
from bulletin_press.checks.rule import Family
from bulletin_press.ground.diagnostics import Finding, Severity
from bulletin_press.pipeline import Checked

EVENT = HEAD + "[[event]]\nbody = '''\n%s\n'''\n"


def only(result: Checked, rule: str) -> Finding:
    (finding,) = by_rule(result.findings, rule)
    return finding


def missing(root: Path, text: str) -> list[str]:
    """The words that are marked for having no glyph."""
    return [covered(root, finding.span) for finding in by_rule(checked(root, text).findings, "missing-glyph")]


def test_rules_are_listed_by_name_with_family_and_module() -> None:
    found = entries()
    assert list(found) == sorted(found)
    entry: PlacedRule = found["no-source"]
    assert entry.family is Family.ISSUE
    assert entry.module.__name__ == "bulletin_press.checks.issue.no_source"
    assert set(entries(frozenset({Family.GLYPH}))) == {"missing-glyph", "radical-character"}


def test_findings_at_one_place_stand_by_rule(tmp_path: Path) -> None:
    result = checked(tmp_path, EVENT % "共有5 ％，即\u200b。")
    assert result.findings == tuple(sorted(result.findings, key=lambda finding: (finding.span, finding.rule)))


def test_a_finding_holds_the_words_that_it_marks(tmp_path: Path) -> None:
    title = HEAD + '[[news]]\ntitle = "甲🎉"\nbody = "正文\u200b"\n'
    found = {finding.rule: finding.marked for finding in checked(tmp_path, title).findings}
    assert found == {"no-source": '"甲🎉"', "missing-glyph": "🎉", "invisible-character": "\u200b"}


def test_only_suggestions_beyond_doubt_are_fixable(tmp_path: Path) -> None:
    write(tmp_path, {"2022-07/issue.toml": HEAD.replace("08-26", "07-26")})
    result = checked(tmp_path, EVENT % "甲\u200b乙，用“完。⼤连\n\n他说\"好")
    found = {finding.rule: (finding.suggestion, finding.fixable) for finding in result.findings}
    assert found["invisible-character"] == ("", True)
    assert found["radical-character"] == ("大", True)
    assert found["unbalanced-pair"] == (None, False)
    assert found["straight-quotes"] == (None, False)
    assert found["number-out-of-order"] == ("9", False)


def test_a_fix_of_a_rule_that_reads_the_issue_is_fixable(tmp_path: Path) -> None:
    finding = only(checked(tmp_path, EVENT % "中国--美国"), "dash-or-ellipsis-form")
    assert finding.suggestion and finding.fixable
    assert finding.marked == "--"


def test_figures_in_comments_are_placed_there(tmp_path: Path) -> None:
    figures = "# ito = [9, 2.5]\nbpo = [8, 1.5]\n# kpo = [7, 0.5]\n"
    text = f'{HEAD}[report]\nperiod = "2022-06"\n[report.executed]\n{figures}'
    found = by_rule(checked(tmp_path, text).findings, "commented-figure")
    assert [finding.span.line for finding in found] == [7, 9]
    assert ["ito" in covered(tmp_path, found[0].span), "kpo" in covered(tmp_path, found[1].span)] == [True, True]
    assert {finding.severity for finding in found} == {entries()["commented-figure"].rule.severity}


@pytest.mark.parametrize(("body", "found"), [
    ("一&#x1F389;二", ["&"]),                   # an entity is set as its character
    ("一&#20013;二", []),
    ("一<!-- 🎉 -->二", []),                     # read and not set
    ("**粗🎉**体", ["🎉"]),
    ("一二", []),
])
def test_glyphs_are_looked_for_as_they_are_set(tmp_path: Path, body: str, found: list[str]) -> None:
    assert missing(tmp_path, EVENT % body) == found


def test_a_title_is_set_as_it_is_typed(tmp_path: Path) -> None:
    assert missing(tmp_path, HEAD + '[[news]]\ntitle = "&#x1F389;甲"\nsource = "某"\nbody = "正文"\n') == []


def test_a_link_is_looked_at_where_marks_are_read(tmp_path: Path) -> None:
    link = "[网页](javascript:alert)"
    finding = only(checked(tmp_path, EVENT % f"见{link}"), "refused-link")
    assert finding.span.line == 6 and finding.marked in f"见{link}"
    assert finding.severity is Severity.WARNING
    title = HEAD + f'[[news]]\ntitle = "{link}"\nsource = "某"\nbody = "正文"\n'
    assert not by_rule(checked(tmp_path, title).findings, "refused-link")


def test_a_ranking_in_prose_is_judged_by_the_rule_of_rankings(tmp_path: Path) -> None:
    finding = only(checked(tmp_path, EVENT % "执行额前三位是日本、美国、德国、法国。"), "rank-out-of-order")
    assert finding.span.line == 6 and finding.marked == "前三位是日本、美国、德国、法国"


def test_glyphs_are_looked_for_in_what_is_no_prose(tmp_path: Path) -> None:
    write(tmp_path, {
        "publication.toml": '[publication]\nname = "刊"\norganiser = "协会"\nemail = "a🎊@b.cn"\nwebsite = "🎉.cn"\n'
                            '[sections.own.notice]\ntitle = "通知🎈"\nlike = "event"\n',
        "members.toml": '[jia]\nname = "甲"\nwebsite = "https://🎁.cn"\n[yi]\nname = "乙"\nwebsite = "https://🎀.cn"\n'})
    members = '[[member]]\nref = "jia"\n[[member]]\nref = "yi"\nwebsite = "https://🎂.cn"\n[[member]]\nname = "丙"\n'
    result = checked(tmp_path, HEAD + members)
    found = {(finding.span.file, covered(tmp_path, finding.span)) for finding in
             by_rule(result.findings, "missing-glyph")}
    assert found == {("publication.toml", "🎊"), ("publication.toml", "🎉"), ("publication.toml", "🎈"),
                     ("members.toml", "🎁"), ("2022-08/issue.toml", "🎂")}
