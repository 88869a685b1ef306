"""The Pythons of this machine that the press is for, and what the press makes under one of them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workspaces import HEAD, PUBLICATION_TEXT, ROOT, samples

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
    def environment(self) -> Path:
        """Where tests/proofs/every_python.py makes its environment."""
        return ROOT / "build/pythons" / self.name

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


# --- what the press makes ---------------------------------------------------------------------

# Numbers, addresses and marks that patterns run over: where a Python's `re` is wrong, it shows here.
PROSE = """1．推进平台建设，２０２２年增长12．5％；第１，２００家，1.2.3 版，共3.5.7.9万元。，，
见 www.example.org.cn/a.b 和 a.b@c.example.com，下降了近约3倍，减少２倍，， ，。！！。
'90年代、98年以来，2022年2月30日，10-12日；约5年左右近三成。"甲"（乙)《丙》〈丁>，12 %、5 ％。"""


@dataclass(frozen=True)
class Made:
    """What the press made: digests of the findings and files by name, and the Pango that set the pages."""

    pango: str
    findings: dict[str, str]
    files: dict[str, str]
    pdfs: dict[str, str]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _press(python: Path, folder: Path, *arguments: str) -> bytes:
    """Run ``press``; what it printed."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PRESS_", "PYTHON"))}
    ran = subprocess.run([python, "-m", "bulletin_press", *arguments], cwd=folder, capture_output=True, check=False,
                         env=environment, timeout=170)
    assert ran.returncode in (0, 1), ran.stderr.decode("utf-8", "replace")
    assert b"Traceback" not in ran.stderr and "内部出错".encode() not in ran.stderr, ran.stderr.decode()
    return ran.stdout


def made(python: Path, folder: Path, *, pages: bool = True) -> Made:
    """What the press makes under a Python that it is installed for.

    Args:
        python: the interpreter of an environment.
        folder: an empty folder.
        pages: whether to render as well.
    """
    samples(folder / "issues")
    prose = folder / "prose"
    (prose / "2022-08").mkdir(parents=True)
    (prose / "publication.toml").write_text(PUBLICATION_TEXT, "utf-8")
    (prose / "2022-08/issue.toml").write_text(f"{HEAD}[[event]]\nbody = '''\n{PROSE}\n'''\n", "utf-8")
    findings = {name: _press(python, folder, "-w", name, "check", "--all", "--format", "json")
                for name in ("issues", "prose")}
    assert len(json.loads(findings["prose"])) > 10
    _press(python, folder, "-w", "prose", "check", "--fix", "--yes")
    _press(python, folder, "-w", "new/issues", "new-issue", "2022-09", "--yes")
    if pages:
        _press(python, folder, "-w", "issues", "render", "--all")
    pango = subprocess.run([python, "-c", "from weasyprint.text.ffi import pango; print(pango.pango_version())"],
                           capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    files = {str(path.relative_to(folder)): _digest(path.read_bytes())
             for place in ("prose", "new") for path in sorted((folder / place).rglob("*.toml"))}
    return Made(pango, {name: _digest(data) for name, data in findings.items()}, files,
                {path.name: _digest(path.read_bytes()) for path in sorted(folder.glob("issues/*/out/*.pdf"))})


def differences(one: Made, other: Made) -> list[str]:
    """What the press made otherwise; pages count where the same Pango set them."""
    parts = [(one.findings, other.findings), (one.files, other.files)]
    if one.pango == other.pango:
        parts.append((one.pdfs, other.pdfs))
    return [name for here, there in parts for name in sorted(here.keys() | there.keys())
            if here.get(name) != there.get(name)]
