"""Regular expressions mean the same on every Python from 3.11.0 on.

Before 3.11.5 a possessive quantifier on more than one character, as in ``(?:[.][0-9]+)*+``, takes what does not
match (python/cpython#106052). On one character or class it is right, and so are atomic groups: ``(?>(?:…)*)``
says the same. Random patterns, run on 3.11.2 and others, differ with this one construct and with no other.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from patterns import Pattern
from pythons import Interpreter, other_pythons
from workspaces import ROOT, samples

HERE = Path(__file__).parent
PACKAGE = ROOT / "bulletin_press"


def possessive_groups(pattern: str, flags: int = 0) -> int:
    """How many possessive quantifiers stand on more than one character or class."""

    def count(part: Any) -> int:
        if isinstance(part, _parser.SubPattern):
            return sum(map(count, part.data))
        if isinstance(part, (tuple, list)):
            found = sum(map(count, part))
            if len(part) == 2 and part[0] is _parser.POSSESSIVE_REPEAT:
                found += not _compiler._simple(part[1][2])
            return found
        return 0

    return count(_parser.parse(pattern, flags))


@pytest.mark.parametrize(("pattern", "number"), [
    ("[0-9]++(?:[.][0-9]++)*+", 1), ("[0-9]++(?>(?:[.][0-9]++)*)", 0), ("(?:[ab])*+", 0), ("(a)?+", 1),
    ("(?=(?:ab){1,2}+)", 1), ("x(?:(?:ab|c)++d)*+", 2), (r"\)*+[()*+]", 0), ("(?>(?:a|bc)++)", 1),
    ("(a)(?(1)(?:bc)*+|d)", 1), ("(?:a|b)*+", 0),
])
def test_the_construct_is_seen(pattern: str, number: int) -> None:
    assert possessive_groups(pattern) == number


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> list[Pattern]:
    """What the press and its libraries compile, or would when first used."""
    publication = samples(tmp_path_factory.mktemp("patterns") / "issues")
    ran = subprocess.run([sys.executable, HERE / "patterns.py", publication], capture_output=True, check=True,
                         timeout=170)
    return [(pattern, flags, file) for pattern, flags, file in json.loads(ran.stdout)]


def test_no_pattern_that_is_compiled_has_the_construct(compiled: list[Pattern]) -> None:
    ours = [file for _, _, file in compiled if Path(file).is_relative_to(PACKAGE)]
    assert len(ours) > 150
    assert {"passages.py", "fullwidth_in_number.py", "doubled_mark.py"} <= {Path(f).name for f in ours}
    assert [(pattern, file) for pattern, flags, file in compiled
            # Such flags are the compiled pattern's own: the parser wants them without the one for text.
            if possessive_groups(pattern, flags & ~int(re.UNICODE))] == []


# --- what no run reaches ----------------------------------------------------------------------

# A quantifier that is possessive, behind a bracket that is not escaped.
_TYPED = re.compile(r"(?<!\\)(?:\\\\)*\)(?:[*+?]|\{[0-9,]*\})\+")
# Stands for whatever a variable holds: more than one character.
_UNKNOWN = "(?:xx)"


def _folded(node: ast.expr) -> str | None:
    """A string as it is written: its constants, and something in the place of all else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(_folded(part) or _UNKNOWN for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = _folded(node.left), _folded(node.right)
        return None if sides == (None, None) else "".join(side or _UNKNOWN for side in sides)
    return None


def typed_constructs(code: str) -> Iterator[tuple[int, str]]:
    """Line and text of each string of a program that holds the construct, whether it is ever compiled or not."""
    for node in ast.walk(ast.parse(code)):
        text = _folded(node) if isinstance(node, ast.expr) else None
        if text is None or not _TYPED.search(text):
            continue
        try:
            guilty = possessive_groups(text) > 0
        except re.error:  # a part of a pattern
            guilty = True
        if guilty:
            yield node.lineno, text


@pytest.mark.parametrize(("code", "number"), [
    ('A = r"(?:ab)*+"', 1), ('A = rf"[{B}](?:{C})++"', 1), ('A = rf"{B}*+"', 1), ('A = B + r"*+"', 1),
    ('A = rf"[{B}]*+"', 0), (r'A = r"\)++"', 0), ('A = r"[()*+]"', 0), ('A = r"(?>(?:ab)*)"', 0),
    ('A = r"(?:ab" r")*+c)"', 1),
])
def test_the_construct_is_seen_in_code(code: str, number: int) -> None:
    assert len({line for line, _ in typed_constructs(code)}) == number


def _named(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        yield path.relative_to(ROOT), path.read_text("utf-8")


def test_no_string_of_the_package_holds_the_construct() -> None:
    assert [(path, *found) for path, code in _named(PACKAGE.rglob("*.py")) for found in typed_constructs(code)] == []


def test_no_template_nor_word_list_holds_the_construct() -> None:
    paths = [path for suffix in ("toml", "j2", "css", "txt") for path in (ROOT / "templates").rglob(f"*.{suffix}")]
    assert len(paths) > 20
    assert [path for path, text in _named(paths) if _TYPED.search(text)] == []


# --- other Pythons ----------------------------------------------------------------------------


def _asked(python: str | Path, patterns: list[Pattern]) -> list[str]:
    # -I: neither the folder nor the environment, so that it is that Python's own `re`.
    ran = subprocess.run([python, "-I", "-W", "ignore", HERE / "patterns.py", "--matches", "300"],
                         input=json.dumps(patterns), capture_output=True, text=True, check=True, timeout=170)
    return list(json.loads(ran.stdout))


@pytest.mark.parametrize("python", other_pythons() or [None], ids=lambda python: python.name if python else "none")
def test_other_pythons_find_the_same(python: Interpreter | None, compiled: list[Pattern]) -> None:
    if python is None:
        pytest.skip("no other Python from 3.11 on is found here")
    ours = [entry for entry in compiled if Path(entry[2]).is_relative_to(PACKAGE)]
    here, there = _asked(sys.executable, ours), _asked(python.path, ours)
    assert [pattern for (pattern, _, _), one, other in zip(ours, here, there, strict=True) if one != other] == []
