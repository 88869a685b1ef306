"""TOML as an author types it, made of a test's values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def typed(value: object) -> str:
    """A value on one line."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float() | Decimal() | date():
            return str(value)
        case str():
            return '"' + "".join(_ESCAPED.get(char) or (char if char.isprintable() or ord(char) > 0x9F else
                                                        f"\\u{ord(char):04x}") for char in value) + '"'
        case Mapping():
            return "{ " + ", ".join(f"{typed(str(key))} = {typed(one)}" for key, one in value.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(typed(one) for one in value) + "]"
    raise TypeError(type(value).__name__)


def typed_lines(table: Mapping[str, object]) -> str:
    """The keys of a table, one a line."""
    return "".join(f"{typed(key)} = {typed(value)}\n" for key, value in table.items())
