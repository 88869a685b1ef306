"""The Pythons of this machine that the press is for, besides the one that runs the tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OLDEST = (3, 11)
NEWEST = (3, 15)
DEBIAN = Path("/usr/bin/python3")

_ASK = "import json, sys; print(json.dumps([sys.version_info[:3], getattr(sys, '_base_executable', sys.executable)]))"


@dataclass(frozen=True)
class Interpreter:
    """A Python: where it is and which."""

    path: Path
    version: tuple[int, int, int]

    @property
    def name(self) -> str:
        """Its version as people write it."""
        return ".".join(map(str, self.version))

    @property
    def is_debian(self) -> bool:
        """Whether it is the system's own."""
        return DEBIAN.exists() and self.path.samefile(DEBIAN)


def _places() -> Iterator[Path]:
    yield DEBIAN
    for minor in range(OLDEST[1], NEWEST[1] + 1):
        if found := shutil.which(f"python{OLDEST[0]}.{minor}"):
            yield Path(found)
    root = os.environ.get("PYENV_ROOT")
    for versions in [Path(root)] if root else [Path.home() / ".pyenv"]:
        yield from sorted(versions.glob("versions/*/bin/python"))


def _asked(path: Path) -> Interpreter | None:
    """What a file says it is; None where it does not run (a shim without its Python) or is too old."""
    try:
        ran = subprocess.run([path, "-I", "-c", _ASK], capture_output=True, text=True, check=True, timeout=30)
        version, base = json.loads(ran.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Interpreter(Path(base), tuple(version)) if tuple(version) >= OLDEST else None


@cache
def all_pythons() -> tuple[Interpreter, ...]:
    """Every Python from 3.11 on that is found here, one a version, oldest first; the system's own before others."""
    found: dict[tuple[int, int, int], Interpreter] = {}
    for path in _places():
        if (python := _asked(path)) is not None:
            found.setdefault(python.version, python)
    return tuple(found[version] for version in sorted(found))


@cache
def other_pythons() -> tuple[Interpreter, ...]:
    """Those of another version than the one that runs this."""
    return tuple(python for python in all_pythons() if python.version != sys.version_info[:3])
