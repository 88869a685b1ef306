"""docs/rules.md says what the rules' docstrings say."""

from __future__ import annotations

import importlib.util

from workspaces import ROOT

from bulletin_press.checks.engine import entries


def test_the_page_of_rules_is_current() -> None:
    spec = importlib.util.spec_from_file_location("rules_doc", ROOT / "tools" / "rules_doc.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    page = tool.TARGET.read_text("utf-8")
    assert page == tool.text(), "run: python tools/rules_doc.py"
    assert all(f"\n### {name}\n" in page for name in entries())
