"""The copy rules read any text in linear time, and a whole issue in no time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from workspaces import HEAD, write

from bulletin_press.checks.engine import PlacedRule, entries
from bulletin_press.checks.rule import Copy, Family, Written
from bulletin_press.document.passages import Passage, masked
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.reading import read_issue

LENGTH = 30_000
# Generous: a rule that is not linear takes tens of seconds.
SECONDS = 2.0
UNITS = (
    "1", "a", "中", " ", "中 ", "1，", "1,", "１，", "——", "—", "中—", "(", "（“", "“（", "《", "。", "…",
    "...", "、", "1、", "》、《", '"', "'", "近1", "约一", "前三是、", "12月", "1月-", "2022年1月", "占1",
    "1万元占", "5～", "将于", "http://", "a@", "www.a", "香港、", "等国家", "下降",
    "a(", "％", "’", "截止", "报价1", "9:00-", "周一-", "`", "a.", "国家",
)
RULES = [entry for entry in entries().values()
         if entry.family is Family.COPY or entry.rule.name == "share-contradicts-figures"]


def issue_of(root: Path, text: str) -> Issue:
    """An issue whose only passage is a text, whatever a file may hold."""
    workspace = write(root, {"2022-08/issue.toml": HEAD + '[tip]\nterm = "甲"\nbody = "乙"\n'})
    issue = read_issue(workspace, root / "2022-08/issue.toml")
    passage = Passage(text, ("tip", "body"), issue.table, range(len(text) + 1))
    issue.__dict__["passages"] = (passage,)
    return issue


@pytest.mark.parametrize("entry", RULES, ids=[entry.rule.name for entry in RULES])
def test_no_text_keeps_a_rule_busy(entry: PlacedRule, tmp_path: Path) -> None:
    for unit in UNITS:
        text = (unit * LENGTH)[:LENGTH]
        subject = entry.rule.subject
        read = subject(text) if subject in (Copy, Written) else issue_of(tmp_path, text)
        start = time.process_time()
        for _ in entry.rule.check(read):
            pass
        assert time.process_time() - start < SECONDS, unit


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_keeps_the_mask_busy(unit: str) -> None:
    text = (unit * LENGTH)[:LENGTH]
    start = time.process_time()
    assert len(masked(text)) == LENGTH
    assert time.process_time() - start < SECONDS
