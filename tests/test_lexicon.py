"""Word lists: the publication's over ours, and words that count in some company only."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspaces import HEAD, by_rule, checked, covered, write

from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.ground.resources import templates_folder
from bulletin_press.publication.lexicon import Lexicon, Word, load_lexicon

BODY = HEAD + "[[event]]\nbody = '''\n{}\n'''\n"


def found(lexicon: Lexicon, text: str) -> list[str]:
    return [hit.text for hit in lexicon.find(text)]


def lists(root: Path, text: str, name: str = "forbidden") -> Lexicon:
    path = root / "checks" / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return load_lexicon(name, (root, templates_folder()))


def test_the_longest_word_wins() -> None:
    assert found(Lexicon({"残废": Word(), "残废人": Word()}), "残废人和残废") == ["残废人", "残废"]


def test_a_number_sign_is_a_number() -> None:
    lexicon = Lexicon({"仅需#元": Word(), "#折": Word(followed=("，",))})
    assert found(lexicon, "仅需9.9元，8.5折，3折叠") == ["仅需9.9元", "8.5折"]


def test_company() -> None:
    lexicon = Lexicon({"截止": Word(followed=("#", "目前")), "象": Word(preceded=("好", "#"), unless=("好象征",))})
    assert found(lexicon, "截止6月，截止目前，截止日期") == ["截止", "截止"]
    assert found(lexicon, "好象、2象、大象、好象征") == ["象", "象"]


def test_an_empty_list_finds_nothing() -> None:
    assert found(Lexicon({}), "任何文字") == []


@pytest.mark.parametrize("name", sorted(path.stem for path in (templates_folder() / "checks").glob("*.toml")
                                        if path.stem not in ("thresholds", "contexts", "lost")))
def test_our_lists_can_be_read_and_none_of_their_right_words_is_wrong(name: str) -> None:
    lexicon = load_lexicon(name, (templates_folder(),))
    assert lexicon.words
    for word in lexicon.words.values():
        assert not word.use or found(lexicon, word.use) == [], word.use
        for right in word.unless:
            assert not [hit for hit in lexicon.find(right) if hit.word is word], right


def test_a_publication_adds_changes_and_takes_away(tmp_path: Path) -> None:
    lexicon = lists(tmp_path, '[words]\n"老外" = "外宾"\n"瞎子" = false\n"满清" = { use = "清代" }\n')
    assert [(hit.text, hit.word.use) for hit in lexicon.find("老外、瞎子、满清、残废人")] == [
        ("老外", "外宾"), ("满清", "清代"), ("残废人", "残疾人")]


def test_a_publication_replaces_a_list(tmp_path: Path) -> None:
    assert found(lists(tmp_path, 'replaces = true\nwords = ["老外"]\n'), "老外、残废人") == ["老外"]


@pytest.mark.parametrize("text", [
    "words = 3", "[words]\n甲 = 1", '[words]\n"甲" = 1', '[words]\n" " = "乙"', "wrods = []",
    '[words]\n"甲" = { sue = "乙" }', "words = [1]"])
def test_a_list_that_is_wrong_says_where(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputFault) as told:
        lists(tmp_path, text)
    assert told.value.findings


def test_a_publications_list_is_read_by_the_check(tmp_path: Path) -> None:
    write(tmp_path, {"templates/checks/confusable.toml": '[words]\n"数据帐" = "数据账"\n"其它" = false\n'})
    result = checked(tmp_path, BODY.format("数据帐，其它，帐户"))
    found = by_rule(result.findings, "confusable-word")
    assert [covered(tmp_path, one.around or one.span) for one in found] == ["数据帐", "帐户"]


def test_a_wrong_list_is_a_finding_of_the_check(tmp_path: Path) -> None:
    write(tmp_path, {"templates/checks/confusable.toml": '[words]\n"甲" = 1\n'})
    (told, *_) = checked(tmp_path, BODY.format("正文")).findings
    assert told.span.file.endswith("templates/checks/confusable.toml")
    assert told.span.line == 2
