"""Write docs/reference/*.md and docs/schemas/*.json from the models: ``make docs``.

What a key means in words stands in tools/reference.toml, by the place where it is typed.
"""

from __future__ import annotations

import json
import sys
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union

from pydantic import SecretStr
from pydantic.fields import FieldInfo

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bulletin_press.dispatch.recipients import RecipientFile  # noqa: E402
from bulletin_press.dispatch.settings import SettingsFile  # noqa: E402
from bulletin_press.document.plots import FORMS  # noqa: E402
from bulletin_press.issue.fields import fields_model  # noqa: E402
from bulletin_press.issue.sections import KINDS  # noqa: E402
from bulletin_press.issue.sections.furnishing import ChartFields  # noqa: E402
from bulletin_press.language.numerals import Period  # noqa: E402
from bulletin_press.publication.members import MemberEntry  # noqa: E402
from bulletin_press.publication.settings import Publication  # noqa: E402
from bulletin_press.report.definition import Definition  # noqa: E402
from bulletin_press.report.figure_reading import KEYS  # noqa: E402
from bulletin_press.theme.reckoning.settings import Length  # noqa: E402
from bulletin_press.theme.theme_file import ThemeFile  # noqa: E402
from bulletin_press.toml.schema import Model, Text  # noqa: E402

DOCS = ROOT / "docs"
WORDS = tomllib.loads((ROOT / "tools" / "reference.toml").read_text("utf-8"))
MODELS: Mapping[str, type[Model]] = {
    "issue": fields_model(KINDS), "publication": Publication, "theme": ThemeFile, "definition": Definition,
    "settings": SettingsFile, "recipients": RecipientFile}
# Typed in one line at many places: said once, at the foot of the page, under this name.
INLINE: Mapping[type[Model], str] = {Length: "长度", ChartFields: "图"}
# A name that the author chooses, in a path.
NAMED = "*"

NUMBER = {"type": "number"}
PAIR = {"type": "array", "items": NUMBER, "minItems": 1, "maxItems": 2}
# The keys of a figure that take no number.
OTHERS: Mapping[str, Any] = {
    "month": {"anyOf": [NUMBER, PAIR, {"type": "object", "additionalProperties": False,
                                       "properties": {"value": NUMBER, "growth": NUMBER}}]},
    "comparable": {"type": "boolean"}, "revised": {"type": "boolean"}, "base": {"type": ["string", "integer"]},
    "note": {"type": "string"}}
FIGURE = {"anyOf": [NUMBER, PAIR, {"type": "object", "additionalProperties": False,
                                   "properties": {key: OTHERS.get(key, NUMBER) for key in KEYS}}]}
RANKING = {"type": "array", "items": {"type": ["array", "object"]}}
ITEMS: Mapping[str, Any] = {"type": "object", "additionalProperties": {"anyOf": [*FIGURE["anyOf"], RANKING]}}
# A measure's items; or the measures of another span of the year.
MEASURES = {"type": "object", "additionalProperties": {"anyOf": [*FIGURE["anyOf"], RANKING, ITEMS]}}

# Rows of cells of any kind.
ROWS = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Key:
    """A key, or a table, of a file: where it is typed, what it takes, whether it must be there."""

    path: tuple[str, ...]
    words: str
    kind: str
    required: bool
    default: Any
    model: type[Model] | None = None
    many: bool = False

    @property
    def header(self) -> str:
        """A table as it is typed."""
        name = ".".join("<名称>" if part == NAMED else part for part in self.path)
        return f"[[{name}]]" if self.many else f"[{name}]"


def meaning(file: str, path: tuple[str, ...]) -> str:
    """What a key means: said for its path, else for the end of it.

    Raises:
        KeyError: nothing is said of it.
    """
    words = WORDS[file]
    for start in range(len(path)):
        if (end := ".".join(path[start:])) in words:
            return str(words[end])
    raise KeyError(f"tools/reference.toml says nothing of {file}: {'.'.join(path)}")


def _bare(kind: Any) -> Any:
    """A type without None and without what stands beside it in Annotated."""
    while True:
        origin, parts = typing.get_origin(kind), typing.get_args(kind)
        if origin is typing.Annotated:
            kind = kind if kind == Text else parts[0]
            if kind == Text:
                return kind
        elif origin in (Union, types.UnionType) and type(None) in parts:
            rest = tuple(part for part in parts if part is not type(None))
            kind = rest[0] if len(rest) == 1 else Union[rest]  # noqa: UP007
            if len(rest) > 1:
                return kind
        else:
            return kind


def _is_text(field: FieldInfo, kind: Any) -> bool:
    return kind == Text or typing.get_args(Text)[1] in field.metadata


def kind_of(kind: Any) -> tuple[str, dict[str, Any]]:
    """What a type takes, in words and as a JSON Schema; a model is an object whose keys are its own matter."""
    kind = _bare(kind)
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if kind == Text:
        return "文字，可以多行", {"type": "string"}
    if origin is Literal:
        return " / ".join(f"`{_toml(part)}`" for part in parts), {"enum": list(parts)}
    if origin in (Union, types.UnionType):
        said = [kind_of(part) for part in parts]
        return "，或".join(dict.fromkeys(words for words, _ in said)), {"anyOf": [schema for _, schema in said]}
    if kind == ROWS:
        return "列表：各行的列表", {"type": "array", "items": {"type": "array"}}
    if origin is tuple:
        if parts[-1] is Ellipsis:
            words, schema = kind_of(parts[0])
            return f"列表：{words}", {"type": "array", "items": schema}
        return f"{len(parts)} 项的列表", {"type": "array", "minItems": len(parts), "maxItems": len(parts)}
    if origin is dict:
        words, schema = kind_of(parts[1])
        return f"一行一项：{words}", {"type": "object", "additionalProperties": schema}
    if kind is ChartFields:
        return INLINE[kind], {"anyOf": [{"enum": list(FORMS)}, object_of(kind)]}
    if isinstance(kind, type) and issubclass(kind, Model):
        return INLINE.get(kind, "一节"), object_of(kind)
    plain: dict[Any, tuple[str, dict[str, Any]]] = {
        bool: ("`true` / `false`", {"type": "boolean"}), int: ("整数", {"type": "integer"}),
        float: ("数", NUMBER), str: ("文字", {"type": "string"}), SecretStr: ("文字", {"type": "string"}),
        date: ("日期，不加引号", {"type": "string", "format": "date"}),
        Period: ("年月，例如 `\"2022-06\"`", {"type": "string", "pattern": r"^\d{4}-\d{2}(/month)?$"})}
    return plain.get(kind, ("由版式决定", {}))


def named_fields(model: type[Model]) -> Iterator[tuple[str, FieldInfo]]:
    """A model's fields under the names that they are typed with."""
    return ((field.alias or name, field) for name, field in model.model_fields.items())


def object_of(model: type[Model]) -> dict[str, Any]:
    """The JSON Schema of a model."""
    fields = dict(named_fields(model))
    more: Any = MEASURES if model.model_config.get("extra") == "allow" else False
    required = [name for name, field in fields.items() if field.is_required()]
    properties = {name: kind_of(field.annotation)[1] for name, field in fields.items()}
    if model in INLINE:
        properties = {name: {**one, "description": WORDS[INLINE[model]][name]} for name, one in properties.items()}
    return {"type": "object", "properties": properties, "additionalProperties": more} | (
        {"required": required} if required else {})


def keys(file: str, model: type[Model], path: tuple[str, ...] = ()) -> Iterator[Key]:
    """Every key of a model and of the tables in it, a table before its keys."""
    tables = []
    for name, field in named_fields(model):
        here = (*path, name)
        words, _ = kind_of(field.annotation)
        words = "文字，可以多行" if words == "文字" and _is_text(field, field.annotation) else words
        key = Key(here, meaning(file, here), words, field.is_required(), field.default)
        kind = _bare(field.annotation)
        origin, parts = typing.get_origin(kind), typing.get_args(kind)
        inner = _bare(parts[0] if origin is tuple else parts[1]) if origin in (tuple, dict) else kind
        if isinstance(inner, type) and issubclass(inner, Model) and inner not in INLINE:
            place = (*here, NAMED) if origin is dict else here
            tables.append(replace(key, path=place, model=inner, many=origin is tuple))
        else:
            yield key
    for table in tables:
        yield table
        if table.model:
            yield from keys(file, table.model, table.path)


@cache
def every(file: str) -> tuple[Key, ...]:
    """Every key of a file."""
    if file == "members":
        table = Key((NAMED,), WORDS["members"][NAMED], "一节", False, None, MemberEntry)
        return (table, *keys("members", MemberEntry, (NAMED,)))
    return tuple(keys(file, MODELS[file]))


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False)


def _default(key: Key) -> str:
    if key.required:
        return "**必填**"
    default = list(key.default) if isinstance(key.default, tuple) else key.default
    plain = isinstance(default, bool | int | float) or (isinstance(default, str | list) and default)
    return f"`{_toml(default)}`" if plain else ""


def page(file: str) -> str:
    """The page of a file's keys."""
    lines = [f"# {file}.toml", "", WORDS[file]["file"], "",
             "<!-- 由 tools/reference.py 从程序生成，不要手改。 -->"]
    head = ["", "| 键 | 写什么 | 意思 | 不写就是 |", "| --- | --- | --- | --- |"]
    lines += head if every(file)[0].model is None else []
    for key in every(file):
        if key.model:
            lines += ["", f"## `{key.header}`", "", f"{key.words}{'。必填' if key.required else ''}。"]
            lines += head if any(other.path[:-1] == key.path for other in every(file) if not other.model) else []
        else:
            lines.append(f"| `{key.path[-1]}` | {key.kind} | {key.words} | {_default(key)} |")
    for model, name in INLINE.items():
        if any(key.kind == name for key in every(file)):
            lines += ["", f"## {name}", "", f"{WORDS[name]['file']}", *head]
            lines += [f"| `{key.path[-1]}` | {key.kind} | {key.words} | {_default(key)} |" for key in keys(name, model)]
    return "\n".join(lines) + "\n"


def schema(file: str) -> str:
    """The JSON Schema of a file, for editors."""
    body = {"type": "object", "additionalProperties": object_of(MemberEntry)} if file == "members" else \
        object_of(MODELS[file])
    if file == "issue":  # sections of a publication's own
        table = {"type": "object"}
        body["additionalProperties"] = {"anyOf": [{"type": "array", "items": table}, table]}
    body = {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"{file}.toml", **body}
    for key in every(file):
        place: Any = body
        for part in key.path:
            place = place.get("items", place)
            place = place["additionalProperties"] if part == NAMED else place["properties"][part]
        place["description"] = key.words
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def outputs() -> dict[Path, str]:
    """What is written, by file."""
    files = [*MODELS, "members"]
    return {DOCS / "reference" / f"{file}.md": page(file) for file in files} | \
        {DOCS / "schemas" / f"{file}.schema.json": schema(file) for file in files}


if __name__ == "__main__":
    for target, text in outputs().items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
