"""Waivers by words: what they name, what they do not, and what is said of those that miss."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspaces import HEAD, PUBLICATION_TEXT, by_rule, checked, covered, write

from bulletin_press.ground.diagnostics import Finding, Severity
from bulletin_press.pipeline import Checked

MARK = "\u200b"


def left(result: Checked, rule: str = "invisible-character") -> list[tuple[int, int]]:
    """Line and column of what a rule still finds."""
    return [(finding.span.line, finding.span.column) for finding in by_rule(result.findings, rule)]


def body(text: str, words: str, rule: str = "invisible-character") -> str:
    return f"{HEAD}[[event]]\nbody = '''\n{text}\n'''\n[allow]\n{rule} = {{ '{words}' = \"人名如此\" }}\n"


@pytest.mark.parametrize(("words", "found"), [
    (f"甲{MARK}乙", []),
    (f"甲{MARK}", []),              # ends where the mark does
    (f"{MARK}乙", []),              # begins where it does
    ("甲", [(6, 2)]),               # before it
    ("乙，丙", [(6, 2)]),           # behind it
    (f"丁{MARK}乙", [(6, 2)]),      # stands nowhere
    (f"乙，丙乙，丙甲{MARK}", []),
])
def test_words_hold_what_is_marked(tmp_path: Path, words: str, found: list[tuple[int, int]]) -> None:
    text = f"甲{MARK}乙，丙" if "丙甲" not in words else f"乙，丙{words}，丁"
    assert left(checked(tmp_path, body(text, words))) == found


def test_words_that_stand_several_times_on_a_line_waive_each(tmp_path: Path) -> None:
    again = f"甲{MARK}乙，"
    assert left(checked(tmp_path, body(again * 3 + f"丙{MARK}丁", f"甲{MARK}乙"))) == [(6, 14)]


def test_words_of_another_line_waive_nothing_here(tmp_path: Path) -> None:
    result = checked(tmp_path, body(f"丙{MARK}丁\n\n甲乙{MARK}", f"甲乙{MARK}"))
    assert left(result) == [(6, 2)]


def test_the_words_of_what_runs_over_several_lines_are_those_of_its_first(tmp_path: Path) -> None:
    text = HEAD + '[[news]]\ntitle = """\\\n甲乙丙丁戊己庚辛壬癸"""\nbody = "正文"\n[allow]\n'
    for words, found in (('"""', 0), ('title = """\\', 1)):
        result = checked(tmp_path, f"{text}no-source = {{ '{words}' = \"自撰\" }}\n")
        assert len(left(result, "no-source")) == found


def test_blank_words_waive_nothing(tmp_path: Path) -> None:
    text = HEAD + '[[news]]\ntitle = "甲 乙"\nbody = "正文"\n[allow]\n'
    result = checked(tmp_path, text + "no-source = { ' ' = \"自撰\" }\n")
    assert left(result, "no-source") == [(5, 9)]
    assert len(by_rule(result.findings, "unused-waiver")) == 1


def test_words_waive_what_stands_in_publication_and_members(tmp_path: Path) -> None:
    write(tmp_path, {
        "members.toml": f'[jia]\nname = "甲{MARK}"\n',
        "publication.toml": f'[publication]\nname = "月{MARK}刊"\norganiser = "测试协会"\n'})
    text = HEAD + '[[member]]\nref = "jia"\n'
    assert [finding.span.file for finding in checked(tmp_path, text).findings] == ["members.toml", "publication.toml"]
    for words, file in ((f"月{MARK}刊", "members.toml"), (f"甲{MARK}", "publication.toml")):
        allow = f"[allow]\ninvisible-character = {{ '{words}' = \"商号如此\" }}\n"
        assert [finding.span.file for finding in checked(tmp_path, text + allow).findings] == [file]


# --- what is said ---------------------------------------------------------------------------

TITLE = HEAD + '[[news]]\ntitle = "甲"\nbody = "正文"\n'


def told(result: Checked, rule: str) -> list[Finding]:
    return by_rule(result.findings, rule)


def test_an_unused_waiver_is_named_as_it_was_typed(tmp_path: Path) -> None:
    result = checked(tmp_path, TITLE + '[allow]\nidentical-growth = "已核对"\n'
                     'no-source = { "甲" = "自撰", "丙" = "无" }\n')
    first, second = told(result, "unused-waiver")
    assert first.message == "[allow] 里的 identical-growth 没有用上，可以删去"
    assert second.message == "[allow] 里的 no-source “丙” 没有用上，可以删去"
    assert (first.marked, second.marked) == ("identical-growth", '"丙"')
    assert first.severity is second.severity is Severity.INFO
    assert first.suggestion is second.suggestion is None


@pytest.mark.parametrize("name", ["identical-grow", "missing-glyph", "toml-syntax"])
def test_what_waives_nothing_is_not_called_unused_as_well(tmp_path: Path, name: str) -> None:
    result = checked(tmp_path, f'{TITLE}[allow]\n{name} = "不要紧"\nno-source = "自撰"\nidentical-growth = "已核对"\n')
    assert [covered(tmp_path, finding.span) for finding in told(result, "unknown-rule")] == [name]
    assert [covered(tmp_path, finding.span) for finding in told(result, "unused-waiver")] == ["identical-growth"]


def test_a_used_waiver_is_not_called_unused(tmp_path: Path) -> None:
    for allow in ('no-source = "自撰"', 'no-source = { "甲" = "自撰" }'):
        assert checked(tmp_path, f"{TITLE}[allow]\n{allow}\n").findings == ()


def test_a_rule_that_is_off_still_knows_its_name(tmp_path: Path) -> None:
    write(tmp_path, {"publication.toml": PUBLICATION_TEXT + '[rules]\nno-source = "off"\n'})
    assert checked(tmp_path, TITLE).findings == ()


def test_what_is_said_of_names_that_are_no_rules(tmp_path: Path) -> None:
    write(tmp_path, {"publication.toml": PUBLICATION_TEXT + '[rules]\nmissing-glyph = "off"\nno-sourse = "off"\n'})
    result = checked(tmp_path, f'{TITLE}[allow]\nzzzzzz = "已核对"\nno-source = "自撰"\nmissing-glyph = "不要紧"\n')
    assert [(finding.message, finding.suggestion, finding.marked) for finding in told(result, "unknown-rule")] == [
        ("没有“zzzzzz”这条规则。press explain 列出全部规则", None, "zzzzzz"),
        ("missing-glyph 不能用 [allow] 放过：请改正它指的地方，删去这一行", None, "missing-glyph"),
        ("missing-glyph 不能在 [rules] 里改级，请删去这一行", None, "missing-glyph"),
        ("没有“no-sourse”这条规则，是不是 no-source？", "no-source", "no-sourse"),
    ]


def test_a_name_far_from_right_is_still_guessed(tmp_path: Path) -> None:
    result = checked(tmp_path, f'{TITLE}[allow]\nno-soupy = "已核对"\n')
    assert [finding.suggestion for finding in told(result, "unknown-rule")] == ["no-source"]
