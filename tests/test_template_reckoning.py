"""The themes' templates reckon nothing: sizes, fits and counts come from `theme/reckoning`, numbers from theme.toml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

THEMES = Path(__file__).resolve().parents[1] / "templates" / "themes"
TEMPLATES = sorted(THEMES.glob("**/*.j2"))
COMPUTING = frozenset({
    "abs", "batch", "count", "filesizeformat", "float", "groupby", "int", "length", "list", "map", "max", "min",
    "reject", "rejectattr", "round", "select", "selectattr", "slice", "sort", "sum", "unique", "wordcount"})
ORDERED = frozenset({"gt", "gteq", "lt", "lteq"})
# What stays, with its reason: none.
EXCEPTIONS: dict[str, dict[str, int]] = {}


def reckoned(text: str) -> Iterator[str]:
    """The names of what a template computes."""
    tree = jinja2.Environment(autoescape=True).parse(text)
    for node in tree.find_all((nodes.BinExpr, nodes.UnaryExpr, nodes.Compare, nodes.Filter, nodes.Call)):
        if isinstance(node, nodes.Compare):
            numbers = any(isinstance(one, nodes.Const) and type(one.value) in (int, float)
                          for one in (node.expr, *(operand.expr for operand in node.ops)))
            if numbers or any(operand.op in ORDERED for operand in node.ops):
                yield "compare"
        elif isinstance(node, nodes.Filter):
            if node.name in COMPUTING:
                yield f"|{node.name}"
        elif isinstance(node, nodes.Call):
            if isinstance(node.node, nodes.Name) and node.node.name in ("namespace", "range", "dict", "cycler"):
                yield f"{node.node.name}()"
        elif not isinstance(node, (nodes.And, nodes.Or, nodes.Not)):
            yield type(node).__name__


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(THEMES)))
def test_a_template_reckons_nothing(path: Path) -> None:
    found = Counter(reckoned(path.read_text("utf-8")))
    assert dict(found) == EXCEPTIONS.get(str(path.relative_to(THEMES)), {})


def test_what_is_reckoned_is_seen() -> None:
    text = ("{% set a = namespace(n=0) %}{{ (1 + 2) * -3 // 4 % 5 }}{{ x|length }}{% if x|sum > 3 %}{% endif %}"
            "{{ x == 2 }}{{ a and not b or c }}{{ x == 'y' }}")
    assert Counter(reckoned(text)) == {
        "namespace()": 1, "Add": 1, "Mul": 1, "Neg": 1, "FloorDiv": 1, "Mod": 1, "|length": 1, "|sum": 1,
        "compare": 2}
