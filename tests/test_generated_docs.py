"""What is generated in docs/ is what the tools would write now."""

from __future__ import annotations

import importlib.util
import json
import sys
import tomllib
from types import ModuleType
from typing import Any

import pytest
from workspaces import ROOT, SAMPLES

FILES = ("issue", "publication", "members", "theme", "definition", "settings", "recipients")


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"tool_{name}", ROOT / "tools" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_tables_of_keys_and_the_schemas_are_current() -> None:
    outputs = tool("reference").outputs()
    assert {path.stem.partition(".")[0] for path in outputs} == set(FILES)
    for path, text in outputs.items():
        assert path.read_text("utf-8") == text, "run: make docs"


def test_the_drawing_of_the_floors_is_current() -> None:
    floors = tool("floors")
    assert floors.TARGET.read_text("utf-8") == floors.text(), "run: make docs"
    assert floors.ROOMS.read_text("utf-8") == floors.rooms(), "run: make docs"
    assert all(floors.job(wing) for row in floors.floors() for wing in row)


def refusals(value: Any, schema: dict[str, Any], at: str = "") -> list[str]:
    """What a JSON Schema of ours refuses in a value; as much of the standard as the tool writes."""
    if "anyOf" in schema:
        found = [refusals(value, one, at) for one in schema["anyOf"]]
        return min(found, key=len)
    if "enum" in schema:
        return [] if value in schema["enum"] else [at]
    kind = schema.get("type")
    if kind == "object":
        if not isinstance(value, dict):
            return [at]
        wrong = [f"{at}.{key} is missing" for key in schema.get("required", ()) if key not in value]
        more = schema.get("additionalProperties", True)
        for key, one in value.items():
            inner = schema.get("properties", {}).get(key, more)
            wrong += [f"{at}.{key} is unknown"] if inner is False else \
                refusals(one, {} if inner is True else inner, f"{at}.{key}")
        return wrong
    if kind == "array":
        return [at] if not isinstance(value, list) else \
            [bad for one in value for bad in refusals(one, schema.get("items", {}), at)]
    types = {"string": object, "boolean": bool, "integer": int, "number": (int, float)}
    return [] if not isinstance(kind, str) or isinstance(value, types[kind]) else [at]


@pytest.mark.parametrize(("schema", "file"), [
    *(("issue", path) for path in sorted(SAMPLES.glob("*/issue.toml"))),
    ("publication", SAMPLES / "publication.toml"), ("members", SAMPLES / "members.toml"),
    *(("theme", path) for path in sorted(ROOT.glob("templates/themes/*/theme.toml"))),
    *(("definition", path) for path in sorted(ROOT.glob("templates/reports/*/definition.toml")))])
def test_the_schemas_take_the_files_there_are(schema: str, file: Any) -> None:
    written = json.loads((ROOT / "docs/schemas" / f"{schema}.schema.json").read_text("utf-8"))
    typed = tomllib.loads(file.read_text("utf-8"))
    assert refusals(typed, written) == []
    assert refusals({**typed, "misspelt": 1}, written)
