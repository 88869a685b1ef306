"""Faults planted before the rules were written: how many are found, and that their right twins are left alone."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from typed import typed
from workspaces import HEAD, checked

from bulletin_press.checks.rule import Family
from bulletin_press.ground.diagnostics import Finding, Severity

DATA = Path(__file__).parent / "data"
# The share of each set that is found at least.
SETS = {"marks": 0.90, "speech": 0.93, "interview": 0.90, "minutes": 0.84, "seminar": 0.72, "bulletin": 0.82,
        "reports": 0.78, "figures": 0.96, "reckoning": 0.86, "grammar": 0.82, "trades": 0.96, "papers": 0.94,
        "wares": 0.82, "accounts": 0.83, "harbours": 0.84, "chambers": 0.79, "sums": 0.74, "materials": 0.94,
        "machines": 0.95, "services": 0.84, "crafts": 0.80, "guards": 0.81, "roads": 0.80,
        "ships": 0.92, "cellars": 0.94, "kitchens": 0.82}
FAULTS = {name: tomllib.loads((DATA / f"planted-{name}.toml").read_text("utf-8"))["fault"] for name in SETS}


def loud(root: Path, faults: list[dict[str, str]], which: str) -> list[list[Finding]]:
    """The errors and warnings of each fault's text, or of its twin: all in one issue, each in a body of its own."""
    text, first = HEAD, list[int]()
    for fault in faults:
        first.append(text.count("\n") + 1)
        title = f"title = {typed(fault['title'])}\n" if "title" in fault else ""
        text += f"[[event]]\n{title}body = {typed(fault[which])}\n"
    found: list[list[Finding]] = [[] for _ in faults]
    for finding in checked(root, text, only={Family.COPY, Family.DATA, Family.ISSUE}).findings:
        if finding.severity is not Severity.INFO and finding.rule != "repeated-item":
            found[max(n for n, line in enumerate(first) if line <= finding.span.line)].append(finding)
    return found


@pytest.mark.parametrize("name", SETS)
def test_most_are_found_and_no_right_twin_is_told(name: str, tmp_path: Path) -> None:
    faults = FAULTS[name]
    wrong, right = loud(tmp_path / "wrong", faults, "wrong"), loud(tmp_path / "right", faults, "right")
    told = [({finding.rule for finding in one} - {finding.rule for finding in twin}, fault["wrong"])
            for fault, one, twin in zip(faults, wrong, right, strict=True)]
    assert name != "marks" or [fault["right"] for fault, one in zip(faults, right, strict=True) if one] == []
    missed = [text for rules, text in told if not rules]
    assert len(missed) <= (1 - SETS[name]) * len(faults), missed


def test_every_kind_has_its_faults() -> None:
    for faults in FAULTS.values():
        assert len(faults) >= 60
        assert min(Counter(fault["kind"] for fault in faults).values()) >= 1
        assert all(fault["wrong"] != fault["right"] for fault in faults)


@pytest.mark.parametrize("of", ["", "-materials", "-machines", "-services", "-crafts", "-guards", "-roads",
                                "-ships", "-cellars", "-kitchens"])
def test_right_prose_is_left_alone(of: str, tmp_path: Path) -> None:
    """Prose of some kinds that others wrote: no more than .3 warnings in 1,000 characters."""
    texts = (DATA / f"right-prose{of}.txt").read_text("utf-8").splitlines()
    told = [finding for one in loud(tmp_path, [{"right": text} for text in texts], "right") for finding in one]
    assert len(told) <= 0.3 * sum(map(len, texts)) / 1000, [(one.rule, one.message) for one in told]
