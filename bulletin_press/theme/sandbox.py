"""The Jinja environment that a theme's templates run in: plain data, bounded values, no way out.

Jinja's own sandbox refuses what it knows to be dangerous. Here it is the other way round: an attribute
is handed out if its object's type is listed with it **and** what it gives is of a listed type; a callable
is called if it is a listed function or such a method. What is not listed does not exist for a template.

No value that a template makes is larger than ``MOST``: strings by their characters, containers by
what they hold written out in full (a list of twice the same list counts it twice, else forty lines make
a terabyte); ``weighing`` sees to it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from inspect import getattr_static
from types import BuiltinMethodType, GeneratorType, MethodType
from typing import Any, Final

import jinja2
import jinja2.filters
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.nodes import Concat as ConcatNode
from jinja2.nodes import Dict, List, Node, Tuple
from jinja2.runtime import BlockReference, LoopContext, Macro, TemplateReference, Undefined
from jinja2.sandbox import (
    ImmutableSandboxedEnvironment,
    SandboxedEscapeFormatter,
    SandboxedFormatter,
)
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup

from bulletin_press.theme.weighing import (
    DIGITS,
    TooLarge,
    bounded_filter,
    finalized,
    formatted,
    length,
    measure_power,
    measured_call,
    measured_product,
    printable,
    require,
    short,
    weighed,
)

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
_MISSING: Final = object()


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
        return type(self.text)(short(self._formatter.vformat(self.text, values, named)))


class _Formatter(SandboxedFormatter):
    def format_field(self, value: Any, format_spec: str) -> Any:
        if any(len(number) > DIGITS for number in re.findall(r"\d+", format_spec)):
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
                         finalize=finalized, **options)
        self.names = {**NAMES, **{kind: frozenset(names) for kind, names in views.items()}}
        del self.globals["lipsum"]  # says something else each time
        self.globals |= functions
        for name in ("random", "pprint"):
            del self.filters[name]
        self.filters |= {name: bounded_filter(name, one) for name, one in self.filters.items()}

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
            args = measured_call(__obj, args, kwargs)
        value = super().call(__context, __obj, *args, **kwargs)
        # Functions of the press give what they give; their values' attributes are held as all others.
        return weighed(value)

    # --- what may be made -------------------------------------------------------------------

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """``left operator right``."""
        if operator == "*":
            left, right = measured_product(left, right)
        elif operator == "**":
            measure_power(left, right)
        elif operator == "%" and isinstance(left, str):
            return formatted(left, right)
        elif operator == "+" and isinstance(left, (str, list, tuple)) and isinstance(right, (str, list, tuple)):
            require(len(left) + len(right))
        return weighed(super().call_binop(context, operator, left, right))

    def concat(self, parts: Iterable[str]) -> str:
        """The output of a macro, a block or a ``{% set %}`` block."""
        parts = list(parts)
        require(sum(map(len, parts)))
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
        require(length(parts))
        return short(markup_join(parts) if escaped else str_join(parts))


def _own(obj: Any, name: str) -> Any:
    """What a template itself put into a namespace or an imported template."""
    if type(obj) is Namespace:
        return object.__getattribute__(obj, "_Namespace__attrs").get(name, _MISSING)
    return vars(obj).get(name, _MISSING) if type(obj) is TemplateModule else _MISSING
