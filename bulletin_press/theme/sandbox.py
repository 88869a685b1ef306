"""The Jinja environment that a theme's templates run in: plain data, bounded values, no way out.

Jinja's own sandbox refuses what it knows to be dangerous. Here it is the other way round: an attribute
is handed out if its object's type is listed with it **and** what it gives is of a listed type; a callable
is called if it is a listed function or such a method. What is not listed does not exist for a template.

No value that a template makes is larger than ``MOST``: strings by their characters, containers by
what they hold written out in full (a list of twice the same list counts it twice, else forty lines make
a terabyte). Operators, joins, filters and the growing methods are measured before they run, for a
single call in C cannot be stopped from outside.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import wraps
from inspect import getattr_static
from types import BuiltinMethodType, GeneratorType, MethodType
from typing import Any, Final

import jinja2
import jinja2.filters
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.nodes import Concat as ConcatNode
from jinja2.nodes import Dict, EvalContext, List, Node, Tuple
from jinja2.runtime import BlockReference, LoopContext, Macro, TemplateReference, Undefined
from jinja2.sandbox import (
    ImmutableSandboxedEnvironment,
    SandboxedEscapeFormatter,
    SandboxedFormatter,
)
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup, soft_str

MOST: Final = 4_000_000
# Widths, precisions, numbers of parts.
MOST_COUNT: Final = 10_000
MOST_BITS: Final = 20_000
_DIGITS: Final = 4
# What a filter reads with patterns that may be slow.
MOST_SEARCHED: Final = 20_000


class TooLarge(Exception):
    """A value that a template must not make; says in Chinese which."""


class Unprintable(Exception):
    """A value that is no text; says in Chinese what it is."""


_TEXT = frozenset({
    "capitalize", "casefold", "center", "count", "endswith", "find", "format", "format_map", "index", "isalnum",
    "isalpha", "isascii", "isdecimal", "isdigit", "islower", "isnumeric", "isprintable", "isspace", "istitle",
    "isupper", "join", "ljust", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace",
    "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip",
    "swapcase", "title", "upper", "zfill"})
_NONE: Final = frozenset[str]()
# Types of plain data and of Jinja's own objects: what a template may ask of them.
NAMES: Final[Mapping[type, frozenset[str]]] = {
    str: _TEXT, Markup: _TEXT | {"striptags", "unescape"},
    int: _NONE, float: frozenset({"is_integer"}), bool: _NONE, Decimal: _NONE, type(None): _NONE,
    datetime.date: frozenset({"year", "month", "day", "isoformat", "weekday", "isoweekday", "strftime"}),
    tuple: frozenset({"count", "index"}), list: frozenset({"count", "index"}), range: _NONE,
    dict: frozenset({"get", "items", "keys", "values"}),
    type({}.items()): _NONE, type({}.keys()): _NONE, type({}.values()): _NONE, GeneratorType: _NONE,
    Namespace: _NONE, Macro: frozenset({"name", "arguments"}), TemplateReference: _NONE, TemplateModule: _NONE,
    BlockReference: frozenset({"super"}), Joiner: _NONE, Cycler: frozenset({"current", "next", "reset"}),
    LoopContext: frozenset({
        "index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0", "previtem",
        "nextitem", "cycle", "changed"}),
    getattr(jinja2.filters, "_GroupTuple", tuple): frozenset({"count", "index", "grouper", "list"}),
}
# Where a name may be an item: `options.measure` is `options["measure"]`.
_KEYED = (dict, TemplateReference)
_CALLED = (Macro, BlockReference, LoopContext, Joiner, Undefined)
_PRINTED = (str, int, float, Decimal, datetime.date, type(None), TemplateModule)
_MISSING: Final = object()
_SPARSE_FORMAT = re.compile(r"[^%]*(?:%[^0-9_^#%]?[A-Za-z%][^%]*)*\Z")


class _Bounded(CodeGenerator):
    """Templates compiled so that the literals and joins in them are measured too."""

    def _measured(self, node: Node, frame: Frame, visit: Callable[[Any, Frame], None]) -> None:
        if getattr(node, "ctx", "load") == "store":  # {% set a, b = … %}
            visit(node, frame)
            return
        self.write("environment.weighed(")
        visit(node, frame)
        self.write(")")

    def visit_List(self, node: List, frame: Frame) -> None:
        """A list."""
        self._measured(node, frame, super().visit_List)

    def visit_Tuple(self, node: Tuple, frame: Frame) -> None:
        """A tuple."""
        self._measured(node, frame, super().visit_Tuple)

    def visit_Dict(self, node: Dict, frame: Frame) -> None:
        """A mapping."""
        self._measured(node, frame, super().visit_Dict)

    def visit_Concat(self, node: ConcatNode, frame: Frame) -> None:
        """Values joined by ``~``."""
        self.write("environment.joined(")
        self.write("context.eval_ctx.autoescape" if frame.eval_ctx.volatile else str(frame.eval_ctx.autoescape))
        self.write(", (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _Format:
    """``"…".format`` of a template."""

    def __init__(self, environment: Sandbox, text: str, *, of_mapping: bool) -> None:
        self.text, self._of_mapping = text, of_mapping
        self._formatter = (
            _EscapeFormatter(environment, escape=text.escape) if isinstance(text, Markup)
            else _Formatter(environment))

    def __call__(self, *values: Any, **named: Any) -> str:
        if self._of_mapping:
            (named,), values = values, ()
        return type(self.text)(_short(self._formatter.vformat(self.text, values, named)))


class _Formatter(SandboxedFormatter):
    def format_field(self, value: Any, format_spec: str) -> Any:
        if any(len(number) > _DIGITS for number in re.findall(r"\d+", format_spec)):
            raise TooLarge("格式里的宽度太大")
        return super().format_field(printable(value), format_spec)

    def convert_field(self, value: Any, conversion: Any) -> Any:
        return super().convert_field(printable(value), conversion)


class _EscapeFormatter(_Formatter, SandboxedEscapeFormatter):
    pass


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment.

    Args:
        views: types beside ``NAMES``, each with the attributes that a template may see.
        functions: what a template may call by name.
        options: Jinja's own; ``autoescape`` and ``undefined`` are set here.
    """

    code_generator_class = _Bounded
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, views: Mapping[type, Collection[str]], functions: Mapping[str, Callable[..., Any]],
                 **options: Any) -> None:
        # By flag: select_autoescape() goes by file name and would skip .html.j2. Not optimized: what is reckoned
        # while a template is compiled would not be looked at.
        super().__init__(autoescape=True, undefined=jinja2.StrictUndefined, auto_reload=False, optimized=False,
                         finalize=_finalized, **options)
        self.names = {**NAMES, **{kind: frozenset(names) for kind, names in views.items()}}
        del self.globals["lipsum"]  # says something else each time
        self.globals |= functions
        for name in ("random", "pprint"):
            del self.filters[name]
        self.filters |= {name: _bounded_filter(name, one) for name, one in self.filters.items()}

    # --- what may be seen and called --------------------------------------------------------

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``obj.attribute``."""
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        kind = type(obj)
        if attribute in self.names.get(kind, _NONE):
            if kind in (str, Markup) and attribute in ("format", "format_map"):
                return _Format(self, obj, of_mapping=attribute == "format_map")
            try:
                return self._handed(obj, attribute, getattr(obj, attribute))
            except AttributeError:
                return self.undefined(obj=obj, name=attribute)
        if not attribute.startswith("_") and (found := _own(obj, attribute)) is not _MISSING:
            return self._handed(obj, attribute, found)
        if isinstance(obj, _KEYED):
            try:
                return self._handed(obj, attribute, obj[attribute])
            except (KeyError, TypeError):
                pass
        there = attribute.startswith("_") or getattr_static(obj, attribute, _MISSING) is not _MISSING
        return self.unsafe_undefined(obj, attribute) if there else self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """``obj[argument]``, or the attribute of that name."""
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        if isinstance(obj, (str, tuple, list, range, *_KEYED)) and type(obj) in self.names:
            try:
                return self._handed(obj, str(argument), obj[argument])
            except (TypeError, LookupError):
                pass
        if isinstance(argument, str):
            return self.getattr(obj, str(argument))
        return self.undefined(obj=obj, name=argument)

    def _handed(self, obj: Any, name: str, value: Any) -> Any:
        """A value that a template gets, if it is of a kind that it may have."""
        if type(value) in self.names or isinstance(value, (Undefined, _Format)) or self.is_safe_callable(value):
            return value
        return self.unsafe_undefined(obj, name)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call something."""
        if isinstance(obj, (MethodType, BuiltinMethodType)):
            return obj.__name__ in self.names.get(type(obj.__self__), _NONE)
        return isinstance(obj, (*_CALLED, _Format)) or any(obj is one for one in self.globals.values())

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """``obj(…)``."""
        if not __self.is_safe_callable(__obj):
            raise SecurityError(f"access to attribute {'()'!r} of {type(__obj).__name__!r} object is unsafe.")
        if isinstance(__obj, (MethodType, BuiltinMethodType)):
            args = _measured_call(__obj, args, kwargs)
        value = super().call(__context, __obj, *args, **kwargs)
        # Functions of the press give what they give; their values' attributes are held as all others.
        return weighed(value)

    # --- what may be made -------------------------------------------------------------------

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """``left operator right``."""
        if operator == "*":
            left, right = _measured_product(left, right)
        elif operator == "**":
            _measure_power(left, right)
        elif operator == "%" and isinstance(left, str):
            return formatted(left, right)
        elif operator == "+" and isinstance(left, (str, list, tuple)) and isinstance(right, (str, list, tuple)):
            _require(len(left) + len(right))
        return weighed(super().call_binop(context, operator, left, right))

    def concat(self, parts: Iterable[str]) -> str:
        """The output of a macro, a block or a ``{% set %}`` block."""
        parts = list(parts)
        _require(sum(map(len, parts)))
        return "".join(parts)

    @staticmethod
    def weighed(value: Any) -> Any:
        """A value, if it is not too large."""
        return weighed(value)

    @staticmethod
    def joined(escaped: bool, parts: Iterable[Any]) -> str:
        """What ``~`` makes of its operands."""
        from jinja2.runtime import markup_join, str_join

        parts = [printable(part) for part in parts]
        _require(_length(parts))
        return _short(markup_join(parts) if escaped else str_join(parts))


def _own(obj: Any, name: str) -> Any:
    """What a template itself put into a namespace or an imported template."""
    if type(obj) is Namespace:
        return object.__getattribute__(obj, "_Namespace__attrs").get(name, _MISSING)
    return vars(obj).get(name, _MISSING) if type(obj) is TemplateModule else _MISSING


# --- measuring --------------------------------------------------------------------------------


def _require(size: float, most: float = MOST) -> None:
    if size > most:
        raise TooLarge(f"一个值太大了（超过 {most:.0f} 个字符或元素）")


def _short(text: str) -> str:
    _require(len(text))
    return text


def weighed(value: Any) -> Any:
    """A value, if it is not too large.

    Raises:
        TooLarge: what it holds, written out in full, is more than ``MOST`` characters and elements.
    """
    if isinstance(value, str):
        _require(len(value))
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
            _require(weight + len(waiting))
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
def _finalized(context: EvalContext, value: Any) -> Any:
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
    if any(len(number) > _DIGITS for number in widths) or any("*" in spec for spec in specs):
        raise TooLarge("格式里的宽度太大")
    each = [*values.values()] if isinstance(values, dict) else values if isinstance(values, tuple) else [values]
    longest = max((len(one) for one in map(printable, each) if isinstance(one, str)), default=0)
    _require(len(text) + len(specs) * (longest + MOST_BITS) + sum(map(int, widths)), 4 * MOST)
    return _short(text % values)


def _measured_product(left: Any, right: Any) -> tuple[Any, Any]:
    for one, times in ((left, right), (right, left)):
        if isinstance(one, (str, list, tuple)) and isinstance(times, int):
            _require(len(one) * times)
    if isinstance(left, int) and isinstance(right, int):
        _require(left.bit_length() + right.bit_length(), MOST_BITS)
    return left, right


def _measure_power(left: Any, right: Any) -> None:
    if isinstance(left, int) and isinstance(right, int) and abs(left) > 1:
        _require(left.bit_length() * right, MOST_BITS)


def _measured_call(method: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[Any, ...]:
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
        _require(_length(parts) + len(owner) * len(parts))
        return (parts,)
    return args


def _measure_replacing(text: str, old: Any = "", new: Any = "", *rest: Any) -> None:
    if isinstance(old, str) and isinstance(new, str):
        _require(len(text) + text.count(old) * len(new))


def _length(parts: Iterable[Any]) -> int:
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


def _bounded_filter(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
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
            _require(len(soft_str(value)), MOST_SEARCHED)
        if name in ("indent", "wordwrap"):
            wide = max((len(one) if isinstance(one, str) else int(one) for one in given), default=4)
            _require(len(soft_str(value)) + soft_str(value).count("\n" if name == "indent" else "") * wide)
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
def _sum(environment: Sandbox, values: Iterable[Any], attribute: str | int | None = None,
         start: Any = 0) -> Any:
    """Jinja's sum, one step at a time: that of many lists is quadratic."""
    for value in values:
        start = environment.call_binop(None, "+", start, _part(environment, value, attribute))
    return start


@jinja2.pass_eval_context
def _join(context: EvalContext, values: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    """Jinja's join, of texts and numbers."""
    parts = [printable(_part(context.environment, value, attribute)) for value in values]
    _require(_length(parts) + len(parts) * len(soft_str(printable(d))))
    joined: str = jinja2.filters.do_join(context, parts, d)
    return joined


def _part(environment: jinja2.Environment, value: Any, attribute: str | int | None) -> Any:
    """What an ``attribute`` argument names: ``"a.b"``, ``"0"``."""
    for part in () if attribute is None else str(attribute).split("."):
        value = environment.getitem(value, int(part) if part.isdecimal() else part)
    return value


_OWN: Mapping[str, Callable[..., Any]] = {"sum": _sum, "join": _join, "format": _format}
