"""One fault, one finding: which of several rules is heard, and which characters it then marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspaces import HEAD, PUBLICATION_TEXT, checked, covered, write

from bulletin_press.checks.engine import entries
from bulletin_press.checks.precedence import standings, surest
from bulletin_press.checks.rule import Family
from bulletin_press.ground.diagnostics import Finding, Severity, Span


def finding(rule: str, first: int, end: int, suggestion: str | None = None, *, severity: str = "warning",
            line: int = 1, last: int = 0, file: str = "a.toml") -> Finding:
    span = Span(file, line, first, last or line, end)
    return Finding(rule, Severity(severity), "", span, suggestion, "字" * max(end - first, 0))


def heard(*several: Finding) -> list[str]:
    return sorted(one.rule for one in surest(several))


def told(root: Path, body: str, *, allow: str = "", rules: str = "") -> list[tuple[str, str, str | None]]:
    """What is told of a body: the rule, what it marks, what it suggests."""
    write(root, {"publication.toml": PUBLICATION_TEXT + rules})
    text = f"{HEAD}[[event]]\nbody = \"{body}\"\n{allow}"
    return [(one.rule, covered(root, one.span), one.suggestion)
            for one in checked(root, text, only={Family.COPY, Family.ISSUE}).findings]


def test_every_name_is_a_rules() -> None:
    assert set(standings()) <= set(entries())


def test_the_surer_is_heard_where_they_meet() -> None:
    one, other = finding("confusable-word", 5, 8), finding("wrong-character", 7, 9)
    assert heard(one, other) == heard(other, one) == ["confusable-word"]
    # Beside each other, on other lines or in other files they tell of two things.
    assert len(heard(one, finding("wrong-character", 8, 9))) == 2
    assert len(heard(one, finding("wrong-character", 7, 9, line=2))) == 2
    assert len(heard(one, finding("wrong-character", 7, 9, file="b.toml"))) == 2


def test_who_was_not_heard_silences_nobody() -> None:
    several = finding("confusable-word", 1, 4), finding("lost-character", 3, 8), finding("wrong-character", 7, 8)
    assert heard(*several) == ["confusable-word", "wrong-character"]


def test_rules_of_different_faults_are_all_heard() -> None:
    assert len(heard(*(finding(rule, 1, 4) for rule in ("confusable-word", "doubled-mark", "stray-space")))) == 3
    # They are in rows, and in no row together.
    assert len(heard(finding("attendance", 1, 4), finding("missing-unit", 1, 4))) == 2


def test_what_is_graded_higher_is_heard_first() -> None:
    assert heard(finding("confusable-word", 5, 8, severity="info"), finding("wrong-character", 7, 9)) == [
        "wrong-character"]


def test_of_one_rule_what_says_more_is_heard() -> None:
    several = finding("treaty-name", 1, 8), finding("treaty-name", 2, 7, "CPTPP")
    assert [one.suggestion for one in surest(several)] == ["CPTPP"]
    assert [one.span.end_column for one in surest((finding("screen-call", 3, 6), finding("screen-call", 1, 5)))] == [5]


def test_findings_over_several_lines_meet_what_stands_on_any() -> None:
    wide = finding("draft-remnant", 9, 2, line=1, last=3)
    assert heard(wide, finding("unfinished", 1, 3, line=2)) == ["draft-remnant"]
    assert heard(wide, finding("unfinished", 1, 2, line=3)) == ["draft-remnant"]
    assert len(heard(wide, finding("unfinished", 2, 3, line=3), finding("unfinished", 1, 9, line=1))) == 3


def test_what_only_meets_is_heard_where_a_row_asks_for_what_lies_within() -> None:
    assert heard(finding("confusable-word", 1, 5), finding("doubled-word", 3, 5)) == ["confusable-word"]
    # 进一步精减了了: the doubling is another fault than the word that it begins in.
    assert len(heard(finding("confusable-word", 1, 5), finding("doubled-word", 4, 6))) == 2
    # A note of which a part is a placeholder is one more thing to take out.
    assert len(heard(finding("draft-remnant", 4, 6), finding("unfinished", 1, 15))) == 2


def test_one_rules_own_are_told_once_only_where_it_says_a_thing_twice() -> None:
    assert heard(finding("screen-call", 1, 6), finding("screen-call", 3, 8)) == ["screen-call"]
    # 上午15:75 is no time, and not in the morning.
    assert len(heard(finding("impossible-time", 1, 6), finding("impossible-time", 1, 4))) == 2


def test_what_was_kept_silences_nothing_surer() -> None:
    graded = finding("wrong-character", 5, 6, severity="error")
    several = graded, finding("confusable-word", 4, 6), finding("lost-character", 5, 8)
    assert [one.rule for one in surest(several)] == ["wrong-character"]
    # lost-character is silent before the surer confusable-word.
    assert [one.rule for one in surest(several, lambda one: one is graded)] == ["wrong-character", "confusable-word"]


@pytest.mark.parametrize(("body", "found"), [
    ("协会召开运价坐谈会，15家企业的负责人到会发言。", [("confusable-word", "坐", "座")]),
    ("协会将一如继往地支持企业。", [("confusable-word", "继", "既")]),
    ("业主的合法权力得到了更好的保障。", [("confusable-word", "力", "利")]),
    ("在国家发展与改革委员会指导下开展工作。", [("organ-name", "与", "和")]),
    ("大家竟竟业业，完成了任务。", [("confusable-word", "竟竟", "兢兢")]),
    ("会议应到代表120人，实到108人，请假22人。", [("attendance", "22人", None)]),
    ("我国是《区域全面经济伙伴关系协定》（RCPE）成员。", [("treaty-name", "RCPE", "RCEP")]),
    ("企业要把预算压缩到必需在在限额以内。", [("confusable-word", "需", "须"), ("doubled-word", "在在", "在")]),
    ("出现延误的原因是涉及到多个部门引起的。", [("mixed-construction", "原因是涉及到多个部门引起的", None),
                                             ("redundant-words", "涉及到", "涉及")]),
    ("第一、要坚持创新。第二、要守住底线。", [("enumeration-comma-misuse", "、", "，")] * 2),
])
def test_a_fault_is_told_once(tmp_path: Path, body: str, found: list[tuple[str, str, str | None]]) -> None:
    assert told(tmp_path, body) == found


def test_a_reason_once_given_is_enough(tmp_path: Path) -> None:
    allow = '[allow]\nconfusable-word = { "坐谈会" = "馆名如此" }\n'
    assert told(tmp_path, "协会召开运价坐谈会，15家企业的负责人到会发言。", allow=allow) == []


@pytest.mark.parametrize("words", ["坐谈会", "召开运价坐", "坐谈", "坐"])
def test_a_word_or_what_is_shown_of_it_may_be_named(tmp_path: Path, words: str) -> None:
    allow = f'[allow]\nconfusable-word = {{ "{words}" = "馆名如此" }}\n'
    assert told(tmp_path, "协会召开运价坐谈会，15家企业的负责人到会发言。", allow=allow) == []


def test_what_is_off_silences_nobody(tmp_path: Path) -> None:
    rules = '[rules]\nconfusable-word = "off"\n'
    (one, *_) = told(tmp_path, "协会召开运价坐谈会，15家企业的负责人到会发言。", rules=rules)
    assert one[0] == "homophone-in-context" and one[1] == "坐"


@pytest.mark.parametrize(("typed", "meant", "narrowed"), [
    ("千篇一率", "千篇一律", ("率", "律", 4, 5)),
    ("不与受理", "不予受理", ("与", "予", 2, 3)),
    ("管理登记条例", "登记管理条例", ("管理登记条例", "登记管理条例", 1, 7)),  # most of it differs
    ("形式", "刑事", ("形式", "刑事", 1, 3)),
    ("登陆", "登", ("登陆", "登", 1, 3)),      # characters of words that are not as long cannot be told from each other
    ("登陆", "登陆", ("登陆", "登陆", 1, 3)),
    ("登陆", None, ("登陆", None, 1, 3)),
])
def test_only_the_characters_that_differ_are_marked(typed: str, meant: str | None,
                                                    narrowed: tuple[str, str | None, int, int]) -> None:
    one = Finding("x", Severity.WARNING, "", Span("a.toml", 1, 1, 1, 1 + len(typed)), meant, typed).narrowed()
    assert (one.marked, one.suggestion, one.span.column, one.span.end_column) == narrowed


def test_with_marks_of_bold_in_between_the_whole_is_marked() -> None:
    one = Finding("x", Severity.WARNING, "", Span("a.toml", 1, 1, 1, 9), "千篇一律", "千篇一率")
    assert one.narrowed() == one
