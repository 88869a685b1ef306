"""The base of every model, the types of their texts, and the way from a file to a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from bulletin_press.language.script import lazy
from bulletin_press.toml.complaints import (
    MOST_COMPLAINTS,
    Complaint,
    complaints_of,
    expect_right,
    undamaged,
    unfit,
)
from bulletin_press.toml.key_names import close_match
from bulletin_press.toml.positions import KeyPath, Table
from bulletin_press.toml.typed_values import MAX_LINE, date_meant, serial_day

# Whoever writes a model needs these as well.
__all__ = ["Complaint", "Day", "Line", "Model", "Text", "close_match", "complaints_of", "expect_right", "keys_of",
           "read_model", "refuse", "undamaged", "unfit"]

MAX_TEXT = 200_000
MAX_RUN = 2_000
_RUN = lazy(r"[^\s\u2e80-\uffef]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class Model(BaseModel):
    """A frozen model that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


def refuse(rule: str, message: str, suggestion: str | None = None, *, certain: bool = False) -> NoReturn:
    """Refuse a value from inside a validator, in words; ``certain``: the suggestion is beyond doubt.

    Raises:
        PydanticCustomError: always; ``findings_of`` turns it into a finding.
    """
    # pydantic formats the template with str.format: keep user text out of it.
    raise PydanticCustomError(rule, "{message}", {"message": message, "suggestion": suggestion, "certain": certain})


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not value.strip():
        refuse("wrong-value", "内容是空的；没有内容就删去这一行")
    if len(value) > MAX_TEXT:
        refuse("wrong-value", f"文字超过 {MAX_TEXT} 字")
    if control := _CONTROL.search(value):
        refuse("wrong-value", f"文字里有看不见的控制字符（U+{ord(control[0]):04X}），请删去")
    if any(len(word) > MAX_RUN and any(len(run[0]) > MAX_RUN for run in _RUN.finditer(word)) for word in value.split()):
        refuse("wrong-value", f"有一串超过 {MAX_RUN} 个字符、中间没有空格的字母或符号，排不成行")
    return value


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)


def _line(value: Any) -> Any:
    if isinstance(value, str) and "\n" in value.strip():
        refuse("wrong-value", "这里只能写一行")
    if isinstance(value, str) and len(value) > MAX_LINE:
        refuse("wrong-value", f"这里只写一行短的，不能超过 {MAX_LINE} 字")
    # A comment is never printed, not in a proof either; the rules read what was typed.
    return _COMMENT.sub("", value).strip() if isinstance(value, str) else value


def _plain_date(value: Any) -> Any:
    if type(value) is not date:
        day = serial_day(value) if type(value) is int else None
        serial = f"；{value} 像是表格里日期的序号" if day else ""
        refuse("wrong-type", f"这里要写日期，例如 2022-08-26，不加引号{serial}", day or _as_date(value),
               certain=not day)
    return value


def _as_date(value: Any) -> str | None:
    """The date that a text, a number or a time meant, as TOML writes it."""
    if isinstance(value, str) or type(value) is int:
        meant = date_meant(str(value)[:MAX_LINE])
        return meant.suggestion if meant else None
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else None


@dataclass(frozen=True)
class _Typed:
    """A string, after a check of what was typed.

    There are hundreds of such fields: pydantic is told the schema, which it would find out anew for each.
    """

    check: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        """What pydantic asks an annotation."""
        return core_schema.no_info_before_validator_function(self.check, core_schema.str_schema(strict=True))


Text = Annotated[str, _Typed(_text)]
Line = Annotated[str, _Typed(lambda value: _text(_line(value)))]
Day = Annotated[date, BeforeValidator(_plain_date)]
M = TypeVar("M", bound=BaseModel)


def read_model(table: Table, model: type[M], keys: Callable[[KeyPath], Iterable[str]],
               homes: Callable[[str], Sequence[str]] = lambda key: (), *, values: Mapping[str, Any] | None = None,
               more: Callable[[M], Iterable[Complaint]] = lambda read: ()) -> M:
    """A file's values as a model: the one way from TOML to what the press works with.

    Args:
        table: the file, read as far as it can be.
        model: what it should hold.
        keys: as in ``complaints_of``.
        homes: as in ``complaints_of``.
        values: what stands for the file's own values (a file that goes over another).
        more: what else can be wrong with a model that is right by itself.

    Raises:
        InputFault: with a finding for every fault of the text and of what could be read of it, by place.
    """
    try:
        read = model.model_validate(table.values if values is None else values)
    except ValidationError as error:
        expect_right(table, complaints_of(error, (), keys, homes, most=MOST_COMPLAINTS))
        raise  # which cannot be: each error has been complained of
    expect_right(table, more(read))
    return read


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys that a model accepts."""
    return tuple(field.alias or name for name, field in model.model_fields.items())
