"""An issue's file on the desk: merged, refused, kept, undone, shared; never broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_desk_splicing import an_edit, issues, read
from workspaces import HEAD, PUBLICATION_TEXT, TODAY

from bulletin_press.desk.server.found import kept
from bulletin_press.desk.store import (
    Conflict,
    Delete,
    Insert,
    IssueFile,
    Move,
    Saved,
    Set,
    Unsaved,
    Unwritable,
)
from bulletin_press.desk.store.edits import Misplaced
from bulletin_press.desk.store.findings import fix, keep
from bulletin_press.desk.store.history import History
from bulletin_press.desk.store.laid import version_of
from bulletin_press.desk.store.merging import merged
from bulletin_press.ground.diagnostics import InputFault, PressError
from bulletin_press.pipeline import check
from bulletin_press.publication.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = (ROOT / "issues/2022-08/issue.toml").read_bytes()
TERM, NUMBER = ("tip", "term"), ("issue", "number")


class Clock:
    """A clock that stands until it is moved on."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


Opened = Callable[..., IssueFile]


@pytest.fixture
def opened(tmp_path: Path, clock: Clock) -> Opened:
    """What opens the sample issue, in a workspace of its own."""
    path = tmp_path / "2022-08" / "issue.toml"
    path.parent.mkdir()
    path.write_bytes(SAMPLE)
    (tmp_path / "publication.toml").write_text(PUBLICATION_TEXT, encoding="utf-8")
    return lambda who="甲": IssueFile(path, who, clock=clock)


# --- saving -----------------------------------------------------------------------------------


def test_a_save_says_what_and_where(opened: Opened) -> None:
    file = opened()
    base = file.version
    saved = file.save([Set(TERM, "新词")], base)
    assert saved == Saved(version_of(file.path.read_bytes()), False, (), TERM, "改")
    assert file.path.read_bytes() == SAMPLE.replace("离岸服务外包\"    #".encode(), "新词\"    #".encode())
    assert file.text == file.path.read_text(encoding="utf-8")
    assert file.values()["tip"]["term"] == "新词"


def test_nothing_changed_is_nothing_written(opened: Opened) -> None:
    file = opened()
    before = file.path.stat()
    assert not file.save([Set(NUMBER, 8)]).changed
    assert file.path.stat().st_mtime_ns == before.st_mtime_ns and file.path.stat().st_ino == before.st_ino


def test_all_or_nothing(opened: Opened) -> None:
    file = opened()
    with pytest.raises(Misplaced):
        file.save([Set(NUMBER, 9), Delete("news", 99)])
    with pytest.raises(InputFault, match="控制字符"):
        file.save([Set(NUMBER, 9), Set(TERM, "\x01")])
    assert file.path.read_bytes() == SAMPLE


def test_a_file_without_a_publication_has_its_history_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("[tip]\nterm = '甲'\n", encoding="utf-8")
    IssueFile(path).save([Set(TERM, "乙")])
    assert len(IssueFile(path).history()) == 2
    assert (tmp_path / ".press/.gitignore").read_text(encoding="utf-8").endswith("*\n")


# --- changed outside --------------------------------------------------------------------------


def test_others_changes_are_merged(opened: Opened) -> None:
    one, two = opened("甲"), opened("乙")
    base = one.version
    two.save([Insert("news", 0, {"title": "插在前面", "body": "文\n"}), Set(NUMBER, 9)], base)
    saved = one.save([Set(("news", 0, "title"), "改了"), Set(TERM, "词")], base)
    assert saved.merged and not saved.conflicts
    assert saved.place == ("news", 1, "title")
    values = one.values()
    assert [item["title"] for item in values["news"]][:2] == ["插在前面", "改了"]
    assert values["issue"]["number"] == 9 and values["tip"]["term"] == "词"


def test_the_same_value_is_a_conflict_and_nothing_is_lost(opened: Opened) -> None:
    one, two = opened("甲"), opened("乙")
    base = one.version
    two.save([Set(TERM, "乙的")], base)
    saved = one.save([Set(TERM, "甲的"), Set(NUMBER, 9)], base)
    assert saved.conflicts == (Conflict(TERM, "离岸服务外包", "甲的", "乙的"),)
    assert saved.conflicts[0].texts == ("甲的", "乙的")
    assert one.values()["tip"]["term"] == "乙的" and one.values()["issue"]["number"] == 9
    assert saved.kept and "甲的" in one.read_kept(saved.kept)
    assert next(kept for kept in one.history() if kept.id == saved.kept).kind == "unplaced"


def test_another_program_counts_as_others(opened: Opened) -> None:
    file = opened()
    base = file.version
    file.path.write_bytes(SAMPLE.replace(b"number = 8", b"number = 7"))
    saved = file.save([Set(TERM, "词")], base)
    assert saved.merged and read(file.path.read_bytes())["issue"]["number"] == 7
    assert any(kept.kind == "outside" and "number = 7" in file.read_kept(kept.id) for kept in file.history())


def test_the_same_edit_twice_is_none(opened: Opened) -> None:
    file = opened()
    base = file.version
    file.save([Set(TERM, "词")], base)
    saved = file.save([Set(TERM, "词")], base)
    assert not saved.changed and not saved.conflicts


def test_a_base_that_nobody_knows_overwrites_nothing(opened: Opened) -> None:
    file = opened()
    saved = file.save([Set(TERM, "词")], "0" * 32)
    assert saved.conflicts and not saved.changed and file.path.read_bytes() == SAMPLE


@pytest.mark.parametrize("broken", [b"[tip\nterm = ", "刊物".encode("gbk") * 20, b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_not_overwritten(opened: Opened, broken: bytes) -> None:
    file = opened()
    base = file.version
    file.path.write_bytes(broken)
    with pytest.raises(InputFault):
        file.values()
    with pytest.raises(Unsaved, match="没有覆盖") as raised:
        file.save([Set(TERM, "我的话")], base)
    assert file.path.read_bytes() == broken
    assert raised.value.kept and "我的话" in file.read_kept(raised.value.kept)


def test_a_file_that_is_gone_comes_back_from_the_history(opened: Opened) -> None:
    file = opened()
    base = file.version
    file.path.unlink()
    with pytest.raises(Unsaved, match="不在了") as raised:
        file.save([Set(TERM, "我的话")], base)
    assert not file.path.exists() and raised.value.kept


def test_what_keeps_it_from_being_read_is_mended(opened: Opened) -> None:
    file = opened()
    file.path.write_bytes(SAMPLE.replace(b"number = 8", "number ＝ 8".encode()))
    with pytest.raises(InputFault):
        file.values()
    assert file.mend().changed and file.path.read_bytes() == SAMPLE
    file.undo()
    assert "＝" in file.path.read_text(encoding="utf-8")


BASE: dict[str, Any] = {"news": [{"title": "一", "body": "甲" * 9}, {"title": "二", "body": "乙" * 9},
                                 {"title": "三", "body": "丙" * 9}]}


@pytest.mark.parametrize(("theirs", "edit", "wanted"), [
    ([1, 0, 2], Set(("news", 0, "title"), "改"), [Set(("news", 1, "title"), "改")]),
    ([1, 2], Set(("news", 0, "title"), "改"), None),
    ([1, 2], Delete("news", 0), []),
    ([2, 1, 0], Delete("news", 0), [Delete(("news",), 2)]),
    ([1, 2], Insert("news", 2, {"title": "新"}), [Insert(("news",), 1, {"title": "新"})]),
    ([1, 2], Insert("news", 0, {"title": "新"}), [Insert(("news",), 0, {"title": "新"})]),
    ([2, 0, 1], Move("news", 0, 1), [Move(("news",), 1, 2)]),
    ([0, 1], Move("news", 2, 0), None),
])
def test_items_are_known_again_where_they_went(theirs: list[int], edit: Any, wanted: list[Any] | None) -> None:
    found = merged(BASE, {"news": [BASE["news"][at] for at in theirs]}, [edit])
    assert list(found.edits) == (wanted or []) and bool(found.conflicts) == (wanted is None)


def test_an_item_that_others_changed_is_not_deleted() -> None:
    changed = {"news": [{**BASE["news"][0], "body": "改过"}, *BASE["news"][1:]]}
    assert merged(BASE, changed, [Delete("news", 0)]).conflicts[0].path == ("news", 0)


# --- undoing ----------------------------------------------------------------------------------


@settings(max_examples=12)
@given(data=st.data())
def test_undoing_all_gives_the_very_bytes(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("undo") / "issue.toml"
    path.write_bytes(before := data.draw(issues()))
    clock = Clock()
    states = [before]
    for _ in range(data.draw(st.integers(1, 5))):
        clock.now += 10
        IssueFile(path, clock=clock).save([data.draw(st.composite(an_edit)(read(path.read_bytes())))])
        states += [path.read_bytes()] if path.read_bytes() != states[-1] else []
    for state in reversed(states[:-1]):
        assert IssueFile(path, clock=clock).undo().changed  # each time as after a restart
        assert path.read_bytes() == state
    file = IssueFile(path, clock=clock)
    assert not file.undo().changed
    for state in states[1:]:
        file.redo()
        assert path.read_bytes() == state
    assert not file.redo().changed


def test_typing_in_one_place_is_one_step(opened: Opened, clock: Clock) -> None:
    file = opened()
    for text in ("新", "新词", "新词条"):
        file.save([Set(TERM, text)])
        clock.now += 1
    file.save([Set(("tip", "body"), "文")])
    clock.now += 60
    file.save([Set(("tip", "body"), "文字")])
    for wanted in ("文", None, "离岸服务外包"):
        undone = file.undo()
        assert undone.what == "撤销：改"
        if wanted:
            assert wanted in (file.values()["tip"]["body"], file.values()["tip"]["term"])
    assert file.path.read_bytes() == SAMPLE
    assert file.redo().place == TERM and file.values()["tip"]["term"] == "新词条"


def test_undoing_leaves_what_others_did(opened: Opened) -> None:
    file = opened()
    file.save([Delete("news", 1)])
    file.path.write_bytes(file.path.read_bytes().replace(b"number = 8", b"number = 7"))
    undone = file.undo()
    assert undone.changed and undone.merged
    assert file.values() == {**read(SAMPLE), "issue": {**read(SAMPLE)["issue"], "number": 7}}


def test_a_step_that_never_reached_the_file_is_dropped(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    file = opened()
    file.save([Set(NUMBER, 9)])
    nine = file.path.read_bytes()

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("bulletin_press.desk.store.file.write", killed)
        with pytest.raises(KeyboardInterrupt):
            opened().save([Set(NUMBER, 10)])
        with pytest.raises(KeyboardInterrupt):
            opened().undo()
    assert file.path.read_bytes() == nine
    opened().undo()
    assert file.path.read_bytes() == SAMPLE


def test_a_torn_journal_is_read_as_far_as_it_goes(opened: Opened, clock: Clock) -> None:
    file = opened()
    file.save([Set(NUMBER, 9)])
    journal = next((file.root / ".press").rglob("undo.jsonl"))
    with journal.open("ab") as stream:
        stream.write(b'{"do":"step","step":{"bef')
    clock.now += 60
    opened().save([Set(NUMBER, 10)])
    opened().undo()
    opened().undo()
    assert file.path.read_bytes() == SAMPLE


# --- the history ------------------------------------------------------------------------------


def test_every_save_is_kept_and_can_be_brought_back(opened: Opened, clock: Clock) -> None:
    file = opened("张三")
    for number in (9, 10, 11):
        file.save([Set(NUMBER, number)])
        clock.now += 60
    kept = file.history()
    assert [f"number = {number}" in file.read_kept(one.id) for one, number in zip(kept, (11, 10, 9, 8), strict=True)] \
        == [True] * 4
    assert (kept[0].who, kept[0].what, kept[0].place) == ("张三", "改", NUMBER)
    assert file.restore(kept[-1].id).changed and file.path.read_bytes() == SAMPLE
    file.undo()
    assert file.values()["issue"]["number"] == 11


@pytest.mark.parametrize("name", [
    "../../issue.toml", "", "nothing.gz", "20200101T000000000000Z-saved-" + "0" * 32 + ".gz"])
def test_only_what_is_kept_can_be_read(opened: Opened, name: str) -> None:
    with pytest.raises(PressError, match="历史里没有"):
        opened().read_kept(name)


def test_a_damaged_entry_is_told(opened: Opened) -> None:
    file = opened()
    file.save([Set(NUMBER, 9)])
    path = next((file.root / ".press").rglob("*-saved-*.gz"))
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(PressError, match=r"读不出来|坏了"):
        file.restore(path.name)
    assert len(file.history()) == 2


def test_the_history_is_thinned_by_age_and_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = History(tmp_path / "h", tmp_path)
    monkeypatch.setattr("bulletin_press.desk.store.history.fill", lambda handle, data: os.write(handle, data))
    monkeypatch.setattr("bulletin_press.desk.store.history.sync_folder", lambda folder: None)
    now = 1_700_000_000.0 // 86400 * 86400
    for ages in (range(10, 3600, 100), range(3700, 7300, 20), range(90000, 260000, 1200), [400 * 86400]):
        for age in ages:
            history.keep(str(age).encode(), now - age, "saved", {})
    history.keep(b"theirs", now - 7201, "outside", {})
    history.thin(now)
    ages = [now - one.when.timestamp() for one in history.entries()]
    assert sum(age <= 3600 for age in ages) == 36
    assert 60 <= sum(3600 < age < 7400 for age in ages) <= 63
    assert 48 <= sum(80000 < age < 300000 for age in ages) <= 49
    assert max(ages) < 300 * 86400
    assert any(one.kind == "outside" for one in history.entries())
    monkeypatch.setattr("bulletin_press.desk.store.history.MOST", 500)
    history.thin(now)
    assert 5 < len(history.entries()) < 20 and history.entries()[0].when.timestamp() == now - 10


# --- where nothing can be written -------------------------------------------------------------


@pytest.mark.parametrize("which", [".", "issue.toml"])
def test_read_only_is_readable_and_says_so(opened: Opened, which: str) -> None:
    file = opened()
    target = file.path.parent / which
    mode = target.stat().st_mode
    target.chmod(mode & ~0o222)
    try:
        assert file.values()["issue"]["number"] == 8 and file.others() == ()
        with pytest.raises(Unwritable, match="只读"):
            file.save([Set(NUMBER, 9)])
        with pytest.raises(Unwritable):
            file.undo()
    finally:
        target.chmod(mode)
    assert file.path.read_bytes() == SAMPLE


def test_a_full_disk_is_told_and_leaves_the_file(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    file = opened()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bulletin_press.ground.output.fill", full)
    with pytest.raises(Unwritable, match="磁盘满了"):
        file.save([Set(NUMBER, 9)])
    assert file.path.read_bytes() == SAMPLE


def test_without_a_place_for_the_history_it_saves_all_the_same(opened: Opened) -> None:
    file = opened()
    (file.root / ".press").write_text("in the way")
    assert file.save([Set(NUMBER, 9)]).changed
    assert file.history() == () and file.others() == ()
    assert file.undo().changed and file.path.read_bytes() == SAMPLE


def test_no_link_is_followed_out_of_the_publication(opened: Opened, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = opened()
    outside = tmp_path_factory.mktemp("outside") / "other.toml"
    outside.write_bytes(SAMPLE)
    file.path.unlink()
    file.path.symlink_to(outside)
    with pytest.raises(Unwritable, match="链接"):
        file.save([Set(NUMBER, 9)])
    assert outside.read_bytes() == SAMPLE


# --- several at once --------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from bulletin_press.desk.store import IssueFile, Set
file = IssueFile(Path(sys.argv[1]), sys.argv[2])
for number in range(15):
    saved = file.save([Set(("allow", f"{sys.argv[2]}-{number}"), "理由")], file.version)
    assert not saved.conflicts
"""


def test_two_processes_lose_nothing_of_each_other(opened: Opened) -> None:
    file = opened()
    both = [subprocess.Popen([sys.executable, "-c", WRITER, str(file.path), name], cwd=ROOT) for name in "ab"]
    assert [one.wait(60) for one in both] == [0, 0]
    allowed = file.values()["allow"]
    assert all(f"{name}-{number}" in allowed for name in "ab" for number in range(15))
    assert not [path for path in file.path.parent.iterdir() if path.name != "issue.toml"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the proof forks")
def test_ten_kills_while_typing_break_nothing() -> None:
    proof = ROOT / "tests/proofs/desk_kills.py"
    done = subprocess.run([sys.executable, str(proof), "--kills", "10"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "wrong 0" in done.stdout


def test_others_are_seen_while_they_live(opened: Opened) -> None:
    one, two = opened("张三"), opened("李四")
    two.here(("news", 0))
    assert [(other.who, other.place) for other in one.others()] == [("李四", ("news", 0))]
    assert [other.who for other in two.others()] == ["张三"]
    sign = two._presence.path
    old = sign.stat().st_mtime - 60
    os.utime(sign, (old, old))
    assert one.others() == ()
    two.here()
    assert len(one.others()) == 1
    sign.write_text(json.dumps({**json.loads(sign.read_text(encoding="utf-8")), "pid": 2**22 + 1}), encoding="utf-8")
    assert one.others() == ()  # its process is dead
    sign.write_text("{half", encoding="utf-8")
    assert one.others() == ()
    two.close()
    assert not sign.exists()


# --- findings ---------------------------------------------------------------------------------


def test_findings_are_mended_and_kept(opened: Opened) -> None:
    file = opened()
    body = "协会举办座谈会;会员单位参加,共30人。\n"
    file.path.write_text(HEAD + "[[event]]\nbody = '''\n'''\n", encoding="utf-8")
    file.save([Set(("event", 0, "body"), body)])
    findings = check(Workspace(file.root, TODAY, file.root), file.path).findings
    laid = file.read()
    marks = [one for one in findings if one.fixable]
    assert len(marks) == 2
    saved = file.save(fix(laid, marks[:1]), laid.version)
    assert saved.place == ("event", 0, "body")
    assert file.values()["event"][0]["body"] in (body.replace(";", "；"), body.replace(",", "，"))
    left = [one for one in check(Workspace(file.root, TODAY, file.root), file.path).findings if one.fixable]
    edit = keep(file.read().table, left[0], "照原文")
    file.save([edit])
    assert len(edit.path) == 3
    assert left[0] not in check(Workspace(file.root, TODAY, file.root), file.path).findings
    with pytest.raises(InputFault, match="理由"):
        keep(file.read().table, left[0], " 好 ")
    assert keep(file.read().table, left[0], "照原文", all_of_rule=True).path == ("allow", left[0].rule)


@pytest.mark.parametrize(("body", "words"), [
    ("大家共同努力。业主的合法权力得到了更好的保障。", "合法权力"),
    ("会员入座后，协会召开运价坐谈会。观众坐满会场。", "坐谈会"),
    ("在国家发展与改革委员会指导下，会员与企业开展工作。", "国家发展与改革委员会"),
])
def test_what_is_kept_is_the_word_and_not_the_character_that_is_shown(opened: Opened, body: str, words: str) -> None:
    file = opened()
    file.path.write_text(HEAD + f'[[event]]\nbody = "{body}"\n', encoding="utf-8")

    def found() -> list[str]:
        return [one.rule for one in check(Workspace(file.root, TODAY, file.root), file.path).findings]

    (finding,) = (one for one in check(Workspace(file.root, TODAY, file.root), file.path).findings if one.around)
    assert len(finding.marked) == 1
    before = found()
    kept(file, finding, "招牌如此")
    assert file.values()["allow"] == {finding.rule: {words: "招牌如此"}}
    assert sorted([*found(), finding.rule]) == sorted(before)  # nor is the reason told to be of no use


def test_figures_are_no_words_to_mend(opened: Opened) -> None:
    file = opened()
    figures = [one for one in check(Workspace(file.root, TODAY, file.root), file.path).findings if not one.fixable]
    with pytest.raises(Misplaced):
        fix(file.read(), figures)
    assert file.values()["report"]["executed"]["kpo"][0] == Decimal("3082.90")
