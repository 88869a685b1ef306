"""How large a value may be that a template makes: measured before it is made, or after."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from jinja2.environment import TemplateModule
from jinja2.runtime import Undefined

MOST: Final = 4_000_000
# Widths, precisions, numbers of parts.
MOST_COUNT: Final = 10_000
MOST_BITS: Final = 20_000
MOST_DIGITS: Final = 4
# What a filter reads with patterns that may be slow.
MOST_SEARCHED: Final = 20_000
_PRINTED = (str, int, float, Decimal, datetime.date, type(None), TemplateModule)
_SPARSE_FORMAT = re.compile(r"[^%]*(?:%[^0-9_^#%]?[A-Za-z%][^%]*)*\Z")


class TooLarge(Exception):
    """A value that a template must not make; says in Chinese which."""


class Unprintable(Exception):
    """A value that is no text; says in Chinese what it is."""


def require(size: float, most: float = MOST) -> None:
    """Raise TooLarge where a size is more than is allowed."""
    if size > most:
        raise TooLarge(f"一个值太大了（超过 {most:.0f} 个字符或元素）")


def short(text: str) -> str:
    """A text, if it is not too long."""
    require(len(text))
    return text


def weighed(value: Any) -> Any:
    """A value, if it is not too large.

    Raises:
        TooLarge: what it holds, written out in full, is more than ``MOST`` characters and elements.
    """
    if isinstance(value, str):
        require(len(value))
    elif isinstance(value, (list, tuple, dict)):
        weight, waiting = 0, [value]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                weight += len(one)
            elif isinstance(one, dict):
                waiting += [*one.keys(), *one.values()]
            elif isinstance(one, (list, tuple)):
                waiting += one
            weight += 1
            require(weight + len(waiting))
    return value


def _kind(value: Any) -> str:
    """What a value is, in words."""
    kinds = (((list, tuple, set, frozenset), "列表"), (dict, "一组键和值"), (Iterator, "一串还没有取出的值"))
    return next((words for kind, words in kinds if isinstance(value, kind)),
                "可以调用的东西" if callable(value) else "整项内容：请写明要它的哪一项")


def printable(value: Any) -> Any:
    """A value that is text, a number, a date or nothing; else what printed would be an address in memory.

    Raises:
        Unprintable: it is something else.
    """
    if isinstance(value, (*_PRINTED, Undefined)) or (
            "__str__" in vars(type(value)) and not isinstance(value, (tuple, list, dict))):
        return value
    raise Unprintable(f"这里要的是文字或数，不是{_kind(value)}")


def formatted(text: str, values: Any) -> str:
    """``text % values`` with widths of reason.

    Raises:
        TooLarge: a width, or the result.
    """
    if text.count("%(") != len(re.findall(r"%\(\w+\)", text)):
        raise TooLarge("格式里的名称只能是字母、数字和 _")
    specs = re.findall(r"%(?:\(\w+\))?([^A-Za-z%]*)", text)
    widths = [number for spec in specs for number in re.findall(r"\d+", spec)]
    if any(len(number) > MOST_DIGITS for number in widths) or any("*" in spec for spec in specs):
        raise TooLarge("格式里的宽度太大")
    each = [*values.values()] if isinstance(values, dict) else values if isinstance(values, tuple) else [values]
    longest = max((len(one) for one in map(printable, each) if isinstance(one, str)), default=0)
    require(len(text) + len(specs) * (longest + MOST_BITS) + sum(map(int, widths)), 4 * MOST)
    return short(text % values)


def measured_product(left: Any, right: Any) -> tuple[Any, Any]:
    """The factors, if their product is not too large."""
    for one, times in ((left, right), (right, left)):
        if isinstance(one, (str, list, tuple)) and isinstance(times, int):
            require(len(one) * times)
    if isinstance(left, int) and isinstance(right, int):
        require(left.bit_length() + right.bit_length(), MOST_BITS)
    return left, right


def measure_power(left: Any, right: Any) -> None:
    """Raise TooLarge where a power has too many digits."""
    if isinstance(left, int) and isinstance(right, int) and abs(left) > 1:
        require(left.bit_length() * right, MOST_BITS)


def measured_call(method: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[Any, ...]:
    """The arguments of a plain method, after a look at how much it will make of them."""
    owner, name = method.__self__, method.__name__
    if isinstance(owner, datetime.date) and name == "strftime":
        (pattern,) = args
        if not isinstance(pattern, str) or len(pattern) > 200 or not _SPARSE_FORMAT.match(pattern):
            raise TooLarge("日期的格式太长，或写了宽度")
    if not isinstance(owner, str):
        return args
    given = [*args, *kwargs.values()]
    if name in ("center", "ljust", "rjust", "zfill"):
        require_counts(given)
    elif name == "replace":
        measure_replacing(owner, *given[:2])
    elif name == "join":
        parts: list[Any] = list(*args)
        require(length_of(parts) + len(owner) * len(parts))
        return (parts,)
    return args


def measure_replacing(text: str, old: Any = "", new: Any = "", *rest: Any) -> None:
    """Raise TooLarge where replacing would make too long a text."""
    if isinstance(old, str) and isinstance(new, str):
        require(len(text) + text.count(old) * len(new))


def length_of(parts: Iterable[Any]) -> int:
    """The characters of the texts among some printable values."""
    return sum([len(part) for part in map(printable, parts) if isinstance(part, str)])


def require_counts(values: Iterable[Any], most: int = MOST_COUNT) -> None:
    """Raise TooLarge where a number of characters, digits or parts is too large."""
    for value in values:
        if isinstance(value, (int, float)) and not abs(value) <= most:
            raise TooLarge(f"宽度、位数、份数不能超过 {most}")
