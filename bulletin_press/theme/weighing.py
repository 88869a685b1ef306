"""How large the values are that a template makes: weighed before they are made, or refused.

Operators, joins, filters and the growing methods are measured before they run, for a single call in C cannot be
stopped from outside.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import wraps
from typing import Any, Final

import jinja2
import jinja2.filters
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.runtime import Undefined
from markupsafe import soft_str

MOST: Final = 4_000_000
# Widths, precisions, numbers of parts.
MOST_COUNT: Final = 10_000
MOST_BITS: Final = 20_000
DIGITS: Final = 4
# What a filter reads with patterns that may be slow.
MOST_SEARCHED: Final = 20_000
_PRINTED = (str, int, float, Decimal, datetime.date, type(None), TemplateModule)
_SPARSE_FORMAT = re.compile(r"[^%]*(?:%[^0-9_^#%]?[A-Za-z%][^%]*)*\Z")


class TooLarge(Exception):
    """A value that a template must not make; says in Chinese which."""


class Unprintable(Exception):
    """A value that is no text; says in Chinese what it is."""


def require(size: float, most: float = MOST) -> None:
    """Refuse what is larger than it may be.

    Raises:
        TooLarge: it is.
    """
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


@jinja2.pass_eval_context
def finalized(context: EvalContext, value: Any) -> Any:
    """What ``{{ value }}`` prints. Asks for the context so that Jinja does not print while it compiles."""
    return printable(value)


def formatted(text: str, values: Any) -> str:
    """``text % values`` with widths of reason.

    Raises:
        TooLarge: a width, or the result.
    """
    if text.count("%(") != len(re.findall(r"%\(\w+\)", text)):
        raise TooLarge("格式里的名称只能是字母、数字和 _")
    specs = re.findall(r"%(?:\(\w+\))?([^A-Za-z%]*)", text)
    widths = [number for spec in specs for number in re.findall(r"\d+", spec)]
    if any(len(number) > DIGITS for number in widths) or any("*" in spec for spec in specs):
        raise TooLarge("格式里的宽度太大")
    each = [*values.values()] if isinstance(values, dict) else values if isinstance(values, tuple) else [values]
    longest = max((len(one) for one in map(printable, each) if isinstance(one, str)), default=0)
    require(len(text) + len(specs) * (longest + MOST_BITS) + sum(map(int, widths)), 4 * MOST)
    return short(text % values)


def measured_product(left: Any, right: Any) -> tuple[Any, Any]:
    """What is to be multiplied, after a look at how large the product is."""
    for one, times in ((left, right), (right, left)):
        if isinstance(one, (str, list, tuple)) and isinstance(times, int):
            require(len(one) * times)
    if isinstance(left, int) and isinstance(right, int):
        require(left.bit_length() + right.bit_length(), MOST_BITS)
    return left, right


def measure_power(left: Any, right: Any) -> None:
    """Refuse a power that is too large."""
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
        _require_counts(given)
    elif name == "replace":
        _measure_replacing(owner, *given[:2])
    elif name == "join":
        parts: list[Any] = list(*args)
        require(length(parts) + len(owner) * len(parts))
        return (parts,)
    return args


def _measure_replacing(text: str, old: Any = "", new: Any = "", *rest: Any) -> None:
    if isinstance(old, str) and isinstance(new, str):
        require(len(text) + text.count(old) * len(new))


def length(parts: Iterable[Any]) -> int:
    """The characters of the texts among some printable values."""
    return sum([len(part) for part in map(printable, parts) if isinstance(part, str)])


def _require_counts(values: Iterable[Any], most: int = MOST_COUNT) -> None:
    for value in values:
        if isinstance(value, (int, float)) and not abs(value) <= most:
            raise TooLarge(f"宽度、位数、份数不能超过 {most}")


# --- filters ----------------------------------------------------------------------------------

_COUNTED = frozenset({"batch", "center", "indent", "slice", "tojson", "truncate", "urlize", "wordwrap"})
_SEARCHED = frozenset({"truncate", "urlize", "wordwrap"})
# What they read is made text of.
_TEXTUAL = frozenset({
    "capitalize", "center", "e", "escape", "forceescape", "format", "indent", "lower", "replace", "safe",
    "string", "striptags", "title", "trim", "truncate", "upper", "urlize", "wordcount", "wordwrap"})
_HOLDING = frozenset({"urlencode", "xmlattr"})


def bounded_filter(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter of Jinja's whose arguments and result are measured."""
    # Some are given the environment or the context first.
    at = 1 if hasattr(function, "jinja_pass_arg") else 0
    function = _OWN.get(name, function)

    @wraps(function)
    def bounded(*args: Any, **kwargs: Any) -> Any:
        value, given = args[at], [*args[at + 1 :], *kwargs.values()]
        if name in _TEXTUAL:
            printable(value)
        if name in _HOLDING and not isinstance(value, (str, Undefined)):
            value = dict(value) if isinstance(value, dict) else list(value)
            args = (*args[:at], weighed(value), *args[at + 1 :])
            for one in _leaves(value):
                printable(one)
        if name in _COUNTED:
            _require_counts(given)
        if name == "round":
            _require_counts(given, 100)
        if name == "replace":
            _measure_replacing(soft_str(value), *given)
        if name in _SEARCHED:
            require(len(soft_str(value)), MOST_SEARCHED)
        if name in ("indent", "wordwrap"):
            wide = max((len(one) if isinstance(one, str) else int(one) for one in given), default=4)
            require(len(soft_str(value)) + soft_str(value).count("\n" if name == "indent" else "") * wide)
        made = function(*args, **kwargs)
        return value if made is value else weighed(made)

    return bounded


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, (list, tuple, dict)):
        for one in [*value.keys(), *value.values()] if isinstance(value, dict) else value:
            yield from _leaves(one)
    else:
        yield value


def _format(value: str, *args: Any, **kwargs: Any) -> str:
    if args and kwargs:
        raise TypeError("format")
    return formatted(soft_str(value), kwargs or args)


@jinja2.pass_environment
def _sum(environment: Any, values: Iterable[Any], attribute: str | int | None = None,
         start: Any = 0) -> Any:
    """Jinja's sum, one step at a time: that of many lists is quadratic."""
    for value in values:
        start = environment.call_binop(None, "+", start, _part(environment, value, attribute))
    return start


@jinja2.pass_eval_context
def _join(context: EvalContext, values: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    """Jinja's join, of texts and numbers."""
    parts = [printable(_part(context.environment, value, attribute)) for value in values]
    require(length(parts) + len(parts) * len(soft_str(printable(d))))
    joined: str = jinja2.filters.do_join(context, parts, d)
    return joined


def _part(environment: jinja2.Environment, value: Any, attribute: str | int | None) -> Any:
    """What an ``attribute`` argument names: ``"a.b"``, ``"0"``."""
    for part in () if attribute is None else str(attribute).split("."):
        value = environment.getitem(value, int(part) if part.isdecimal() else part)
    return value


_OWN: Mapping[str, Callable[..., Any]] = {"sum": _sum, "join": _join, "format": _format}
