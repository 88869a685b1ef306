"""Compiled patterns that are kept find what fresh ones find, and a file that is broken changes nothing."""

from __future__ import annotations

import marshal
import re
from pathlib import Path

import pytest

from bulletin_press.language.compiled import CompiledPatterns
from bulletin_press.language.script import HAN

PATTERNS = [(rf"(?P<head>[{HAN}]{{2}})的(?P<tail>地|得)?", 0), (r"(a)|(?P<b>b)\2?", re.I), (r"^第(\d+)条$", re.M),
            (r"(?<=、)[^，。]{1,8}?等(?!等)", 0)]
TEXT = "扎实的推进\n第12条\n苹果、梨、桃等。AbB"


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_what_is_kept_finds_the_same(pattern: str, flags: int, tmp_path: Path) -> None:
    path = tmp_path / "made" / "here.patterns"
    first = CompiledPatterns(path, grows=False)
    first.compile(pattern, flags)
    assert not path.exists()
    first.write()
    kept = CompiledPatterns(path, grows=False)
    again, fresh = kept.compile(pattern, flags), re.compile(pattern, flags)
    assert [match.regs for match in again.finditer(TEXT)] == [match.regs for match in fresh.finditer(TEXT)]
    assert again.pattern == fresh.pattern and again.groupindex == fresh.groupindex and again.flags == fresh.flags
    # It was taken from the file: nothing is left to write.
    path.unlink()
    kept.write()
    assert not path.exists()


def test_two_processes_add_to_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a.patterns"
    one, other = (CompiledPatterns(path, grows=False) for _ in range(2))
    one.compile("甲+")
    other.compile("乙+")
    one.write()
    other.write()
    assert len(marshal.loads(path.read_bytes())[1]) == 2
    assert [left.name for left in tmp_path.iterdir()] == ["a.patterns"]


@pytest.mark.parametrize("data", [b"", b"not marshal", marshal.dumps((("other",), {})), marshal.dumps(7)])
def test_a_broken_file_is_none(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.patterns"
    path.write_bytes(data)
    assert CompiledPatterns(path, grows=False).compile("甲+").findall("甲甲") == ["甲甲"]


def test_broken_code_is_compiled_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.patterns"
    first = CompiledPatterns(path, grows=False)
    first.compile("甲+")
    first.write()
    stamp, known = marshal.loads(path.read_bytes())
    known["甲+", 0] = (b"\xff\xff\xff\x7f" * 4, *known["甲+", 0][1:])
    path.write_bytes(marshal.dumps((stamp, known)))
    assert CompiledPatterns(path, grows=False).compile("甲+").findall("甲甲") == ["甲甲"]


def test_where_nobody_may_write_patterns_are_compiled(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    patterns = CompiledPatterns(tmp_path / "file" / "a.patterns", grows=False)
    assert patterns.compile("甲+").findall("甲甲") == ["甲甲"]
    patterns.write()
    assert CompiledPatterns(None).compile("甲+").findall("甲甲") == ["甲甲"]
