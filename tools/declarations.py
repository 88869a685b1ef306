"""Write anew what ``weasyprint_adapter/declarations.py`` holds: the C declarations of WeasyPrint, parsed beforehand.

usage: python tools/declarations.py

cffi reads them with a parser of C that is itself read and built at each start: a tenth of a render.
"""

from __future__ import annotations

import ast
import hashlib
import tempfile
from importlib.util import find_spec
from pathlib import Path

import cffi

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "bulletin_press" / "typeset" / "weasyprint_adapter" / "declarations.py"
HEAD = '''\
# ruff: noqa
# mypy: ignore-errors
"""The C declarations of WeasyPrint 70.0, parsed; written by tools/declarations.py."""

SOURCE = "{digest}"
'''


def source() -> str:
    """What WeasyPrint hands to ``cdef``."""
    spec = find_spec("weasyprint")
    if spec is None or spec.origin is None:
        raise SystemExit("WeasyPrint is not installed")
    tree = ast.parse((Path(spec.origin).parent / "text" / "ffi.py").read_text(encoding="utf-8"))
    (found,) = (node.args[0] for node in ast.walk(tree)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "cdef")
    return str(ast.literal_eval(found))


def written() -> str:
    """The text of the module."""
    declared, builder = source(), cffi.FFI()
    builder.cdef(declared)
    builder.set_source("declarations", None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "declarations.py"
        builder.emit_python_code(str(path))
        text = path.read_text(encoding="utf-8")
    text = text.replace("# auto-generated file\n", "").replace("import _cffi_backend\n", "")
    text = text.replace("ffi = _cffi_backend.FFI('declarations',", "PARSED = dict(", 1)
    return HEAD.format(digest=hashlib.sha256(declared.encode()).hexdigest()) + text.lstrip("\n")


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
