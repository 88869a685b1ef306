"""Faults planted before the rules were written: how many are found, and that their right twins are left alone."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

from typed import typed
from workspaces import HEAD, checked

from bulletin_press.checks.rule import Family
from bulletin_press.ground.diagnostics import Finding, Severity

FAULTS = tomllib.loads((Path(__file__).parent / "data" / "planted-marks.toml").read_text("utf-8"))["fault"]
SHARE = 0.90


def loud(root: Path, which: str) -> list[list[Finding]]:
    """The errors and warnings of each fault's text, or of its twin: all in one issue, each in a body of its own."""
    text, first = HEAD, list[int]()
    for fault in FAULTS:
        first.append(text.count("\n") + 1)
        text += f"[[event]]\nbody = {typed(fault[which])}\n"
    found: list[list[Finding]] = [[] for _ in FAULTS]
    for finding in checked(root, text, only={Family.COPY, Family.DATA}).findings:
        if finding.severity is not Severity.INFO and finding.rule != "repeated-item":
            found[max(n for n, line in enumerate(first) if line <= finding.span.line)].append(finding)
    return found


def test_most_are_found_and_no_right_twin_is_told(tmp_path: Path) -> None:
    wrong, right = loud(tmp_path / "wrong", "wrong"), loud(tmp_path / "right", "right")
    assert [fault["right"] for fault, told in zip(FAULTS, right, strict=True) if told] == []
    missed = [fault["wrong"] for fault, told in zip(FAULTS, wrong, strict=True) if not told]
    assert len(missed) <= (1 - SHARE) * len(FAULTS), missed


def test_every_kind_has_its_faults() -> None:
    assert len(FAULTS) >= 60
    assert min(Counter(fault["kind"] for fault in FAULTS).values()) >= 1
    assert all(fault["wrong"] != fault["right"] for fault in FAULTS)
