"""The mutants of a module: one small change each, in the body of a function."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
    ast.Mod: ast.Div, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.And: ast.Or, ast.Or: ast.And,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "add": "sub", "sub": "add"}
PROBE = "__mutants_probe__"

# By qualified name and first line.
Code = dict[tuple[str, int], CodeType]


@dataclass(frozen=True)
class Mutant:
    """One change.

    Attributes:
        function: qualified name of the outermost function that holds it.
        line: number of the line, from 1.
        reach: the lines of its statement; of one that holds others, those of its head.
        source: the line, stripped.
        before: what is changed, as Python writes it.
        after: what stands there instead.
    """

    function: str
    line: int
    reach: range
    source: str
    before: str
    after: str
    _apply: Callable[[], None]

    def apply(self) -> None:
        """Change the tree that the mutant was found in; for good."""
        self._apply()

    def __str__(self) -> str:
        return f"{self.line} {self.function}: {self.before}  →  {self.after}"


class Module:
    """A module's tree and its mutants, in the order of the text."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = path.read_text("utf-8")
        self.lines = text.splitlines()
        self.tree = ast.parse(text, str(path))
        self.mutants = [mutant for name, function in _functions(self.tree, "") for mutant in self._of(name, function)]

    def code(self) -> Code:
        """The code of every function of the tree as it is now."""
        return self._compiled(self.tree)

    def probed(self) -> Code:
        """The code of the program as it was written, each statement telling `PROBE` its line before it runs."""
        tree = ast.parse("\n".join(self.lines), str(self.path))
        for node in ast.walk(tree):
            for field in ("body", "orelse", "finalbody"):
                inner = getattr(node, field, None)
                if isinstance(inner, list) and not isinstance(node, ast.Module | ast.ClassDef):
                    setattr(node, field, [both for one in inner for both in (_probe(one), one)])
        return self._compiled(tree)

    def _compiled(self, tree: ast.Module) -> Code:
        found: Code = {}
        left = [compile(tree, str(self.path), "exec", dont_inherit=True)]
        while left:
            for inner in left.pop().co_consts:
                if isinstance(inner, CodeType):
                    found[inner.co_qualname, inner.co_firstlineno] = inner
                    left.append(inner)
        return found

    def _of(self, name: str, function: ast.FunctionDef) -> Iterator[Mutant]:
        for place, reach in _places(function, range(0)):
            for new in _changes(place.node):
                yield self._mutant(name, reach, place, new)

    def _mutant(self, name: str, reach: range, place: Place, new: ast.AST) -> Mutant:
        node = place.node
        ast.copy_location(new, node)
        ast.fix_missing_locations(new)

        def apply() -> None:
            if place.index is None:
                setattr(place.parent, place.field, new)
            else:
                getattr(place.parent, place.field)[place.index] = new

        line: int = node.lineno  # type: ignore[attr-defined]
        return Mutant(name, line, reach, self.lines[line - 1].strip(), _shown(node), _shown(new), apply)


def _probe(statement: ast.stmt) -> ast.stmt:
    call = ast.Call(ast.Name(PROBE, ast.Load()), [ast.Constant(statement.lineno)], [])
    return ast.fix_missing_locations(ast.copy_location(ast.Expr(call), statement))


def _shown(node: ast.AST) -> str:
    if isinstance(node, ast.If | ast.While):
        return f"{type(node).__name__.lower()} {_shown(node.test)}: …"
    return " ".join(ast.unparse(node).split())


def _functions(node: ast.AST, outer: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions and methods of a module; those inside a function belong to it."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.FunctionDef):
            yield outer + inner.name, inner
        elif isinstance(inner, ast.ClassDef):
            yield from _functions(inner, f"{outer}{inner.name}.")


HELD = (ast.expr, ast.stmt, ast.comprehension, ast.keyword, ast.ExceptHandler, ast.withitem, ast.match_case)
# What a change would not reach, or would say nothing about the program.
UNTOUCHED = (ast.Assert, ast.arguments, ast.Import, ast.ImportFrom)


class Place(NamedTuple):
    """Where a node hangs in the tree."""

    node: ast.AST
    parent: ast.AST
    field: str
    index: int | None


def _places(node: ast.AST, reach: range) -> Iterator[tuple[Place, range]]:
    """Everything in a function's body that can be changed, with the lines of its statement."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "ctx", "type_params"):
            continue
        for index, inner in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(inner, HELD) or isinstance(inner, UNTOUCHED):
                continue
            if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant):
                continue  # a docstring
            own = _reach(inner) if isinstance(inner, ast.stmt) else reach
            if hasattr(inner, "lineno"):
                yield Place(inner, node, field, index), own
            yield from _places(inner, own)


def _reach(statement: ast.stmt) -> range:
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    return range(statement.lineno, max(last, statement.lineno) + 1)


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in a node's place."""
    match node:
        case ast.Compare(left, ops, right):
            for at, op in enumerate(ops):
                changed = [*ops[:at], SWAPS[type(op)](), *ops[at + 1:]]
                yield ast.Compare(left, changed, right)  # type: ignore[arg-type]
        case ast.BoolOp(op, values):
            yield ast.BoolOp(SWAPS[type(op)](), values)  # type: ignore[arg-type]
        case ast.BinOp(left, op, right) if type(op) in SWAPS:
            yield ast.BinOp(left, SWAPS[type(op)](), right)  # type: ignore[arg-type]
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.Name(name) if name in NAMES:
            yield ast.Name(NAMES[name], ast.Load())
        case ast.Constant(value):
            yield from _other_constants(value)
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(_negated(test), body, orelse)
        case _:
            yield from _other_statements(node)


def _other_constants(value: Any) -> Iterator[ast.AST]:
    match value:
        case bool():
            yield ast.Constant(not value)
        case int() | float():
            yield ast.Constant(value + 1)
        case str():
            yield ast.Constant(f"XX{value}XX")


def _other_statements(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.If(test, body, orelse):
            yield ast.If(_negated(test), body, orelse)
        case ast.While(test, body, orelse):
            yield ast.While(ast.Constant(False), body, orelse)
        case ast.GeneratorExp(element, generators) | ast.ListComp(element, generators):
            for at, part in enumerate(generators):
                if part.ifs:
                    bare = ast.comprehension(part.target, part.iter, [], part.is_async)
                    yield type(node)(element, [*generators[:at], bare, *generators[at + 1:]])
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()
        case ast.Return(value) if value is not None and not _is_none(value):
            yield ast.Return(ast.Constant(None))
        case ast.Assign(targets, value) if not _is_none(value):
            yield ast.Assign(targets, ast.Constant(None))
        case ast.AnnAssign(target, annotation, value, simple) if value is not None and not _is_none(value):
            yield ast.AnnAssign(target, annotation, ast.Constant(None), simple)
        case ast.AugAssign(target, op, value):
            yield ast.AugAssign(target, SWAPS[type(op)](), value)  # type: ignore[arg-type]
        case ast.Expr(ast.Call(ast.Attribute(ast.Call(ast.Name("super")) as parent))):
            yield ast.Expr(parent)  # without any `super` the method could not be switched
        case ast.Expr(ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.Raise():
            yield ast.Pass()


def _negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None
