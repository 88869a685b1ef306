"""What WeasyPrint loads before it can do anything, and need not: a fifth of the start of a render.

Its C declarations are parsed by cffi, which builds a parser of C for it; here they are parsed
beforehand. And of fontTools it imports what cuts fonts where HarfBuzz cannot, which ours can.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

import _cffi_backend  # type: ignore[import-untyped, unused-ignore]  # has no types
import cffi  # type: ignore[import-untyped, unused-ignore]  # has no types

from bulletin_press.fonts.libraries import located
from bulletin_press.typeset.weasyprint_adapter.declarations import PARSED, SOURCE


class UnknownDeclarations(Exception):
    """WeasyPrint declares other things than those that were parsed beforehand."""


class Declared(_cffi_backend.FFI):  # type: ignore[misc]
    """The declarations, parsed; takes the place of a ``cffi.FFI`` to which they are still to be told."""

    def cdef(self, source: str) -> None:
        """Be told the declarations.

        Raises:
            UnknownDeclarations: they are others.
        """
        if hashlib.sha256(source.encode()).hexdigest() != SOURCE:
            raise UnknownDeclarations

    def dlopen(self, name: str, flags: int = 0) -> Any:
        """A library; on Windows that of the chosen folder, for what is parsed looks for none by itself.

        Raises:
            OSError: it is not there.
        """
        return super().dlopen(located(name) or name, flags)


class _Later(ModuleType):
    """A module that is imported when something is asked of it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


def _cutting() -> dict[str, ModuleType]:
    cutting, instancing = _Later("fontTools.subset"), ModuleType("fontTools.varLib.instancer")

    def instance(*arguments: Any, **named: Any) -> Any:
        return import_module("fontTools.varLib.instancer").instantiateVariableFont(*arguments, **named)

    instancing.__dict__["instantiateVariableFont"] = instance
    return {module.__name__: module for module in (cutting, instancing) if module.__name__ not in sys.modules}


@contextmanager
def _standing_in() -> Iterator[None]:
    parsing, later = cffi.FFI, _cutting()
    cffi.FFI = lambda: Declared("declarations", **PARSED)
    sys.modules.update(later)
    try:
        yield
    finally:
        cffi.FFI = parsing
        for name in later:
            sys.modules.pop(name, None)


def load_weasyprint() -> None:
    """Import WeasyPrint; sooner than it does by itself, where it declares what is known."""
    if "weasyprint" in sys.modules:
        return
    try:
        with _standing_in():
            import weasyprint  # noqa: F401
    except UnknownDeclarations:
        pass
