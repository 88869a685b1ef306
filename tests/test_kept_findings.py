"""An issue that did not change is not read again by the rules of copy; a change of whatever they read is noticed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from workspaces import HEAD, TODAY, write

from bulletin_press.checks import engine, kept_findings
from bulletin_press.checks.rule import Family, Rule
from bulletin_press.edition import open_edition
from bulletin_press.ground.diagnostics import Finding
from bulletin_press.ground.kept import Kept
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace

BODY = "企业企业数量增长了5%%，，比上年多。\n\n甲乙丙丁的两岸三地的贸易往来，接入了截止2022年6月底的数据。"
ISSUE = f"{HEAD}[[news]]\ntitle = '某事'\nsource = '某报'\ndate = 2022-08-20\nbody = '''\n{BODY}\n'''\n"


def findings(root: Path, monkeypatch: pytest.MonkeyPatch, keeps: bool = True) -> tuple[tuple[Finding, ...], int]:
    """What a check of another process finds, and how many rules were asked."""
    monkeypatch.setattr(kept_findings, "_FOUND", Kept(1, lambda found: 2))
    asked: list[Rule] = []  # type: ignore[type-arg]
    in_copies, in_issue = engine._in_copies, engine._in_issue
    monkeypatch.setattr(engine, "_in_copies", lambda rule, review: (asked.append(rule), in_copies(rule, review))[1])
    monkeypatch.setattr(engine, "_in_issue", lambda *known: (asked.append(known[0]), in_issue(*known))[1])
    issue = read_issue(Workspace(root, TODAY, root, keeps=keeps), root / "2022-08/issue.toml")
    found = engine.review(issue, open_edition(issue), [Family.COPY])
    monkeypatch.setattr(engine, "_in_copies", in_copies)
    monkeypatch.setattr(engine, "_in_issue", in_issue)
    return found, len(asked)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, {"2022-07/issue.toml": ISSUE.replace("2022-08", "2022-07"), "2022-08/issue.toml": ISSUE})
    return tmp_path


def test_what_was_kept_is_what_was_found(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, asked = findings(root, monkeypatch)
    assert {"doubled-word", "forbidden-term", "repeated-item"} <= {one.rule for one in first} and asked > 50
    again, asked = findings(root, monkeypatch)
    assert (again, asked) == (first, 0)
    assert [(one.marked, one.fixable) for one in again] == [(one.marked, one.fixable) for one in first]


def added(path: str, text: str) -> Callable[[Path], None]:
    def add(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        known = (root / path).read_text("utf-8") if (root / path).exists() else ""
        (root / path).write_text(known + text, "utf-8")
    return add


@pytest.mark.parametrize("change", [
    added("templates/checks/forbidden.toml", '[words]\n"甲乙丙丁" = "戊己"\n'),
    added("templates/facts/organs.toml", '[wrong]\n"甲乙丙丁" = "戊己"\n'),
    added("publication.toml", '[terms]\n"甲乙丙丁" = "戊己"\n'),
    added("2022-07/issue.toml", f"[[event]]\nbody = '''\n{'甲乙丙丁要知道的是这件事情' * 3}。\n'''\n"),
    added("2022-08/issue.toml", "[[event]]\nbody = '''\n甲甲甲乙乙乙。\n'''\n"),
    added("members.toml", '[a]\nname = "甲乙丙丁有限公司"\n'),
], ids=["list", "table", "terms", "earlier", "issue", "members"])
def test_whatever_rules_read_is_noticed(root: Path, monkeypatch: pytest.MonkeyPatch,
                                        change: Callable[[Path], None]) -> None:
    _, every = findings(root, monkeypatch)
    assert findings(root, monkeypatch)[1] == 0
    change(root)
    found, asked = findings(root, monkeypatch)
    assert asked == every
    assert found == findings(root, monkeypatch, keeps=False)[0]


def test_another_release_forgets(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, every = findings(root, monkeypatch)
    monkeypatch.setattr(kept_findings, "release_stamp", lambda: "other")
    assert findings(root, monkeypatch)[1] == every


@pytest.mark.parametrize("spoilt", [
    None, 5, [], ["", {}], {"a": 1}, ["KEY", 7], ["KEY", {"doubled-word": 5}], ["KEY", {"doubled-word": [[]]}],
    ["KEY", {"doubled-word": [["loud", "x", "2022-08/issue.toml", 1, 1, 1, 2, None, "", False]]}],
    ["KEY", {"doubled-word": [["error", "x", "/etc/passwd", 1, 1, 1, 2, None, "", False]]}],
    ["KEY", {"doubled-word": [["error", 7, "FILE", 1, 1, 1, 2, None, "", False]]}],
    ["KEY", {"doubled-word": [["error", "x", "FILE", 0, 1, 1, 2, None, "", False]]}],
    ["KEY", {"doubled-word": [["error", "x", "FILE", 2, 1, 1, 2, None, "", False]]}],
    ["KEY", {"doubled-word": [["error", "x", "FILE", 1, 1, 1, 2, 7, "", False]]}],
    ["KEY", {"doubled-word": [["error", "x", "FILE", 1, 1, 1, 2, None, "", 3]]}],
])
def test_what_somebody_wrote_there_is_not_believed(root: Path, monkeypatch: pytest.MonkeyPatch,
                                                   spoilt: object) -> None:
    first, every = findings(root, monkeypatch)
    path = root / ".press/found.json"
    held = json.loads(path.read_text("utf-8"))
    key = held["values"]["2022-08"][0]
    text = json.dumps({**held, "values": {"2022-08": spoilt}}).replace("KEY", key).replace("FILE", first[0].span.file)
    path.write_text(text, "utf-8")
    assert findings(root, monkeypatch) == (first, every)
