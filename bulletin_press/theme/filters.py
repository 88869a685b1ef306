"""Jinja's filters, their arguments and results measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any

import jinja2
import jinja2.filters
from jinja2.nodes import EvalContext
from jinja2.runtime import Undefined
from markupsafe import soft_str

from bulletin_press.theme.bounds import (
    MOST_SEARCHED,
    formatted,
    length_of,
    measure_replacing,
    printable,
    require,
    require_counts,
    weighed,
)

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
            require_counts(given)
        if name == "round":
            require_counts(given, 100)
        if name == "replace":
            measure_replacing(soft_str(value), *given)
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
    require(length_of(parts) + len(parts) * len(soft_str(printable(d))))
    joined: str = jinja2.filters.do_join(context, parts, d)
    return joined


def _part(environment: jinja2.Environment, value: Any, attribute: str | int | None) -> Any:
    """What an ``attribute`` argument names: ``"a.b"``, ``"0"``."""
    for part in () if attribute is None else str(attribute).split("."):
        value = environment.getitem(value, int(part) if part.isdecimal() else part)
    return value


_OWN: Mapping[str, Callable[..., Any]] = {"sum": _sum, "join": _join, "format": _format}
