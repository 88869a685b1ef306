"""The floors of the house: each module imports from below it only, wherever the import stands."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from workspaces import HEAD, ROOT, samples, write

PACKAGE = ROOT / "bulletin_press"

# From the ground up. A name stands for a module or for a whole package; those of one floor do not
# know each other, those of one package may, without going round in a circle.
FLOORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("how classes are made, what a path was meant to be, what the system says, whose files they are, how long work may"
     " take, Ctrl-C, what a shell reads",
     ("budget", "enclosure", "exclusive", "interruption", "picture_paths", "records", "shell", "system_errors")),
    ("what we tell people, what a value was meant to be, files read", ("diagnostics", "reading", "typed_values")),
    ("what was meant in a text that is wrong, which lines are no prose", ("toml_advice", "verbatim")),
    ("bytes, text, numbers", ("assets", "numerals", "output", "mojibake", "pictures", "pieces", "radicals",
                              "resources", "script", "source", "toml_scanner")),
    ("what a line begins with that no wrapped line does", ("line_openings",)),
    ("where everything stands in a file, which marks pair, which fonts have what, names nearly alike,"
     " what a report shows, what a template may do, which lines of a pasted text belong together",
     ("brackets", "exhibits", "fonts", "line_breaks", "pairs", "positions", "sandbox", "spelling", "web_text")),
    ("page numbers among the lines of a pasted text", ("page_numbers",)),
    ("block tree, models with complaints in Chinese", ("document", "schema")),
    ("inline marks, pictures in rows, columns of tables, charts, data to text, page templates, word lists",
     ("arrangement", "charts", "lexicon", "markup", "report", "tabulation", "templating",
      "thresholds")),
    ("house style", ("publication",)),
    ("root and date", ("workspace",)),
    ("the author's fields and the blocks they become, earlier issues, what theme.toml may say",
     ("printed", "sections", "theme_file")),
    ("the author's strings in passages", ("passages",)),
    ("the validated input, blocks to HTML and CSS, the composer", ("issue", "theme", "typeset")),
    ("an issue in a theme, what follows from the issues before", ("edition", "succession")),
    ("judge, write bytes", ("checks", "writers")),
    ("alone knows all stages", ("pipeline",)),
    ("what is beyond doubt in a file that cannot be read", ("syntax_fixing",)),
    ("for people: findings, fixes, a new issue, a file's encoding", ("conversion", "fixing", "reporters", "scaffold")),
    ("for people: the issues there are", ("listing",)),
    ("arguments, printing, exit status", ("cli",)),
    ("where the process begins", ("entry",)),
    ("python -m bulletin_press", ("__main__",)),
)
FLOOR_OF = {name: number for number, (_, names) in enumerate(FLOORS) for name in names}


@cache
def modules() -> dict[str, Path]:
    """Every module of the package, by its name inside it; the package itself is ``""``."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports(name: str) -> frozenset[str]:
    """The package's modules that a module imports: at its head, in functions, for the type checker."""
    found = set()
    for node in ast.walk(ast.parse(modules()[name].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: a relative import"
            # ``from a import b``: b may be a module of a, or a name in it.
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    inside = {full.removeprefix("bulletin_press").removeprefix(".") for full in found
              if full.partition(".")[0] == "bulletin_press"}
    known = {module if module in modules() else module.rpartition(".")[0] for module in inside}
    assert known <= set(modules()), f"{name}: {known - set(modules())}"
    return frozenset(known) - {"", name}


def top(module: str) -> str:
    return module.partition(".")[0]


def test_every_module_stands_on_a_floor() -> None:
    assert {top(name) for name in modules()} - {""} == set(FLOOR_OF)


@pytest.mark.parametrize("name", [name for name in modules() if name])
def test_a_module_imports_from_below_only(name: str) -> None:
    upward = {other for other in imports(name)
              if top(other) != top(name) and FLOOR_OF[top(other)] >= FLOOR_OF[top(name)]}
    assert not upward


def test_no_import_goes_round_in_a_circle() -> None:
    graph = {name: imports(name) - {top(name)} for name in modules()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(modules())


def test_families_of_rules_do_not_know_each_other() -> None:
    for name in modules():
        if name.startswith("checks.") and name.count(".") == 2:
            assert {other for other in imports(name) if top(other) == "checks"} <= {"checks.rule", "checks.lines"}, name


# --- what a command loads -------------------------------------------------------------------

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
                                       ("themes",), ("new-theme", "ours")])
def test_no_other_command_but_render_loads_the_typesetter(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    samples(tmp_path / "issues")
    status, _, after = loaded(tmp_path, *arguments)
    assert status == 0
    assert not (HEAVY - {"PIL"}) & after
