"""What a pattern needs, and begins with, is told from it: nothing that it finds is passed over."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bulletin_press.checks.engine import PlacedRule, entries
from bulletin_press.checks.rule import Copy
from bulletin_press.language import amounts
from bulletin_press.language.compiled import CompiledPatterns
from bulletin_press.language.presence import Presence
from bulletin_press.language.required import of_words
from bulletin_press.language.script import _Lazy, found_from, lazy, needs_of, spelled

ROOT = Path(__file__).parent
RULES = [entry for entry in entries().values() if entry.rule.subject is Copy]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


@cache
def texts() -> tuple[str, ...]:
    """All texts of the rules' cases, of the planted faults and of the sample issues, and edges."""
    files = [*ROOT.glob("cases/*/*.toml"), *ROOT.glob("data/*.toml"), *ROOT.parent.glob("issues/*/issue.toml")]
    found = [line for file in sorted(files) for text in strings(tomllib.loads(file.read_text("utf-8")))
             for line in text.split("\n") if line.strip()]
    return tuple(dict.fromkeys((*found, "", "１２％", "٣年", "\ufffc", "a" * 200)))


def patterns_of(modules: Iterator[ModuleType]) -> dict[str, re.Pattern[str]]:
    return {f"{module.__name__.rpartition('.')[2]}.{name}": value for module in modules
            for name, value in vars(module).items() if isinstance(value, _Lazy)}


PATTERNS = patterns_of(iter((amounts, *(entry.module for entry in entries().values()))))


def test_a_text_that_lacks_what_a_pattern_needs_has_no_match() -> None:
    presence = Presence(texts())
    told = 0
    for name, pattern in PATTERNS.items():
        held = set(presence.holding(needs_of(pattern)))
        told += len(held) < len(texts())
        for number, text in enumerate(texts()):
            assert number in held or not pattern.search(text), (name, text)
    assert told > len(PATTERNS) / 2


def test_first_characters_hide_nothing() -> None:
    whole = "\n".join(texts())[:60_000]
    for name, pattern in PATTERNS.items():
        plain = re.compile(*pattern._typed)  # type: ignore[attr-defined]
        assert [one.span() for one in pattern.finditer(whole)] == [one.span() for one in plain.finditer(whole)], name


@pytest.mark.parametrize("entry", RULES, ids=[entry.rule.name for entry in RULES])
def test_no_rule_marks_what_is_passed_over(entry: PlacedRule) -> None:
    held = set(Presence(texts()).holding(entry.rule.needed))
    for number, text in enumerate(texts()):
        for key in ("body", "title"):
            assert number in held or not list(entry.rule.check(Copy(text, key))), text


@pytest.mark.parametrize(("pattern", "need"), [
    ("再", ("再",)), (r"\d%", ("%", "0")), ("[3-7]年", ("年", "0")), ("a|b", ("ab",)),
    ("(?:甲乙|丙丁)+", ("丁乙", "丙甲")),
    ("(?:甲|)乙", ("乙",)), ("甲?", None), ("[^甲]", None), (".", None), ("(?i:a)", None), ("(?<!甲)乙", ("乙",)),
    ("(?<=甲)乙(?=丙)", ("丙", "乙", "甲")), (r"(甲)\1", ("甲",)), ("甲|.", None), ("\ufffc", None),
])
def test_what_patterns_need(pattern: str, need: tuple[str, ...] | None) -> None:
    found = CompiledPatterns(None).needs(pattern)
    assert set(found or ()) == set(need or ())


def test_flags_that_tell_letters_apart_are_heeded() -> None:
    assert CompiledPatterns(None).needs("abc", re.I) is None


def test_words_and_numbers() -> None:
    presence = Presence(["仅需9元", "仅需元", "甲乙", "乙", "１折"])
    assert presence.holding(of_words(["#元"])) == [0]
    assert presence.holding(of_words(["甲乙", "#折"])) == [2, 4]
    assert list(presence.holding(None)) == [0, 1, 2, 3, 4]
    assert presence.holding(("无",)) == []


def test_looking_where_something_may_begin_finds_the_same() -> None:
    begun, pattern = lazy("[国中]"), lazy("(?:国家|中国)[甲乙]{1,3}(?=局)|国")
    for text in ("中国家甲局国家乙乙局国", "中中国甲局", "", "国国家甲局"):
        assert [one.span() for one in found_from(begun, pattern, text)] == \
            [one.span() for one in re.compile("(?:国家|中国)[甲乙]{1,3}(?=局)|国").finditer(text)]


def test_words_are_spelled_by_neighbours() -> None:
    pairs = frozenset({"甲乙", "乙丙"})
    assert spelled("甲乙丙", pairs) and spelled("甲", pairs) and not spelled("甲丙", pairs)
