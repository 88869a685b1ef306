"""What a check keeps in the publication's folder for the next one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from workspaces import HEAD, PUBLICATION_TEXT

from bulletin_press.checks import kept_findings
from bulletin_press.checks.copy import wrong_character
from bulletin_press.checks.rule import Family
from bulletin_press.ground.diagnostics import Finding
from bulletin_press.ground.kept import Kept
from bulletin_press.pipeline import check
from bulletin_press.publication.shelf import FOLDER, shelf
from bulletin_press.publication.workspace import Workspace

BODY = '[[event]]\nbody = "推动高制量发展取得新成效。"\n'


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "2022-08").mkdir()
    (tmp_path / "publication.toml").write_text(PUBLICATION_TEXT, "utf-8")
    (tmp_path / "2022-08" / "issue.toml").write_text(f"{HEAD}\n{BODY}", "utf-8")
    monkeypatch.setattr(wrong_character, "_FOUND", Kept(1, lambda _: 2))
    monkeypatch.setattr(kept_findings, "_FOUND", Kept(1, lambda _: 2))
    return tmp_path


def found(root: Path, keeps: bool = True) -> list[Finding]:
    workspace = Workspace(root, date(2022, 8, 26), root, keeps=keeps)
    checked = check(workspace, workspace.issue_path("2022-08"), only=[Family.COPY])
    return [one for one in checked.findings if one.rule == "wrong-character"]


def test_the_second_check_asks_no_model(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = found(root)
    assert [one.marked for one in first] == ["制"]
    assert sorted(path.name for path in (root / FOLDER).iterdir()) == [
        ".gitignore", "copy.json", "found.json", "wrong-character.json"]
    monkeypatch.setattr(wrong_character, "wrong_characters", lambda: pytest.fail("the model was asked"))
    assert found(root) == first
    (root / FOLDER / "found.json").unlink()
    assert found(root) == first


def test_nothing_is_written_where_nothing_is_kept(root: Path) -> None:
    assert found(root, keeps=False)
    assert not (root / FOLDER).exists()


@pytest.mark.parametrize("spoil", [
    lambda path: path.write_text("{", "utf-8"),
    lambda path: path.write_text("[]", "utf-8"),
    lambda path: path.write_text(path.read_text("utf-8").replace('"制"', "1").replace('"质"', "[7]"), "utf-8"),
    lambda path: path.write_text(path.read_text("utf-8").replace("[[", "[[-9,"), "utf-8"),
])
def test_a_spoilt_file_is_no_matter(root: Path, spoil) -> None:
    first = found(root)
    (root / FOLDER / "found.json").unlink()
    spoil(root / FOLDER / "wrong-character.json")
    assert found(root) == first


def test_a_folder_that_cannot_be_written(root: Path) -> None:
    (root / FOLDER).write_text("a file where the folder should be", "utf-8")
    assert len(found(root)) == 1


def test_a_link_out_of_the_folder_is_not_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (root / FOLDER).symlink_to(elsewhere)
    assert len(found(root)) == 1
    assert not list(elsewhere.iterdir())


def test_another_stamp_forgets(tmp_path: Path) -> None:
    with shelf(tmp_path, "a", "1") as held:
        held.keep("key", [1])
    with shelf(tmp_path, "a", "1") as held:
        assert held.known("key") == [1]
    with shelf(tmp_path, "a", "2") as held:
        assert held.known("key") is None
