"""A passage that did not change is not read again by the rules of copy; what is kept is the same as what is found."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from workspaces import HEAD, write

from bulletin_press.checks import kept_findings, kept_marks
from bulletin_press.checks.engine import review
from bulletin_press.checks.rule import Copy, Family
from bulletin_press.edition import open_edition
from bulletin_press.ground.diagnostics import Finding
from bulletin_press.ground.kept import Kept
from bulletin_press.issue.reading import read_issue

BODY = "企业企业数量增长了5%%，，比上年多。\n\n服务外包、软件、软件和贸易都有增长。\n\n无事。"


def found(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[tuple[Finding, ...], int]:
    """What a check of another process finds, and how many passages one rule read anew."""
    typed = f"{HEAD}[[news]]\ntitle = '某事'\nsource = '某报'\ndate = 2022-08-20\nbody = '''\n{BODY}\n'''\n"
    workspace = replace(write(root, {"2022-08/issue.toml": typed}), keeps=True)
    nothing: Kept[Copy, kept_marks.Marks] = Kept(1_000_000, lambda marks: 1 + len(marks))
    monkeypatch.setattr(kept_marks, "_FOUND", nothing)
    # What was found in the whole issue is another matter.
    monkeypatch.setattr(kept_findings, "_FOUND", Kept(1, lambda found: 2))
    (root / ".press/found.json").unlink(missing_ok=True)
    read: list[Copy] = []
    checked = kept_marks._checked
    monkeypatch.setattr(kept_marks, "_checked", lambda rule, copy: (read.append(copy), checked(rule, copy))[1])
    issue = read_issue(workspace, root / "2022-08/issue.toml")
    every = review(issue, open_edition(issue), [Family.COPY])
    monkeypatch.setattr(kept_marks, "_checked", checked)
    return every, len({copy.text for copy in read})


def test_what_was_kept_is_what_was_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, read = found(tmp_path, monkeypatch)
    assert {"doubled-word", "listed-twice"} <= {one.rule for one in first} and read > 3
    assert found(tmp_path, monkeypatch) == (first, 0)


@pytest.mark.parametrize("value", [
    None, 5, [], {"doubled-word": 5}, {"doubled-word": [[0, 900, "x", None, None, False]]},
    {"doubled-word": [[3, 1, "x", None, None, False]]}, {"doubled-word": [[0, 1, 7, None, None, False]]},
    {"doubled-word": [[0, 1, "x", 7, None, False]]}, {"doubled-word": [[0, 1, "x", None, "loud", False]]},
    {"doubled-word": [[0, 1, "x", None, None, 3]]}, {"doubled-word": [["0", "1", "x", None, None, False]]},
])
def test_what_somebody_wrote_there_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                   value: object) -> None:
    first, read = found(tmp_path, monkeypatch)
    path = tmp_path / ".press/copy.json"
    held = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**held, "values": dict.fromkeys(held["values"], value)}), "utf-8")
    assert found(tmp_path, monkeypatch) == (first, read)


def test_other_rules_forget_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, read = found(tmp_path, monkeypatch)
    monkeypatch.setattr(kept_marks, "release_stamp", lambda: "other")
    assert found(tmp_path, monkeypatch) == (first, read)
