"""A choice of wordings taken apart finds what it finds as a whole, wherever it is looked for."""

from __future__ import annotations

import re

import pytest
from test_presence import PATTERNS, RULES, texts

from bulletin_press.checks.engine import PlacedRule
from bulletin_press.checks.rule import Copy
from bulletin_press.language.presence import Presence
from bulletin_press.language.script import lazy, ways_of
from bulletin_press.language.ways import in_turn
from bulletin_press.language.ways import ways_of as parted

PRESENCE = Presence(texts())


def told(match: re.Match[str]) -> tuple[object, ...]:
    return match.span(), match.lastgroup, match.groupdict()


@pytest.mark.parametrize(("pattern", "ways"), [
    ("甲|乙", ["(?:甲)", "(?:乙)"]), ("甲", []), ("(?:甲|乙)丙", []), ("(甲)|乙", []),
    ("[|]甲|[^]|]乙", ["(?:[|]甲)", "(?:[^]|]乙)"]),
    (r"\|甲|\(乙", [r"(?:\|甲)", r"(?:\(乙)"]), (r"[\]|]甲|乙", [r"(?:[\]|]甲)", "(?:乙)"]),
    ("(?P<a>甲)|乙", ["(?:(?P<a>甲))", "(?:乙)(?:(?!)(?P<a>))?"]), ("(?P<a>甲)|乙(?P=a)", []), ("(?i)甲|乙", []),
])
def test_ways(pattern: str, ways: list[str]) -> None:
    whole = re.compile(pattern.replace("(?P=a)", ""))
    assert list(parted(pattern, whole.groups, list(whole.groupindex))) == ways


@pytest.mark.parametrize(("pattern", "text"), [
    ("甲乙|乙丙|甲", "甲乙丙乙丙甲"), ("(?P<a>甲)丙|甲(?P<b>[乙丙])|(?<=甲)乙", "甲丙甲乙甲甲乙"),
    ("(?<![甲])乙|甲{2}|^甲", "甲甲甲乙乙甲乙"),
])
def test_the_first_that_begins_is_found(pattern: str, text: str) -> None:
    ways = ways_of(lazy(pattern))
    assert len(ways) > 1
    assert [told(one) for one in in_turn(ways, text)] == [told(one) for one in re.finditer(pattern, text)]


def test_every_pattern_finds_in_its_ways_what_it_finds_whole() -> None:
    """Of each text alone those ways are tried that it may hold."""
    several = 0
    for name, pattern in PATTERNS.items():
        several += len(ways_of(pattern)) > 1
        known = PRESENCE.may_hold(pattern)
        for number, text in enumerate(texts()):
            whole = [told(one) for one in pattern.finditer(text)]
            if known.figures:
                assert known.figures[number] == "1" or not whole, (name, text)
            elif all(start < end for (start, end), *_ in whole):
                assert [told(one) for one in in_turn(known.ways.get(number, ()), text)] == whole, (name, text)
    assert several > 100


@pytest.mark.parametrize("entry", RULES, ids=[entry.rule.name for entry in RULES])
def test_a_rule_marks_the_same_in_a_review(entry: PlacedRule) -> None:
    read = set(entry.rule.read_in(PRESENCE))
    for number, text in enumerate(texts()):
        alone, held = Copy(text), Copy(text)
        held.held_by(PRESENCE, number)
        marks = list(entry.rule.check(alone))
        assert marks == (list(entry.rule.check(held)) if number in read else []), text
        held.held_by(None)
        assert list(entry.rule.check(held)) == marks


def test_what_stands_twice_is_told_of_many_texts_at_once() -> None:
    several = ["甲甲", "甲乙甲乙", "甲乙，甲乙", "甲乙丙丁戊己，甲乙丙丁戊己。", "甲乙甲",
               "\U00020000甲\U00020000乙", "甲乙丙", "丙丁", "甲乙丙丁戊己甲乙丙丁戊己"]
    assert Presence(several).echoing == [0, 1, 2, 3, 8]
    assert Presence(["甲乙丙", "丙丁", ""]).echoing == Presence([]).echoing == []
