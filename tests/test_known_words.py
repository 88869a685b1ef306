"""The list of words that are right: found by halving, each of them and no other."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from bulletin_press.ground.diagnostics import EnvironmentFault
from bulletin_press.ground.resources import spelling_folder
from bulletin_press.language.known_words import KnownWords, known_words


@pytest.mark.parametrize("words", [["甲乙"], ["一一", "丁丁", "中文"],
                                   sorted({chr(0x4e00 + 37 * k) + "𠮷" for k in range(99)})])
def test_every_word_is_found_and_no_other(words: list[str], tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_text("\n".join(words), "utf-8")
    known = KnownWords(path)
    assert all(word in known for word in words)
    assert not any(other in known for word in words for other in (word[:1], word + "子", "子" + word, "", "\n"))


def test_what_stands_in_a_word_is_covered(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_text("支农\n迷途知返", "utf-8")
    known = KnownWords(path)
    assert known.covers("为了支农", 3, 4) and known.covers("能够迷途知返，", 4, 5)
    assert not known.covers("为了支持", 3, 4) and not known.covers("迷途知道", 3, 4)


def test_a_list_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        KnownWords(tmp_path / "none")


def test_the_list_is_the_one_of_the_manifest() -> None:
    told = json.loads((spelling_folder() / "manifest.json").read_text("utf-8"))["files"]
    for name, file in told.items():
        data = (spelling_folder() / name).read_bytes()
        assert (len(data), sha256(data).hexdigest()) == (file["bytes"], file["sha256"])
    assert "支农" in known_words() and "高制量" not in known_words()
