"""Values as TOML text, in the manner of what stood there before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from bulletin_press.ground.diagnostics import InputFault

# Running text, which is typed between lines of three quotes.
PROSE = frozenset({"body", "intro"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
# Columns past which a new list has a line for each of its elements.
_WIDEST = 88


def cleaned(value: Any) -> Any:
    """A value with LF line ends throughout, floats as decimals, and no key without a value.

    Raises:
        InputFault: it holds a control character, or what TOML has no word for.
    """
    if isinstance(value, str):
        text = value.replace("\r\n", "\n")
        if found := _CONTROL.search(text):
            line = text.count("\n", 0, found.start()) + 1
            raise InputFault(f"第 {line} 行有看不见的控制字符（U+{ord(found[0]):04X}），没有存；请删去它")
        return text
    if isinstance(value, Mapping):
        return {cleaned(str(key)): cleaned(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [cleaned(one) for one in value]
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal) and not value.is_finite():
        raise InputFault("这里要一个确定的数")
    if value is None or not isinstance(value, bool | int | Decimal | date | time):
        raise InputFault(f"这里不能写这样的值：{type(value).__name__}")
    return value


def key_text(key: str) -> str:
    """A key, quoted where it must be."""
    return key if _BARE.fullmatch(key) else _basic(key)


def literal(value: Any, before: str = "", *, prose: bool = False, inline: bool = False, plain: bool = False) -> str:
    """A value as TOML.

    Args:
        value: what ``cleaned`` has gone through.
        before: the source of the value that it takes the place of, whose quotes it keeps where they can hold it.
        prose: whether a text goes between lines of three quotes.
        inline: whether it stands inside brackets or braces, where a text keeps to its line.
        plain: whether a text is to be in escapes, on one line: what every text can be written in.
    """
    if isinstance(value, str):
        return _basic(value) if plain else _text(value, before, prose=prose, inline=inline)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = [f"{key_text(key)} = {literal(one, inline=True, plain=plain)}" for key, one in value.items()]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    elements = [literal(one, inline=True, plain=plain) for one in value]
    line = f"[{', '.join(elements)}]"
    nested = any(isinstance(one, Mapping | list) for one in value)
    if inline or not elements or not (nested or len(line) > _WIDEST):
        return line
    return "[\n" + "".join(f"  {one},\n" for one in elements) + "]"


def _text(text: str, before: str, *, prose: bool, inline: bool) -> str:
    """A string in the quotes of what stood there, or in the plainest that can hold it."""
    quotes = before[:3] if before[:3] in ("'''", '"""') else ""
    if not quotes and not before.startswith("'") and not prose and (inline or "\n" not in text):
        return _basic(text)
    if before.startswith("'") and not quotes and "'" not in text and "\n" not in text:
        return f"'{text}'"
    if not quotes and (inline or not ("\n" in text or prose)):
        return _basic(text)
    opening = "" if before.startswith(quotes) and quotes and before[3:4] != "\n" and text[:1] != "\n" else "\n"
    if quotes != '"""' and "'''" not in text and not text.endswith("'"):
        return f"'''{opening}{text}'''"
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    if escaped.endswith('"'):
        escaped = escaped[:-1] + '\\"'
    return f'"""{opening}{escaped}"""'


def _basic(text: str) -> str:
    """A string on one line, its line ends and what breaks lines elsewhere as escapes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + re.sub("[\x85\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04X}", escaped) + '"'
