"""The fields of issue.toml: what each of its tables allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, create_model

from bulletin_press.issue.sections.base import PictureFields, PicturePath
from bulletin_press.issue.sections.furnishing import ChartFields
from bulletin_press.issue.sections.kind import Kind
from bulletin_press.toml.advice import bracketed
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Day, Line, Model, Text, keys_of, refuse

MAX_ITEMS = 200
MAX_ATTACHMENTS = 30


class IssueHead(Model):
    """[issue]: number, date, and what is printed of them; who signed it off, what is sent with it and to whom else.

    ``cover`` is a picture for the first page, in themes that have a place for it.
    """

    number: Annotated[int, Field(ge=1, le=9999, strict=True)]
    date: Day
    pages: Annotated[int, Field(ge=1, le=2000, strict=True)] | None = None
    label: Line | None = None
    total_number: Annotated[int, Field(ge=1, le=99999, strict=True)] | None = None
    cover: PicturePath | None = None
    cover_caption: Line | None = None
    signatory: Line | None = None
    copies_to: Line | None = None
    attachments: Annotated[tuple[Line, ...], Field(max_length=MAX_ATTACHMENTS)] = ()


def _reason(value: Any) -> Any:
    for text in value.values() if isinstance(value, dict) else (value,):
        if not isinstance(text, str) or not text.strip():
            refuse("wrong-value", "这里要写明保留的理由，例如 \"已与商务局核对\"")
    return value


class Erratum(Model):
    """[[errata]]: what was wrong in an issue that is out, and how it should read; printed on its web page."""

    date: Day
    text: Text


class IssueFields(Model):
    """issue.toml but for its sections, which a publication can add to: ``Kind.of`` reads them."""

    # Only the models that are made of it read anything.
    model_config = ConfigDict(defer_build=True)

    issue: IssueHead
    allow: dict[str, Annotated[str | dict[str, str], BeforeValidator(_reason)]] = {}
    errata: Annotated[tuple[Erratum, ...], Field(max_length=MAX_ITEMS)] = ()


# The tables that are no sections; a section may not be named so.
RESERVED: Mapping[str, type[Model] | None] = {"issue": IssueHead, "allow": None, "images": PictureFields,
                                               "errata": Erratum, "chart": ChartFields, "charts": ChartFields}

# Tables of an item's own, which stand in no section by themselves.
_INNER = frozenset({"images", "chart", "charts"})


def fields_model(kinds: Sequence[Kind[Any]]) -> type[IssueFields]:
    """The whole of issue.toml for a publication that has certain sections."""
    return _model(tuple((kind.attribute, kind.name, kind.fields, kind.several) for kind in kinds))


@lru_cache(maxsize=16)
def _model(sections: tuple[tuple[str, str, type[Model], bool], ...]) -> type[IssueFields]:
    fields: dict[str, Any] = {}
    for attribute, name, model, several in sections:
        many = Annotated[tuple[model, ...], Field(max_length=MAX_ITEMS)]  # type: ignore[valid-type]
        fields[attribute] = (many, Field((), alias=name)) if several else (model | None, Field(None, alias=name))
    made: type[IssueFields] = create_model("IssueFields", __base__=IssueFields, **fields)
    return made


def allowed_keys(kinds: Sequence[Kind[Any]]) -> Callable[[KeyPath], tuple[str, ...]]:
    """What tells the keys that issue.toml allows at a path."""
    whole, tables = fields_model(kinds), _tables(kinds)

    def keys(path: KeyPath) -> tuple[str, ...]:
        names = [part for part in path if isinstance(part, str)]
        return keys_of(tables.get(names[-1], whole) if names else whole)

    return keys


def tables_with(kinds: Sequence[Kind[Any]]) -> Callable[[str], tuple[str, ...]]:
    """What tells the tables of issue.toml that a key may be typed in, as they are typed."""
    tables, several = _tables(kinds), {kind.name for kind in kinds if kind.several} | {"errata"}

    def homes(key: str) -> tuple[str, ...]:
        return tuple(bracketed(name, double=name in several) for name, model in tables.items()
                     if name not in _INNER and key in keys_of(model))

    return homes


def _tables(kinds: Sequence[Kind[Any]]) -> dict[str, type[Model]]:
    reserved = {name: model for name, model in RESERVED.items() if model}
    return {"issue": IssueHead, **{kind.name: kind.fields for kind in kinds}, **reserved}
