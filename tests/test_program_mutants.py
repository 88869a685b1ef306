"""`make mutants`: what it changes, and that its tables name what there is."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest
from workspaces import ROOT

TOOL = ROOT / "tools" / "mutants"

PROGRAM = '''
def larger(left: int, right: int = 1) -> int:
    """Return the larger."""
    assert left >= 0
    if left > right:
        return left
    return -right


class Box:
    async_: int = 3

    def name(self):
        return [f"a{part}" for part in self.parts if part]
'''


@pytest.fixture
def changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.syspath_prepend(str(TOOL))
    from mutation import Module

    path = tmp_path / "program.py"
    path.write_text(PROGRAM, "utf-8")
    module = Module(path)
    assert module.code().keys() == module.probed().keys() == {
        ("larger", 2), ("Box", 10), ("Box.name", 13), ("Box.name.<locals>.<listcomp>", 14)} - (
        {("Box.name.<locals>.<listcomp>", 14)} if sys.version_info >= (3, 12) else set())
    return [f"{mutant.function}: {mutant.before} → {mutant.after}" for mutant in module.mutants]


def test_bodies_are_changed_and_neither_asserts_nor_defaults_nor_docstrings(changes: list[str]) -> None:
    assert changes == [
        "larger: if left > right: … → if not left > right: …",
        "larger: left > right → left >= right",
        "larger: return left → return None",
        "larger: return -right → return None",
        "larger: -right → right",
        "Box.name: return [f'a{part}' for part in self.parts if part] → return None",
        "Box.name: [f'a{part}' for part in self.parts if part] → [f'a{part}' for part in self.parts]",
        "Box.name: 'a' → 'XXaXX'",
    ]


def test_the_modules_and_tests_are_there() -> None:
    modules = tomllib.loads((TOOL / "modules.toml").read_text("utf-8"))
    for name, entry in modules.items():
        assert (ROOT / "bulletin_press" / name).is_file()
        assert all((ROOT / "tests" / test).is_file() for test in entry["tests"])
    named = tomllib.loads((TOOL / "equivalents.toml").read_text("utf-8"))
    assert named.keys() <= modules.keys()
    assert all(entry["reason"] for entries in named.values() for entry in entries)
