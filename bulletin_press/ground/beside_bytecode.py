"""What is compiled from texts of our own, kept on disk as Python keeps compiled modules: beside their bytecode.

Nothing depends on such a file: what it lacks is compiled again.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any


def place_beside(module: str, suffix: str) -> Path | None:
    """Where Python keeps the bytecode of a module, with another suffix; None where it keeps none.

    Args:
        module: the module's own file.
        suffix: begins with a dot.
    """
    if sys.implementation.name != "cpython":
        return None
    try:
        kept: Any = importlib.util.cache_from_source(module)
    except NotImplementedError:
        return None
    return Path(kept).with_suffix(suffix)


def read_beside(path: Path, stamp: tuple[Any, ...]) -> dict[Any, Any]:
    """What a file holds; nothing where there is none, or it has another stamp, or is broken."""
    try:
        found, known = marshal.loads(path.read_bytes())
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return known if found == stamp and isinstance(known, dict) else {}


def write_beside(path: Path, stamp: tuple[Any, ...], new: Mapping[Any, Any]) -> None:
    """Add to what others have kept; nothing is told where that cannot be.

    Args:
        path: the file.
        stamp: what all that is in it stands for.
        new: what is added; only what ``marshal`` takes.
    """
    # Others may have written since.
    every = {**read_beside(path, stamp), **new}
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        beside.write_bytes(marshal.dumps((stamp, every)))
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
