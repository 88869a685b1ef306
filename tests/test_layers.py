"""What a command loads: nothing heavy that it can do without. (The floors: import-linter, in pyproject.toml.)"""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from workspaces import HEAD, ROOT, samples, write

LOADED = """
import json, sys
from bulletin_press import cli
at_once = sorted({name.partition(".")[0] for name in sys.modules})
status = cli.run(sys.argv[1:])
print(json.dumps([status, at_once, sorted({name.partition(".")[0] for name in sys.modules})]))
"""
HEAVY = {"weasyprint", "fontTools", "rich", "PIL"}


def loaded(folder: Path, *arguments: str) -> tuple[int, set[str], set[str]]:
    ran = subprocess.run([sys.executable, "-c", LOADED, *arguments], cwd=folder, capture_output=True, check=True,
                         env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60)
    status, at_once, after = json.loads(ran.stdout.decode("utf-8").strip().split("\n")[-1])
    return status, set(at_once), set(after)


def test_check_loads_neither_the_typesetter_nor_the_font_tools(tmp_path: Path) -> None:
    write(tmp_path / "issues", {"2022-08/issue.toml": HEAD + '[report]\nperiod = "2022-06"\n[report.executed]\n'
                                'total = 1\n[[event]]\nbody = "正文🎉"\n'})
    status, at_once, after = loaded(tmp_path, "check")
    assert status == 1
    assert not HEAVY & at_once
    assert not HEAVY & after
    assert "pydantic" in after


def test_check_loads_pillow_where_there_are_pictures(tmp_path: Path) -> None:
    samples(tmp_path / "issues")
    status, _, after = loaded(tmp_path, "check", "2022-08")
    assert status == 0
    assert HEAVY & after == {"PIL"}


@pytest.mark.parametrize("arguments", [("report", "2022-08"), ("explain",), ("--help",), ("list",), ("new-issue",),
                                       ("themes",), ("new-theme", "ours"), ("new-report", "ours"), ("guide", "--text")])
def test_no_other_command_but_render_loads_the_typesetter(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    samples(tmp_path / "issues")
    status, _, after = loaded(tmp_path, *arguments)
    assert status == 0
    assert not (HEAVY - {"PIL"}) & after


def test_the_declarations_are_those_that_weasyprint_has() -> None:
    """What was parsed beforehand is what ``tools/declarations.py`` would write, and is used."""
    tool = runpy.run_path(str(ROOT / "tools" / "declarations.py"))
    assert Path(tool["TARGET"]).read_text(encoding="utf-8") == tool["written"]()
    program = ("import bulletin_press.typeset.weasyprint_adapter, sys; from weasyprint.text import ffi;"
               " print(type(ffi.ffi).__name__, *sorted({'pycparser', 'fontTools.subset'} & {*sys.modules}))")
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, timeout=60,
                         env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert ran.stdout.decode().split() == ["Declared"]
